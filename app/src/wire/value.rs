//! The values of a JSON text (RFC 8259), as far as the wire has them: there are no fractions on it.
//!
//! By hand, for the sake of the browser: `serde_json` brings along how fractions and maps are made, 20 kB that nothing uses.

use super::Unreadable;
use std::borrow::Cow;

/// How deep lists and objects may stand in each other, as `serde_json` has it.
const DEPTH: u8 = 127;

/// A value of a text.
#[derive(Debug)]
pub(super) enum Value<'t> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'t, str>),
    List(Vec<Self>),
    Object(Vec<(Cow<'t, str>, Self)>),
}

/// A number as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    /// Not below zero.
    Natural(u64),
    Negative(i64),
    /// With a fraction or an exponent, or too large.
    Other,
}

impl<'t> Value<'t> {
    /// Reads a text.
    pub(super) fn read(text: &'t str) -> Result<Self, Unreadable> {
        let mut parser = Parser { text, at: 0 };
        let value = parser.value(DEPTH)?;
        parser.skip_blanks();
        if parser.at == text.len() { Ok(value) } else { Err(Unreadable) }
    }
}

/// Where in the text one is.
struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&is_skipped) {
            self.at += 1;
        }
    }

    fn skip_blanks(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    /// Goes past a byte, if it comes next.
    fn takes(&mut self, wanted: u8) -> bool {
        let is_next = self.peek() == Some(wanted);
        self.at += usize::from(is_next);
        is_next
    }

    fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn value(&mut self, depth: u8) -> Result<Value<'t>, Unreadable> {
        self.skip_blanks();
        match self.peek() {
            Some(b'"') => self.text().map(Value::Text),
            Some(b'[') => {
                let mut list = Vec::new();
                self.items(b']', depth, |parser, depth| {
                    list.push(parser.value(depth)?);
                    Ok(())
                })?;
                Ok(Value::List(list))
            }
            Some(b'{') => {
                let mut object = Vec::new();
                self.items(b'}', depth, |parser, depth| {
                    parser.skip_blanks();
                    let key = parser.text()?;
                    parser.skip_blanks();
                    if !parser.takes(b':') {
                        return Err(Unreadable);
                    }
                    object.push((key, parser.value(depth)?));
                    Ok(())
                })?;
                Ok(Value::Object(object))
            }
            Some(b'a'..=b'z') => self.word(),
            _ => self.number().map(Value::Number),
        }
    }

    /// What stands between brackets, with commas between.
    fn items(
        &mut self,
        end: u8,
        depth: u8,
        mut item: impl FnMut(&mut Self, u8) -> Result<(), Unreadable>,
    ) -> Result<(), Unreadable> {
        let depth = depth.checked_sub(1).ok_or(Unreadable)?;
        self.at += 1;
        self.skip_blanks();
        if self.takes(end) {
            return Ok(());
        }
        loop {
            item(self, depth)?;
            self.skip_blanks();
            if self.takes(end) {
                return Ok(());
            }
            if !self.takes(b',') {
                return Err(Unreadable);
            }
        }
    }

    fn word(&mut self) -> Result<Value<'t>, Unreadable> {
        let start = self.at;
        self.skip(|byte| byte.is_ascii_lowercase());
        match self.since(start) {
            "null" => Ok(Value::Null),
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(Unreadable),
        }
    }

    fn number(&mut self) -> Result<Number, Unreadable> {
        let start = self.at;
        let is_negative = self.takes(b'-');
        if !self.takes(b'0') {
            self.digits()?;
        }
        let whole = self.since(start);
        if self.takes(b'.') {
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _ = self.takes(b'+') || self.takes(b'-');
            self.digits()?;
        }
        let number = if self.since(start) != whole {
            None
        } else if is_negative {
            whole.parse().ok().map(Number::Negative)
        } else {
            whole.parse().ok().map(Number::Natural)
        };
        Ok(number.unwrap_or(Number::Other))
    }

    /// At least one digit.
    fn digits(&mut self) -> Result<(), Unreadable> {
        let start = self.at;
        self.skip(|byte| byte.is_ascii_digit());
        if self.at > start { Ok(()) } else { Err(Unreadable) }
    }

    fn text(&mut self) -> Result<Cow<'t, str>, Unreadable> {
        if !self.takes(b'"') {
            return Err(Unreadable);
        }
        let mut whole = Cow::Borrowed("");
        loop {
            let start = self.at;
            self.skip(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
            let plain = self.since(start);
            if whole.is_empty() {
                whole = Cow::Borrowed(plain);
            } else {
                whole.to_mut().push_str(plain);
            }
            if self.takes(b'"') {
                return Ok(whole);
            }
            if !self.takes(b'\\') {
                return Err(Unreadable);
            }
            whole.to_mut().push(self.escaped()?);
        }
    }

    /// The character after a backslash.
    fn escaped(&mut self) -> Result<char, Unreadable> {
        let sign = self.peek().ok_or(Unreadable)?;
        self.at += 1;
        Ok(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut code = self.unit()?;
                // Two halves of UTF-16 make one character; a half by itself is none.
                if (0xd800..0xdc00).contains(&code) {
                    if !(self.takes(b'\\') && self.takes(b'u')) {
                        return Err(Unreadable);
                    }
                    let low @ 0xdc00..0xe000 = self.unit()? else { return Err(Unreadable) };
                    code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                }
                char::from_u32(code).ok_or(Unreadable)?
            }
            _ => return Err(Unreadable),
        })
    }

    /// Four digits of an escape.
    fn unit(&mut self) -> Result<u32, Unreadable> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16)).ok_or(Unreadable)?;
            unit = unit << 4 | digit;
            self.at += 1;
        }
        Ok(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*, string::string_regex};

    /// What `serde_json` would have made of it; `None` where a number is none of ours.
    fn plain(value: &Value) -> Option<serde_json::Value> {
        Some(match value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(bool) => (*bool).into(),
            Value::Number(Number::Natural(number)) => (*number).into(),
            Value::Number(Number::Negative(number)) => (*number).into(),
            Value::Number(Number::Other) => return None,
            Value::Text(text) => text.as_ref().into(),
            Value::List(list) => list.iter().map(plain).collect::<Option<Vec<_>>>()?.into(),
            Value::Object(object) => {
                let fields = object.iter().map(|(key, value)| Some((key.clone().into_owned(), plain(value)?)));
                serde_json::Value::Object(fields.collect::<Option<_>>()?)
            }
        })
    }

    fn has_fraction(value: &serde_json::Value) -> bool {
        match value {
            serde_json::Value::Number(number) => number.is_f64(),
            serde_json::Value::Array(list) => list.iter().any(has_fraction),
            serde_json::Value::Object(object) => object.values().any(has_fraction),
            _ => false,
        }
    }

    /// What `serde_json` takes is taken, and the same; what it refuses is refused.
    fn same_as_serde_json(text: &str) {
        let value = Value::read(text);
        match serde_json::from_str::<serde_json::Value>(text) {
            Ok(expected) => {
                let value = value.unwrap_or_else(|_| panic!("{text} is refused"));
                // A fraction, or `-0`, which is one to `serde_json`.
                if !has_fraction(&expected) {
                    assert_eq!(plain(&value), Some(expected), "{text}");
                }
            }
            // A number may be too large for it, and only for it.
            Err(error) if error.to_string().starts_with("number out of range") => {}
            Err(_) => assert!(value.is_err(), "{text} is taken"),
        }
    }

    #[test]
    fn what_is_at_an_edge_is_read_as_serde_json_does() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        for text in [
            "0",
            "-0",
            "00",
            "01",
            "-",
            "+1",
            ".5",
            "1.",
            "1.5",
            "1e",
            "1e+",
            "1E-5",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775808",
            "-9223372036854775809",
            "nul",
            "nullx",
            "True",
            "NaN",
            "\"",
            "\"\t\"",
            "\"\u{7f}\u{2028}\"",
            r#""\""#,
            r#""\x""#,
            r#""\u00e""#,
            r#""\u00e9\u00E9\/\b\f\n\r\t\"\\""#,
            r#""\ud83d\ude00""#,
            r#""\ud83d""#,
            r#""\ud83dx""#,
            r#""\ud83d\n""#,
            r#""\ud83d\ud83d""#,
            r#""\ude00""#,
            r#""a\u0000b""#,
            "[,]",
            "[1,]",
            "[1 2]",
            "[1}",
            "{,}",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            r"{a:1}",
            r"{1:1}",
            " \t\r\n[ 1 , { \"a\" : [ ] } ] ",
            "\u{a0}1",
            "\u{feff}1",
            "1 1",
            "// 1",
            "",
        ] {
            same_as_serde_json(text);
        }
        for depth in [126, 127, 128, 129, 100_000] {
            same_as_serde_json(&nested(depth));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_serde_json_does(
            pieces in vec(
                prop_oneof![
                    3 => string_regex(r#"[\[\]{}:,"\\ ]"#).expect("is a pattern"),
                    1 => string_regex(r"-?[0-9]{1,3}|[0-9]e[0-9]|[0-9]\.[0-9]").expect("is a pattern"),
                    1 => string_regex(r#"null|true|false|"a"|"b":|\\u[0-9a-f]{4}|\\[nu]"#).expect("is a pattern"),
                    1 => any::<char>().prop_map(String::from),
                ],
                0..12,
            ),
        ) {
            same_as_serde_json(&pieces.concat());
        }

        #[test]
        fn what_serde_json_writes_is_read(texts in vec(any::<String>(), 0..4), numbers in vec(any::<i64>(), 0..4)) {
            let fields: serde_json::Map<_, _> = texts.iter().map(|text| (text.clone(), text.as_str().into())).collect();
            same_as_serde_json(&serde_json::json!([texts, numbers, fields, { "deep": [null, true, {}] }]).to_string());
        }
    }
}
