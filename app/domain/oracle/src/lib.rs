//! The oracle: the whole of Muster in memory, simple enough to be believed at a glance. For tests only.
//!
//! It has no index, no lock and no SQL. What a database does must equal what this does.

mod apply;
mod facts;
mod notices;
mod settling;
mod views;

use domain::{
    Account, Actor, ActorRef, Cascade, Character, CharacterId, Command, Event, EventId, Flag, Group, GroupId,
    Invitation, InvitationId, Permission, Permissions, Person, RecordedEvent, Refusal, Request, RequestStatus,
    ReservedNameId, Scope, Seq, Settings, Standing, State, StateId, StateRef, Timestamp, TokenId, UserId, Who, decide,
};
pub use notices::{Place, Told};
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
#[expect(clippy::struct_excessive_bools, reason = "independent flags")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// As others see them.
    pub person: Person,
    /// E-mail address.
    pub email: Option<String>,
    /// May sign in.
    pub active: bool,
    /// Gone for good.
    pub deleted: bool,
    /// Staff flag.
    pub staff: bool,
    /// Superuser flag.
    pub superuser: bool,
    /// Permissions held directly.
    pub own: Permissions,
    /// The state they were settled in.
    pub state: StateId,
    /// Whether they held `request_groups` when last settled.
    pub requester: bool,
    /// Their characters; `person.main_character` names one of them.
    pub characters: BTreeMap<CharacterId, Character>,
}

impl User {
    /// An active user without anything, settled in Guest.
    #[must_use]
    pub fn named(id: UserId, username: &str) -> Self {
        Self {
            person: Person { id, username: username.to_owned(), main_character: None },
            email: None,
            active: true,
            deleted: false,
            staff: false,
            superuser: false,
            own: Permissions::NONE,
            state: State::GUEST,
            requester: false,
            characters: BTreeMap::new(),
        }
    }

    /// The main character, whole.
    #[must_use]
    pub fn main(&self) -> Option<&Character> {
        self.person.main_character.as_ref().and_then(|main| self.characters.get(&main.id))
    }
}

/// Everything there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct World {
    /// Users by id, deleted ones too.
    pub users: BTreeMap<UserId, User>,
    /// The live states by id.
    pub states: BTreeMap<StateId, State>,
    /// What deleted states were called.
    pub former_states: BTreeMap<StateId, String>,
    /// Live groups by id.
    pub groups: BTreeMap<GroupId, Group>,
    /// Deleted groups as they last were (R15).
    pub graves: BTreeMap<GroupId, Group>,
    /// Named leaders.
    pub leaders: BTreeSet<(GroupId, UserId)>,
    /// Leader groups: the group that is led, and the group whose members lead it.
    pub leader_groups: BTreeSet<(GroupId, GroupId)>,
    /// All grants ever given.
    pub grants: Vec<Grant>,
    /// All requests ever made; the id is the place plus one.
    pub requests: Vec<Request>,
    /// Everything that happened.
    pub events: Vec<RecordedEvent>,
    /// What people are told, and of what (R18).
    pub notices: BTreeMap<Place, Told>,
    /// Reserved names.
    pub reserved: BTreeMap<ReservedNameId, String>,
    /// Every invitation ever made.
    pub invitations: BTreeMap<InvitationId, Invitation>,
    /// The settings.
    pub settings: Settings,
    /// Tokens that are not revoked, with their owners and names.
    pub tokens: Vec<(TokenId, UserId, String)>,
    /// How many groups, characters, states, reserved names and tokens were ever made: ids are never used twice.
    pub made: [i64; 5],
}

impl World {
    /// An empty world with the shipped states.
    #[must_use]
    pub fn new() -> Self {
        let state = |id, name: &str, priority, permissions| State {
            id,
            name: name.to_owned(),
            priority,
            public: id == State::GUEST,
            permissions,
            scope: Scope::default(),
        };
        let states = [
            state(State::GUEST, "Guest", 0, Permissions::NONE),
            state(State::BLUE, "Blue", 50, Permissions::NONE),
            state(State::MEMBER, "Member", 100, Permissions::NONE.with(Permission::RequestGroups)),
        ];
        let made = [0, 0, 3, 0, 0];
        Self { states: states.into_iter().map(|state| (state.id, state)).collect(), made, ..Self::default() }
    }

