//! A program with a token.

use crate::harness::TestServer;
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, HeaderValue, Method, Request, header},
    response::Response,
};
use data_encoding::BASE64URL_NOPAD;
use domain::{Command, Outcome, Timestamp, TokenId, TokenName, UserId};
use http_body_util::BodyExt;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};
use store::{CallerId, Order};
use tower::ServiceExt;

/// A program that calls the API.
#[derive(Clone)]
pub struct Program {
    router: Router,
    headers: HeaderMap,
    /// The token it has.
    pub token: TokenId,
    /// In whose name it acts.
    pub user: UserId,
}

/// What it is told.
pub struct Told {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Told {
    /// The body as data; null where there is none.
    pub fn json(&self) -> Value {
        if self.text.is_empty() {
            return Value::Null;
        }
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The code of a problem.
    pub fn code(&self) -> String {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json", "{}", self.text);
        let problem = self.json();
        assert_eq!(problem["status"], self.status, "{problem}");
        for member in ["type", "title", "detail"] {
            assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{problem}");
        }
        problem["code"].as_str().expect("has a code").to_owned()
    }
}

/// The id of somebody of the cast.
pub async fn id_of(t: &TestServer, username: &str) -> UserId {
    t.store().credentials(username).await.expect("answers").expect("is of the cast").user
}

/// A program that acts as somebody of the cast.
pub async fn acting_as(t: &TestServer, username: &str) -> Program {
    let user = id_of(t, username).await;
    until(t, user, None).await
}

/// A program whose token ends at a moment.
pub async fn until(t: &TestServer, user: UserId, expires_at: Option<Timestamp>) -> Program {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let mut secret = [7; 32];
    secret[..8].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    let name = TokenName::parse("a test").expect("is a name");
    let command = Command::CreateToken { user, name, expires_at };
    let order = Order::new(CallerId::System, command, crate::harness::START);
    let order = Order { token_hash: Some(Sha256::digest(secret).into()), ..order };
    let Outcome::TokenCreated(token) = t.store().execute(order).await.expect("is made").outcome else {
        panic!("no token")
    };
    let line = format!("Bearer muster_{}", BASE64URL_NOPAD.encode(&secret));
    let mut headers = HeaderMap::new();
    headers.insert(header::AUTHORIZATION, HeaderValue::from_str(&line).expect("is a header"));
    Program { router: t.router(), headers, token, user }
}

/// A program without a token.
pub fn nobody(t: &TestServer) -> Program {
    Program { router: t.router(), headers: HeaderMap::new(), token: TokenId(0), user: UserId(0) }
}

/// Makes a token worthless.
pub async fn revoke(t: &TestServer, program: &Program) {
    let command = Command::RevokeToken { user: program.user, token: program.token };
    let order = Order::new(CallerId::System, command, crate::harness::START);
    t.store().execute(order).await.expect("is revoked");
}

impl Program {
    /// The same program, at another process.
    pub fn at(&self, server: &TestServer) -> Self {
        Self { router: server.router(), ..self.clone() }
    }

    /// The same program sending one header more.
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut with = self.clone();
        with.headers.insert(name, HeaderValue::from_str(value).expect("is a header"));
        with
    }

    /// How it says who it is.
    pub fn authorization(&self) -> String {
        self.headers[header::AUTHORIZATION].to_str().expect("is ASCII").to_owned()
    }

    /// Calls, with a body where there is one.
    pub async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Told {
        let method: Method = method.parse().expect("is a method");
        let (bytes, kind) = match body {
            Some(body) => (body.to_string().into_bytes(), Some("application/json")),
            None => (Vec::new(), None),
        };
        self.send(method, path, bytes, kind).await
    }

    pub async fn get(&self, path: &str) -> Told {
        self.call("GET", path, None).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Told {
        self.call("POST", path, Some(body)).await
    }

    /// Sends whatever bytes under whatever type.
    pub async fn send(&self, method: Method, path: &str, bytes: Vec<u8>, kind: Option<&str>) -> Told {
        let (parts, body) = self.open(method, path, bytes, kind).await.into_parts();
        let bytes = body.collect().await.expect("the body is whole").to_bytes();
        let text = String::from_utf8(bytes.to_vec()).expect("the body is text");
        Told { status: parts.status.as_u16(), headers: parts.headers, text }
    }

    /// The first of an answer whose body may never end. A path begins below `/api/v1`.
    pub async fn open(&self, method: Method, path: &str, bytes: Vec<u8>, kind: Option<&str>) -> Response {
        let uri = format!("/api/v1{path}");
        let mut request = Request::builder().method(method).uri(uri).body(Body::from(bytes)).expect("is a request");
        request.headers_mut().extend(self.headers.clone());
        request.headers_mut().insert(header::HOST, HeaderValue::from_static("muster.test"));
        if let Some(kind) = kind {
            request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_str(kind).expect("is a header"));
        }
        self.router.clone().oneshot(request).await.expect("a router does not fail")
    }
}
