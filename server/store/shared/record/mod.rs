//! Writes a decision down: what it changes, its events, whom they concern, what follows for others, and the answer.
//!
//! The only place that changes what the rules decide about.

mod entrance;
mod group;
mod instance;
mod membership;
mod people;

use super::{Fault, aftermath, event, notification, preview, reserved_name, writes::Writes};
use crate::Conn;
use domain::{
    Actor, ActorRef, Aftermath, Decision, Event, EventId, Outcome, Receipt, RequestId, Settings, UserId, What, Who,
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
    let wanted = recorded.first().zip(decision.aftermath()).map(|((first, _), wanted)| of_recorded(wanted, first));
    if let Some(expected) = order.expected {
        preview::compare(conn, actor, expected, decision, wanted).await?;
    }
    notification::tell(conn, &recorded, actor.id(), settings, order.now).await?;
    if let (Some((_, first)), Some(wanted)) = (recorded.first(), wanted) {
        aftermath::follow(conn, wanted, *first, order.now).await?;
    }
    // The first event is what was asked for; the others follow from it.
    let outcome = match recorded.first() {
        Some((Event { what: What::NameReserved(name), .. }, _)) => {
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
        let mut changes = Writes::new();
        let event = apply(conn, &mut changes, order, actor.as_ref(), event).await?;
        let Some(id) = event::insert(conn, changes, &event, actor.as_ref(), order.now).await? else {
            return Err(membership::settled(conn, &event).await?);
        };
        recorded.push((event, id));
    }
    Ok(recorded)
}

/// A new user has an id only now.
pub(crate) fn of_recorded(wanted: Aftermath, first: &Event) -> Aftermath {
    let made = first.subject.as_ref().map(|person| person.id);
    match (wanted.who, made) {
        (Who::User(UserId::UNASSIGNED), Some(made)) => Aftermath { who: Who::User(made), ..wanted },
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
    changes: &mut Writes,
    order: &Order,
    actor: Option<&ActorRef>,
    event: Event,
) -> Result<Event, Fault> {
    let by = actor.map(|actor| actor.id);
    match &event.what {
        What::Requested(_)
        | What::Approved(_)
        | What::Rejected(_)
        | What::Withdrawn(_)
        | What::Closed(_)
        | What::Joined
        | What::Added
        | What::Left
        | What::Removed => membership::apply(conn, changes, order, by, event).await,
        What::GroupCreated(_)
        | What::GroupEdited { .. }
        | What::GroupDeleted
        | What::JoinLinkReplaced
        | What::LeaderAdded
        | What::LeaderRemoved
        | What::LeaderGroupAdded(_)
        | What::LeaderGroupRemoved(_) => group::apply(conn, order, event).await,
        What::AccountCreated(_)
        | What::AccountEdited { .. }
        | What::AccountEditedTo(_)
        | What::AccountDeleted
        | What::PasswordSet
        | What::TokenCreated { .. }
        | What::TokenRevoked(..)
        | What::SessionsEnded
        | What::SignInsFailed(_)
        | What::CharacterAdded(_)
        | What::CharacterEdited { .. }
        | What::CharacterRemoved(_)
        | What::MainSet(_)
        | What::StateChanged { .. } => people::apply(conn, order, event).await,
        What::ResetLinkMade
        | What::PasswordReset
        | What::Registered { .. }
        | What::InvitationCreated(_)
        | What::InvitationRevoked(_) => entrance::apply(conn, order, by, event).await,
        What::PermissionGiven(..)
        | What::PermissionTaken(..)
        | What::StateCreated(_)
        | What::StateEdited { .. }
        | What::StateDeleted(_)
        | What::NameReserved(_)
        | What::NameFreed(..)
        | What::SettingsChanged { .. } => instance::apply(conn, order, by, event).await,
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
        What::Requested(_) => with_request(Outcome::Requested),
        What::Approved(_) => with_request(Outcome::Approved),
        What::Rejected(_) => with_request(Outcome::Rejected),
        What::Withdrawn(_) => with_request(Outcome::Withdrawn),
        What::Joined => Some(Outcome::Joined),
        What::Left => Some(Outcome::Left),
        What::Removed => Some(Outcome::Removed),
        What::GroupCreated(group) => Some(Outcome::GroupCreated(group.id)),
        What::InvitationCreated(invitation) => Some(Outcome::InvitationCreated(invitation.id)),
        What::AccountCreated(_) | What::Registered { .. } => {
            event.subject.as_ref().map(|user| Outcome::UserCreated(user.id))
        }
        What::CharacterAdded(character) => Some(Outcome::CharacterAdded(character.id)),
        What::TokenCreated { id, .. } => Some(Outcome::TokenCreated(*id)),
        What::StateCreated(state) => Some(Outcome::StateCreated(state.id)),
        What::NameReserved(_) => None,
        What::Closed(_)
        | What::Added
        | What::GroupEdited { .. }
        | What::GroupDeleted
        | What::JoinLinkReplaced
        | What::LeaderAdded
        | What::LeaderRemoved
        | What::LeaderGroupAdded(_)
        | What::LeaderGroupRemoved(_)
        | What::PermissionGiven(..)
        | What::PermissionTaken(..)
        | What::AccountEdited { .. }
        | What::AccountEditedTo(_)
        | What::AccountDeleted
        | What::PasswordSet
        | What::TokenRevoked(..)
        | What::SessionsEnded
        | What::SignInsFailed(_)
        | What::ResetLinkMade
        | What::PasswordReset
        | What::InvitationRevoked(_)
        | What::CharacterEdited { .. }
        | What::CharacterRemoved(_)
        | What::MainSet(_)
        | What::StateChanged { .. }
        | What::StateEdited { .. }
        | What::StateDeleted(_)
        | What::NameFreed(..)
        | What::SettingsChanged { .. } => Some(Outcome::Done),
    }
}
