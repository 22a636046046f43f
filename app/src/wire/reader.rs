//! What a JSON text says, made into our types.
//!
//! Were `serde_json` to do it, the browser would load a copy of its reader for each of them: with a second way of reading a
//! struct, from a list, with the depth counted and with words for all that can be wrong. This one reads what our server
//! writes, and where it cannot it says no more than that.

use super::{
    Unreadable,
    value::{Number, Value},
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor},
    forward_to_deserialize_any,
};
use std::{borrow::Cow, slice};

/// Reads a text.
///
/// # Errors
/// Where it is no JSON, or other than a `T`.
pub fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, Unreadable> {
    T::deserialize(Reader(&Value::read(text)?))
}

/// One value of the text.
#[derive(Clone, Copy)]
struct Reader<'v>(&'v Value<'v>);

impl<'v> Reader<'v> {
    fn list(self) -> Result<List<'v>, Unreadable> {
        if let Value::List(list) = self.0 { Ok(List(list.iter())) } else { Err(Unreadable) }
    }

    fn fields(self) -> Result<Fields<'v>, Unreadable> {
        if let Value::Object(fields) = self.0 {
            Ok(Fields { left: fields.iter(), value: None })
        } else {
            Err(Unreadable)
        }
    }

    fn text(self) -> Result<&'v str, Unreadable> {
        if let Value::Text(text) = self.0 { Ok(text) } else { Err(Unreadable) }
    }

    fn is_null(self) -> bool {
        matches!(self.0, Value::Null)
    }
}

/// Visits a number as what it was written as.
macro_rules! number {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            match self.0 {
                Value::Number(Number::Natural(number)) => visitor.visit_u64(*number),
                Value::Number(Number::Negative(number)) => visitor.visit_i64(*number),
                _ => Err(Unreadable),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Unreadable;

    number! { deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 }

    forward_to_deserialize_any! { i128 u128 f32 f64 char bytes byte_buf }

    /// For types that look at what is there: of those the rest of the wire has few.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(bool) => visitor.visit_bool(*bool),
            Value::Number(_) => self.deserialize_i64(visitor),
            Value::Text(text) => visitor.visit_str(text),
            Value::List(_) => visitor.visit_seq(self.list()?),
            Value::Object(_) => visitor.visit_map(self.fields()?),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if let Value::Bool(bool) = self.0 { visitor.visit_bool(*bool) } else { Err(Unreadable) }
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
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.is_null() { visitor.visit_unit() } else { Err(Unreadable) }
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
            Value::Text(name) => (name, &Value::Null),
            Value::Object(variant) => {
                let [(name, content)] = variant.as_slice() else { return Err(Unreadable) };
                (name, content)
            }
            _ => return Err(Unreadable),
        };
        visitor.visit_enum(Variant { name, content: Reader(content) })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }
}

/// What is left of a list.
struct List<'v>(slice::Iter<'v, Value<'v>>);

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
    left: slice::Iter<'v, (Cow<'v, str>, Value<'v>)>,
    /// That of the key which was read last.
    value: Option<&'v Value<'v>>,
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
        if self.is_null() { Ok(()) } else { Err(Unreadable) }
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
