//! The one place where anything is decided (R13).
//!
//! Every function here is total: each actor, command and state of things has an answer. Order of questions:
//! may it be seen, is the actor allowed, does the state of things allow it.

mod account;
mod character;
mod entrance;
mod group;
mod instance;
mod leader;
mod membership;
mod permission;
mod state;
mod token;

use crate::{
    Actor, Cascade, Command, Event, EventPayload, Facts, Group, Permission, Person, Refusal, Timestamp, Trigger,
    UserId, Who,
};

/// What follows from an allowed command. Only `decide` can make one; the store writes nothing else.
#[must_use]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    events: Vec<Event>,
    cascade: Option<Cascade>,
}

impl Decision {
    /// What is to be recorded, in order. The first event is what was asked for; the others follow from it.
    /// Empty where everything is already as it was asked to be.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Whose memberships and requests have to be settled once the events are recorded, in the same transaction or,
    /// where they are many, by a durable job made in it.
    #[must_use]
    pub const fn cascade(&self) -> Option<Cascade> {
        self.cascade
    }
}

impl From<Vec<Event>> for Decision {
    fn from(events: Vec<Event>) -> Self {
        Self { events, cascade: None }
    }
}

/// The answer of every rule.
type Answer = Result<Decision, Refusal>;

/// One event about a user, outside of groups.
fn about_person(what: EventPayload, person: &Person) -> Event {
    Event::of(what).about(person.clone())
}

/// One event about a group.
fn about_group(what: EventPayload, group: &Group) -> Event {
    Event::of(what).in_group(group.reference())
}

/// One event about the instance.
fn about_instance(what: EventPayload) -> Event {
    Event::of(what)
}

fn and_settle(events: Vec<Event>, who: Who) -> Decision {
    Decision { events, cascade: Some(Cascade { who, trigger: Trigger::Rights }) }
}

/// A membership of a group that carries `request_groups` came or went: what the member holds may have changed (R7).
fn and_settle_member(events: Vec<Event>, group: &Group, member: UserId) -> Decision {
    if group.permissions.contains(Permission::RequestGroups) {
        and_settle(events, Who::User(member))
    } else {
        events.into()
    }
}

/// Answers one command. Visibility is asked first.
///
/// Fails with `Unseen` where the actor may not know of the thing, `Denied` where they may not do it, `Conflict` where
/// things have moved on, and `Invalid` where a field names what cannot be.
pub fn decide(actor: &Actor, command: &Command, facts: &Facts, now: Timestamp) -> Result<Decision, Refusal> {
    match command {
        Command::Join { reason, .. } => membership::join(actor, reason.as_ref(), facts, now),
        Command::Leave { reason, .. } => membership::leave(actor, reason.as_ref(), facts, now),
        Command::Withdraw { .. } => membership::withdraw(actor, facts),
        Command::Approve { comment, .. } => membership::approve(actor, comment.as_ref(), facts),
        Command::Reject { comment, .. } => membership::reject(actor, comment.as_ref(), facts),
        Command::Add { reason, .. } => membership::add(actor, reason.as_ref(), facts),
        Command::Remove { reason, .. } => membership::remove(actor, reason.as_ref(), facts),
        Command::CreateGroup(draft) => group::create(actor, draft, facts),
        Command::EditGroup { change, .. } => group::edit(actor, change, facts),
        Command::DeleteGroup { .. } => group::delete(actor, facts),
        Command::ReplaceJoinLink { .. } => group::replace_join_link(actor, facts),
        Command::AddLeader { .. } => leader::add(actor, facts),
        Command::RemoveLeader { .. } => leader::remove(actor, facts),
        Command::AddLeaderGroup { .. } => leader::add_group(actor, facts),
        Command::RemoveLeaderGroup { .. } => leader::remove_group(actor, facts),
        Command::GivePermission { to, permission } => permission::give(actor, *to, *permission, facts),
        Command::TakePermission { from, permission } => permission::take(actor, *from, *permission, facts),
        Command::CreateUser(draft) => account::create(actor, draft, facts),
        Command::EditUser { change, .. } => account::edit(actor, change, facts),
        Command::DeleteUser { .. } => account::delete(actor, facts),
        Command::SetPassword { .. } => account::set_password(actor, facts),
        Command::CreateToken { name, expires_at, .. } => token::create(actor, name, *expires_at, facts),
        Command::RevokeToken { token, .. } => token::revoke(actor, *token, facts),
        Command::EndSessions { tokens, .. } => account::end_sessions(actor, *tokens, facts),
        Command::TellOfFailedSignIns { failed, .. } => account::tell_of_failed_sign_ins(actor, failed, facts),
        Command::MakeResetLink { .. } => entrance::make_reset_link(actor, facts),
        Command::ResetPassword => entrance::reset_password(facts, now),
        Command::Register(draft) => entrance::register(actor, draft, facts, now),
        Command::CreateInvitation(draft) => entrance::invite(actor, draft, now),
        Command::RevokeInvitation { .. } => entrance::revoke(actor, facts),
        Command::AddCharacter { character, .. } => character::add(actor, character, facts),
        Command::EditCharacter { change, .. } => character::edit(actor, change, facts),
        Command::RemoveCharacter { .. } => character::remove(actor, facts),
        Command::SetMain { character, .. } => character::set_main(actor, *character, facts),
        Command::CreateState(draft) => state::create(actor, draft, facts),
        Command::EditState { change, .. } => state::edit(actor, change, facts),
        Command::DeleteState { .. } => state::delete(actor, facts),
        Command::ReserveName { name, reason } => instance::reserve_name(actor, name, reason, facts),
        Command::FreeName { name, reason } => instance::free_name(actor, *name, reason.as_ref(), facts),
        Command::ChangeSettings(change) => instance::change_settings(actor, change, facts),
    }
}
