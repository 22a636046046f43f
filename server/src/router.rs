//! Every route and every layer of the process, on one screen.

use crate::{
    answer, api, assets,
    auth::{FRONT, gate, register, reset, session, setup, sign_in},
    cross_site, draft, export, headers, live, one_time_secret, pages,
    process::Process,
    telemetry, typed, wellformed,
};
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state, map_request, map_response_with_state},
    response::Response,
    routing::{get, post},
};
use domain::Unwritable;
use leptos::config::LeptosOptions;
use leptos_axum::LeptosRoutes;
use std::{sync::Arc, time::Duration};
use store::StoreError;
use tower_http::{CompressionLevel, compression::CompressionLayer, timeout::TimeoutLayer};

/// No page and no form takes this long but by a fault.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The whole process as one service. Tests read the routes from this very text and ask for a row for each.
pub(crate) fn router(process: &Arc<Process>) -> Router {
    let state = || Arc::clone(process);

    // Pages of `app` and its server functions under /api, each in the name of its caller.
    let pages = Router::new()
        .leptos_routes_with_context(
            &LeptosOptions::builder().output_name("muster").build(),
            pages::listing().to_vec(),
            pages::context(process),
            pages::document,
        )
        .with_state(LeptosOptions::builder().output_name("muster").build())
        .layer(map_request(pages::head_as_get))
        .layer(from_fn_with_state(state(), pages::in_one_snapshot))
        .layer(map_response_with_state(state(), pages::status_of_refusal))
        .layer(from_fn_with_state(state(), draft::answer))
        .layer(from_fn_with_state(state(), one_time_secret::show))
        .layer(from_fn_with_state(state(), typed::give_back));

    // A request passes the layers from the last to the first.
    let personal = Router::new()
        .route("/", get(front))
        .route("/login", post(sign_in::sign_in))
        .route("/logout", post(sign_in::sign_out))
        .route("/logout/everywhere", post(sign_in::sign_out_everywhere))
        .route("/setup", post(setup::set_up))
        .route("/register", post(register::register))
        .route("/reset/{token}", post(reset::reset))
        .route("/manage/{id}/members.csv", get(export::members))
        .route("/manage/{id}/audit.csv", get(export::group_audit))
        .route("/audit.csv", get(export::whole_audit))
        .merge(pages)
        .fallback(pages::not_found)
        .layer(from_fn_with_state(state(), gate::gate))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        // Outside the timeout: a stream stays open for as long as the page does.
        .route("/live", get(live::stream))
        .layer(from_fn_with_state(state(), session::identify));

    let impersonal = Router::new()
        .route("/pkg/{*name}", get(assets::serve))
        .route("/robots.txt", get(robots))
        .route("/healthz", get(healthy))
        .route("/readyz", get(ready));

    personal
        .merge(impersonal)
        .layer(from_fn(wellformed::refuse))
        .layer(from_fn_with_state(state(), cross_site::refuse))
        // Outside of all that: for programs, with no cookie that another site could lend itself.
        .merge(api::router(process))
        // Inside of nothing: whatever is answered under a name of somebody else's passes for theirs.
        .layer(from_fn_with_state(state(), cross_site::refuse_elsewhere))
        // Leaves alone what is a stream, small, or compressed already.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(state(), headers::secure))
        .layer(from_fn_with_state(state(), telemetry::trace))
        .with_state(state())
}

/// The front page is none: the gate sends everybody on. Reached only while a session ends at this very moment.
async fn front() -> Response {
    answer::see_other(FRONT)
}

/// Nothing here is for search engines.
async fn robots() -> Response {
    answer::plain(StatusCode::OK, "User-agent: *\nDisallow: /\n")
}

/// Whether the process runs: asked by what restarts it.
async fn healthy() -> Response {
    answer::plain(StatusCode::OK, "ok\n")
}

/// Whether the process can serve: asked by what sends it requests.
async fn ready(State(process): State<Arc<Process>>) -> Response {
    match process.service.store().is_ready().await {
        Ok(()) => answer::plain(StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            let why = match error {
                StoreError::Unwritable(Unwritable::DiskFull, _) => "the disk is full\n",
                StoreError::Unwritable(Unwritable::ReadOnly, _) => "the database is read-only\n",
                StoreError::Unwritable(Unwritable::DatabaseReplaced, _) => "the database was deleted or replaced\n",
                _ => "the database does not answer\n",
            };
            answer::plain(StatusCode::SERVICE_UNAVAILABLE, why)
        }
    }
}
