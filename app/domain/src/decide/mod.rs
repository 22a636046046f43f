//! The one place where anything is decided (R13).
//!
//! Every function here is total: each actor, command and state of things has an answer. Order of questions:
//! may it be seen, is the actor allowed, does the state of things allow it.

mod account;
mod group;
mod membership;

pub use membership::may_enter;

use crate::{Actor, Command, Event, Facts, Refusal, Timestamp};

/// The events that follow from an allowed command. Only `decide` can make one; the store writes nothing else.
#[must_use]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    events: Vec<Event>,
}

impl Decision {
    /// What is to be recorded, in order. The first event is what was asked for; the others follow from it.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }
}

/// Answers one command. Visibility is asked first.
///
/// Fails with `Unseen` where the actor may not know of the thing, `Denied` where they may not do it, and
/// `Conflict` where things have moved on.
pub fn decide(actor: &Actor, command: &Command, facts: &Facts, _now: Timestamp) -> Result<Decision, Refusal> {
    let events = match command {
        Command::CreateGroup(draft) => group::create(actor, draft, facts),
        Command::CreateUser(draft) => account::create(actor, draft, facts),
        Command::Join { reason, .. } => membership::join(actor, reason.as_ref(), facts),
        Command::Leave { reason, .. } => membership::leave(actor, reason.as_ref(), facts),
        Command::Withdraw { .. } => membership::withdraw(actor, facts),
        Command::Approve { comment, .. } => membership::approve(actor, comment.as_ref(), facts),
        Command::Reject { comment, .. } => membership::reject(actor, comment.as_ref(), facts),
        Command::Remove { reason, .. } => membership::remove(actor, reason.as_ref(), facts),
    }?;
    Ok(Decision { events })
}
