//! What a JSON text says, made into our types.
//!
//! `serde_json` reads the text; were it to make the types too, the browser would load a copy of its reader for each of
//! them: with a second way of reading a struct, from a list, with the depth counted and with words for all that can be
//! wrong. This one reads what our server writes, and where it cannot it says no more than that.

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor},
    forward_to_deserialize_any,
};
use serde_json::{Value, map};
use std::{error::Error, fmt, slice};

/// The text does not say what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the text does not say what was asked for")
    }
}

impl Error for Unreadable {}

impl serde::de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Reads a text.
///
/// # Errors
/// Where it is no JSON, or other than a `T`.
pub fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, Unreadable> {
    let value: Value = serde_json::from_str(text).map_err(|_| Unreadable)?;
    T::deserialize(Reader(&value))
}

/// One value of the text.
#[derive(Clone, Copy)]
struct Reader<'v>(&'v Value);

impl<'v> Reader<'v> {
    fn list(self) -> Result<List<'v>, Unreadable> {
        self.0.as_array().map(|list| List(list.iter())).ok_or(Unreadable)
    }

    fn fields(self) -> Result<Fields<'v>, Unreadable> {
        self.0.as_object().map(|fields| Fields { left: fields.iter(), value: None }).ok_or(Unreadable)
    }

    fn text(self) -> Result<&'v str, Unreadable> {
        self.0.as_str().ok_or(Unreadable)
    }
}

/// Visits a number as what it was written as.
macro_rules! number {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            match (self.0.as_u64(), self.0.as_i64()) {
                (Some(number), _) => visitor.visit_u64(number),
                (None, Some(number)) => visitor.visit_i64(number),
                (None, None) => Err(Unreadable),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Unreadable;

    number! { deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 }

    forward_to_deserialize_any! { i128 u128 char bytes byte_buf }

    /// For types that look at what is there: of those the rest of the wire has few.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(bool) => visitor.visit_bool(*bool),
            Value::Number(number) if number.is_f64() => self.deserialize_f64(visitor),
            Value::Number(_) => self.deserialize_i64(visitor),
            Value::String(text) => visitor.visit_str(text),
            Value::Array(_) => visitor.visit_seq(self.list()?),
            Value::Object(_) => visitor.visit_map(self.fields()?),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_bool(self.0.as_bool().ok_or(Unreadable)?)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_f64(self.0.as_f64().ok_or(Unreadable)?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() { visitor.visit_unit() } else { Err(Unreadable) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.list()?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.list()?)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.list()?)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_map(self.fields()?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_map(self.fields()?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let (name, content) = match self.0 {
            Value::String(name) => (name, &Value::Null),
            Value::Object(variant) if variant.len() == 1 => variant.iter().next().ok_or(Unreadable)?,
            _ => return Err(Unreadable),
        };
        visitor.visit_enum(Variant { name, content: Reader(content) })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }
}

/// What is left of a list.
struct List<'v>(slice::Iter<'v, Value>);

impl<'de> SeqAccess<'de> for List<'_> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unreadable> {
        self.0.next().map(|value| seed.deserialize(Reader(value))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// What is left of an object.
struct Fields<'v> {
    left: map::Iter<'v>,
    /// That of the key which was read last.
    value: Option<&'v Value>,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        let Some((key, value)) = self.left.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(Key(key)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(Reader(self.value.take().ok_or(Unreadable)?))
    }
}

/// The name of a field or of a variant.
struct Key<'v>(&'v str);

impl<'de> Deserializer<'de> for Key<'_> {
    type Error = Unreadable;

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_str(self.0)
    }
}

/// A value of an enum.
struct Variant<'v> {
    name: &'v str,
    content: Reader<'v>,
}

impl<'de, 'v> EnumAccess<'de> for Variant<'v> {
    type Error = Unreadable;
    type Variant = Reader<'v>;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Reader<'v>), Unreadable> {
        Ok((seed.deserialize(Key(self.name))?, self.content))
    }
}

impl<'de> VariantAccess<'de> for Reader<'_> {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        if self.0.is_null() { Ok(()) } else { Err(Unreadable) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.list()?)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_map(self.fields()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;
    use std::{collections::BTreeMap, fmt::Debug};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Id(i64);

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Shape {
        Point,
        Circle(u32),
        Line(i8, String),
        Box { width: Option<u16>, id: Id },
    }

    #[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(default)]
    struct Row {
        name: String,
        note: Option<String>,
        shapes: Vec<Shape>,
        counts: BTreeMap<String, u64>,
        pair: (bool, i64),
        share: f64,
        nothing: (),
    }

    fn same_as_serde_json<T: Serialize + for<'de> Deserialize<'de> + Debug + PartialEq>(text: &str) {
        assert_eq!(read::<T>(text).ok(), serde_json::from_str(text).ok(), "{text}");
    }

    #[test]
    fn what_was_written_is_read() {
        let rows = vec![
            Row::default(),
            Row {
                name: "Zoë \"\\\u{1f600}\n".to_owned(),
                note: Some(String::new()),
                shapes: vec![
                    Shape::Point,
                    Shape::Circle(u32::MAX),
                    Shape::Line(i8::MIN, "null".to_owned()),
                    Shape::Box { width: None, id: Id(i64::MIN) },
                    Shape::Box { width: Some(0), id: Id(i64::MAX) },
                ],
                counts: [("a".to_owned(), u64::MAX), (String::new(), 0)].into(),
                pair: (true, -1),
                share: 0.25,
                nothing: (),
            },
        ];
        let text = serde_json::to_string(&rows).expect("is written");
        assert_eq!(read::<Vec<Row>>(&text), Ok(rows));
    }

    #[test]
    fn it_takes_and_refuses_what_serde_json_does() {
        for text in [
            "{}",
            r#"{"name":"x","unknown":{"deep":[1,{}]}}"#,
            r#"{"name":null}"#,
            r#"{"name":1}"#,
            r#"{"note":null}"#,
            r#"{"note":[]}"#,
            r#"{"shapes":["Point","Square"]}"#,
            r#"{"shapes":[{"Circle":1,"Point":null}]}"#,
            r#"{"shapes":[{"Point":null},{"Point":1}]}"#,
            r#"{"shapes":["Circle"]}"#,
            r#"{"shapes":[{"Circle":-1}]}"#,
            r#"{"shapes":[{"Circle":4294967296}]}"#,
            r#"{"shapes":[{"Line":[1]}]}"#,
            r#"{"shapes":[{"Line":[1,"a"]}]}"#,
            r#"{"shapes":[{"Box":{"id":1}}]}"#,
            r#"{"shapes":[{"Box":{"width":70000,"id":1}}]}"#,
            r#"{"pair":[true]}"#,
            r#"{"pair":[1,1]}"#,
            r#"{"counts":{"a":1.5}}"#,
            r#"{"nothing":{}}"#,
            "null",
            "7",
            "{",
            "{} {}",
            "",
        ] {
            same_as_serde_json::<Row>(text);
            same_as_serde_json::<Option<Id>>(text);
        }
    }

    #[test]
    fn what_our_own_server_never_writes_is_refused() {
        assert_eq!(read::<Row>(r#"["a",null]"#), Err(Unreadable), "a struct as a list");
    }
}
