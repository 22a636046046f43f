//! The OpenAPI 3.1 description, made from the table of calls and the very types they take and give.

use super::{
    describe::{Described, FieldShape, Shapes, object, or_null, with_about},
    input::ParameterShape,
    problem::PROBLEM_JSON,
    repeat,
    route::Route,
    shape::Request,
};
use axum::http::Method;
use domain::{Conflict, Denial, Permission};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The statuses of problems that have one code each, by code; what the rules refuse has as many as there are reasons.
const CODES: [(u16, &str); 13] = [
    (401, "signed_out"),
    (404, "not_found"),
    (405, "method_not_allowed"),
    (408, "too_slow"),
    (413, "too_large"),
    (415, "unsupported_media_type"),
    (422, "invalid"),
    (429, "slow_down"),
    (500, "internal"),
    (503, "busy"),
    (503, "disk_full"),
    (503, "read_only"),
    (503, "database_replaced"),
];

/// All codes with their statuses.
pub(super) fn codes() -> impl Iterator<Item = (u16, &'static str)> {
    let denials = Denial::ALL.into_iter().map(|denial| (403, denial.code()));
    let conflicts = Conflict::CODES.into_iter().map(|code| (409, code));
    let mut codes: Vec<_> = CODES.into_iter().chain(denials).chain(conflicts).collect();
    codes.sort_by_key(|(status, _)| *status);
    codes.into_iter()
}

fn status_of(code: &str) -> u16 {
    codes().find(|(_, known)| *known == code).map_or(500, |(status, _)| status)
}

