//! What a schema of the description allows, as far as the description uses JSON Schema (2020-12).

use regex::Regex;
use serde_json::{Map, Value, json};
use std::{cell::RefCell, collections::HashMap};

/// The schema that a reference leads to.
pub fn resolved<'d>(description: &'d Value, schema: &'d Value) -> &'d Value {
    match schema["$ref"].as_str() {
        Some(place) => &description["components"]["schemas"][place.rsplit('/').next().expect("has a name")],
        None => schema,
    }
}

/// Why a value does not fit a schema; nothing where it does.
pub fn misfit(description: &Value, schema: &Value, value: &Value) -> Option<String> {
    let schema = resolved(description, schema).as_object().expect("is a schema");
    schema.iter().find_map(|(rule, said)| {
        let holds = holds(description, schema, rule, said, value);
        (!holds)
            .then(|| format!("{rule} {said} is not kept by {}", value.to_string().chars().take(80).collect::<String>()))
    })
}

/// Whether it fits.
pub fn fits(description: &Value, schema: &Value, value: &Value) -> bool {
    misfit(description, schema, value).is_none()
}

fn holds(description: &Value, schema: &Map<String, Value>, rule: &str, said: &Value, value: &Value) -> bool {
    let choices = || said.as_array().expect("a list").iter();
    let fitting = || choices().filter(|choice| fits(description, choice, value)).count();
    let bound = || exact(said);
    match rule {
        // Said for people and for tools.
        "description" | "default" | "format" => true,
        "type" => said.as_str().map_or_else(|| choices().any(|kind| is_of(kind, value)), |_| is_of(said, value)),
        "enum" => choices().any(|choice| choice == value),
        "const" => said == value,
        "anyOf" => fitting() > 0,
        "oneOf" => fitting() == 1,
        "minimum" => whole(value).is_none_or(|it| it >= bound()),
        "maximum" => whole(value).is_none_or(|it| it <= bound()),
        "minLength" => value.as_str().is_none_or(|text| length(text.chars().count()) >= bound()),
        "maxLength" => value.as_str().is_none_or(|text| length(text.chars().count()) <= bound()),
        "pattern" => value.as_str().is_none_or(|text| matches(said.as_str().expect("a pattern"), text)),
        "items" => value.as_array().is_none_or(|items| items.iter().all(|item| fits(description, said, item))),
        "maxItems" => value.as_array().is_none_or(|items| length(items.len()) <= bound()),
        "uniqueItems" => value
            .as_array()
            .is_none_or(|items| items.iter().enumerate().all(|(place, item)| !items[..place].contains(item))),
        "required" => value
            .as_object()
            .is_none_or(|fields| choices().all(|name| fields.contains_key(name.as_str().expect("a name")))),
        "properties" => value.as_object().is_none_or(|fields| {
            fields.iter().all(|(name, field)| said.get(name).is_none_or(|schema| fits(description, schema, field)))
        }),
        "additionalProperties" => {
            assert_eq!(said, &json!(false), "no other is used");
            let known = schema.get("properties").and_then(Value::as_object);
            value
                .as_object()
                .is_none_or(|fields| fields.keys().all(|name| known.is_some_and(|known| known.contains_key(name))))
        }
        other => panic!("{other} is a rule that this does not know"),
    }
}

fn length(length: usize) -> i128 {
    i128::try_from(length).expect("fits")
}

/// A number without a fraction, whole. Bounds are whole, and no type that has them takes others.
#[expect(clippy::cast_possible_truncation, reason = "whatever is beyond is beyond every bound")]
fn whole(value: &Value) -> Option<i128> {
    let written = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    written.or_else(|| value.as_f64().filter(|it| it.fract() == 0.0).map(|it| it as i128))
}

fn exact(bound: &Value) -> i128 {
    whole(bound).expect("bounds are whole")
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind.as_str().expect("a type") {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_number() && whole(value).is_some(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type that is used"),
    }
}

fn matches(pattern: &str, text: &str) -> bool {
    thread_local! {
        static KNOWN: RefCell<HashMap<String, Regex>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        let regex = known.entry(pattern.to_owned()).or_insert_with(|| Regex::new(pattern).expect("is a pattern"));
        regex.is_match(text)
    })
}

#[test]
fn what_fits_is_told_from_what_does_not() {
    let description = json!({ "components": { "schemas": { "Word": { "type": "string", "enum": ["a", "b"] } } } });
    let schema = json!({
        "type": "object",
        "properties": {
            "word": { "$ref": "#/components/schemas/Word" },
            "n": { "type": ["integer", "null"], "minimum": 1, "maximum": i64::MAX },
            "list": { "type": "array", "items": { "type": "integer" }, "uniqueItems": true, "maxItems": 2 },
            "text": { "anyOf": [{ "type": "string", "minLength": 2, "maxLength": 3, "pattern": "^[^\\u0000-\\u001f]*$" }] },
        },
        "required": ["word"],
        "additionalProperties": false,
    });
    for (value, expected) in [
        (json!({ "word": "a" }), true),
        (json!({ "word": "c" }), false),
        (json!({}), false),
        (json!([]), false),
        (json!({ "word": "a", "other": 1 }), false),
        (json!({ "word": "a", "n": 1.0 }), true),
        (json!({ "word": "a", "n": null }), true),
        (json!({ "word": "a", "n": 1.5 }), false),
        (json!({ "word": "a", "n": 0 }), false),
        (json!({ "word": "a", "n": 9_223_372_036_854_775_808_u64 }), false),
        (json!({ "word": "a", "list": [1, 2] }), true),
        (json!({ "word": "a", "list": [1, 1] }), false),
        (json!({ "word": "a", "list": [1, 2, 3] }), false),
        (json!({ "word": "a", "text": "äöü" }), true),
        (json!({ "word": "a", "text": "ä" }), false),
        (json!({ "word": "a", "text": "a\u{0}" }), false),
    ] {
        assert_eq!(fits(&description, &schema, &value), expected, "{value}");
    }
}
