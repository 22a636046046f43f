//! Opens a database by its URL.

use crate::{Inner, Store, relay::Relay, shared::keeping::Keeping};
use sqlx::{
    Connection,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr, sync::Arc, time::Duration};
use store_model::StoreError;

/// Connections of one process. A server takes a hundred by default, and several processes share it.
const CONNECTIONS: u32 = 16;
/// How long a request waits for one before the store is called busy.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// A connection that was used less than this ago is taken to live: asking the server costs as much as a short statement.
const KNOWN_TO_LIVE: Duration = Duration::from_secs(1);

/// What a URL says where processes are not to tell each other of news: their polls find it.
const WITHOUT_NOTIFY: &str = "notify=off";

/// Takes from a URL what PostgreSQL does not know of; answers whether processes may tell each other of news.
fn understood(url: &str) -> (String, bool) {
    let Some((place, parameters)) = url.split_once('?') else { return (url.to_owned(), true) };
    let kept: Vec<&str> = parameters.split('&').filter(|parameter| *parameter != WITHOUT_NOTIFY).collect();
    let notifies = kept.len() == parameters.split('&').count();
    let mark = if kept.is_empty() { "" } else { "?" };
    (format!("{place}{mark}{}", kept.join("&")), notifies)
}

impl Store {
    /// Connects to the database. Its schema stays as it is.
    ///
    /// With `notify=off` among the parameters of the URL the database needs no `NOTIFY`: news of other processes is found
    /// by polling.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let unreachable = |error: sqlx::Error| StoreError::Unreachable(error.to_string());
        let (url, notifies) = understood(url);
        let options = PgConnectOptions::from_str(&url).map_err(unreachable)?.application_name("muster");
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire(false)
            .before_acquire(|conn, about| {
                Box::pin(async move { Ok(about.idle_for < KNOWN_TO_LIVE || conn.ping().await.is_ok()) })
            })
            .connect_with(options)
            .await
            .map_err(unreachable)?;
        let relay = Relay::start(&pool, notifies).await;
        Ok(Self { inner: Arc::new(Inner { pool, relay, keeping: Keeping::default() }), shared_snapshot: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_can_switch_notifications_off() {
        for (url, understood_as) in [
            ("postgres://a/b", ("postgres://a/b", true)),
            ("postgres://a/b?notify=off", ("postgres://a/b", false)),
            ("postgres://a/b?host=c&notify=off&sslmode=require", ("postgres://a/b?host=c&sslmode=require", false)),
            ("postgres://a/b?host=c", ("postgres://a/b?host=c", true)),
        ] {
            let (url, notifies) = understood(url);
            assert_eq!((url.as_str(), notifies), understood_as);
        }
    }
}