    /// Carries out a command and gives what happened, consequences included.
    ///
    /// # Errors
    /// What `decide` refuses; nothing is changed then.
    pub fn execute(
        &mut self,
        caller: &Caller,
        command: &Command,
        now: Timestamp,
    ) -> Result<Vec<RecordedEvent>, Refusal> {
        let actor = self.actor(caller);
        let facts = self.facts(&actor, command);
        let decision = decide(&actor, command, &facts, now)?;
        let actor = actor
            .account()
            .map(|account| ActorRef { id: account.person.id, username: account.person.username.clone() });
        let mut logged = Vec::new();
        for event in decision.events() {
            logged.push(self.record(event.clone(), actor.clone(), now));
        }
        self.tell(&logged);
        if let Some(cascade) = decision.cascade() {
            // A new user has an id only now.
            let made = logged.first().and_then(|first| first.event.subject.as_ref()).map(|subject| subject.id);
            let who = match (cascade.who, made) {
                (Who::User(UserId::UNASSIGNED), Some(made)) => Who::User(made),
                (who, _) => who,
            };
            self.settle_all(Cascade { who, ..cascade }, now, &mut logged);
        }
        Ok(logged)
    }

    /// Writes one event and makes it true.
    fn record(&mut self, event: Event, actor: Option<ActorRef>, now: Timestamp) -> RecordedEvent {
        let number = i64::try_from(self.events.len()).unwrap_or(i64::MAX) + 1;
        let event = self.assign_ids(event);
        let states = self.state_names(&event);
        let event = event.naming(states);
        let logged = RecordedEvent { id: EventId(number), seq: Seq(number), at: now, actor, event };
        self.apply(&logged);
        logged
    }

    /// The states that an event names by their ids, as they are called.
    fn state_names(&self, event: &Event) -> Vec<StateRef> {
        let name = |id| self.states.get(&id).map(|state| &state.name).or_else(|| self.former_states.get(&id));
        let named = event.what.states().into_iter().filter_map(|id| Some((id, name(id)?)));
        named.map(|(id, name)| StateRef { id, name: name.clone() }).collect()
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
        let user = self.users.get(&id).filter(|user| !user.deleted)?;
        let of_state = self.states.get(&user.state).map_or(Permissions::NONE, |state| state.permissions);
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

    /// Whether anybody leads a group who can.
    #[must_use]
    pub fn is_led(&self, group: GroupId) -> bool {
        let accounts: Vec<Account> = self.users.keys().filter_map(|id| self.account(*id)).collect();
        let standing = |account: &Account| self.standing(group, account.person.id);
        domain::is_led(accounts.iter().map(|account| (account, standing(account))))
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
            let leaving = request.kind == domain::RequestKind::Leave;
            if leaving != self.is_member(group, user) {
                broken.push(format!("open request {} of user {user} is stranded", request.id));
            }
            if self.groups.get(&group).is_none_or(|group| group.flags.has(Flag::Internal)) {
                broken.push(format!("open request {} waits for an internal group (R1)", request.id));
            }
        }
        for request in &self.requests {
            if (request.status == RequestStatus::Open) != request.settlement.is_none() {
                broken.push(format!("request {} is neither open nor settled", request.id));
            }
        }
        for ((reader, ..), told) in &self.notices {
            let event = self.events.iter().find(|logged| logged.seq == told.event).map(|logged| &logged.event);
            let waits = event.filter(|event| matches!(event.what, domain::EventPayload::Requested(_)));
            let request = waits.and_then(|event| open().find(|request| Some(request.id) == event.request));
            if waits.is_some() && request.is_none() {
                broken.push(format!("user {reader} is told that a request waits which does not (R18)"));
            }
        }
        for user in self.users.values() {
            let id = user.person.id;
            let main = user.main().filter(|_| user.active && !user.deleted).map(Character::affiliation);
            let states: Vec<State> = self.states.values().cloned().collect();
            if !user.deleted && user.state != domain::state_of(main.as_ref(), &states) {
                broken.push(format!("user {id} is in the wrong state"));
            }
            let lives = self.account(id).is_some_and(|account| account.active);
            let waits = open().any(|request| request.applicant.id == id);
            let belongs = self.groups.keys().any(|group| self.is_member(*group, id));
            if !lives && (waits || belongs) {
                broken.push(format!("user {id} is inactive, and yet in a group or waiting for one (R7)"));
            }
            if user.requester != self.account(id).is_some_and(|a| a.holds(Permission::RequestGroups)) {
                broken.push(format!("what user {id} holds was not settled (R7)"));
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
