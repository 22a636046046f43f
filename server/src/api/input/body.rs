//! The body of a call: a JSON object, read strictly and with every flaw named at once.
//!
//! Long, because what a type accepts and how it is described stand together, type by type: that is what keeps them alike.

use super::super::{
    describe::{Described, FieldShape, Shapes, object},
    problem::{FieldProblem, Problem, flaw, not_a},
};
use crate::{connection, process::Process};
use app::text::{CallFlaw, FieldFlaw};
use axum::{
    body::{Body as HttpBody, Bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use domain::{
    AutoLeave, CharacterName, Description, Email, Flaw, GroupName, Note, Organisation, Permission, Permissions,
    Registration, StateName, Username,
};
use futures::StreamExt;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value, json};
use std::{fmt, sync::Arc};

/// The longest body a call takes, in bytes: the definition of a state may name many thousands of characters.
const BODY_BYTES: usize = 1024 * 1024;

/// How much more than that is read and thrown away, so that the caller is still there to hear that it was too much.
const DRAINED_BYTES: usize = 32 * 1024 * 1024;

/// A list in a body has at most so many entries.
const LIST: usize = 50_000;

/// A field of a body.
pub(in crate::api) trait Field: Described + Sized {
    /// The value, or what is wrong with it.
    fn read(value: &Value) -> Result<Self, FieldFlaw>;

    /// Whether it counts as not given.
    fn is_nothing(value: &Value) -> bool {
        value.is_null()
    }

    /// Its schema as a field of a body, whose lists are not endless.
    fn field_schema(shapes: &mut Shapes) -> Value {
        Self::schema(shapes)
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
        whole_number(value).ok_or(not_a("a whole number of 64 bits"))
    }
}

/// A number without a fraction, however it is written: to JSON `141.0` is one.
#[expect(clippy::cast_possible_truncation, reason = "it is whole and within the bounds")]
pub(super) fn whole_number(value: &Value) -> Option<i64> {
    /// 2^53: beyond it several whole numbers are one, and which was meant is not to be told.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let written_with_fraction = || {
        let number = value.as_f64().filter(|_| value.is_f64())?;
        (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
    };
    value.as_i64().or_else(written_with_fraction)
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
                // Counted as it was sent: what is taken away later is nothing that a schema could know of.
                if text.chars().count() > $type::MAX {
                    return Err(flaw(Flaw::TooLong($type::MAX)));
                }
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

words!(AutoLeave, Registration, Permission);

impl Field for Permissions {
    /// The same one twice is a slip.
    fn read(value: &Value) -> Result<Self, FieldFlaw> {
        let named = value.as_array().ok_or(not_a("a list"))?;
        named.iter().try_fold(Self::NONE, |permissions, name| {
            let permission = Permission::read(name)?;
            if permissions.contains(permission) { Err(FieldFlaw::Repeated) } else { Ok(permissions.with(permission)) }
        })
    }
}

impl<T: Field> Field for Vec<T> {
    fn read(value: &Value) -> Result<Self, FieldFlaw> {
        let entries = value.as_array().ok_or(not_a("a list"))?;
        if entries.len() > LIST {
            return Err(flaw(Flaw::TooLong(LIST)));
        }
        entries.iter().map(T::read).collect()
    }

    fn field_schema(shapes: &mut Shapes) -> Value {
        let mut schema = Self::schema(shapes);
        schema["maxItems"] = json!(LIST);
        schema
    }
}

impl Described for Organisation {
    fn schema(shapes: &mut Shapes) -> Value {
        shapes.named("GivenOrganisation", |shapes| {
            let field =
                |name, about: &str, schema| FieldShape { name, about: about.to_owned(), required: true, schema };
            let id = field("id", "Its id in the outside world.", i64::schema(shapes));
            let name = field("name", "Its name.", CharacterName::schema(shapes));
            object("A corporation, an alliance or a faction.", vec![id, name])
        })
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
pub(in crate::api) struct Fields {
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
    pub(in crate::api) fn required<T: Field>(&mut self, name: &str) -> Option<T> {
        match self.left.remove(name) {
            Some(value) => self.read(name, &value),
            None => self.missing(name),
        }
    }

    /// A field that may be absent, or be null or blank for the same.
    pub(in crate::api) fn optional<T: Field>(&mut self, name: &str) -> Option<Option<T>> {
        match self.left.remove(name) {
            Some(value) if !T::is_nothing(&value) => self.read(name, &value).map(Some),
            Some(_) | None => Some(None),
        }
    }

    /// A field that changes where it is there.
    pub(in crate::api) fn change<T: Field>(&mut self, name: &str) -> Option<Option<T>> {
        match self.left.remove(name) {
            Some(value) => self.read(name, &value).map(Some),
            None => Some(None),
        }
    }

    /// A field that changes where it is there, and is taken away by null or blank.
    pub(in crate::api) fn nullable<T: Field>(&mut self, name: &str) -> Option<Option<Option<T>>> {
        match self.left.remove(name) {
            Some(value) if T::is_nothing(&value) => Some(Some(None)),
            Some(value) => self.read(name, &value).map(|value| Some(Some(value))),
            None => Some(None),
        }
    }

    /// A field that has to be there, and may be null.
    pub(in crate::api) fn choice<T: Field>(&mut self, name: &str) -> Option<Option<T>> {
        match self.left.remove(name) {
            Some(value) if T::is_nothing(&value) => Some(None),
            Some(value) => self.read(name, &value).map(Some),
            None => self.missing(name),
        }
    }
}

/// What a body is read as.
pub(in crate::api) trait Taken: Sized {
    /// Takes every field there can be; `None` only where a flaw was gathered.
    fn take(fields: &mut Fields) -> Option<Self>;
}

/// An object that the API takes: the type, how it is read, and its schema, from one text.
///
/// Each field says how it is taken, by the name of the method of [`Fields`], and an optional one what its absence means. `with` names a function that adds to the schema
/// what is asked of the fields together.
macro_rules! body {
    (@kept required $type:ty) => { $type };
    (@kept optional $type:ty) => { Option<$type> };
    (@kept change $type:ty) => { Option<$type> };
    (@kept nullable $type:ty) => { Option<Option<$type>> };
    (@kept choice $type:ty) => { Option<$type> };
    ($(#[doc = $doc:literal])* $name:ident $(with $rule:ident)? {
        $($(#[doc = $about:literal])* $how:ident $field:ident: $type:ty $(= $default:expr)?),+ $(,)?
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
                use $crate::api::{describe::{FieldShape, object, or_nothing, prose}, input::Field};
                shapes.named(stringify!($name), |shapes| {
                    let fields = vec![$({
                        let how = stringify!($how);
                        let schema = <$type as Field>::field_schema(shapes);
                        let may_be_null = matches!(how, "optional" | "nullable" | "choice");
                        let may_be_blank = <$type as Field>::is_nothing(&serde_json::Value::String(String::new()));
                        let mut schema = if may_be_null { or_nothing(schema, may_be_blank) } else { schema };
                        if how == "optional" {
                            schema["default"] = serde_json::Value::Null;
                            $(schema["default"] = serde_json::json!($default);)?
                        }
                        FieldShape {
                            name: stringify!($field),
                            about: prose(&[$($about),*]),
                            required: matches!(how, "required" | "choice"),
                            schema,
                        }
                    }),+];
                    #[allow(unused_mut, reason = "most bodies have no rule beside their fields")]
                    let mut schema = object(&prose(&[$($doc),*]), fields);
                    $($rule(&mut schema);)?
                    schema
                })
            }
        }
    };
}
pub(in crate::api) use body;

/// The body of a call. None at all counts as an object without fields.
pub(in crate::api) struct Body<T>(pub(in crate::api) T);

impl<T: Taken> FromRequest<Arc<Process>> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Arc<Process>) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = whole(body).await?;
        let left = if bytes.is_empty() {
            Map::new()
        } else if says_json(&parts.headers) {
            match read_once(&bytes) {
                Ok((_, repeated)) if !repeated.is_empty() => {
                    let problem = |name: &String| FieldProblem::new(name, FieldFlaw::Repeated);
                    return Err(Problem::Unreadable(CallFlaw::Fields, repeated.iter().map(problem).collect()));
                }
                Ok((Value::Object(fields), _)) => fields,
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
pub(in crate::api) async fn whole(body: HttpBody) -> Result<Bytes, Problem> {
    let mut parts = body.into_data_stream();
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(part) = parts.next().await {
        let part = part.map_err(|error| {
            // A connection that broke has nobody who would hear the answer.
            let flaw = if connection::is_too_slow(&error) { CallFlaw::TooSlow } else { CallFlaw::NoObject };
            Problem::unreadable(flaw)
        })?;
        length += part.len();
        if length <= BODY_BYTES {
            bytes.extend_from_slice(&part);
        } else if length > DRAINED_BYTES {
            break;
        }
    }
    if length > BODY_BYTES { Err(Problem::unreadable(CallFlaw::TooLarge)) } else { Ok(bytes.into()) }
}

/// Reads JSON, and which keys are there more than once: `corporation.name`, `ids[2].id`. What they mean is anybody's guess,
/// and a proxy may guess otherwise than we do.
fn read_once(bytes: &[u8]) -> serde_json::Result<(Value, Vec<String>)> {
    let mut repeated = Vec::new();
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Reading { path: String::new(), repeated: &mut repeated }.deserialize(&mut reader)?;
    reader.end()?;
    Ok((value, repeated))
}

/// A value that is being read.
struct Reading<'r> {
    path: String,
    repeated: &'r mut Vec<String>,
}

impl<'de> DeserializeSeed<'de> for Reading<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reading<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let path = format!("{}[{}]", self.path, list.len());
            let Some(entry) = entries.next_element_seed(Reading { path, repeated: &mut *self.repeated })? else {
                return Ok(list.into());
            };
            list.push(entry);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let path = if self.path.is_empty() { key.clone() } else { format!("{}.{key}", self.path) };
            if object.contains_key(&key) && !self.repeated.contains(&path) {
                self.repeated.push(path.clone());
            }
            let value = entries.next_value_seed(Reading { path, repeated: &mut *self.repeated })?;
            object.insert(key, value);
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{StopSwitch, connection::Limits};
    use axum::{Router, routing::post};
    use std::time::Duration;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
    };

    #[test]
    fn keys_that_are_there_twice_are_found_wherever_they_are() {
        for (text, expected) in [
            (r#"{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}"#, &[][..]),
            (r#"{"a":1,"a":1,"a":2}"#, &["a"]),
            (r#"{"a":1,"\u0061":1}"#, &["a"]),
            (r#"{"a":{"b":1,"b":2},"c":[0,{"d":1,"d":2}],"a":0}"#, &["a.b", "c[1].d", "a"]),
        ] {
            let (value, repeated) = read_once(text.as_bytes()).expect("is JSON");
            assert_eq!(repeated, expected, "{text}");
            assert_eq!(value, serde_json::from_str::<Value>(text).expect("is JSON"));
        }
        for broken in ["", "{", "{} {}", "{\"a\":}"] {
            assert!(read_once(broken.as_bytes()).is_err(), "{broken}");
        }
    }

    #[test]
    fn a_whole_number_may_be_written_with_a_fraction_of_nothing() {
        for (text, expected) in [
            ("141.0", Some(141)),
            ("-1e2", Some(-100)),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9007199254740992.0", Some(1 << 53)),
            ("-9223372036854775808.0", None),
            ("9223372036854775808", None),
            ("9223372036854775808.0", None),
            ("-9223372036854775809", None),
            ("1.5", None),
            ("\"1\"", None),
        ] {
            let value = serde_json::from_str(text).expect("is JSON");
            assert_eq!(whole_number(&value), expected, "{text}");
        }
    }

    #[tokio::test]
    async fn a_body_that_stalls_is_a_problem_of_its_own() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("has one");
        let router = Router::new().route("/", post(async |body: HttpBody| whole(body).await.map(|_| "read")));
        let (stop, limits) = (StopSwitch::new(), Limits { body: Duration::from_millis(200), ..Limits::default() });
        tokio::spawn(connection::serve(listener, router, stop.clone(), limits));
        let mut caller = TcpStream::connect(address).await.expect("listens");
        let half = b"POST / HTTP/1.1\r\nhost: a\r\nidempotency-key: 1\r\ncontent-length: 9\r\n\r\n{";
        caller.write_all(half).await.expect("takes it");
        let mut answer = String::new();
        caller.read_to_string(&mut answer).await.expect("is closed");
        assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("connection: close\r\n"), "{answer}");
        assert!(answer.contains("application/problem+json") && answer.contains("\"code\":\"too_slow\""), "{answer}");
        stop.stop();
    }
}
