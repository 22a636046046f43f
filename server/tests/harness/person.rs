//! Somebody with a browser: keeps cookies, sends forms, reads answers.

use super::{PASSWORD, Stream};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, HeaderValue, Method, Request, header},
    response::Response,
};
use http_body_util::BodyExt;
use std::fmt::Write as _;
use tower::ServiceExt;

/// Somebody who uses the process.
#[derive(Clone)]
pub struct Person<'a> {
    router: &'a Router,
    cookie: Option<String>,
    device: Option<String>,
    headers: HeaderMap,
}

/// What they get.
pub struct Answer {
    response: Response<()>,
    pub body: String,
}

impl<'a> Person<'a> {
    pub(super) fn new(router: &'a Router) -> Self {
        Self { router, cookie: None, device: None, headers: HeaderMap::new() }
    }

    /// The same person sending one header more, or another value of it.
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut with = self.clone();
        with.headers.insert(name, HeaderValue::from_str(value).expect("is a header"));
        with
    }

    /// The cookie by which accounts know their browser, as a pair.
    pub fn device(&self) -> Option<&str> {
        self.device.as_deref()
    }

    /// The same person in a browser with another such cookie.
    pub fn with_device(&self, device: &str) -> Self {
        Self { device: Some(device.to_owned()), ..self.clone() }
    }

    /// The cookie of the session they hold, as a pair.
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// The same person with another cookie.
    pub fn with_cookie(&self, cookie: &str) -> Self {
        Self { cookie: Some(cookie.to_owned()), ..self.clone() }
    }

    /// Looks at a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, "text/html,application/xhtml+xml", String::new()).await
    }

    /// Sends a form as a browser without script does.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.send(Method::POST, path, "text/html,application/xhtml+xml", encoded(form)).await
    }

    /// Sends a form, or asks for data, as a script does.
    pub async fn fetch(&mut self, method: Method, path: &str, form: &[(&str, &str)]) -> Answer {
        if method == Method::GET {
            let path = if form.is_empty() { path.to_owned() } else { format!("{path}?{}", encoded(form)) };
            return self.send(method, &path, "application/json", String::new()).await;
        }
        self.send(method, path, "application/json", encoded(form)).await
    }

    /// Signs in by the form.
    pub async fn sign_in(&mut self, username: &str, password: &str) -> Answer {
        self.post("/login", &[("username", username), ("password", password)]).await
    }

    /// Signs in with the password of the tests, through a fresh browser.
    pub async fn again(&self, username: &str) -> Self {
        let mut again = Self::new(self.router);
        again.sign_in(username, PASSWORD).await;
        again
    }

    /// Opens the live feed; fails the test where it does not open.
    pub async fn watch(&self, path: &str) -> Stream {
        let response = self.open(path).await;
        assert_eq!(response.status(), 200, "the stream opens");
        Stream::new(response.into_body())
    }

    /// The first of the answer to a `GET` whose body may never end.
    pub async fn open(&self, path: &str) -> Response {
        let request = self.request(Method::GET, path, "text/event-stream", String::new());
        self.router.clone().oneshot(request).await.expect("a router does not fail")
    }

    async fn send(&mut self, method: Method, path: &str, accept: &str, body: String) -> Answer {
        let request = self.request(method, path, accept, body);
        let response = self.router.clone().oneshot(request).await.expect("a router does not fail");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("the body is whole").to_bytes();
        let body = String::from_utf8(bytes.to_vec()).expect("the body is text");
        let answer = Answer { response: Response::from_parts(parts, ()), body };
        for set in answer.response.headers().get_all("set-cookie") {
            let pair = set.to_str().expect("is ASCII").split(';').next().unwrap_or_default();
            let kept = (!pair.ends_with('=')).then(|| pair.to_owned());
            if pair.contains("muster_device=") {
                self.device = kept;
            } else {
                self.cookie = kept;
            }
        }
        answer
    }

    fn request(&self, method: Method, path: &str, accept: &str, body: String) -> Request<Body> {
        let length = HeaderValue::from(body.len());
        let mut request = Request::builder().method(&method).uri(path).body(Body::from(body)).expect("is a request");
        let headers = request.headers_mut();
        headers.insert(header::HOST, HeaderValue::from_static("muster.test"));
        headers.insert(header::ACCEPT, HeaderValue::from_str(accept).expect("is a header"));
        if method == Method::POST {
            let form = HeaderValue::from_static("application/x-www-form-urlencoded");
            headers.insert(header::CONTENT_TYPE, form);
            headers.insert(header::CONTENT_LENGTH, length);
        }
        let cookies: Vec<&str> = [self.cookie.as_deref(), self.device.as_deref()].into_iter().flatten().collect();
        if !cookies.is_empty() {
            headers.insert(header::COOKIE, HeaderValue::from_str(&cookies.join("; ")).expect("is a header"));
        }
        headers.extend(self.headers.clone());
        request
    }
}

impl Answer {
    /// The status as a number.
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// A header, where there is one.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name).map(|value| value.to_str().expect("is ASCII"))
    }

    /// Where it leads; empty where nowhere.
    pub fn location(&self) -> &str {
        self.header("location").unwrap_or_default()
    }

    /// The body as data.
    pub fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

fn encoded(form: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in form {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() {
                text.push(char::from(byte));
            } else {
                write!(text, "%{byte:02X}").expect("a string takes everything");
            }
        }
    }
    text
}
