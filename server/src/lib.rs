//! The process: who is calling, what they get, what they watch. It decides nothing (that is `domain`) and knows no SQL
//! (that is `store`).
//!
//! - `router`: every route and layer on one screen
//! - `auth`: who is calling; never what they may do
//! - `api`: the same for programs, by tokens
//! - `service`: the write path and the read path, in the name of a caller
//! - `connection`: the sockets, and who has them
//! - `live`: the feed, from the events of the database to the streams of open pages
//! - `assets`, `headers`, `telemetry`, `answer`: what every answer carries
//! - `config`, `cli`: settings and commands

mod answer;
mod api;
mod assets;
mod auth;
pub mod cli;
pub mod clock;
pub mod config;
mod connection;
mod cross_site;
mod csv;
pub mod demo;
mod draft;
mod export;
mod headers;
mod live;
mod log;
mod one_time_secret;
mod origin;
mod pages;
mod process;
mod rfc3339;
mod router;
pub mod service;
pub mod telemetry;
mod typed;
mod wellformed;
mod workers;

pub use api::calls as api_calls;
pub use assets::Assets;
pub use pages::listing as page_listing;
pub use process::StopSwitch;

use crate::{clock::Sources, config::Settings, process::Process, service::Service};
use axum::Router;
use std::{sync::Arc, time::Duration};
use store::{Store, StoreError};
use tokio::task::JoinSet;

/// How often a stream beats; a page that hears nothing for some beats knows that it is cut off.
const BEAT: Duration = Duration::from_secs(10);

/// A process of Muster, ready to be served: what `main` listens with and every test calls.
pub struct Muster {
    process: Arc<Process>,
    router: Router,
    workers: JoinSet<()>,
}

impl Muster {
    /// Every route and layer.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// What opens `/setup` until there is an account. For the console, and for nothing that is kept.
    #[must_use]
    pub fn setup_code(&self) -> &str {
        self.process.setup_code.reveal()
    }

    /// Ends streams and workers when thrown.
    #[must_use]
    pub fn stop_switch(&self) -> StopSwitch {
        self.process.stop.clone()
    }

    /// Ends streams and workers and lets queued writes finish.
    pub async fn close(mut self) {
        self.process.stop.stop();
        while self.workers.join_next().await.is_some() {}
        self.process.service.store().close().await;
    }
}

/// Builds a process over an opened, migrated store and starts its workers.
///
/// # Errors
/// Where the store cannot be read.
pub async fn build(settings: &Settings, store: Store, sources: Sources) -> Result<Muster, StoreError> {
    build_with_beat(settings, store, sources, BEAT).await
}

/// The same with another beat, for tests that wait for one.
///
/// # Errors
/// Where the store cannot be read.
pub async fn build_with_beat(
    settings: &Settings,
    store: Store,
    sources: Sources,
    beat: Duration,
) -> Result<Muster, StoreError> {
    let service = Service::new(store.clone(), sources.clone());
    let process = Arc::new(Process {
        public_url: settings.public_url.clone(),
        trusted_proxies: settings.trusted_proxies,
        cookies: auth::cookie::Cookies::new(settings.public_url.as_ref().is_some_and(config::PublicUrl::is_https)),
        session_seconds: i64::from(settings.session_days) * 24 * 60 * 60,
        call_limits: auth::limits::CallLimits::new(settings.api_rate, &store),
        api_origins: settings.api_origins.clone(),
        foreign_origins: origin::ForeignOrigins::default(),
        hub: live::Hub::open(store).await?,
        streams: service.streams().clone(),
        beat,
        assets: Assets::get(),
        stop: StopSwitch::new(),
        set_up: false.into(),
        setup_code: auth::setup_code::SetupCode::new(&*sources.random),
        service,
    });
    if !process.assets.are_built() {
        tracing::warn!(
            "this binary has no browser assets, so pages are plain and not live: build it by `cargo xtask build`"
        );
    }
    let workers = workers::start(&process);
    Ok(Muster { router: router::router(&process), workers, process })
}
