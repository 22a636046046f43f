//! JSON schemas of what the API takes and gives, made from the very types that are read and written.

use crate::rfc3339;
use domain::{
    Action, AutoLeave, Cause, CharacterId, CharacterName, Denial, Description, Email, EventAction, EventId, EventType,
    GrantKind, GroupId, GroupName, GroupScope, MyStatus, Note, NotificationId, Permission, Permissions, Registration,
    RequestId, RequestKind, RequestStatus, ReservedNameId, Seq, StateId, StateName, Timestamp, UserId, Username,
};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// What has a schema.
pub(super) trait Described {
    /// The schema; what it refers to by name is put among the shapes.
    fn schema(shapes: &mut Shapes) -> Value;
}

/// The shapes that have names (`#/components/schemas`).
#[derive(Default)]
pub(super) struct Shapes(Map<String, Value>);

impl Shapes {
    /// A reference to the shape of this name, which is made at its first mention.
    pub(super) fn named(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.0.contains_key(name) {
            // Holds the place, so that a shape may mention itself.
            self.0.insert(name.to_owned(), Value::Null);
            let shape = make(self);
            self.0.insert(name.to_owned(), shape);
        }
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }

    /// Whether an object of the shape that this refers to cannot be empty.
    pub(super) fn asks_for_something(&self, reference: &Value) -> bool {
        let name = reference["$ref"].as_str().and_then(|place| place.rsplit('/').next());
        let shape = name.and_then(|name| self.0.get(name)).unwrap_or(reference);
        ["required", "oneOf"].iter().any(|rule| shape.get(rule).is_some())
    }

    /// All of them.
    pub(super) fn into_map(self) -> Map<String, Value> {
        self.0
    }
}

/// A field of an object.
pub(super) struct FieldShape {
    pub(super) name: &'static str,
    pub(super) about: String,
    pub(super) required: bool,
    pub(super) schema: Value,
}

