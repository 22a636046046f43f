//! Lists as files for spreadsheets. A file is written while it is sent, batch by batch, so its length costs no memory; the
//! rights are asked for each batch, as for a page.

use crate::{
    answer::{self, ResponseFormat},
    csv, pages,
    process::Process,
    service::Caller,
};
use app::{
    address::Query,
    api::audit::{by_id, unknown_names},
    error::AppError,
    export::{audit_cells, audit_columns, member_cells, member_columns},
    input::{AuditAddress, MembersAddress, misread},
    text::RequestFlaw,
};
use axum::{
    Extension,
    body::Body,
    extract::{FromRequestParts, Path, Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{Flaw, Problem};
use futures::{Stream, StreamExt, stream};
use std::{io, sync::Arc};

/// The members of a group, with the filters of the page.
pub(crate) async fn members(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    Path(group): Path<String>,
    filters: Filters,
    request: Request,
) -> Response {
    let name = format!("members-{group}");
    let address = MembersAddress { cursor: String::new(), ..MembersAddress::read(group, &filters.0) };
    let rows = async {
        let (group, query) = address.parse()?;
        process.service.for_caller(caller.clone()).members_to_their_end(group, query).await
    };
    match rows.await {
        Ok(rows) => {
            let words = caller.language(request.headers());
            file(&name, &member_columns(words), rows, move |row| member_cells(words, row))
        }
        Err(error) => refused(process, &error, request).await,
    }
}

/// The audit log of a group, with the filters of the page.
pub(crate) async fn group_audit(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    Path(group): Path<String>,
    filters: Filters,
    request: Request,
) -> Response {
    audit(process, caller, group, &filters, request).await
}

/// The audit log of everything, with the filters of the page.
pub(crate) async fn whole_audit(
    State(process): State<Arc<Process>>,
    Extension(caller): Extension<Caller>,
    filters: Filters,
    request: Request,
) -> Response {
    audit(process, caller, String::new(), &filters, request).await
}

async fn audit(process: Arc<Process>, caller: Caller, group: String, filters: &Filters, request: Request) -> Response {
    let address = AuditAddress { cursor: String::new(), ..AuditAddress::read(group, &filters.0) };
    let name = if address.group.is_empty() { "audit".to_owned() } else { format!("audit-{}", address.group) };
    let rows = async {
        let service = process.service.for_caller(caller.clone());
        let found = by_id(&service, address.clone()).await?;
        let unknown = unknown_names(&address, &found).into_iter().map(|name| Problem::new(name, Flaw::Unknown));
        let unknown: Vec<Problem> = unknown.collect();
        if !unknown.is_empty() {
            // An empty file looks like one of somebody who did nothing.
            return Err(AppError::Invalid(unknown));
        }
        service.audit_to_its_end(found.parse()?).await
    };
    match rows.await {
        Ok(rows) => {
            let words = caller.language(request.headers());
            file(&name, &audit_columns(words), rows, move |row| audit_cells(words, row))
        }
        Err(error) => refused(process, &error, request).await,
    }
}

/// What narrows a list, as its page has it in the address. Every one of them is understood: a file that holds more than was asked
/// for looks like one that does not.
pub(crate) struct Filters(Query);

impl<S: Send + Sync> FromRequestParts<S> for Filters {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let filters = Query::read(parts.uri.query().unwrap_or_default());
        let page = parts.uri.path().trim_end_matches(".csv");
        let misread = misread(page, |name| filters.given(name)).into_iter();
        let misread = misread.map(|(name, _)| Problem::new(name, Flaw::Malformed));
        let problems: Vec<_> = misread.collect();
        let Some(first) = problems.first() else { return Ok(Self(filters)) };
        Err(match ResponseFormat::of(&parts.headers) {
            ResponseFormat::Sentence(words) => answer::plain(
                StatusCode::UNPROCESSABLE_ENTITY,
                words.request_flaw(RequestFlaw::Parameter(&first.field)),
            ),
            ResponseFormat::Code => answer::refusal(&AppError::Invalid(problems), ResponseFormat::Code),
        })
    }
}

/// The answer with a file. Where a batch fails, the connection breaks off: a file that ends early must not look whole.
fn file<T: 'static>(
    name: &str,
    columns: &[&'static str],
    rows: impl Stream<Item = Result<Vec<T>, AppError>> + Send + 'static,
    cells: impl Fn(&T) -> Vec<String> + Send + 'static,
) -> Response {
    let mut head = csv::MARK.to_owned();
    csv::push_row(&mut head, columns);
    let rows = rows.map(move |batch| match batch {
        Ok(batch) => {
            let mut text = String::new();
            for row in &batch {
                csv::push_row(&mut text, cells(row));
            }
            Ok(text)
        }
        Err(error) => {
            tracing::warn!(?error, "a file was broken off");
            Err(io::Error::other("the rows could not be read on"))
        }
    });
    // What a group is called stands in no header: only its number does.
    let name = HeaderValue::try_from(format!("attachment; filename=\"{name}.csv\""));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present")),
        (header::CONTENT_DISPOSITION, name.unwrap_or(HeaderValue::from_static("attachment"))),
    ];
    (headers, Body::from_stream(stream::iter([Ok(head)]).chain(rows))).into_response()
}

/// What is not there, or not for this caller, answers as the page does.
async fn refused(process: Arc<Process>, error: &AppError, request: Request) -> Response {
    if *error == AppError::NotFound {
        return pages::not_found(State(process), request).await;
    }
    answer::refusal(error, ResponseFormat::of(request.headers()))
}
