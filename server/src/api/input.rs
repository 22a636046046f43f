//! What a call brings along: path, parameters and body, read strictly and with every flaw named at once.

use super::{
    cursor,
    describe::{Described, Shapes},
    problem::{FieldProblem, Problem, flaw, not_a},
};
use crate::{process::Process, rfc3339};
use app::{
    error::AppError,
    text::{CallFlaw, FieldFlaw},
};
use axum::{
    body::{Body as HttpBody, Bytes},
    extract::{FromRequest, FromRequestParts, Query as Pairs, RawPathParams, Request},
    http::{HeaderMap, header, request::Parts},
};
use domain::{
    AutoLeave, CharacterId, CharacterName, Description, Email, Flaw, GroupId, GroupName, Note, NotificationId,
    Organisation, PageSize, Permission, Permissions, Registration, RequestId, ReservedNameId, StateId, StateName,
    Timestamp, UserId, Username,
};
use futures::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::sync::Arc;

/// The longest body a call takes, in bytes: the definition of a state may name many thousands of characters.
const BODY_BYTES: usize = 1024 * 1024;

/// How much more than that is read and thrown away, so that the caller is still there to hear that it was too much.
const DRAINED_BYTES: usize = 32 * 1024 * 1024;

/// A list in a body has at most so many entries.
const LIST: usize = 50_000;

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
        Self::ALL.into_iter().find(|permission| permission.name() == text)
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

/// A field of a body.
pub(super) trait Field: Described + Sized {
    /// The value, or what is wrong with it.
    fn read(value: &Value) -> Result<Self, FieldFlaw>;

    /// Whether it counts as not given.
    fn is_nothing(value: &Value) -> bool {
        value.is_null()
    }
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

impl Field for bool {
    fn read(value: &Value) -> Result<Self, FieldFlaw> {
        value.as_bool().ok_or(not_a("true or false"))
    }
}

impl Field for i64 {
    fn read(value: &Value) -> Result<Self, FieldFlaw> {
        value.as_i64().ok_or(not_a("a whole number of 64 bits"))
    }
}

impl Field for u32 {
    fn read(value: &Value) -> Result<Self, FieldFlaw> {
        value.as_u64().and_then(|number| number.try_into().ok()).ok_or(not_a("a whole number of 32 bits"))
    }
}

impl Field for String {
    fn read(value: &Value) -> Result<Self, FieldFlaw> {
        value.as_str().map(str::to_owned).ok_or(not_a("a text"))
    }
}

macro_rules! texts {
    ($($type:ident $($nothing:ident)?),+ $(,)?) => {$(
        impl Field for $type {
            fn read(value: &Value) -> Result<Self, FieldFlaw> {
                let text = value.as_str().ok_or(not_a("a text"))?;
                $type::parse(text).map_err(flaw)
            }

            $(fn is_nothing(value: &Value) -> bool {
                $nothing(value)
            })?
        }
    )+};
}

texts!(GroupName, Username, CharacterName, StateName, Description, Email is_blank, Note is_blank);

macro_rules! words {
    ($($type:ty),+ $(,)?) => {$(
        impl Field for $type {
            fn read(value: &Value) -> Result<Self, FieldFlaw> {
                serde_json::from_value(value.clone()).map_err(|_| not_a("one of the words that the description lists"))
            }
        }
    )+};
}

words!(AutoLeave, Registration, Permission, Permissions);

impl<T: Field> Field for Vec<T> {
    fn read(value: &Value) -> Result<Self, FieldFlaw> {
        let entries = value.as_array().ok_or(not_a("a list"))?;
        if entries.len() > LIST {
            return Err(flaw(Flaw::TooLong(LIST)));
        }
        entries.iter().map(T::read).collect()
    }
}

impl Described for Organisation {
    fn schema(shapes: &mut Shapes) -> Value {
        super::shape::Organisation::schema(shapes)
    }
}

impl Field for Organisation {
    fn read(value: &Value) -> Result<Self, FieldFlaw> {
        const EXPECTED: FieldFlaw = not_a("an object of id and name, and nothing else");
        let fields = value.as_object().filter(|fields| fields.len() == 2).ok_or(EXPECTED)?;
        Ok(Self {
            id: i64::read(fields.get("id").ok_or(EXPECTED)?)?,
            name: CharacterName::read(fields.get("name").ok_or(EXPECTED)?)?,
        })
    }
}

/// An object that is being read: fields are taken out of it, and what is wrong with them is gathered.
pub(super) struct Fields {
    left: Map<String, Value>,
    problems: Vec<FieldProblem>,
}

/// The outer option is whether the field could be read, the inner ones what it says.
#[expect(clippy::option_option, reason = "absent, null and flawed are three things")]
impl Fields {
    fn read<T: Field>(&mut self, name: &str, value: &Value) -> Option<T> {
        T::read(value).map_err(|flaw| self.problems.push(FieldProblem::new(name, flaw))).ok()
    }

