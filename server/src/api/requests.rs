//! Requests: listed, counted, decided and taken back.

use super::{
    call::{Call, list},
    describe::{Described, Shapes},
    input::{Body, Field, Named, Number, Page, Query, Word, body, query},
    problem::{Answer, Problem, done, flaw, not_a, ok},
    shape::{Counts, Decided, Request, Results},
};
use app::{backend::Reads, text::FieldFlaw};
use domain::{Command, Flaw, GroupId, Note, QueueQuery, RequestId, RequestKind};
use serde_json::{Value, json};

/// So many requests are decided at once at most.
const AT_ONCE: usize = 200;

query! {
    /// Which of the requests that one may decide.
    Queue {
        /// Only of this kind.
        kind: Word<RequestKind>,
        /// Only of this group.
        group: Number<GroupId>,
    }
}

body! {
    /// What the decider says.
    Comment {
        /// The applicant is told.
        optional comment: Note,
    }
}

body! {
    /// What becomes of many requests.
    Decide {
        /// Which, at most 200.
        required ids: Requests,
        /// Yes or no.
        required decision: Decision,
        /// Each applicant is told.
        optional comment: Note,
    }
}

/// Requests that are to be decided at once.
pub(super) struct Requests(Vec<RequestId>);

impl Described for Requests {
    fn schema(shapes: &mut Shapes) -> Value {
        json!({ "type": "array", "items": RequestId::schema(shapes), "maxItems": AT_ONCE })
    }
}

impl Field for Requests {
    fn read(value: &Value) -> Result<Self, FieldFlaw> {
        let ids = Vec::read(value)?;
        if ids.len() > AT_ONCE { Err(flaw(Flaw::TooLong(AT_ONCE))) } else { Ok(Self(ids)) }
    }
}

/// Yes or no.
#[derive(Clone, Copy)]
pub(super) enum Decision {
    Approve,
    Reject,
}

impl Described for Decision {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string", "enum": ["approve", "reject"] })
    }
}

impl Field for Decision {
    fn read(value: &Value) -> Result<Self, FieldFlaw> {
        match value.as_str() {
            Some("approve") => Ok(Self::Approve),
            Some("reject") => Ok(Self::Reject),
            Some(_) | None => Err(not_a("approve or reject")),
        }
    }
}

impl Decision {
    const fn on(self, request: RequestId, comment: Option<Note>) -> Command {
        match self {
            Self::Approve => Command::Approve { request, comment },
            Self::Reject => Command::Reject { request, comment },
        }
    }
}

pub(super) async fn index(call: Call, Query(asked): Query<Queue>, page: Page) -> Answer {
    let query = QueueQuery {
        kind: asked.kind.map(|Word(kind)| kind),
        group: asked.group.map(|Number(group)| group),
        cursor: page.cursor.clone(),
        limit: page.limit,
        ..QueueQuery::default()
    };
    list(&page, &call.backend().queue(&query).await?.listing, Request::waiting)
}

pub(super) async fn count(call: Call) -> Answer {
    let waiting = call.backend().viewer().await?.queue;
    ok(Counts { join: waiting.join, leave: waiting.leave })
}

/// Decides one request and reads it as it is then.
async fn decide(call: &Call, command: Command, id: RequestId) -> Result<Request, Problem> {
    call.attempt(command, id.0).await?;
    Ok(Request::of(&call.backend().decided_request(id).await?))
}

pub(super) async fn approve(call: Call, Named(id): Named<RequestId>, Body(said): Body<Comment>) -> Answer {
    ok(decide(&call, Decision::Approve.on(id, said.comment), id).await?)
}

pub(super) async fn reject(call: Call, Named(id): Named<RequestId>, Body(said): Body<Comment>) -> Answer {
    ok(decide(&call, Decision::Reject.on(id, said.comment), id).await?)
}

/// Each is decided on its own: one that is refused holds up no other.
pub(super) async fn decide_each(call: Call, Body(asked): Body<Decide>) -> Answer {
    let mut results = Vec::with_capacity(asked.ids.0.len());
    for id in asked.ids.0 {
        let decided = decide(&call, asked.decision.on(id, asked.comment.clone()), id).await;
        results.push(match decided {
            Ok(request) => Decided { id, status: 200, request: Some(request), code: None, detail: None },
            Err(problem) => problem.of_request(id),
        });
    }
    ok(Results { results })
}

pub(super) async fn withdraw(call: Call, Named(id): Named<RequestId>) -> Answer {
    call.execute(Command::Withdraw { request: id }).await?;
    done()
}
