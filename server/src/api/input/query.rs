//! The parameters of a call: what stands in the query of its address. Those nobody asks for are ignored.

use super::{
    super::{
        cursor,
        describe::{Described, Shapes},
        problem::{FieldProblem, Problem, flaw, not_a},
    },
    Segment,
    body::whole_number,
};
use crate::{process::Process, rfc3339};
use app::text::{CallFlaw, FieldFlaw};
use axum::{
    extract::{FromRequestParts, Query as Pairs},
    http::request::Parts,
};
use domain::{Flaw, PageSize, Stray, Timestamp};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;

/// A parameter of the address.
pub(in crate::api) trait Parameter: Sized {
    /// The value, or what is wrong with it.
    fn parse(text: &str) -> Result<Self, FieldFlaw>;
    /// Its schema.
    fn schema(shapes: &mut Shapes) -> Value;
}

/// One of the words of an enum.
pub(in crate::api) struct Word<T>(pub(in crate::api) T);

impl<T: DeserializeOwned + Described> Parameter for Word<T> {
    fn parse(text: &str) -> Result<Self, FieldFlaw> {
        let value = serde_json::from_value(Value::String(text.to_owned()));
        value.map(Self).map_err(|_| not_a("one of the words that the description lists"))
    }

    fn schema(shapes: &mut Shapes) -> Value {
        T::schema(shapes)
    }
}

/// The number of something.
pub(in crate::api) struct Number<T>(pub(in crate::api) T);

/// The digits of a whole number, however it is written.
fn digits(text: &str) -> Option<String> {
    if !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit()) {
        return Some(text.to_owned());
    }
    let number = serde_json::from_str::<Value>(text).ok().as_ref().and_then(whole_number)?;
    (number >= 0).then(|| number.to_string())
}

impl<T: Segment + Described> Parameter for Number<T> {
    fn parse(text: &str) -> Result<Self, FieldFlaw> {
        digits(text).and_then(|digits| T::parse(&digits)).map(Self).ok_or(not_a("a whole number"))
    }

    fn schema(shapes: &mut Shapes) -> Value {
        let mut schema = T::schema(shapes);
        schema["minimum"] = json!(0);
        schema
    }
}

/// Part of a name.
pub(in crate::api) struct Search(pub(in crate::api) String);

impl Search {
    const MAX: usize = 200;
}

impl Parameter for Search {
    fn parse(text: &str) -> Result<Self, FieldFlaw> {
        if text.chars().count() > Self::MAX {
            return Err(flaw(Flaw::TooLong(Self::MAX)));
        }
        match text.chars().find(|c| c.is_control()) {
            Some(c) => Err(flaw(Flaw::Character(c.into(), Stray::Control))),
            None => Ok(Self(text.to_owned())),
        }
    }

    fn schema(_: &mut Shapes) -> Value {
        let pattern = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";
        json!({ "type": "string", "maxLength": Self::MAX, "pattern": pattern, "default": "" })
    }
}

/// A claim.
pub(in crate::api) struct Claim(pub(in crate::api) bool);

impl Parameter for Claim {
    fn parse(text: &str) -> Result<Self, FieldFlaw> {
        text.parse().map(Self).map_err(|_| not_a("true or false"))
    }

    fn schema(shapes: &mut Shapes) -> Value {
        bool::schema(shapes)
    }
}

/// A moment from which on something counts; of a day, its beginning.
pub(in crate::api) struct Since(pub(in crate::api) Timestamp);

/// A moment until which something counts; of a day, its end.
pub(in crate::api) struct Until(pub(in crate::api) Timestamp);

/// An offset's plus sign is a space where it was not encoded.
fn moment(text: &str, of_day: fn(&str) -> Option<Timestamp>) -> Result<Timestamp, FieldFlaw> {
    let at = rfc3339::parse(&text.replace(' ', "+")).or_else(|| of_day(text));
    at.ok_or(not_a("a moment such as 2026-11-23T20:14:05Z, or a day"))
}

fn moment_schema() -> Value {
    json!({ "anyOf": [{ "type": "string", "format": "date-time" }, { "type": "string", "format": "date" }] })
}

impl Parameter for Since {
    fn parse(text: &str) -> Result<Self, FieldFlaw> {
        moment(text, rfc3339::start_of_day).map(Self)
    }

    fn schema(_: &mut Shapes) -> Value {
        moment_schema()
    }
}

impl Parameter for Until {
    fn parse(text: &str) -> Result<Self, FieldFlaw> {
        moment(text, rfc3339::end_of_day).map(Self)
    }

    fn schema(_: &mut Shapes) -> Value {
        moment_schema()
    }
}

/// Parameters that are being read. Those nobody asks for are ignored, as tools add their own.
pub(in crate::api) struct Parameters {
    pairs: Vec<(String, String)>,
    problems: Vec<FieldProblem>,
}

impl Parameters {
    fn of(parts: &Parts) -> Self {
        let pairs = Pairs::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        Self { pairs: pairs.map(|Pairs(pairs)| pairs).unwrap_or_default(), problems: Vec::new() }
    }

