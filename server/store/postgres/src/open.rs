//! Opens a database by its URL.

use crate::{Inner, Store, relay::Relay};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::{str::FromStr, sync::Arc, time::Duration};
use store_model::StoreError;

/// Connections of one process. A server takes a hundred by default, and several processes share it.
const CONNECTIONS: u32 = 16;
/// How long a request waits for one before the store is called busy.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

impl Store {
    /// Connects to the database. Its schema stays as it is.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let unreachable = |error: sqlx::Error| StoreError::Unreachable(error.to_string());
        let options = PgConnectOptions::from_str(url).map_err(unreachable)?.application_name("muster");
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options)
            .await
            .map_err(unreachable)?;
        let relay = Relay::start(&pool).await;
        Ok(Self { inner: Arc::new(Inner { pool, relay }) })
    }
}