/// The description of these calls.
pub(super) fn description(routes: &[Route]) -> Value {
    let mut shapes = Shapes::default();
    let problem = problem(&mut shapes);
    let mut paths = BTreeMap::<&str, Map<String, Value>>::new();
    for route in routes {
        let operation = operation(route, &problem, &mut shapes);
        paths.entry(route.path).or_default().insert(route.method.as_str().to_ascii_lowercase(), operation);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Muster",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Everything people can do with Muster, for scripts and other systems.",
            "description": "A token belongs to a user and acts with exactly that user's rights. Times are RFC 3339 in \
                UTC, names snake_case, ids integers; unknown fields in a body are refused. Names hold neither unassigned \
                characters nor marks without a letter to stand upon, which no pattern here says. Whatever the caller may \
                not see answers exactly as what does not exist.",
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "servers": [{ "url": "/api/v1" }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "schemas": shapes.into_map(),
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

fn operation(route: &Route, problem: &Value, shapes: &mut Shapes) -> Value {
    let mut parameters: Vec<Value> = path_parameters(route.path, shapes);
    let stands = |place: &str, parameter: &ParameterShape| {
        json!({
            "name": parameter.name,
            "in": place,
            "description": parameter.about,
            "required": false,
            "schema": parameter.schema,
        })
    };
    for asked in &route.parameters {
        parameters.extend(asked(shapes).iter().map(|parameter| stands("query", parameter)));
    }
    parameters.extend(route.headers.iter().map(|header| stands("header", header)));
    let has_query = !route.parameters.is_empty();
    if route.method == Method::POST {
        parameters.push(stands("header", &repeat::key_shape()));
    }
    let name = format!("{}{}", route.method.as_str().to_ascii_lowercase(), route.path);
    let mut operation = json!({
        "operationId": name.replace(['/', '-'], "_").replace(['{', '}'], ""),
        "summary": route.about,
        "tags": [route.path.split('/').nth(1).unwrap_or_default()],
        "parameters": parameters,
        "responses": responses(route, has_query, problem, shapes),
    });
    if let Some(body) = route.body {
        let schema = body(shapes);
        operation["requestBody"] = json!({ "required": shapes.asks_for_something(&schema), "content": { "application/json": { "schema": schema } } });
    }
    operation
}

fn path_parameters(path: &str, shapes: &mut Shapes) -> Vec<Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names
        .map(|name| {
            let schema = match name {
                "name" => Permission::schema(shapes),
                "token" => json!({ "type": "string", "minLength": 1 }),
                _ => json!({ "type": "integer", "format": "int64", "minimum": 1, "maximum": i64::MAX }),
            };
            json!({ "name": name, "in": "path", "required": true, "schema": schema })
        })
        .collect()
}

fn responses(route: &Route, has_query: bool, problem: &Value, shapes: &mut Shapes) -> Value {
    let mut responses = Map::new();
    for success in &route.successes {
        let status = success.status.to_string();
        let response = responses.entry(status).or_insert_with(|| json!({ "description": success.about }));
        if let Some(schema) = success.schema {
            response["content"][success.media] = json!({ "schema": schema(shapes) });
        }
    }
    let mut codes = vec!["signed_out", "slow_down", "internal", "busy", "disk_full", "read_only", "database_replaced"];
    if route.path.contains('{') {
        codes.push("not_found");
    }
    codes.extend(&route.codes);
    if route.body.is_some() {
        codes.extend(["too_slow", "too_large", "unsupported_media_type"]);
    }
    if route.method == Method::POST {
        codes.extend(["command_reused", "too_slow", "too_large"]);
    }
    if route.body.is_some() || has_query || route.method == Method::POST {
        codes.push("invalid");
    }
    let mut by_status = BTreeMap::<u16, Vec<&str>>::new();
    for code in codes {
        let of_status = by_status.entry(status_of(code)).or_default();
        if !of_status.contains(&code) {
            of_status.push(code);
        }
    }
    for (status, codes) in by_status {
        let about = codes.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", ");
        let mut response = json!({ "description": about, "content": { PROBLEM_JSON: { "schema": problem } } });
        if status == 429 {
            response["headers"] =
                json!({ "Retry-After": { "description": "Seconds.", "schema": { "type": "integer" } } });
        }
        responses.insert(status.to_string(), response);
    }
    Value::Object(responses)
}

/// Problem details (RFC 9457).
fn problem(shapes: &mut Shapes) -> Value {
    let text = |name, about: &str| FieldShape {
        name,
        about: about.to_owned(),
        required: true,
        schema: json!({ "type": "string" }),
    };
    let field = shapes.named("FieldProblem", |_| {
        object(
            "What is wrong with one field.",
            vec![
                text("field", "The field or parameter."),
                text("code", "What is wrong."),
                text("detail", "The same as a sentence."),
            ],
        )
    });
    shapes.named("Problem", |shapes| {
        let codes: Vec<&str> = codes().map(|(_, code)| code).collect();
        let code = FieldShape {
            name: "code",
            about: "Why, for programs. Stable.".to_owned(),
            required: true,
            schema: json!({ "type": "string", "enum": codes }),
        };
        let status = FieldShape {
            name: "status",
            about: "The HTTP status.".to_owned(),
            required: true,
            schema: json!({ "type": "integer" }),
        };
        let errors = FieldShape {
            name: "errors",
            about: "What is wrong with each field, where the status is 422.".to_owned(),
            required: false,
            schema: json!({ "type": "array", "items": field }),
        };
        let request = FieldShape {
            name: "request",
            about: "The settled request, where the code is `request_settled`.".to_owned(),
            required: false,
            schema: with_about(or_null(Request::schema(shapes)), ""),
        };
        object(
            "Why a call has no answer (RFC 9457).",
            vec![
                text("type", "Where the code is explained."),
                text("title", "The code in words."),
                status,
                text("detail", "Why, as a sentence for people."),
                code,
                errors,
                request,
            ],
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::routes;
    use super::*;

    #[test]
    fn every_call_is_described_whole() {
        let routes = routes::all();
        for route in &routes {
            assert!(route.about.ends_with('.'), "{} has no sentence", route.path);
            assert!(!route.successes.is_empty(), "{} has no answer", route.path);
            for code in &route.codes {
                assert!(codes().any(|(_, known)| known == *code), "{code} is no code");
            }
        }
        let description = description(&routes);
        let ids: Vec<&Value> = description["paths"]
            .as_object()
            .expect("has paths")
            .values()
            .flat_map(|path| path.as_object().expect("has operations").values())
            .map(|operation| &operation["operationId"])
            .collect();
        let distinct: std::collections::BTreeSet<String> = ids.iter().map(ToString::to_string).collect();
        assert_eq!((ids.len(), distinct.len()), (routes.len(), routes.len()));
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let description = description(&routes::all());
        let text = description.to_string();
        for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(description["components"]["schemas"][name].is_object(), "{name}");
        }
    }
}
