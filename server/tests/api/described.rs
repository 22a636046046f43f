//! The description and the code agree: whatever a schema allows is read, whatever lies just beyond is refused. The tries
//! are made from the description itself, for every parameter and every field of every body.
//!
//! Long, because each kind of schema has its own boundary values, and all are tried over one list of calls.

use super::{
    program::{Program, acting_as},
    schema::{fits, misfit, resolved},
};
use crate::harness::{TestServer, both};
use axum::http::Method;
use serde_json::{Map, Value, json};

async fn description(t: &TestServer) -> Value {
    super::program::nobody(t).get("/openapi.json").await.json()
}

/// Every operation: method, path, and what is said of it.
fn operations(description: &Value) -> Vec<(String, String, Value)> {
    let paths = description["paths"].as_object().expect("has paths");
    let of_path = |(path, operations): (&String, &Value)| {
        let operations = operations.as_object().expect("has operations").clone();
        operations.into_iter().map(|(method, said)| (method.to_uppercase(), path.clone(), said)).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

/// Values that a schema allows and values just beyond it.
#[derive(Default)]
struct Tries {
    good: Vec<Value>,
    bad: Vec<Value>,
}

impl Tries {
    fn of(description: &Value, schema: &Value) -> Self {
        let schema = resolved(description, schema);
        if let Some(choices) = schema["anyOf"].as_array() {
            return Self::of_any(description, choices);
        }
        let types: Vec<&str> = match &schema["type"] {
            Value::String(only) => vec![only],
            several => several.as_array().expect("has a type").iter().filter_map(Value::as_str).collect(),
        };
        let mut tries = match types[0] {
            "null" => Self { good: vec![Value::Null], bad: Vec::new() },
            "boolean" => Self { good: vec![json!(true), json!(false)], bad: vec![json!("true"), json!(0), json!([])] },
            "integer" => Self::of_integer(schema),
            "string" => Self::of_text(schema),
            "array" => Self::of_list(description, schema),
            "object" => Self::of_object(description, schema),
            other => panic!("{other} is no type: {schema}"),
        };
        if types.contains(&"null") {
            tries.good.push(Value::Null);
        } else {
            tries.bad.push(Value::Null);
        }
        tries
    }

    /// What none of several allows is known only of types that none of them has.
    fn of_any(description: &Value, choices: &[Value]) -> Self {
        let mut each: Vec<Self> = choices.iter().map(|choice| Self::of(description, choice)).collect();
        let good = each.iter_mut().flat_map(|tries| std::mem::take(&mut tries.good)).collect::<Vec<_>>();
        let is_text = choices.iter().any(|choice| resolved(description, choice)["type"] == "string");
        let bad = if is_text { vec![json!(1), json!([]), json!({})] } else { vec![json!("text"), json!(1)] };
        Self { good, bad }
    }

    fn of_integer(schema: &Value) -> Self {
        let (least, most) =
            (schema["minimum"].as_i64().expect("a bound"), schema["maximum"].as_i64().expect("a bound"));
        let mut tries = Self {
            good: vec![json!(least), json!(most), json!(1), json!(1.0)],
            bad: vec![json!("1"), json!(1.5), json!(true), json!([])],
        };
        if most > 200 {
            tries.good.push(json!(141.0));
        }
        let below = least.checked_sub(1).map_or_else(|| json!(-9_300_000_000_000_000_000.0), |below| json!(below));
        let above = most.checked_add(1).map_or_else(|| json!(9_223_372_036_854_775_808_u64), |above| json!(above));
        tries.bad.extend([below, above]);
        tries
    }

    fn of_text(schema: &Value) -> Self {
        if let Some(words) = schema["enum"].as_array() {
            let good: Vec<Value> = words.iter().filter(|word| !word.is_null()).cloned().collect();
            return Self { good, bad: vec![json!("nonsense"), json!(""), json!(1)] };
        }
        if schema["pattern"] == "^\\s*$" {
            return Self { good: vec![json!(""), json!(" \n\t ")], bad: vec![json!(1)] };
        }
        let most = usize::try_from(schema["maxLength"].as_u64().expect("texts have an end")).expect("fits");
        let least = usize::try_from(schema["minLength"].as_u64().unwrap_or(0)).expect("fits");
        let is_address = schema["format"] == "email";
        let long = |length: usize| {
            if is_address {
                json!(format!("{}@a", "x".repeat(length.saturating_sub(2))))
            } else {
                json!("ä".repeat(length))
            }
        };
        let mut tries = Self { good: vec![long(most)], bad: vec![long(most + 1), json!(1), json!([]), json!({})] };
        tries.good.push(long(least));
        if least > 0 {
            tries.bad.push(json!("x".repeat(least - 1)));
        }
        if is_address {
            tries.bad.push(json!("nobody"));
        }
        let pattern = schema["pattern"].as_str().unwrap_or_default();
        if pattern.contains("\\u0000") {
            tries.bad.extend([json!("a\u{0}b"), json!("a\u{7f}b")]);
        }
        if pattern.contains("\\u202a") {
            tries.bad.push(json!("a\u{7}b"));
        }
        if least > 0 && !pattern.is_empty() {
            tries.bad.push(json!(" ".repeat(least)));
        }
        tries
    }

    fn of_list(description: &Value, schema: &Value) -> Self {
        let items = Self::of(description, &schema["items"]);
        let first = items.good.first().cloned().expect("something is allowed");
        let mut tries = Self {
            // What is named has to exist, so that no more than the form of the list is tried.
            good: vec![json!([])],
            bad: items.bad.iter().map(|bad| json!([bad])).chain([json!("x"), json!({}), json!(1)]).collect(),
        };
        if schema["uniqueItems"] == true {
            tries.good.push(json!(items.good));
            tries.bad.push(json!([first, first]));
        } else if let Some(most) = schema["maxItems"].as_u64() {
            tries.bad.push(Value::Array(vec![json!(1); usize::try_from(most).expect("fits") + 1]));
        }
        tries
    }

    fn of_object(description: &Value, schema: &Value) -> Self {
        let fields = schema["properties"].as_object().expect("has fields");
        let whole: Map<String, Value> =
            fields.iter().map(|(name, field)| (name.clone(), Self::of(description, field).good[0].clone())).collect();
        let mut tries = Self { good: vec![json!(whole)], bad: vec![json!("x"), json!([]), json!(1)] };
        let with = |name: &str, value: Value| {
            let mut changed = whole.clone();
            changed.insert(name.to_owned(), value);
            json!(changed)
        };
        for (name, field) in fields {
            let of_field = Self::of(description, field);
            tries.good.extend(of_field.good.into_iter().map(|value| with(name, value)));
            tries.bad.extend(of_field.bad.into_iter().map(|value| with(name, value)));
        }
        tries.bad.push(with("nonsense", json!(1)));
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let mut without = whole.clone();
            without.remove(name);
            tries.bad.push(json!(without));
        }
        tries
    }
}

/// A path with something in the place of each of its names.
fn filled(path: &str) -> String {
    let part = |part: &str| match part {
        "{name}" => "view_audit".to_owned(),
        "{token}" => "token-of-group-3".to_owned(),
        // Nothing has this id: a call is read before it is found that there is nothing to do it to.
        named if named.starts_with('{') => "987654321".to_owned(),
        plain => plain.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |encoded, byte| encoded + &format!("%{byte:02X}"))
}

/// A value as it stands in an address; none where it cannot.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

async fn try_parameter(root: &Program, path: &str, parameter: &Value, description: &Value) {
    let name = parameter["name"].as_str().expect("has a name");
    let schema = &parameter["schema"];
    let (good, bad): (Vec<String>, Vec<String>) = match (name, schema["anyOf"].is_array()) {
        ("cursor", _) => (vec![String::new()], vec!["made-up".to_owned(), "!".to_owned()]),
        (_, true) => (
            ["2023-11-14", "0001-01-01", "9999-12-31", "2023-11-14T22:13:20Z", "2023-11-14T22:13:20.25+02:00"]
                .map(str::to_owned)
                .to_vec(),
            ["", "2023-02-30", "yesterday", "2023-11-14T25:00:00Z"].map(str::to_owned).to_vec(),
        ),
        _ => {
            let tries = Tries::of(description, schema);
            // In an address a text of digits is a number, and so is a text of anything a text.
            let is_text = schema["type"] == "string";
            let as_text = |value: &&Value| schema["enum"].is_array() || is_text == value.is_string();
            let good = tries.good.iter().filter_map(written).collect();
            (good, tries.bad.iter().filter(as_text).filter_map(written).collect())
        }
    };
    for (values, fits) in [(good, true), (bad, false)] {
        for value in values {
            // A feed that is opened goes on for ever.
            if path == "/events" && fits {
                continue;
            }
            let told = root.get(&format!("{path}?{name}={}", encoded(&value))).await;
            assert_eq!(told.status != 422, fits, "{path}?{name}={value:?}: {} {}", told.status, told.text);
        }
    }
}

both!(every_parameter_is_read_as_it_is_described, &["--api-rate", "0"], async |t| {
    let (root, description) = (acting_as(t, "root").await, description(t).await);
    let mut tried = 0;
    for (method, path, said) in operations(&description) {
        if method != "GET" {
            continue;
        }
        for parameter in said["parameters"].as_array().expect("a list").iter().filter(|it| it["in"] == "query") {
            try_parameter(&root, &filled(&path), parameter, &description).await;
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
});

both!(every_body_is_read_as_it_is_described, &["--api-rate", "0"], async |t| {
    let (root, description) = (acting_as(t, "root").await, description(t).await);
    let mut tried = 0;
    for (method, path, said) in operations(&description) {
        let body = &said["requestBody"];
        if body.is_null() {
            continue;
        }
        let schema = &body["content"]["application/json"]["schema"];
        // What is asked of the fields together is tried below.
        let is_ruled = resolved(&description, schema)["oneOf"].is_array();
        let Tries { good, bad } = Tries::of(&description, schema);
        let path = filled(&path);
        for value in good.into_iter().filter(|_| !is_ruled) {
            let told = root.call(&method, &path, Some(&value)).await;
            let short = value.to_string().chars().take(300).collect::<String>();
            assert!(told.status != 422 || is_of_another_kind(&told.text), "{method} {path} {short}: {}", told.text);
            assert!(told.status < 500, "{method} {path} {short}: {}", told.text);
            tried += 1;
        }
        for value in bad {
            let told = root.call(&method, &path, Some(&value)).await;
            let short = value.to_string().chars().take(300).collect::<String>();
            assert_eq!(told.status, 422, "{method} {path} {short}: {}", told.text);
            tried += 1;
        }
        let nothing = root.call(&method, &path, None).await;
        assert_eq!(nothing.status == 422, body["required"] == true, "{method} {path} without a body: {}", nothing.text);
    }
    assert!(tried > 500, "{tried}");
});

/// Values of every type that lie at the bounds of what fields take, and beyond. Whether one fits, its schema says.
fn trials(description: &Value, schema: &Value) -> Vec<Value> {
    let mut trials =
        vec![json!(null), json!(true), json!(1), json!(1.5), json!("x"), json!([]), json!({}), json!([[]])];
    let Tries { good, bad } = Tries::of(description, schema);
    trials.extend(good.into_iter().chain(bad));
    let text = schema.to_string() + &resolved(description, schema).to_string();
    if text.contains("\"integer\"") {
        let bounds = [0, 1, -1, i64::MIN, i64::MAX, 65_536, 1 << 53];
        trials.extend(bounds.map(|bound| json!(bound)));
        trials.extend([
            json!(1.0),
            json!(-1.0),
            json!(-0.0),
            json!(1e3),
            json!(1e19),
            json!(-1e19),
            json!(u64::MAX),
            json!("1"),
        ]);
    }
    if text.contains("\"array\"") {
        trials.extend([
            json!([1, 1]),
            json!([1.0]),
            json!([1, null]),
            json!(["1"]),
            json!(["view_audit", "view_audit"]),
        ]);
    }
    if text.contains("\"string\"") {
        let texts = [
            "",
            " ",
            "\n",
            " a ",
            "\ta\n",
            "a b",
            "a\nb",
            "a\r\nb",
            "a\tb",
            "a\u{85}b",
            "a\u{2028}b",
            "a\u{0}",
            "\u{7f}a",
            "a\u{9b}",
            "\u{200b}",
            "a\u{200b}",
            "\u{200d}",
            "\u{ad}\u{34f}",
            "\u{2800}",
            "\u{3164}",
            "\u{e0041}",
            "\u{1d159}",
            "\u{1bca0}",
            "\u{e000}",
            "a\u{f8ff}",
            "\u{f0000}",
            "\u{10fffd}",
            "\u{fffa}",
            "ä",
            "e\u{301}",
            "𝄞",
            "🏴\u{200d}☠\u{fe0f}",
            "a@b",
            "@@b",
            "a@\u{200b}",
            "\u{200b}@b",
            "a@b@",
            "a@\u{200b}b",
            "@",
            "a@",
            "@b",
            " a@b ",
            "a b@c",
            "ä@ö",
            "Open",
            "open ",
            "inherit",
            "view_audit",
            "null",
            "0",
            "true",
        ];
        trials.extend(texts.map(|text| json!(text)));
        for most in [32, 150, 254, 512, 1000] {
            trials.extend([most - 1, most, most + 1].map(|length| json!("ä".repeat(length))));
            trials.extend([json!(format!("{} ", "x".repeat(most))), json!(format!("{}\u{200b}", "x".repeat(most)))]);
            trials.push(json!(format!("{}@b", "x".repeat(most - 2))));
            trials.push(json!(" ".repeat(most + 1)));
        }
    }
    trials
}

both!(every_field_is_read_as_its_schema_says_whatever_stands_in_it, &["--api-rate", "0"], async |t| {
    let (root, description) = (acting_as(t, "root").await, description(t).await);
    let (mut tried, mut wrong) = (0, Vec::new());
    for (method, path, said) in operations(&description) {
        let schema = &said["requestBody"]["content"]["application/json"]["schema"];
        if schema.is_null() {
            continue;
        }
        let path = filled(&path);
        let shape = resolved(&description, schema);
        let fields = shape["properties"].as_object().expect("has fields");
        let required = shape["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let least: Map<String, Value> =
            required.map(|name| (name.to_owned(), Tries::of(&description, &fields[name]).good[0].clone())).collect();
        let mut bodies = vec![json!(null), json!([]), json!("x"), json!({}), json!({ "nonsense": 1 }), json!(least)];
        for (name, field) in fields {
            for value in trials(&description, field) {
                let mut body = least.clone();
                body.insert(name.clone(), value);
                bodies.push(json!(body));
            }
        }
        for body in bodies {
            let told = root.call(&method, &path, Some(&body)).await;
            let is_read = told.status != 422 || is_of_another_kind(&told.text);
            let why = misfit(&description, schema, &body);
            if is_read != why.is_none() || told.status >= 500 {
                let short = body.to_string().chars().take(200).collect::<String>();
                wrong.push(format!("{method} {path} {short}: {} {}, but {why:?}", told.status, told.text));
            }
            tried += 1;
        }
    }
    assert!(tried > 3000, "{tried}");
    assert!(wrong.is_empty(), "{} of {tried}: {wrong:#?}", wrong.len());
});

both!(every_name_in_a_path_and_every_header_is_read_as_it_is_described, &["--api-rate", "0"], async |t| {
    let (root, description) = (acting_as(t, "root").await, description(t).await);
    let (long, longer) = ("k".repeat(64), "k".repeat(65));
    let keys = ["k", "a b", "\"8e03978e\"", "ä", long.as_str(), longer.as_str(), ""];
    let (mut names, mut headers) = (0, 0);
    for (method, path, said) in operations(&description) {
        for parameter in said["parameters"].as_array().expect("a list") {
            let name = parameter["name"].as_str().expect("has a name");
            let schema = &parameter["schema"];
            match parameter["in"].as_str() {
                // Whatever is no name is the name of nothing.
                Some("path") => {
                    for value in
                        ["0", "-1", "+1", "1.0", "1e3", "x", "%20", "%00", "9223372036854775807", "9223372036854775808"]
                    {
                        let path = filled(&path.replacen(&format!("{{{name}}}"), value, 1));
                        let told = root.call(&method, &path, None).await;
                        assert!(
                            told.status == 404 || told.status == 422 && said["requestBody"]["required"] == true,
                            "{method} {path}: {} {}",
                            told.status,
                            told.text
                        );
                        names += 1;
                    }
                }
                Some("header") if name == "Idempotency-Key" => {
                    for key in keys {
                        let told = root
                            .with("idempotency-key", key)
                            .send(Method::POST, &filled(&path), b"[".to_vec(), None)
                            .await;
                        // What is no key is refused before the body is looked at.
                        let is_refused = told.status == 422 && told.text.contains("Idempotency-Key");
                        assert_eq!(
                            !is_refused,
                            fits(&description, schema, &json!(key)),
                            "{path} {key:?}: {}",
                            told.text
                        );
                        headers += 1;
                    }
                }
                Some("header") => {
                    assert_eq!((path.as_str(), name), ("/events", "Last-Event-ID"));
                    for id in ["0", "1", "9223372036854775808", "-1", "made up"] {
                        assert!(fits(&description, schema, &json!(id)));
                        let opened = root.with("last-event-id", id).open(Method::GET, &path, Vec::new(), None).await;
                        assert_eq!(opened.status(), 200, "{id}");
                        headers += 1;
                    }
                }
                _ => {}
            }
        }
    }
    assert!(names > 200 && headers > 50, "{names} {headers}");
});

both!(a_parameter_is_given_once_and_others_are_left_alone, &["--api-rate", "0"], async |t| {
    let (root, description) = (acting_as(t, "root").await, description(t).await);
    for (method, path, said) in operations(&description) {
        let queries = said["parameters"].as_array().expect("a list").iter().filter(|it| it["in"] == "query");
        for name in queries.filter_map(|parameter| parameter["name"].as_str()) {
            assert_eq!(method, "GET", "{path}");
            let path = filled(&path);
            let told = root.get(&format!("{path}?{name}=1&{name}=1")).await;
            assert_eq!(told.status, 422, "{path} {name}: {}", told.text);
            if path != "/events" {
                assert_ne!(root.get(&format!("{path}?nonsense={name}&Q=1")).await.status, 422, "{path}");
            }
        }
    }
});

/// A path of something that is there.
fn real(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/")
}

both!(what_is_left_out_means_its_default, &["--api-rate", "0"], async |t| {
    let (root, description) = (acting_as(t, "root").await, description(t).await);
    let mut tried = 0;
    for (_, path, said) in operations(&description) {
        for parameter in said["parameters"].as_array().expect("a list") {
            let (name, schema) = (parameter["name"].as_str().expect("has a name"), &parameter["schema"]);
            let Some(default) = schema.get("default") else { continue };
            assert!(fits(&description, schema, default), "{path} {name}: {default}");
            let path = real(&path);
            let without = root.get(&path).await;
            let with = root.get(&format!("{path}?{name}={}", written(default).expect("stands in an address"))).await;
            assert_eq!((without.status, &without.text), (200, &with.text), "{path} {name}");
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
    for (path, body, own) in [
        ("/groups", json!({ "name": "Left out" }), json!({ "name": "Given" })),
        ("/users", json!({ "username": "left-out" }), json!({ "username": "given" })),
        ("/states", json!({ "name": "Left out", "priority": 71 }), json!({ "name": "Given", "priority": 72 })),
        (
            "/users/3/characters",
            json!({ "external_id": 71, "name": "Out" }),
            json!({ "external_id": 72, "name": "In" }),
        ),
    ] {
        let given = with_defaults(&description, path, &own);
        assert!(given.as_object().map(Map::len) > own.as_object().map(Map::len), "{path}");
        let mut made = [root.post(path, &body).await, root.post(path, &given).await].map(|told| {
            assert_eq!(told.status, 201, "{path}: {}", told.text);
            told.json()
        });
        for made in &mut made {
            let fields = made.as_object_mut().expect("an object");
            for own in body.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).chain(["id"]) {
                fields.remove(own);
            }
        }
        assert_eq!(made[0], made[1], "{path}");
    }
});

/// A body with every field that may be left out as it is then.
fn with_defaults(description: &Value, path: &str, own: &Value) -> Value {
    let mut body = own.clone();
    let template = if path.ends_with("characters") { "/users/{id}/characters" } else { path };
    let schema = &description["paths"][template]["post"]["requestBody"]["content"]["application/json"]["schema"];
    let shape = resolved(description, schema);
    for (name, field) in shape["properties"].as_object().expect("has fields") {
        let is_required = shape["required"].as_array().is_some_and(|names| names.contains(&json!(name)));
        assert_eq!(field.get("default").is_none(), is_required, "{path} {name}");
        if let Some(default) = field.get("default") {
            assert!(fits(description, field, default), "{path} {name}: {default}");
            body[name] = default.clone();
        }
    }
    body
}

/// Whether it was read, and the rules found that it names what does not exist, which no schema can know.
fn is_of_another_kind(text: &str) -> bool {
    let problem: Value = serde_json::from_str(text).expect("is JSON");
    let errors = problem["errors"].as_array().expect("a list");
    !errors.is_empty() && errors.iter().all(|error| error["code"] == "unknown")
}

both!(notifications_are_named_or_all_meant, async |t| {
    let sam = acting_as(t, "sam").await;
    for (body, fits) in [
        (json!({ "ids": [] }), true),
        (json!({ "ids": [1, 2.0], "all": false }), true),
        (json!({ "ids": [1], "all": null }), true),
        (json!({ "all": true }), true),
        (json!({ "all": true, "ids": null }), true),
        (json!({}), false),
        (json!({ "all": false }), false),
        (json!({ "all": true, "ids": [] }), false),
    ] {
        let told = sam.post("/notifications/read", &body).await;
        assert_eq!(told.status, if fits { 204 } else { 422 }, "{body}: {}", told.text);
    }
});

both!(a_key_that_is_there_twice_is_refused_by_name, async |t| {
    let root = acting_as(t, "root").await;
    for (path, body, field) in [
        ("/groups", r#"{"name":"One","name":"Two"}"#, "name"),
        ("/groups/1/join", r#"{"reason":"a","reason":"a"}"#, "reason"),
        (
            "/users/3/characters",
            r#"{"external_id":5,"name":"A","corporation":{"id":1,"name":"B","name":"C"}}"#,
            "corporation.name",
        ),
    ] {
        let told = root.send(axum::http::Method::POST, path, body.as_bytes().to_vec(), Some("application/json")).await;
        assert_eq!((told.status, told.code().as_str()), (422, "invalid"), "{body}");
        let error = &told.json()["errors"][0];
        assert_eq!((&error["field"], &error["code"]), (&json!(field), &json!("repeated")), "{error}");
    }
});

/// What of an answer is not as it is described: the schema of its status and kind.
pub fn misdescribed(description: &Value, method: &str, path: &str, told: &super::program::Told) -> Option<String> {
    let (_, _, said) = operation(description, method, path)?;
    let kind = told.headers.get("content-type")?.to_str().ok()?.split(';').next()?;
    let content = &said["responses"][told.status.to_string()]["content"];
    let Some(media) = content.get(kind) else { return Some(format!("{kind} is not among {content}")) };
    if kind.ends_with("json") { misfit(description, &media["schema"], &told.json()) } else { None }
}

/// Every status that a call has met here is one of those that its description lists.
pub fn is_described(description: &Value, method: &str, path: &str, status: u16) -> bool {
    operation(description, method, path).is_some_and(|(_, _, said)| said["responses"].get(status.to_string()).is_some())
}

/// The operation that a call is meant for.
fn operation(description: &Value, method: &str, path: &str) -> Option<(String, String, Value)> {
    let path = path.split('?').next().unwrap_or_default();
    let fits = |known: &str| {
        let (known, given): (Vec<&str>, Vec<&str>) = (known.split('/').collect(), path.split('/').collect());
        known.len() == given.len()
            && known.iter().zip(&given).all(|(known, given)| known.starts_with('{') || known == given)
    };
    operations(description)
        .into_iter()
        .filter(|(known, template, _)| known == method && fits(template))
        // Of `/requests/count` and `/requests/{id}` the plainer one is meant.
        .min_by_key(|(_, template, _)| template.matches('{').count())
}