    /// The value of a parameter, where it is given: once.
    pub(in crate::api) fn take<T: Parameter>(&mut self, name: &str) -> Option<T> {
        let values: Vec<&str> =
            self.pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect();
        let read = match values.as_slice() {
            [] => return None,
            [value] => T::parse(value),
            _ => Err(flaw(Flaw::Mismatch)),
        };
        read.map_err(|flaw| self.problems.push(FieldProblem::new(name, flaw))).ok()
    }

    fn close<T>(self, taken: T) -> Result<T, Problem> {
        if self.problems.is_empty() { Ok(taken) } else { Err(Problem::Unreadable(CallFlaw::Fields, self.problems)) }
    }
}

/// A parameter as the description shows it.
pub(in crate::api) struct ParameterShape {
    pub(in crate::api) name: &'static str,
    pub(in crate::api) about: String,
    pub(in crate::api) schema: Value,
}

/// What parameters are read as.
pub(in crate::api) trait Asked: Sized {
    /// Takes every parameter there can be.
    fn take(parameters: &mut Parameters) -> Self;
    /// What they are.
    fn shapes(shapes: &mut Shapes) -> Vec<ParameterShape>;
}

/// Parameters that a call takes: the type, how it is read, and the description, from one text. One whose absence means a
/// value says which.
macro_rules! query {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $about:literal])* $field:ident $(= $word:literal)?: $type:ty $(= $default:expr)?),+ $(,)? }) => {
        $(#[doc = $doc])*
        pub(in crate::api) struct $name {
            $($(#[doc = $about])* pub(in crate::api) $field: Option<$type>,)+
        }

        impl $crate::api::input::Asked for $name {
            fn take(parameters: &mut $crate::api::input::Parameters) -> Self {
                Self { $($field: parameters.take($crate::api::input::query!(@name $field $($word)?)),)+ }
            }

            fn shapes(shapes: &mut $crate::api::describe::Shapes) -> Vec<$crate::api::input::ParameterShape> {
                vec![$({
                    #[allow(unused_mut, reason = "most parameters mean nothing where they are absent")]
                    let mut schema = <$type as $crate::api::input::Parameter>::schema(shapes);
                    $(schema["default"] = serde_json::json!($default);)?
                    $crate::api::input::ParameterShape {
                        name: $crate::api::input::query!(@name $field $($word)?),
                        about: $crate::api::describe::prose(&[$($about),*]),
                        schema,
                    }
                }),+]
            }
        }
    };
    (@name $field:ident $word:literal) => { $word };
    (@name $field:ident) => { stringify!($field) };
}
pub(in crate::api) use query;

/// The parameters of a call.
pub(in crate::api) struct Query<T>(pub(in crate::api) T);

impl<T: Asked> FromRequestParts<Arc<Process>> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Process>) -> Result<Self, Problem> {
        let mut parameters = Parameters::of(parts);
        let taken = T::take(&mut parameters);
        parameters.close(Self(taken))
    }
}

impl Parameter for PageSize {
    fn parse(text: &str) -> Result<Self, FieldFlaw> {
        let rows = digits(text).and_then(|digits| digits.parse().ok()).and_then(Self::new);
        rows.ok_or(flaw(Flaw::OutOfRange(1, u32::from(u8::from(Self::MAX)))))
    }

    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "integer", "minimum": 1, "maximum": u8::from(Self::MAX), "default": u8::from(Self::default()) })
    }
}

/// The cursor of a page as it was given out; nothing in it begins at the beginning.
pub(in crate::api) struct Begin(String);

impl Parameter for Begin {
    fn parse(text: &str) -> Result<Self, FieldFlaw> {
        Ok(Self(text.to_owned()))
    }

    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string", "pattern": cursor::PATTERN, "default": "" })
    }
}

query! {
    /// Where a page of a list begins, and how long it is.
    Paging {
        /// How many rows.
        limit: PageSize,
        /// The `next_cursor` of the page before, of the same list; empty for the first page.
        cursor: Begin,
    }
}

/// A page of a list.
pub(in crate::api) struct Page {
    /// How many rows.
    pub(in crate::api) limit: PageSize,
    /// Where it begins.
    pub(in crate::api) cursor: Option<String>,
    path: String,
}

impl FromRequestParts<Arc<Process>> for Page {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Process>) -> Result<Self, Problem> {
        let mut parameters = Parameters::of(parts);
        let Paging { limit, cursor } = Paging::take(&mut parameters);
        let path = parts.uri.path().to_owned();
        let cursor = cursor.filter(|Begin(written)| !written.is_empty()).and_then(|Begin(written)| {
            let read = cursor::read(&path, &written);
            if read.is_none() {
                parameters.problems.push(FieldProblem::new("cursor", Flaw::Malformed));
            }
            read
        });
        parameters.close(Self { limit: limit.unwrap_or_default(), cursor, path })
    }
}

impl Page {
    /// A cursor of the store as the caller is given it.
    pub(in crate::api) fn next(&self, cursor: Option<&str>) -> Option<String> {
        cursor.map(|cursor| cursor::written(&self.path, cursor))
    }
}
