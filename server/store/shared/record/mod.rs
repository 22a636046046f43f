//! Writes a decision down: what it changes, its events, whom they concern, what follows for others, and the answer.
//!
//! The only place that changes what the rules decide about.

mod entrance;
mod group;
mod instance;
mod membership;
mod people;

use super::{Fault, cascade, event, notification, preview, reserved_name, statement_batch::StatementBatch};
use crate::Conn;
use domain::{
    Actor, ActorRef, Cascade, Decision, Event, EventId, EventPayload, Outcome, Receipt, RequestId, Settings, UserId,
    Who,
};
use store_model::{Order, StoreError};

/// Records a decision in the caller's transaction.
pub(crate) async fn record(
    conn: &mut Conn,
    order: &Order,
    actor: &Actor,
    settings: &Settings,
    decision: &Decision,
) -> Result<Receipt, Fault> {
    let recorded = make_true(conn, order, actor, decision).await?;
    let wanted = recorded.first().zip(decision.cascade()).map(|((first, _), wanted)| of_recorded(wanted, first));
    if let Some(expected) = order.expected {
        preview::compare(conn, actor, expected, decision, wanted).await?;
    }
    notification::tell(conn, &recorded, actor.id(), settings, order.now).await?;
    if let (Some((first, id)), Some(wanted)) = (recorded.first(), wanted) {
        cascade::follow(conn, wanted, (&first.what, *id), order.now).await?;
    }
    // The first event is what was asked for; the others follow from it.
    let outcome = match recorded.first() {
        Some((Event { what: EventPayload::NameReserved(name), .. }, _)) => {
            Outcome::NameReserved(reserved_name::find_id(conn, name).await?)
        }
        Some((event, _)) => outcome_of(event).ok_or_else(|| missing("an outcome"))?,
        None => Outcome::Unchanged,
    };
    Ok(Receipt { outcome })
}

/// Makes the events of a decision true and writes them down, completed with the ids that the database gave.
pub(crate) async fn make_true(
    conn: &mut Conn,
    order: &Order,
    actor: &Actor,
    decision: &Decision,
) -> Result<Vec<(Event, EventId)>, Fault> {
    let actor =
        actor.account().map(|account| ActorRef { id: account.person.id, username: account.person.username.clone() });
    let mut recorded = Vec::with_capacity(decision.events().len());
    for event in decision.events() {
        let mut event = event.clone();
        // Whatever else a decision says about a new group follows its creation.
        if let (Some(group), Some((first, _))) = (&mut event.group, recorded.first())
            && group.id == domain::GroupId::UNASSIGNED
        {
            let first: &Event = first;
            group.id = first.group.as_ref().map_or(group.id, |made| made.id);
        }
        let mut changes = StatementBatch::new();
        let event = apply(conn, &mut changes, order, actor.as_ref(), event).await?;
        let Some(id) = event::insert(conn, changes, &event, actor.as_ref(), order.now).await? else {
            return Err(membership::settled(conn, &event).await?);
        };
        recorded.push((event, id));
    }
    Ok(recorded)
}

/// A new user has an id only now.
pub(crate) fn of_recorded(wanted: Cascade, first: &Event) -> Cascade {
    let made = first.subject.as_ref().map(|person| person.id);
    match (wanted.who, made) {
        (Who::User(UserId::UNASSIGNED), Some(made)) => Cascade { who: Who::User(made), ..wanted },
        (_, _) => wanted,
    }
}

fn missing(what: &str) -> StoreError {
    StoreError::Database { context: "recording a decision", cause: format!("it lacks {what}") }
}

