//! One row of the table of calls: what is registered and what is described are the same value.

use super::{
    describe::{Described, Shapes},
    input::{Asked, Paging, ParameterShape},
};
use crate::process::Process;
use axum::{
    handler::Handler,
    http::Method,
    routing::{MethodRouter, delete as on_delete, get as on_get, patch as on_patch, post as on_post, put as on_put},
};
use serde_json::Value;
use std::sync::Arc;

/// How a schema is made.
pub(super) type Schema = fn(&mut Shapes) -> Value;

/// A successful answer.
pub(super) struct Success {
    pub(super) status: u16,
    pub(super) about: &'static str,
    pub(super) media: &'static str,
    pub(super) schema: Option<Schema>,
}

/// A call with everything that is to be known of it.
pub(super) struct Route {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) router: MethodRouter<Arc<Process>>,
    pub(super) about: &'static str,
    pub(super) parameters: Vec<fn(&mut Shapes) -> Vec<ParameterShape>>,
    pub(super) headers: Vec<ParameterShape>,
    pub(super) body: Option<Schema>,
    pub(super) successes: Vec<Success>,
    pub(super) codes: Vec<&'static str>,
}

fn route(method: Method, path: &'static str, router: MethodRouter<Arc<Process>>) -> Route {
    Route {
        method,
        path,
        router,
        about: "",
        parameters: Vec::new(),
        headers: Vec::new(),
        body: None,
        successes: Vec::new(),
        codes: Vec::new(),
    }
}

macro_rules! by {
    ($($name:ident $method:ident $on:ident),+ $(,)?) => {$(
        /// A call by this method.
        pub(super) fn $name<H: Handler<T, Arc<Process>>, T: 'static>(path: &'static str, handler: H) -> Route {
            route(Method::$method, path, $on(handler))
        }
    )+};
}

by!(get GET on_get, post POST on_post, put PUT on_put, patch PATCH on_patch, delete DELETE on_delete);

impl Route {
    /// What it does, in a sentence.
    pub(super) fn says(self, about: &'static str) -> Self {
        Self { about, ..self }
    }

    /// It takes parameters.
    pub(super) fn asks<Q: Asked>(mut self) -> Self {
        self.parameters.push(Q::shapes);
        self
    }

    /// It heeds a header.
    pub(super) fn heeds(mut self, name: &'static str, about: &str, schema: Value) -> Self {
        self.headers.push(ParameterShape { name, about: about.to_owned(), schema });
        self
    }

    /// It gives a list, page by page.
    pub(super) fn pages<T: Described>(self) -> Self {
        self.asks::<Paging>().gives::<super::call::ListOf<T>>(200, "A page of the list.")
    }

    /// It takes a body.
    pub(super) fn takes<B: Described>(self) -> Self {
        Self { body: Some(B::schema), ..self }
    }

    /// It answers with an object.
    pub(super) fn gives<T: Described>(self, status: u16, about: &'static str) -> Self {
        self.gives_as::<T>(status, about, "application/json")
    }

    /// It answers in another form.
    pub(super) fn gives_as<T: Described>(mut self, status: u16, about: &'static str, media: &'static str) -> Self {
        self.successes.push(Success { status, about, media, schema: Some(T::schema) });
        self
    }

    /// It answers 204.
    pub(super) fn done(mut self, about: &'static str) -> Self {
        self.successes.push(Success { status: 204, about, media: "", schema: None });
        self
    }

    /// The codes of the problems it may meet, beside those that any call may.
    pub(super) fn refuses(mut self, codes: &[&'static str]) -> Self {
        self.codes.extend(codes);
        self
    }
}
