//! The oracle: the whole of Muster in memory, simple enough to be believed at a glance. For tests only.
//!
//! It has no index, no lock and no SQL. What a database does must equal what this does.

mod apply;
mod facts;
mod views;

use crate::{
    Account, Actor, Command, EventId, Group, GroupId, Logged, Permissions, Person, Refusal, Request, RequestStatus,
    Seq, Standing, State, StateId, Timestamp, UserId, decide,
};
use std::collections::{BTreeMap, BTreeSet};

/// Why a membership is held (R14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GrantKind {
    /// Joined an open group.
    Join,
    /// Let in by a decider.
    Approval,
    /// Added directly by staff.
    Admin,
}

/// A grant, live until it is ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The group.
    pub group: GroupId,
    /// The member.
    pub user: UserId,
    /// Why.
    pub kind: GrantKind,
    /// Who gave it; nobody where the member joined.
    pub actor: Option<UserId>,
    /// Since when.
    pub from: Timestamp,
    /// Until when; `None` while it is live.
    pub ended_at: Option<Timestamp>,
}

/// A user of the oracle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// As others see them.
    pub person: Person,
    /// May sign in.
    pub active: bool,
    /// Staff flag.
    pub staff: bool,
    /// Superuser flag.
    pub superuser: bool,
    /// Permissions held directly.
    pub own: Permissions,
    /// The state they are in.
    pub state: StateId,
}

/// Everything there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct World {
    /// Users by id.
    pub users: BTreeMap<UserId, User>,
    /// What each state gives.
    pub states: BTreeMap<StateId, Permissions>,
    /// Live groups by id.
    pub groups: BTreeMap<GroupId, Group>,
    /// Named leaders.
    pub leaders: BTreeSet<(GroupId, UserId)>,
    /// Leader groups: the group that is led, and the group whose members lead it.
    pub leader_groups: BTreeSet<(GroupId, GroupId)>,
    /// All grants ever given.
    pub grants: Vec<Grant>,
    /// All requests ever made; the id is the place plus one.
    pub requests: Vec<Request>,
    /// Everything that happened.
    pub events: Vec<Logged>,
    /// The setting `auto_leave`.
    pub auto_leave: bool,
}

impl World {
    /// An empty world with the shipped states.
    #[must_use]
    pub fn new() -> Self {
        let member = Permissions::NONE.with(crate::Permission::RequestGroups);
        let states = BTreeMap::from([
            (State::GUEST, Permissions::NONE),
            (State::BLUE, Permissions::NONE),
            (State::MEMBER, member),
        ]);
        Self { states, ..Self::default() }
    }

    /// Carries out a command and gives what happened.
    ///
    /// # Errors
    /// What `decide` refuses; nothing is changed then.
    pub fn execute(&mut self, caller: &Caller, command: &Command, now: Timestamp) -> Result<Vec<Logged>, Refusal> {
        let actor = self.actor(caller);
        let facts = self.facts(&actor, command);
        let decision = decide(&actor, command, &facts, now)?;
        let actor = actor
            .account()
            .map(|account| crate::ActorRef { id: account.person.id, username: account.person.username.clone() });
        let mut logged = Vec::new();
        for event in decision.events() {
            let number = i64::try_from(self.events.len()).unwrap_or(i64::MAX) + 1;
            let event = self.assign_ids(event.clone());
            let entry = Logged { id: EventId(number), seq: Seq(number), at: now, actor: actor.clone(), event };
            self.apply(&entry);
            logged.push(entry);
        }
        Ok(logged)
    }

    /// Who a caller is, with their rights as they are now.
    #[must_use]
    pub fn actor(&self, caller: &Caller) -> Actor {
        match caller {
            Caller::Nobody => Actor::Nobody,
            Caller::System => Actor::System,
            Caller::User(id) => self.account(*id).map_or(Actor::Nobody, Actor::User),
        }
    }

    /// An account with its effective permissions.
    #[must_use]
    pub fn account(&self, id: UserId) -> Option<Account> {
        let user = self.users.get(&id)?;
        let of_state = self.states.get(&user.state).copied().unwrap_or_default();
        let of_groups = self
            .groups
            .values()
            .filter(|group| self.is_member(group.id, id))
            .fold(Permissions::NONE, |sum, group| sum.union(group.permissions));
        Some(Account {
            person: user.person.clone(),
            active: user.active,
            staff: user.staff,
            superuser: user.superuser,
            granted: user.own.union(of_state).union(of_groups),
            state: user.state,
        })
    }

    /// Whether any grant is live (R14).
    #[must_use]
    pub fn is_member(&self, group: GroupId, user: UserId) -> bool {
        self.grants.iter().any(|grant| grant.group == group && grant.user == user && grant.ended_at.is_none())
    }

    /// How a user stands to a group.
    #[must_use]
    pub fn standing(&self, group: GroupId, user: UserId) -> Standing {
        Standing {
            member: self.is_member(group, user),
            leader: self.leaders.contains(&(group, user)),
            leader_through_group: self
                .leader_groups
                .iter()
                .any(|(led, leading)| *led == group && self.is_member(*leading, user)),
        }
    }

    /// The open request of a user for a group.
    #[must_use]
    pub fn open_request(&self, group: GroupId, user: UserId) -> Option<&Request> {
        self.requests.iter().find(|request| {
            request.status == RequestStatus::Open && request.group.id == group && request.applicant.id == user
        })
    }

    /// What is not as it has to be, in sentences; empty when all is well.
    #[must_use]
    pub fn broken_invariants(&self) -> Vec<String> {
        let mut broken = Vec::new();
        let open = || self.requests.iter().filter(|request| request.status == RequestStatus::Open);
        for request in open() {
            let (group, user) = (request.group.id, request.applicant.id);
            let twins = open().filter(|other| other.group.id == group && other.applicant.id == user).count();
            if twins != 1 {
                broken.push(format!("user {user} has {twins} open requests for group {group} (R9)"));
            }
            let leaving = request.kind == crate::RequestKind::Leave;
            if leaving != self.is_member(group, user) {
                broken.push(format!("open request {} of user {user} is stranded", request.id));
            }
            if self.groups.get(&group).is_none_or(|group| group.flags.internal) {
                broken.push(format!("open request {} waits for an internal group (R1)", request.id));
            }
        }
        for request in &self.requests {
            if (request.status == RequestStatus::Open) != request.settlement.is_none() {
                broken.push(format!("request {} is neither open nor settled", request.id));
            }
        }
        for grant in self.grants.iter().filter(|grant| grant.ended_at.is_none()) {
            if let (Some(group), Some(user)) = (self.groups.get(&grant.group), self.users.get(&grant.user))
                && !group.admits_state(user.state)
            {
                broken.push(format!("user {} is in group {} against its states (R6)", grant.user, grant.group));
            }
        }
        broken
    }
}

/// Who asks the oracle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Nobody signed in.
    Nobody,
    /// This user.
    User(UserId),
    /// Muster itself.
    System,
}
