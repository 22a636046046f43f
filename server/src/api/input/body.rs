//! The body of a call: a JSON object, read strictly and with every flaw named at once.

use super::super::{
    describe::{Described, Shapes},
    problem::{FieldProblem, Problem, flaw, not_a},
    shape,
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
use serde_json::{Map, Value};
use std::sync::Arc;

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
        shape::Organisation::schema(shapes)
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
