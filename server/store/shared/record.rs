//! Writes a decision down: what it changes, its events, whom they concern, and the answer.
//!
//! The only place that changes groups, memberships and requests.

use super::{
    Fault, account,
    code::GrantKind,
    event, group,
    member::{self, NewGrant},
    notification,
    request::{self, Ending},
};
use crate::Conn;
use domain::{
    Actor, ActorRef, Conflict, Decision, Event, GroupId, Outcome, Person, Receipt, RequestId, RequestKind,
    RequestStatus, UserId, What,
};
use store_model::{Order, StoreError};

/// Records a decision in the caller's transaction.
pub(crate) async fn record(
    conn: &mut Conn,
    order: &Order,
    actor: &Actor,
    decision: &Decision,
) -> Result<Receipt, Fault> {
    let actor =
        actor.account().map(|account| ActorRef { id: account.person.id, username: account.person.username.clone() });
    let mut outcome = None;
    for event in decision.events() {
        let event = apply(conn, order, actor.as_ref(), event.clone()).await?;
        let id = event::insert(conn, &event, actor.as_ref(), order.now).await?;
        if let Some(user) = whom_to_tell(&event, actor.as_ref()) {
            notification::insert(conn, user, id, order.now).await?;
        }
        // The first event is what was asked for; the others follow from it.
        outcome = outcome.or_else(|| outcome_of(&event));
    }
    outcome.map(|outcome| Receipt { outcome }).ok_or_else(|| missing("an outcome").into())
}

fn missing(what: &str) -> StoreError {
    StoreError::Database { context: "recording a decision", cause: format!("it lacks {what}") }
}

/// Changes what the event says has changed, and completes the event with the ids that the database gave.
async fn apply(conn: &mut Conn, order: &Order, actor: Option<&ActorRef>, mut event: Event) -> Result<Event, Fault> {
    let by = actor.map(|actor| actor.id);
    let comment = event.comment.as_deref();
    match &mut event.what {
        What::Requested(kind) => {
            let (group, user) = place(event.group.as_ref(), event.subject.as_ref())?;
            let id = request::insert(conn, group, user, *kind, event.reason.as_deref(), order.now).await?;
            event.request = Some(id);
        }
        What::Approved(kind) => {
            let kind = *kind;
            settle(conn, order, &event, Ending { status: RequestStatus::Approved, by, comment, cause: None }).await?;
            match kind {
                RequestKind::Join => grant(conn, order, &event, GrantKind::Approval, by).await?,
                RequestKind::Leave => end(conn, order, &event).await?,
            }
        }
        What::Rejected(_) => {
            settle(conn, order, &event, Ending { status: RequestStatus::Rejected, by, comment, cause: None }).await?;
        }
        What::Withdrawn(_) => {
            settle(conn, order, &event, Ending { status: RequestStatus::Withdrawn, by, comment, cause: None }).await?;
        }
        What::Closed(_) => {
            // A rule closed it, whoever set the rule off.
            let ending = Ending { status: RequestStatus::Closed, by: None, comment, cause: event.cause };
            settle(conn, order, &event, ending).await?;
        }
        What::Joined => grant(conn, order, &event, GrantKind::Join, by).await?,
        What::Added => grant(conn, order, &event, GrantKind::Admin, by).await?,
        What::Left | What::Removed => end(conn, order, &event).await?,
        What::GroupCreated(made) => {
            let token = order.join_token.as_deref().ok_or_else(|| missing("the token of the join link"))?;
            made.id = group::insert(conn, made, token, order.now).await?;
            event.group = Some(made.reference());
        }
        What::AccountCreated(draft) => {
            let id = account::insert(conn, draft, order.password_hash.as_deref(), order.now).await?;
            if let Some(subject) = &mut event.subject {
                subject.id = id;
            }
        }
    }
    Ok(event)
}

/// The group and the user of an event about a membership.
fn place(group: Option<&domain::GroupRef>, subject: Option<&Person>) -> Result<(GroupId, UserId), StoreError> {
    let group = group.ok_or_else(|| missing("a group"))?;
    let subject = subject.ok_or_else(|| missing("a subject"))?;
    Ok((group.id, subject.id))
}

async fn grant(
    conn: &mut Conn,
    order: &Order,
    event: &Event,
    kind: GrantKind,
    by: Option<UserId>,
) -> Result<(), Fault> {
    let (group, user) = place(event.group.as_ref(), event.subject.as_ref())?;
    let grant = NewGrant { group, user, kind, by, reason: event.reason.as_deref() };
    Ok(member::grant(conn, &grant, order.now).await?)
}

async fn end(conn: &mut Conn, order: &Order, event: &Event) -> Result<(), Fault> {
    let (group, user) = place(event.group.as_ref(), event.subject.as_ref())?;
    Ok(member::end(conn, group, user, event.cause, order.now).await?)
}

/// Settles the request of an event. The facts showed it open, behind a lock; should it not be, its end is told (R10).
async fn settle(conn: &mut Conn, order: &Order, event: &Event, ending: Ending<'_>) -> Result<(), Fault> {
    let id = event.request.ok_or_else(|| missing("a request"))?;
    if request::settle(conn, id, &ending, order.now).await? {
        return Ok(());
    }
    let settled = request::find(conn, id).await?.ok_or_else(|| missing("its request"))?;
    Err(Conflict::RequestSettled(Box::new(settled)).into())
}

/// Who is told of an event: the applicant of what somebody else decided, and whoever was removed by somebody else.
fn whom_to_tell(event: &Event, actor: Option<&ActorRef>) -> Option<UserId> {
    let subject = event.subject.as_ref()?.id;
    let told = match event.what {
        What::Approved(_) | What::Rejected(_) | What::Removed => true,
        What::Requested(_)
        | What::Withdrawn(_)
        | What::Closed(_)
        | What::Joined
        | What::Left
        | What::Added
        | What::GroupCreated(_)
        | What::AccountCreated(_) => false,
    };
    (told && actor.is_none_or(|actor| actor.id != subject)).then_some(subject)
}

/// The answer to whoever asked for this; `None` for what nobody asks for by itself.
fn outcome_of(event: &Event) -> Option<Outcome> {
    let with_request = |outcome: fn(RequestId) -> Outcome| event.request.map(outcome);
    match &event.what {
        What::Requested(_) => with_request(Outcome::Requested),
        What::Approved(_) => with_request(Outcome::Approved),
        What::Rejected(_) => with_request(Outcome::Rejected),
        What::Withdrawn(_) => with_request(Outcome::Withdrawn),
        What::Joined => Some(Outcome::Joined),
        What::Left => Some(Outcome::Left),
        What::Removed => Some(Outcome::Removed),
        What::GroupCreated(group) => Some(Outcome::GroupCreated(group.id)),
        What::AccountCreated(_) => event.subject.as_ref().map(|user| Outcome::UserCreated(user.id)),
        What::Closed(_) | What::Added => None,
    }
}
