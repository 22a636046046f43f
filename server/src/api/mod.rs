//! The REST API for programs (`/api/v1`): the same operations as the pages, by tokens, with a contract that does not move.
//!
//! Thin on purpose: it reads a call strictly, asks the backend that pages ask, and writes the answer in the shapes of the
//! contract. No rule and no SQL. One file a noun; `routes` is the table of all calls.
//!
//! - `gate`, `repeat`, `origins`: in whose name a call is made, how often, from whose pages, and what a repeat is answered
//! - `input`, `cursor`, `problem`, `shape`: what comes in and what goes out
//! - `route`, `describe`, `openapi`, `docs`: the description, made from the same values

mod audit;
mod call;
mod cursor;
mod describe;
mod docs;
mod events;
mod gate;
mod groups;
mod input;
mod me;
mod members;
mod notifications;
mod openapi;
mod origins;
mod permissions;
mod problem;
mod repeat;
mod requests;
mod reserved_names;
mod route;
mod routes;
mod settings;
mod shape;
mod states;
mod users;

use crate::process::Process;
use app::text::CallFlaw;
use axum::{
    Router,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::get,
};
use problem::Problem;
use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};
use tower_http::timeout::TimeoutLayer;

/// No call takes this long but by a fault.
const TIMEOUT: Duration = Duration::from_secs(30);

/// What the page of the description may load: its style, and nothing else.
const DOCS_POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static DESCRIPTION: LazyLock<serde_json::Value> = LazyLock::new(|| openapi::description(&routes::all()));
static OPENAPI: LazyLock<String> = LazyLock::new(|| DESCRIPTION.to_string());
static DOCS: LazyLock<String> = LazyLock::new(|| docs::page(&DESCRIPTION));

/// The calls, each as its method and its path below `/api/v1`.
#[must_use]
pub fn calls() -> Vec<(String, &'static str)> {
    routes::all().iter().map(|route| (route.method.to_string(), route.path)).collect()
}

/// All calls under `/api/v1`, and the description of them.
pub(crate) fn router(process: &Arc<Process>) -> Router<Arc<Process>> {
    let mut calls = Router::new();
    let mut streams = Router::new();
    for route in routes::all() {
        // A stream stays open for as long as the program wants it.
        if route.path == "/events" {
            streams = streams.route(route.path, route.router);
        } else {
            calls = calls.route(route.path, route.router);
        }
    }
    let calls = calls
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .merge(streams)
        .route_layer(from_fn_with_state(Arc::clone(process), gate::identify))
        .route("/openapi.json", get(openapi))
        .method_not_allowed_fallback(other_method)
        .fallback(no_such_call);
    // Outside of the gate: a browser asks for leave before it shows the token.
    let calls = match origins::layer(&process.api_origins) {
        Some(leave) => calls.layer(leave),
        None => calls,
    };
    Router::new()
        .nest("/api/v1", calls)
        .route("/api/v1/", get(no_such_call))
        .route("/api/docs", get(docs))
        .route("/api/docs/style.css", get(style))
}

async fn no_such_call() -> Problem {
    Problem::unreadable(CallFlaw::NoSuchCall)
}

async fn other_method() -> Problem {
    Problem::unreadable(CallFlaw::OtherMethod)
}

async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], OPENAPI.as_str()).into_response()
}

async fn docs() -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(DOCS_POLICY));
    (headers, DOCS.as_str()).into_response()
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], docs::STYLE).into_response()
}