/// Changes what the event says has changed, or adds to the changes that are written with it, and completes the event with
/// the ids that the database gave.
async fn apply(
    conn: &mut Conn,
    changes: &mut StatementBatch,
    order: &Order,
    actor: Option<&ActorRef>,
    event: Event,
) -> Result<Event, Fault> {
    let by = actor.map(|actor| actor.id);
    match &event.what {
        EventPayload::Requested(_)
        | EventPayload::Approved(_)
        | EventPayload::Rejected(_)
        | EventPayload::Withdrawn(_)
        | EventPayload::Closed(_)
        | EventPayload::Joined
        | EventPayload::Added
        | EventPayload::Left
        | EventPayload::Removed => membership::apply(conn, changes, order, by, event).await,
        EventPayload::GroupCreated(_)
        | EventPayload::GroupEdited { .. }
        | EventPayload::GroupDeleted
        | EventPayload::JoinLinkReplaced
        | EventPayload::LeaderAdded
        | EventPayload::LeaderRemoved
        | EventPayload::LeaderGroupAdded(_)
        | EventPayload::LeaderGroupRemoved(_) => group::apply(conn, order, event).await,
        EventPayload::AccountCreated(_)
        | EventPayload::AccountEdited { .. }
        | EventPayload::AccountEditedTo(_)
        | EventPayload::AccountDeleted
        | EventPayload::PasswordSet
        | EventPayload::TokenCreated { .. }
        | EventPayload::TokenRevoked(..)
        | EventPayload::SessionsEnded
        | EventPayload::SignInsFailed(_)
        | EventPayload::CharacterAdded(_)
        | EventPayload::CharacterEdited { .. }
        | EventPayload::CharacterRemoved(_)
        | EventPayload::MainSet(_)
        | EventPayload::StateChanged { .. } => people::apply(conn, order, event).await,
        EventPayload::ResetLinkMade
        | EventPayload::PasswordReset
        | EventPayload::Registered { .. }
        | EventPayload::InvitationCreated(_)
        | EventPayload::InvitationRevoked(_) => entrance::apply(conn, order, by, event).await,
        EventPayload::PermissionGiven(..)
        | EventPayload::PermissionTaken(..)
        | EventPayload::StateCreated(_)
        | EventPayload::StateEdited { .. }
        | EventPayload::StateDeleted(_)
        | EventPayload::NameReserved(_)
        | EventPayload::NameFreed(..)
        | EventPayload::SettingsChanged { .. } => instance::apply(conn, order, by, event).await,
    }
}

/// The user an event is about.
fn subject(event: &Event) -> Result<UserId, StoreError> {
    event.subject.as_ref().map(|person| person.id).ok_or_else(|| missing("a subject"))
}

/// The group an event is about.
fn place(event: &Event) -> Result<domain::GroupId, StoreError> {
    event.group.as_ref().map(|group| group.id).ok_or_else(|| missing("a group"))
}

/// The answer to whoever asked for this.
fn outcome_of(event: &Event) -> Option<Outcome> {
    let with_request = |outcome: fn(RequestId) -> Outcome| event.request.map(outcome);
    match &event.what {
        EventPayload::Requested(_) => with_request(Outcome::Requested),
        EventPayload::Approved(_) => with_request(Outcome::Approved),
        EventPayload::Rejected(_) => with_request(Outcome::Rejected),
        EventPayload::Withdrawn(_) => with_request(Outcome::Withdrawn),
        EventPayload::Joined => Some(Outcome::Joined),
        EventPayload::Left => Some(Outcome::Left),
        EventPayload::Removed => Some(Outcome::Removed),
        EventPayload::GroupCreated(group) => Some(Outcome::GroupCreated(group.id)),
        EventPayload::InvitationCreated(invitation) => Some(Outcome::InvitationCreated(invitation.id)),
        EventPayload::AccountCreated(_) | EventPayload::Registered { .. } => {
            event.subject.as_ref().map(|user| Outcome::UserCreated(user.id))
        }
        EventPayload::CharacterAdded(character) => Some(Outcome::CharacterAdded(character.id)),
        EventPayload::TokenCreated { id, .. } => Some(Outcome::TokenCreated(*id)),
        EventPayload::StateCreated(state) => Some(Outcome::StateCreated(state.id)),
        EventPayload::NameReserved(_) => None,
        EventPayload::Closed(_)
        | EventPayload::Added
        | EventPayload::GroupEdited { .. }
        | EventPayload::GroupDeleted
        | EventPayload::JoinLinkReplaced
        | EventPayload::LeaderAdded
        | EventPayload::LeaderRemoved
        | EventPayload::LeaderGroupAdded(_)
        | EventPayload::LeaderGroupRemoved(_)
        | EventPayload::PermissionGiven(..)
        | EventPayload::PermissionTaken(..)
        | EventPayload::AccountEdited { .. }
        | EventPayload::AccountEditedTo(_)
        | EventPayload::AccountDeleted
        | EventPayload::PasswordSet
        | EventPayload::TokenRevoked(..)
        | EventPayload::SessionsEnded
        | EventPayload::SignInsFailed(_)
        | EventPayload::ResetLinkMade
        | EventPayload::PasswordReset
        | EventPayload::InvitationRevoked(_)
        | EventPayload::CharacterEdited { .. }
        | EventPayload::CharacterRemoved(_)
        | EventPayload::MainSet(_)
        | EventPayload::StateChanged { .. }
        | EventPayload::StateEdited { .. }
        | EventPayload::StateDeleted(_)
        | EventPayload::NameFreed(..)
        | EventPayload::SettingsChanged { .. } => Some(Outcome::Done),
    }
}