    fn missing<T>(&mut self, name: &str) -> Option<T> {
        self.problems.push(FieldProblem::new(name, Flaw::Missing));
        None
    }

    /// A field that has to be there.
    pub(super) fn required<T: Field>(&mut self, name: &str) -> Option<T> {
        match self.left.remove(name) {
            Some(value) => self.read(name, &value),
            None => self.missing(name),
        }
    }

    /// A field that may be absent, or be null or blank for the same.
    pub(super) fn optional<T: Field>(&mut self, name: &str) -> Option<Option<T>> {
        match self.left.remove(name) {
            Some(value) if !T::is_nothing(&value) => self.read(name, &value).map(Some),
            Some(_) | None => Some(None),
        }
    }

    /// A field that changes where it is there.
    pub(super) fn change<T: Field>(&mut self, name: &str) -> Option<Option<T>> {
        match self.left.remove(name) {
            Some(value) => self.read(name, &value).map(Some),
            None => Some(None),
        }
    }

    /// A field that changes where it is there, and is taken away by null or blank.
    pub(super) fn nullable<T: Field>(&mut self, name: &str) -> Option<Option<Option<T>>> {
        match self.left.remove(name) {
            Some(value) if T::is_nothing(&value) => Some(Some(None)),
            Some(value) => self.read(name, &value).map(|value| Some(Some(value))),
            None => Some(None),
        }
    }