/// The schema of an object that has these fields and no others.
pub(super) fn object(about: &str, fields: Vec<FieldShape>) -> Value {
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    let properties: Map<String, Value> =
        fields.into_iter().map(|field| (field.name.to_owned(), with_about(field.schema, &field.about))).collect();
    let mut object =
        json!({ "type": "object", "description": about, "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

/// The schema with a sentence about it.
pub(super) fn with_about(mut schema: Value, about: &str) -> Value {
    if !about.is_empty() {
        schema["description"] = json!(about);
    }
    schema
}

/// The schema of what may be null as well.
pub(super) fn or_null(mut schema: Value) -> Value {
    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.push(Value::Null);
    }
    match schema.get("type").cloned() {
        Some(Value::String(plain)) => {
            schema["type"] = json!([plain, "null"]);
            schema
        }
        Some(_) | None => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

/// Doc comments as one text.
pub(super) fn prose(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

macro_rules! plain {
    ($($type:ty => $schema:tt),+ $(,)?) => {$(
        impl Described for $type {
            fn schema(_: &mut Shapes) -> Value {
                json!($schema)
            }
        }
    )+};
}

plain! {
    bool => { "type": "boolean" },
    i64 => { "type": "integer", "format": "int64", "minimum": i64::MIN, "maximum": i64::MAX },
    u16 => { "type": "integer", "minimum": 0, "maximum": 65535 },
    u32 => { "type": "integer", "minimum": 0, "maximum": 4_294_967_295_u32 },
    String => { "type": "string" },
    &'static str => { "type": "string" },
    Value => { "type": "object" },
    Rfc3339 => { "type": "string", "format": "date-time" },
    GroupName => { "type": "string", "minLength": 1, "maxLength": GroupName::MAX, "pattern": ONE_LINE },
    Username => { "type": "string", "minLength": 1, "maxLength": Username::MAX, "pattern": ONE_WORD },
    CharacterName => { "type": "string", "minLength": 1, "maxLength": CharacterName::MAX, "pattern": ONE_LINE },
    StateName => { "type": "string", "minLength": 1, "maxLength": StateName::MAX, "pattern": ONE_LINE },
    Email => { "type": "string", "format": "email", "minLength": 3, "maxLength": Email::MAX, "pattern": ADDRESS },
    Description => { "type": "string", "maxLength": Description::MAX, "pattern": SEVERAL_LINES },
    Note => { "type": "string", "minLength": 1, "maxLength": Note::MAX, "pattern": SOME_LINES },
}

/// Control characters, which stand nowhere.
macro_rules! control {
    () => {
        "\\u0000-\\u001f\\u007f-\\u009f"
    };
}
/// What stands in no name: control characters, those of annotations, those of private use, and what ends a line.
macro_rules! stray {
    () => {
        concat!(control!(), "\\ufff9-\\ufffb\\ue000-\\uf8ff\u{f0000}-\u{10ffff}\\u2028\\u2029")
    };
}
/// What shows nothing: it may stand everywhere, but makes no text by itself (R16). Patterns have no escapes that all
/// readers of them know for what lies beyond four digits, so that stands there itself.
macro_rules! ignorable {
    () => {
        concat!(
            "\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e",
            "\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufff8",
            "\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}",
        )
    };
}
/// What is blank by design: a name needs more.
macro_rules! blank {
    () => {
        "\\u2800\u{1d159}"
    };
}
/// Text of any length, with whatever breaks its lines.
macro_rules! prose {
    () => {
        concat!("([^", control!(), "]|[\\t\\n\\u000b\\f\\r\\u0085])*")
    };
}
/// Something visible on one line; what stands around it does not count.
const ONE_LINE: &str =
    concat!("^\\s*[^", stray!(), "]*[^\\s", stray!(), ignorable!(), blank!(), "][^", stray!(), "]*\\s*$");
/// The same without white space inside.
const ONE_WORD: &str =
    concat!("^\\s*[^\\s", stray!(), "]*[^\\s", stray!(), ignorable!(), blank!(), "][^\\s", stray!(), "]*\\s*$");
/// The same with an `@` in it, before and after which there is something.
const ADDRESS: &str = concat!(
    "^\\s*[^\\s",
    stray!(),
    "]*[^\\s",
    stray!(),
    ignorable!(),
    "][^\\s",
    stray!(),
    "]*@",
    "[^\\s@",
    stray!(),
    "]*[^\\s@",
    stray!(),
    ignorable!(),
    "][^\\s@",
    stray!(),
    "]*\\s*$"
);
/// Text of several lines; nothing, too.
const SEVERAL_LINES: &str = concat!("^", prose!(), "$");
/// The same with something in it.
const SOME_LINES: &str = concat!("^", prose!(), "[^\\s", control!(), ignorable!(), "]", prose!(), "$");

macro_rules! ids {
    ($($type:ty),+ $(,)?) => {$(
        impl Described for $type {
            fn schema(shapes: &mut Shapes) -> Value {
                i64::schema(shapes)
            }
        }
    )+};
}

ids!(UserId, CharacterId, GroupId, RequestId, StateId, EventId, NotificationId, ReservedNameId, Seq);

macro_rules! words {
    ($($type:ty),+ $(,)?) => {$(
        impl Described for $type {
            fn schema(_: &mut Shapes) -> Value {
                json!({ "type": "string", "enum": <$type>::ALL.map(<$type>::code) })
            }
        }
    )+};
}

words!(
    RequestKind,
    RequestStatus,
    AutoLeave,
    MyStatus,
    Action,
    Denial,
    Cause,
    EventType,
    EventAction,
    Permission,
    GrantKind,
    GroupScope,
    Registration,
);

/// The pattern of a text in which nothing stands.
pub(super) const BLANK: &str = "^\\s*$";

/// The schema of what may be left open as well: null, or for a text that may be blank, nothing in it.
pub(super) fn or_nothing(schema: Value, may_be_blank: bool) -> Value {
    if may_be_blank {
        return json!({ "anyOf": [schema, { "type": "string", "pattern": BLANK }, { "type": "null" }] });
    }
    or_null(schema)
}

impl Described for Permissions {
    fn schema(shapes: &mut Shapes) -> Value {
        json!({ "type": "array", "items": Permission::schema(shapes), "uniqueItems": true })
    }
}

impl<T: Described> Described for Option<T> {
    fn schema(shapes: &mut Shapes) -> Value {
        or_null(T::schema(shapes))
    }
}

impl<T: Described> Described for Vec<T> {
    fn schema(shapes: &mut Shapes) -> Value {
        json!({ "type": "array", "items": T::schema(shapes) })
    }
}

impl<T: Described> Described for Box<T> {
    fn schema(shapes: &mut Shapes) -> Value {
        T::schema(shapes)
    }
}

/// A moment as programs read it: RFC 3339 in UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(super) struct Rfc3339(String);

impl From<Timestamp> for Rfc3339 {
    fn from(at: Timestamp) -> Self {
        Self(rfc3339::written(at))
    }
}

/// An object that the API gives: the type, what serde writes, and the schema, from one text.
///
/// `name = "json name": type` where the two differ, `name?: type` for a field that is left out where it has no value.
macro_rules! shape {
    ($(#[doc = $doc:literal])* $name:ident {
        $($(#[doc = $about:literal])* $field:ident $(= $json:literal)? $(? $absent:ident)? : $type:ty),+ $(,)?
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize)]
        pub(in crate::api) struct $name {
            $(
                $(#[doc = $about])*
                $(#[serde(rename = $json)])?
                $(#[serde(skip_serializing_if = "Option::is_none")] #[doc = stringify!($absent)])?
                pub(in crate::api) $field: $type,
            )+
        }

        impl $crate::api::describe::Described for $name {
            fn schema(shapes: &mut $crate::api::describe::Shapes) -> serde_json::Value {
                use $crate::api::describe::{FieldShape, object, prose};
                shapes.named(stringify!($name), |shapes| {
                    let fields = vec![$({
                        #[allow(unused_mut, unused_assignments, reason = "most fields have their own name and are there")]
                        let (mut name, mut required) = (stringify!($field), true);
                        $(name = $json;)?
                        $(required = { let _ = stringify!($absent); false };)?
                        FieldShape {
                            name,
                            about: prose(&[$($about),*]),
                            required,
                            schema: <$type>::schema(shapes),
                        }
                    }),+];
                    object(&prose(&[$($doc),*]), fields)
                })
            }
        }
    };
}
pub(super) use shape;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_a_closed_type_is_a_word_and_its_code() {
        let words = |schema: Value| schema["enum"].as_array().cloned().unwrap_or_default();
        let shapes = &mut Shapes::default();
        assert_eq!(words(RequestStatus::schema(shapes)), ["open", "approved", "rejected", "withdrawn", "closed"]);
        assert_eq!(words(Denial::schema(shapes)), Denial::ALL.map(Denial::code));
        assert_eq!(words(Cause::schema(shapes)), Cause::ALL.map(Cause::code));
        assert_eq!(words(Permission::schema(shapes)), Permission::ALL.map(Permission::code));
        assert!(words(Denial::schema(shapes)).contains(&json!("registration_closed")));
    }
}
