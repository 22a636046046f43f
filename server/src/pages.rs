//! The pages of `app` as this process serves them: in whose name they read, and what surrounds them.

use crate::{
    answer::{self, ResponseFormat},
    headers,
    process::Process,
    service::{Caller, Service},
};
use app::{App, ShellFacts, Still, backend::Backend, error::AppError, shell, text::Language};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    middleware::Next,
    response::Response,
};
use leptos::{
    IntoView,
    nonce::use_nonce,
    prelude::{provide_context, use_context, with_context},
};
use leptos_axum::{AxumRouteListing, ResponseOptions, generate_route_list, render_app_async_with_context};
use server_fn::error::SERVER_FN_ERROR_HEADER;
use std::sync::{Arc, LazyLock};

/// No refusal is longer: it holds codes and ids, and one settled request at most.
const REFUSAL_BYTES: usize = 64 * 1024;

/// Every page of `app` with its path.
///
/// Listed once, before the first page is drawn: while Leptos lists, it holds back every read of every page in the whole
/// program, and a page whose read was held back is never finished.
pub fn listing() -> &'static [AxumRouteListing] {
    static LISTING: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));
    &LISTING
}

/// What pages and server functions find in their context, made anew for each request.
pub(crate) fn context(process: &Arc<Process>) -> impl Fn() + Clone + Send + Sync + 'static {
    let process = Arc::clone(process);
    move || {
        let (caller, language, held) = with_context::<Parts, _>(|parts| {
            let caller = parts.extensions.get::<Caller>().cloned().unwrap_or(Caller::NOBODY);
            let language = caller.language(&parts.headers);
            (caller, language, parts.extensions.get::<Service>().cloned())
        })
        .unwrap_or((Caller::NOBODY, Language::default(), None));
        provide_context(language);
        provide_context(ShellFacts {
            assets: process.assets.hrefs(),
            theme: caller.theme(),
            language,
            now: process.service.now(),
            origin: with_context::<Parts, _>(|parts| process.origin(&parts.headers)).unwrap_or_default(),
            follows: caller.session().map(|signed_in| (signed_in.session.user, process.hub.head())),
            form_seed: process.service.sources().random.word(),
        });
        let service = held.unwrap_or_else(|| process.service.clone());
        provide_context::<Arc<dyn Backend>>(Arc::new(service.for_caller(caller)));
        if let (Some(nonce), Some(answer)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = HeaderValue::try_from(headers::page_policy(&nonce))
        {
            answer.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}

/// Layer: a page or a read that is asked for its head alone is made as for `GET`; the router leaves out its body. Server
/// functions are looked up by method, and none is there for `HEAD`.
pub(crate) async fn head_as_get(mut request: Request) -> Request {
    if request.method() == Method::HEAD {
        *request.method_mut() = Method::GET;
    }
    request
}

/// Layer: whatever a page reads is read in one snapshot. Its parts agree with each other, and the view of the database is
/// begun and ended once.
pub(crate) async fn in_one_snapshot(State(process): State<Arc<Process>>, mut request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let (service, _snapshot) = process.service.with_shared_snapshot();
    request.extensions_mut().insert(service);
    next.run(request).await
}

/// The document around every page.
pub(crate) fn document() -> impl IntoView {
    use_context::<ShellFacts>().map(shell)
}

/// The page of ours at this place as the answer to a form, in the name of the same caller, and for good: the browser could
/// not tell from the address what it shows.
pub(crate) async fn draw(process: &Arc<Process>, parts: Parts, place: &str) -> Response {
    draw_with(process, parts, place, || {}).await
}

/// The same with something more in its context.
pub(crate) async fn draw_with(
    process: &Arc<Process>,
    mut parts: Parts,
    place: &str,
    provide: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    let Ok(uri) = place.parse() else {
        return answer::refusal(&AppError::Invalid(Vec::new()), ResponseFormat::of(&parts.headers));
    };
    parts.method = Method::GET;
    parts.uri = uri;
    let context = context(process);
    let context = move || {
        context();
        provide_context(Still);
        provide();
    };
    render_app_async_with_context(context, document)(Request::from_parts(parts, Body::empty())).await
}

/// Layer: gives a refused server function the status of its refusal.
///
/// Functions set it themselves, but what fails before them, such as a body that is no form, comes as 500.
pub(crate) async fn status_of_refusal(State(process): State<Arc<Process>>, response: Response) -> Response {
    let refused = response.headers().contains_key(SERVER_FN_ERROR_HEADER);
    if !refused || response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (_, body) = response.into_parts();
    let read = to_bytes(body, REFUSAL_BYTES).await.ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let error = match read {
        Some(AppError::Internal(ticket)) if !ticket.0.is_empty() => AppError::Internal(ticket),
        Some(AppError::Internal(_)) | None => {
            let ticket = process.service.sources().random.ticket();
            tracing::error!(ticket = ticket.0, "a server function could not be called or answered");
            AppError::Internal(ticket)
        }
        Some(error) => error,
    };
    answer::refusal(&error, ResponseFormat::Code)
}

/// The page for what is not there, in the frame of whoever looks for it.
pub(crate) async fn not_found(State(process): State<Arc<Process>>, mut request: Request<Body>) -> Response {
    // A route that exists, but not for this caller, must render as one that does not.
    *request.uri_mut() = Uri::from_static("/not-found");
    let mut response = render_app_async_with_context(context(&process), document)(request).await;
    // Whatever the frame around it met, such as a visitor.
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