    /// A field that has to be there, and may be null.
    pub(super) fn choice<T: Field>(&mut self, name: &str) -> Option<Option<T>> {
        match self.left.remove(name) {
            Some(value) if T::is_nothing(&value) => Some(None),
            Some(value) => self.read(name, &value).map(Some),
            None => self.missing(name),
        }
    }
}

/// What a body is read as.
pub(super) trait Taken: Sized {
    /// Takes every field there can be; `None` only where a flaw was gathered.
    fn take(fields: &mut Fields) -> Option<Self>;
}

/// An object that the API takes: the type, how it is read, and its schema, from one text.
///
/// Each field says how it is taken, by the name of the method of [`Fields`].
macro_rules! body {
    (@kept required $type:ty) => { $type };
    (@kept optional $type:ty) => { Option<$type> };
    (@kept change $type:ty) => { Option<$type> };
    (@kept nullable $type:ty) => { Option<Option<$type>> };
    (@kept choice $type:ty) => { Option<$type> };
    ($(#[doc = $doc:literal])* $name:ident {
        $($(#[doc = $about:literal])* $how:ident $field:ident: $type:ty),+ $(,)?
    }) => {
        $(#[doc = $doc])*
        pub(in crate::api) struct $name {
            $($(#[doc = $about])* pub(in crate::api) $field: $crate::api::input::body!(@kept $how $type),)+
        }

        impl $crate::api::input::Taken for $name {
            fn take(fields: &mut $crate::api::input::Fields) -> Option<Self> {
                $(let $field = fields.$how::<$type>(stringify!($field));)+
                Some(Self { $($field: $field?),+ })
            }
        }

        impl $crate::api::describe::Described for $name {
            fn schema(shapes: &mut $crate::api::describe::Shapes) -> serde_json::Value {
                use $crate::api::describe::{FieldShape, object, or_null, prose};
                shapes.named(stringify!($name), |shapes| {
                    let fields = vec![$({
                        let how = stringify!($how);
                        let schema = <$type as $crate::api::describe::Described>::schema(shapes);
                        let may_be_null = matches!(how, "optional" | "nullable" | "choice");
                        FieldShape {
                            name: stringify!($field),
                            about: prose(&[$($about),*]),
                            required: matches!(how, "required" | "choice"),
                            schema: if may_be_null { or_null(schema) } else { schema },
                        }
                    }),+];
                    object(&prose(&[$($doc),*]), fields)
                })
            }
        }
    };
}
pub(super) use body;

/// The body of a call. None at all counts as an object without fields.
pub(super) struct Body<T>(pub(super) T);

impl<T: Taken> FromRequest<Arc<Process>> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Arc<Process>) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = whole(body).await?;
        let left = if bytes.is_empty() {
            Map::new()
        } else if says_json(&parts.headers) {
            match serde_json::from_slice(&bytes) {
                Ok(Value::Object(fields)) => fields,
                Ok(_) | Err(_) => return Err(Problem::unreadable(CallFlaw::NoObject)),
            }
        } else {
            return Err(Problem::unreadable(CallFlaw::NotJson));
        };
        let mut fields = Fields { left, problems: Vec::new() };
        let taken = T::take(&mut fields);
        let Fields { left, mut problems } = fields;
        problems.extend(left.keys().map(|name| FieldProblem::new(name, FieldFlaw::NoSuchField)));
        match taken {
            Some(taken) if problems.is_empty() => Ok(Self(taken)),
            Some(_) | None => Err(Problem::Unreadable(CallFlaw::Fields, problems)),
        }
    }
}

/// Whether the body says that it is JSON, or does not say what it is.
fn says_json(headers: &HeaderMap) -> bool {
    let Some(line) = headers.get(header::CONTENT_TYPE) else { return true };
    let Some(essence) = line.to_str().ok().and_then(|line| line.split(';').next()) else { return false };
    let essence = essence.trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// The whole of a body, if it is not too long.
pub(super) async fn whole(body: HttpBody) -> Result<Bytes, Problem> {
    let mut parts = body.into_data_stream();
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(part) = parts.next().await {
        // A connection that broke has nobody who would hear the answer.
        let part = part.map_err(|_| Problem::unreadable(CallFlaw::NoObject))?;
        length += part.len();
        if length <= BODY_BYTES {
            bytes.extend_from_slice(&part);
        } else if length > DRAINED_BYTES {
            break;
        }
    }
    if length > BODY_BYTES { Err(Problem::unreadable(CallFlaw::TooLarge)) } else { Ok(bytes.into()) }
}

/// A parameter of the address.
pub(super) trait Parameter: Sized {
    /// The value, or what is wrong with it.
    fn parse(text: &str) -> Result<Self, FieldFlaw>;
    /// Its schema.
    fn schema(shapes: &mut Shapes) -> Value;
}

/// One of the words of an enum.
pub(super) struct Word<T>(pub(super) T);

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
pub(super) struct Number<T>(pub(super) T);

impl<T: Segment + Described> Parameter for Number<T> {
    fn parse(text: &str) -> Result<Self, FieldFlaw> {
        T::parse(text).filter(|_| !text.is_empty()).map(Self).ok_or(not_a("a whole number"))
    }

    fn schema(shapes: &mut Shapes) -> Value {
        T::schema(shapes)
    }
}

/// Part of a name.
pub(super) struct Search(pub(super) String);

impl Search {
    const MAX: usize = 200;
}

impl Parameter for Search {
    fn parse(text: &str) -> Result<Self, FieldFlaw> {
        if text.chars().count() > Self::MAX {
            return Err(flaw(Flaw::TooLong(Self::MAX)));
        }
        if text.chars().any(char::is_control) { Err(flaw(Flaw::Malformed)) } else { Ok(Self(text.to_owned())) }
    }

    fn schema(_: &mut Shapes) -> Value {
        serde_json::json!({ "type": "string", "maxLength": Self::MAX })
    }
}

/// A claim.
pub(super) struct Claim(pub(super) bool);

impl Parameter for Claim {
    fn parse(text: &str) -> Result<Self, FieldFlaw> {
        text.parse().map(Self).map_err(|_| not_a("true or false"))
    }

    fn schema(shapes: &mut Shapes) -> Value {
        bool::schema(shapes)
    }
}

/// A moment from which on something counts; of a day, its beginning.
pub(super) struct Since(pub(super) Timestamp);

/// A moment until which something counts; of a day, its end.
pub(super) struct Until(pub(super) Timestamp);

/// An offset's plus sign is a space where it was not encoded.
fn moment(text: &str, of_day: fn(&str) -> Option<Timestamp>) -> Result<Timestamp, FieldFlaw> {
    let at = rfc3339::parse(&text.replace(' ', "+")).or_else(|| of_day(text));
    at.ok_or(not_a("a moment such as 2026-11-23T20:14:05Z, or a day"))
}

fn moment_schema() -> Value {
    serde_json::json!({ "anyOf": [{ "type": "string", "format": "date-time" }, { "type": "string", "format": "date" }] })
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
pub(super) struct Parameters {
    pairs: Vec<(String, String)>,
    problems: Vec<FieldProblem>,
}

impl Parameters {
    fn of(parts: &Parts) -> Self {
        let pairs = Pairs::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        Self { pairs: pairs.map(|Pairs(pairs)| pairs).unwrap_or_default(), problems: Vec::new() }
    }

    /// The value of a parameter, where it is given: once.
    pub(super) fn take<T: Parameter>(&mut self, name: &str) -> Option<T> {
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
pub(super) struct ParameterShape {
    pub(super) name: &'static str,
    pub(super) about: String,
    pub(super) schema: Value,
}

/// What parameters are read as.
pub(super) trait Asked: Sized {
    /// Takes every parameter there can be.
    fn take(parameters: &mut Parameters) -> Self;
    /// What they are.
    fn shapes(shapes: &mut Shapes) -> Vec<ParameterShape>;
}

/// Parameters that a call takes: the type, how it is read, and the description, from one text.
macro_rules! query {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $about:literal])* $field:ident $(= $word:literal)?: $type:ty),+ $(,)? }) => {
        $(#[doc = $doc])*
        pub(in crate::api) struct $name {
            $($(#[doc = $about])* pub(in crate::api) $field: Option<$type>,)+
        }

        impl $crate::api::input::Asked for $name {
            fn take(parameters: &mut $crate::api::input::Parameters) -> Self {
                Self { $($field: parameters.take($crate::api::input::query!(@name $field $($word)?)),)+ }
            }

            fn shapes(shapes: &mut $crate::api::describe::Shapes) -> Vec<$crate::api::input::ParameterShape> {
                vec![$($crate::api::input::ParameterShape {
                    name: $crate::api::input::query!(@name $field $($word)?),
                    about: $crate::api::describe::prose(&[$($about),*]),
                    schema: <$type as $crate::api::input::Parameter>::schema(shapes),
                }),+]
            }
        }
    };
    (@name $field:ident $word:literal) => { $word };
    (@name $field:ident) => { stringify!($field) };
}
pub(super) use query;

/// The parameters of a call.
pub(super) struct Query<T>(pub(super) T);

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
        let rows = text.parse().ok().and_then(Self::new);
        rows.ok_or(flaw(Flaw::OutOfRange(1, u32::from(u8::from(Self::MAX)))))
    }

    fn schema(_: &mut Shapes) -> Value {
        serde_json::json!({ "type": "integer", "minimum": 1, "maximum": 200, "default": 50 })
    }
}

impl Parameter for String {
    fn parse(text: &str) -> Result<Self, FieldFlaw> {
        Ok(text.to_owned())
    }

    fn schema(_: &mut Shapes) -> Value {
        serde_json::json!({ "type": "string" })
    }
}

query! {
    /// Where a page of a list begins, and how long it is.
    Paging {
        /// How many rows.
        limit: PageSize,
        /// The `next_cursor` of the page before.
        cursor: String,
    }
}

/// A page of a list.
pub(super) struct Page {
    /// How many rows.
    pub(super) limit: PageSize,
    /// Where it begins.
    pub(super) cursor: Option<String>,
    path: String,
}

impl FromRequestParts<Arc<Process>> for Page {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Process>) -> Result<Self, Problem> {
        let mut parameters = Parameters::of(parts);
        let Paging { limit, cursor } = Paging::take(&mut parameters);
        let path = parts.uri.path().to_owned();
        let cursor = cursor.and_then(|written| {
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
    pub(super) fn next(&self, cursor: Option<&str>) -> Option<String> {
        cursor.map(|cursor| cursor::written(&self.path, cursor))
    }
}
