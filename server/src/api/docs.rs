//! The description as a page: made here, whole, with nothing to load but its own style and nothing to run.

use super::{describe::BLANK, openapi};
use serde_json::Value;
use std::fmt::Write as _;

/// Its style.
pub(super) const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8886;--soft:#8882}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1,h2,h3{line-height:1.2}h3 code{font-size:1.05rem}
section{border-top:1px solid var(--line);padding:.5rem 0}
code{font-family:ui-monospace,monospace;font-size:.9em}
.method{display:inline-block;min-width:4.5rem;font-weight:700}
table{border-collapse:collapse;width:100%}td,th{border:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top}
th{background:var(--soft)}
@media(max-width:40rem){table,tbody,tr,td{display:block}th{display:none}}
";

/// The page.
pub(super) fn page(description: &Value) -> String {
    let mut html = String::from(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>API of Muster</title><link rel=\"stylesheet\" href=\"/api/docs/style.css\"></head><body><main>\
         <h1>API of Muster</h1>",
    );
    let text = |value: &Value| escaped(value.as_str().unwrap_or_default());
    put(&mut html, &format!("<p>{}</p>", text(&description["info"]["description"])));
    put(
        &mut html,
        "<p>Base <code>/api/v1</code>. Send the token as <code>Authorization: Bearer …</code>. \
         For programs: <a href=\"/api/v1/openapi.json\">openapi.json</a>.</p><h2>Calls</h2>",
    );
    for (path, operations) in description["paths"].as_object().into_iter().flatten() {
        for (method, operation) in operations.as_object().into_iter().flatten() {
            put(
                &mut html,
                &format!(
                    "<section id=\"{}\"><h3><code><span class=\"method\">{}</span>{}</code></h3><p>{}</p>",
                    text(&operation["operationId"]),
                    method.to_uppercase(),
                    escaped(path),
                    text(&operation["summary"])
                ),
            );
            call(&mut html, operation);
            put(&mut html, "</section>");
        }
    }
    put(&mut html, "<h2>Shapes</h2>");
    for (name, shape) in description["components"]["schemas"].as_object().into_iter().flatten() {
        put(
            &mut html,
            &format!(
                "<section id=\"{0}\"><h3><code>{0}</code></h3><p>{1}</p>",
                escaped(name),
                text(&shape["description"])
            ),
        );
        fields(&mut html, shape);
        put(&mut html, "</section>");
    }
    put(&mut html, "<h2>Problems</h2><table><tr><th>code</th><th>status</th></tr>");
    for (status, code) in openapi::codes() {
        put(&mut html, &format!("<tr id=\"{code}\"><td><code>{code}</code></td><td>{status}</td></tr>"));
    }
    put(&mut html, "</table></main></body></html>");
    html
}

fn put(html: &mut String, part: &str) {
    html.push_str(part);
}

/// Parameters, body and answers of one call.
fn call(html: &mut String, operation: &Value) {
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !parameters.is_empty() {
        put(html, "<table><tr><th>parameter</th><th>in</th><th>type</th><th></th></tr>");
        for parameter in parameters {
            let cell = |key: &str| escaped(parameter[key].as_str().unwrap_or_default());
            let (name, place, about) = (cell("name"), cell("in"), cell("description"));
            let kind = kind(&parameter["schema"]);
            put(html, &format!("<tr><td><code>{name}</code></td><td>{place}</td><td>{kind}</td><td>{about}</td></tr>"));
        }
        put(html, "</table>");
    }
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    if body.is_object() {
        put(html, &format!("<p>Body: {}</p>", kind(body)));
    }
    put(html, "<table><tr><th>status</th><th>answer</th></tr>");
    for (status, response) in operation["responses"].as_object().into_iter().flatten() {
        let about = escaped(response["description"].as_str().unwrap_or_default()).replace('`', "");
        let shapes: Vec<String> = response["content"]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(media, _)| media.as_str() != super::problem::PROBLEM_JSON)
            .map(|(media, content)| format!("{} <small>{}</small>", kind(&content["schema"]), escaped(media)))
            .collect();
        put(html, &format!("<tr><td>{status}</td><td>{about} {}</td></tr>", shapes.join(", ")));
    }
    put(html, "</table>");
}

/// The fields of an object.
fn fields(html: &mut String, shape: &Value) {
    put(html, "<table><tr><th>field</th><th>type</th><th></th></tr>");
    for (name, field) in shape["properties"].as_object().into_iter().flatten() {
        let about = escaped(field["description"].as_str().unwrap_or_default());
        put(html, &format!("<tr><td><code>{}</code></td><td>{}</td><td>{about}</td></tr>", escaped(name), kind(field)));
    }
    put(html, "</table>");
}

/// A schema in a few words, with links to what it names.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
        return format!("<a href=\"#{0}\">{0}</a>", escaped(name));
    }
    if let Some(several) = schema["anyOf"].as_array() {
        // That a text may be blank is of no interest beside that it may be null.
        let told = several.iter().filter(|choice| choice["pattern"] != BLANK);
        return told.map(kind).collect::<Vec<_>>().join(" or ");
    }
    if schema["properties"].is_object() && schema["properties"]["items"].is_object() {
        return format!("page of {}", kind(&schema["properties"]["items"]["items"]));
    }
    if let Some(words) = schema["enum"].as_array() {
        let words = words.iter().map(|word| escaped(word.as_str().unwrap_or("null")));
        return format!("<code>{}</code>", words.collect::<Vec<_>>().join("</code>, <code>"));
    }
    let mut text = String::new();
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let _ = write!(text, "{}", types.join(" or "));
    if schema["items"].is_object() {
        let _ = write!(text, " of {}", kind(&schema["items"]));
    }
    // What 64 bits hold goes without saying.
    let bound = schema["maximum"].as_i64().filter(|most| *most < i64::MAX);
    if let Some(most) = schema["maxLength"].as_i64().or(bound) {
        let _ = write!(text, ", at most {most}");
    }
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
