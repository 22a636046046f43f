//! What an actor could do with a group, and why not: `decide` run ahead of time.

use crate::{Actor, Command, Denial, Facts, Flag, GroupKey, Refusal, RequestId, Timestamp, closed::closed, decide};
use serde::{Deserialize, Serialize};

closed! {
    /// The one verb of a button.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Action {
        /// Become a member at once.
        Join = "join",
        /// Ask to become one.
        RequestJoin = "request_join",
        /// Stop being a member at once.
        Leave = "leave",
        /// Ask to stop being one.
        RequestLeave = "request_leave",
        /// Take the open request back.
        Withdraw = "withdraw",
    }
}

/// An action with its refusal, if it would be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What could be done.
    pub action: Action,
    /// Why it cannot, if it cannot.
    pub denial: Option<Denial>,
}

closed! {
    /// How the viewer stands to a group, in one word (api.md, `my_status`).
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub enum MyStatus {
        /// Neither member nor applicant.
        #[default]
        None = "none",
        /// A member.
        Member = "member",
        /// Has asked to join.
        JoinRequested = "join_requested",
        /// A member who has asked to leave.
        LeaveRequested = "leave_requested",
    }
}

/// Every action the group's page has for this actor. `facts.subject` is the actor.
///
/// A group the actor may not see offers nothing. What conflicts with the present state is not an action of the
/// page at all; what is denied is, with its reason.
#[must_use]
pub fn offers(actor: &Actor, facts: &Facts, now: Timestamp) -> Vec<Offer> {
    let (Some(group), Some(subject)) = (&facts.group, &facts.subject) else { return Vec::new() };
    let at_once = group.flags.has(Flag::Open);
    let mut offers = Vec::with_capacity(2);
    let mut ask = |action, command: &Command| match decide(actor, command, facts, now) {
        // That it has to wait is said to whoever does it: by then it may not.
        Ok(_) | Err(Refusal::Slow { .. }) => offers.push(Offer { action, denial: None }),
        Err(Refusal::Denied(denial)) => offers.push(Offer { action, denial: Some(denial) }),
        Err(Refusal::Unseen | Refusal::Conflict(_) | Refusal::Invalid(_)) => {}
    };
    if subject.member {
        let at_once = at_once || group.auto_leave.is_effective(facts.settings.auto_leave);
        let action = if at_once { Action::Leave } else { Action::RequestLeave };
        ask(action, &Command::Leave { group: group.id, reason: None });
    } else {
        let action = if at_once { Action::Join } else { Action::RequestJoin };
        ask(action, &Command::Join { group: GroupKey::Id(group.id), reason: None });
    }
    if let Some(request) = &subject.open_request {
        // One's own open request can be taken back whatever became of the group in the meantime (R9).
        offers.retain(|offer| offer.denial.is_none());
        let id: RequestId = request.id;
        let facts = Facts { request: Some(request.clone()), ..facts.clone() };
        if decide(actor, &Command::Withdraw { request: id }, &facts, now).is_ok() {
            offers.push(Offer { action: Action::Withdraw, denial: None });
        }
    }
    offers
}

/// What must be true to enter a group, one line of the checklist "to join you need".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// What is asked.
    pub need: Need,
    /// Whether the viewer meets it.
    pub met: bool,
}

/// A thing that entering a group may ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// To be in one of these states, by name (R6).
    State(Vec<String>),
    /// To hold `request_groups` (R4).
    RequestGroups,
    /// A leader's approval (the group is not open).
    Approval,
}
