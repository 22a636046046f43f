//! Why a call has no answer: problem details (RFC 9457) with a stable code, whatever refused it.

use super::shape::{Decided, Request};
use app::{
    error::AppError,
    text::{CallFlaw, FieldFlaw, Language, call_flaw, field_flaw},
};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Conflict, Flaw, RequestId};
use serde::Serialize;

/// The media type of problem details.
pub(super) const PROBLEM_JSON: &str = "application/problem+json";

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct FieldProblem {
    field: String,
    code: &'static str,
    detail: String,
}

impl FieldProblem {
    pub(super) fn new(field: &str, flaw: impl Into<FieldFlaw>) -> Self {
        let flaw = flaw.into();
        Self { field: field.to_owned(), code: flaw.code(), detail: field_flaw(field, flaw) }
    }
}

/// Why a call has no answer.
#[derive(Debug)]
pub(super) enum Problem {
    /// As any caller of the service is told.
    Refused(AppError),
    /// The call could not be read; which fields are wrong, where they are known.
    Unreadable(CallFlaw, Vec<FieldProblem>),
}

impl Problem {
    /// A call that could not be read for a reason that is no field's.
    pub(super) const fn unreadable(flaw: CallFlaw) -> Self {
        Self::Unreadable(flaw, Vec::new())
    }

    /// One field is wrong.
    pub(super) fn field(field: &str, flaw: impl Into<FieldFlaw>) -> Self {
        Self::Unreadable(CallFlaw::Fields, vec![FieldProblem::new(field, flaw)])
    }

    /// The HTTP status.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Refused(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            Self::Unreadable(flaw, _) => match flaw {
                CallFlaw::NoSuchCall => StatusCode::NOT_FOUND,
                CallFlaw::OtherMethod => StatusCode::METHOD_NOT_ALLOWED,
                CallFlaw::NoToken => StatusCode::UNAUTHORIZED,
                CallFlaw::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                CallFlaw::TooSlow => StatusCode::REQUEST_TIMEOUT,
                CallFlaw::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
                CallFlaw::KeyReused => StatusCode::CONFLICT,
                CallFlaw::NoObject | CallFlaw::KeyMalformed | CallFlaw::Fields => StatusCode::UNPROCESSABLE_ENTITY,
            },
        }
    }

    /// The stable code.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Refused(error) => match error {
                AppError::SignedOut => "signed_out",
                AppError::Denied(denial) => denial.code(),
                AppError::NotFound => "not_found",
                AppError::Conflict(conflict) => conflict.code(),
                AppError::Invalid(_) => "invalid",
                AppError::Slow { .. } => "slow_down",
                AppError::Busy | AppError::Offline => "busy",
                AppError::Unwritable(why) => why.code(),
                AppError::Internal(_) => "internal",
            },
            Self::Unreadable(flaw, _) => match flaw {
                CallFlaw::NoSuchCall => "not_found",
                CallFlaw::OtherMethod => "method_not_allowed",
                CallFlaw::NoToken => "signed_out",
                CallFlaw::TooLarge => "too_large",
                CallFlaw::TooSlow => "too_slow",
                CallFlaw::NotJson => "unsupported_media_type",
                CallFlaw::KeyReused => "command_reused",
                CallFlaw::NoObject | CallFlaw::KeyMalformed | CallFlaw::Fields => "invalid",
            },
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Refused(AppError::Invalid(_)) => call_flaw(CallFlaw::Fields).to_owned(),
            Self::Refused(error) => Language::English.trouble(error),
            Self::Unreadable(flaw, _) => call_flaw(*flaw).to_owned(),
        }
    }

    fn into_details(self) -> Details {
        let (status, code, detail) = (self.status(), self.code(), self.detail());
        let (errors, request) = match self {
            Self::Unreadable(_, errors) => (errors, None),
            Self::Refused(AppError::Invalid(problems)) => {
                (problems.iter().map(|problem| FieldProblem::new(&problem.field, problem.flaw)).collect(), None)
            }
            Self::Refused(AppError::Conflict(Conflict::RequestSettled(request))) => {
                (Vec::new(), Some(Box::new(Request::of(&request))))
            }
            Self::Refused(_) => (Vec::new(), None),
        };
        let errors = (status == StatusCode::UNPROCESSABLE_ENTITY).then_some(errors);
        Details {
            r#type: format!("/api/docs#{code}"),
            title: title(code),
            status: status.as_u16(),
            detail,
            code,
            errors,
            request,
        }
    }

    /// What came of one request of many that were to be decided.
    pub(super) fn of_request(self, id: RequestId) -> Decided {
        let details = self.into_details();
        let request = details.request.map(|request| *request);
        Decided { id, status: details.status, request, code: Some(details.code), detail: Some(details.detail) }
    }
}

/// The code in words: `State not allowed`.
fn title(code: &str) -> String {
    let words = code.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        Self::Refused(error)
    }
}

impl From<domain::Problem> for Problem {
    fn from(problem: domain::Problem) -> Self {
        Self::field(&problem.field, problem.flaw)
    }
}

/// Problem details as they are sent.
#[derive(Serialize)]
struct Details {
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<FieldProblem>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<Box<Request>>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let retry_after = match &self {
            Self::Refused(AppError::Slow { retry_after }) => Some(*retry_after),
            Self::Refused(AppError::Busy) => Some(1),
            Self::Refused(AppError::Unwritable(_)) => Some(30),
            Self::Refused(_) | Self::Unreadable(..) => None,
        };
        let status = self.status();
        let mut response = (status, Json(self.into_details())).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"muster\""));
        }
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        response
    }
}

/// The answer of a call that can be refused.
pub(super) type Answer = Result<Response, Problem>;

/// 200 with a body.
#[expect(clippy::unnecessary_wraps, reason = "the end of a call that may be refused")]
pub(super) fn ok(body: impl Serialize) -> Answer {
    Ok((StatusCode::OK, Json(body)).into_response())
}

/// 201 with what was made.
#[expect(clippy::unnecessary_wraps, reason = "the end of a call that may be refused")]
pub(super) fn created(body: impl Serialize) -> Answer {
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

/// 202 with what waits.
#[expect(clippy::unnecessary_wraps, reason = "the end of a call that may be refused")]
pub(super) fn accepted(body: impl Serialize) -> Answer {
    Ok((StatusCode::ACCEPTED, Json(body)).into_response())
}

/// 204.
#[expect(clippy::unnecessary_wraps, reason = "the end of a call that may be refused")]
pub(super) fn done() -> Answer {
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A field holds what is none of what can stand there.
pub(super) const fn not_a(expected: &'static str) -> FieldFlaw {
    FieldFlaw::NotA(expected)
}

/// A flaw as one of a field.
pub(super) const fn flaw(flaw: Flaw) -> FieldFlaw {
    FieldFlaw::Flaw(flaw)
}
