//! One call: in whose name it is made, and the one door through which it reads and writes.

use super::{
    describe::{Described, FieldShape, Shapes, object, or_null},
    input::Page,
    problem::{Answer, Problem, ok},
    repeat::CallKey,
};
use crate::{
    config::PublicUrl,
    process::Process,
    service::{Caller, CallerService},
};
use app::{backend::Backend, error::AppError};
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use domain::{Command, Listing, Outcome};
use serde::Serialize;
use serde_json::{Value, json};
use std::{marker::PhantomData, sync::Arc};

/// The call.
pub(super) struct Call {
    pub(super) process: Arc<Process>,
    pub(super) caller: Caller,
    key: Option<CallKey>,
    host: Option<String>,
}

impl FromRequestParts<Arc<Process>> for Call {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, process: &Arc<Process>) -> Result<Self, Problem> {
        let caller = parts.extensions.get::<Caller>().cloned().unwrap_or(Caller::NOBODY);
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).map(str::to_owned);
        let key = parts.extensions.get::<CallKey>().cloned();
        Ok(Self { process: Arc::clone(process), caller, key, host })
    }
}

impl Call {
    /// What pages reach too.
    pub(super) fn backend(&self) -> CallerService {
        self.process.service.for_caller(self.caller.clone())
    }

    /// Carries out a command.
    pub(super) async fn execute(&self, command: Command) -> Result<Outcome, Problem> {
        Ok(self.attempt(command, 0).await?)
    }

    /// Carries out one of several commands, told from the others by its number.
    pub(super) async fn attempt(&self, command: Command, part: i64) -> Result<Outcome, AppError> {
        Ok(self.backend().execute(command, self.command_id(part)).await?.outcome)
    }

    /// Under which name a repeat of this call, or of a part of it, is recognised.
    pub(super) fn command_id(&self, part: i64) -> Option<domain::CommandId> {
        self.key.as_ref().and_then(|key| key.command(part))
    }

    /// Where pages are reached: where people were told, else where this call was sent to.
    pub(super) fn origin(&self) -> String {
        let sent_to = || self.host.as_ref().map(|host| format!("http://{host}"));
        self.process.public_url.as_ref().map(PublicUrl::origin).or_else(sent_to).unwrap_or_default()
    }

    /// An outcome that the command cannot have: a fault of ours.
    pub(super) fn unexpected(&self, outcome: &Outcome) -> Problem {
        let ticket = self.process.service.sources().random.ticket();
        tracing::error!(ticket = ticket.0, ?outcome, "a call had an outcome that it cannot have");
        AppError::Internal(ticket).into()
    }
}

/// A page of a list as it is sent.
#[derive(Serialize)]
struct Items<T> {
    items: Vec<T>,
    next_cursor: Option<String>,
}

/// 200 with a page of a list.
pub(super) fn list<R, T: Serialize>(page: &Page, listing: &Listing<R>, item: impl Fn(&R) -> T) -> Answer {
    let next_cursor = page.next(listing.next_cursor.as_deref());
    ok(Items { items: listing.items.iter().map(item).collect(), next_cursor })
}

/// A list as the description shows it.
pub(super) struct ListOf<T>(PhantomData<T>);

impl<T: Described> Described for ListOf<T> {
    fn schema(shapes: &mut Shapes) -> Value {
        let items = FieldShape {
            name: "items",
            about: "The rows.".to_owned(),
            required: true,
            schema: json!({ "type": "array", "items": T::schema(shapes) }),
        };
        let next = FieldShape {
            name: "next_cursor",
            about: "Where the next page begins; null on the last.".to_owned(),
            required: true,
            schema: or_null(json!({ "type": "string" })),
        };
        object("A page of a list.", vec![items, next])
    }
}
