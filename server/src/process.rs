//! What one process of Muster holds from its start to its end. Handlers and layers share it by `Arc`.

use crate::{
    assets::Assets,
    auth::{cookie::Cookies, limits::CallLimits, setup_code::SetupCode},
    config::{ApiOrigin, PublicUrl},
    live::{Hub, Streams},
    origin::ForeignOrigins,
    service::Service,
};
use axum::{
    extract::FromRef,
    http::{HeaderMap, header},
};
use std::{
    sync::Arc,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use store::StoreError;
use tokio::sync::watch;

/// The process.
pub(crate) struct Process {
    /// The one way to read and write.
    pub(crate) service: Service,
    /// Where people reach it, if it was told.
    pub(crate) public_url: Option<PublicUrl>,
    /// How many proxies add to `X-Forwarded-For`.
    pub(crate) trusted_proxies: usize,
    /// Cookies as this process writes them.
    pub(crate) cookies: Cookies,
    /// How long a session lasts at most, however much it is used.
    pub(crate) session_seconds: i64,
    /// Calls of the API.
    pub(crate) call_limits: CallLimits,
    /// Whose pages may call the API.
    pub(crate) api_origins: Vec<ApiOrigin>,
    /// Forms of which other origins were refused.
    pub(crate) foreign_origins: ForeignOrigins,
    /// The feed, read once for all.
    pub(crate) hub: Hub,
    /// The open streams by session.
    pub(crate) streams: Streams,
    /// How often a stream shows that it is alive and asks whether its session is.
    pub(crate) beat: Duration,
    /// What the browser loads.
    pub(crate) assets: &'static Assets,
    /// Turns true when the process is to end.
    pub(crate) stop: StopSwitch,
    /// Whether the first account is known to exist. It never ceases to.
    pub(crate) set_up: AtomicBool,
    /// What opens the set-up until then.
    pub(crate) setup_code: SetupCode,
}

impl Process {
    /// Whether the browser comes by https, as far as the process was told.
    pub(crate) fn is_https(&self) -> bool {
        self.public_url.as_ref().is_some_and(PublicUrl::is_https)
    }

    /// Scheme, host and port of an address that is to be passed on: as the process was told, else as the browser came.
    pub(crate) fn origin(&self, headers: &HeaderMap) -> String {
        let host = || headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let told = self.public_url.as_ref().map(PublicUrl::origin);
        told.or_else(|| host().map(|host| format!("http://{host}"))).unwrap_or_default()
    }

    /// Whether the first account exists. Asks the database until it does, never after.
    pub(crate) async fn is_set_up(&self) -> Result<bool, StoreError> {
        if self.set_up.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let has_users = self.service.store().has_users().await?;
        if has_users {
            self.set_up.store(true, Ordering::Relaxed);
            if let Err(error) = self.service.store().note_serving(true) {
                tracing::warn!(%error, "an empty database might take the place of this one unnoticed");
            }
        }
        Ok(has_users)
    }
}

impl FromRef<Arc<Process>> for &'static Assets {
    fn from_ref(process: &Arc<Process>) -> Self {
        process.assets
    }
}

/// Tells everything in the process that it is to end. A clone throws the same switch.
#[derive(Clone)]
pub struct StopSwitch(watch::Sender<bool>);

impl StopSwitch {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Throws the switch.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }

    /// Turns true once it is thrown.
    pub(crate) fn watch(&self) -> watch::Receiver<bool> {
        self.0.subscribe()
    }

    /// Resolves once it is thrown.
    pub async fn stopped(&self) {
        let mut stop = self.0.subscribe();
        // The sender is alive as long as `self` is, so the wait ends only by the switch.
        let _ = stop.wait_for(|stop| *stop).await;
    }
}
