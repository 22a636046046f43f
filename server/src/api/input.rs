//! What a call brings along: path, parameters and body.

mod body;
mod query;

pub(super) use body::{Body, Field, Fields, Taken, body, whole};
pub(super) use query::{
    Asked, Claim, Number, Page, Paging, Parameter, ParameterShape, Parameters, Query, Search, Since, Until, Word, query,
};

use super::problem::Problem;
use crate::process::Process;
use app::{error::AppError, text::FieldFlaw};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use domain::{CharacterId, GroupId, NotificationId, Permission, RequestId, ReservedNameId, StateId, UserId};
use serde_json::Value;
use std::sync::Arc;

/// A part of the path that names something.
pub(super) trait Segment: Sized {
    /// `None` where nothing can have that name.
    fn parse(text: &str) -> Option<Self>;
}

macro_rules! numbers {
    ($($type:ident),+ $(,)?) => {$(
        impl Segment for $type {
            fn parse(text: &str) -> Option<Self> {
                if text.bytes().all(|digit| digit.is_ascii_digit()) { text.parse().ok().map($type) } else { None }
            }
        }

        impl Field for $type {
            fn read(value: &Value) -> Result<Self, FieldFlaw> {
                i64::read(value).map($type)
            }
        }
    )+};
}

numbers!(UserId, CharacterId, GroupId, RequestId, StateId, NotificationId, ReservedNameId);

impl Segment for Permission {
    fn parse(text: &str) -> Option<Self> {
        Self::from_code(text)
    }
}

impl Segment for String {
    fn parse(text: &str) -> Option<Self> {
        (!text.chars().any(char::is_control)).then(|| text.to_owned())
    }
}

async fn segments(parts: &mut Parts) -> Result<Vec<String>, Problem> {
    let parameters = RawPathParams::from_request_parts(parts, &()).await;
    let parameters = parameters.map_err(|_| Problem::from(AppError::NotFound))?;
    Ok(parameters.iter().map(|(_, value)| value.to_owned()).collect())
}

fn segment<T: Segment>(segments: &[String], place: usize) -> Result<T, Problem> {
    segments.get(place).and_then(|text| T::parse(text)).ok_or(Problem::Refused(AppError::NotFound))
}

/// A path that names one thing. One that can be nothing's name is not found.
pub(super) struct Named<T>(pub(super) T);

impl<T: Segment> FromRequestParts<Arc<Process>> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Process>) -> Result<Self, Problem> {
        segment(&segments(parts).await?, 0).map(Self)
    }
}

/// A path that names something of something.
pub(super) struct NamedIn<A, B>(pub(super) A, pub(super) B);

impl<A: Segment, B: Segment> FromRequestParts<Arc<Process>> for NamedIn<A, B> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Process>) -> Result<Self, Problem> {
        let segments = segments(parts).await?;
        Ok(Self(segment(&segments, 0)?, segment(&segments, 1)?))
    }
}
