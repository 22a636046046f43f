//! Collects what happened in any order and writes it down in the order of time, with the names and numbers it needs.

use super::{
    memberships::{Community, Place},
    people,
};
use domain::{
    ActorRef, AutoLeave, Cause, CharacterId, Event, EventPayload, Flag, Group, GroupRef, MainCharacter, Person,
    RequestId, RequestKind, RequestStatus, Timestamp, UserDraft, UserId, Username,
};
use std::collections::HashSet;
use store::{SeedEvent, SeedGroup, SeedRequest, SeedUser};

/// How a request ended.
pub(super) struct Settled {
    pub(super) status: RequestStatus,
    pub(super) at: Timestamp,
    pub(super) by: UserId,
    pub(super) comment: Option<String>,
}

struct Asked {
    place: Place,
    kind: RequestKind,
    at: Timestamp,
    reason: Option<String>,
    settled: Option<Settled>,
}

struct Happened {
    at: Timestamp,
    actor: Option<UserId>,
    what: EventPayload,
    user: Option<usize>,
    group: Option<usize>,
    /// Place in `requests`.
    request: Option<usize>,
    cause: Option<Cause>,
    reason: Option<String>,
    comment: Option<String>,
}

/// What happened so far, in no order.
#[derive(Default)]
pub(super) struct Record {
    events: Vec<Happened>,
    requests: Vec<Asked>,
    open: HashSet<(usize, usize)>,
}

impl Record {
    pub(super) fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether a request of this person for this group waits (R9: then there is no second).
    pub(super) fn has_open(&self, place: Place) -> bool {
        self.open.contains(&(place.user, place.group))
    }

    /// That accounts and groups were made.
    pub(super) fn beginnings(&mut self, community: &Community) {
        for (place, person) in community.people.iter().enumerate() {
            let Ok(username) = Username::parse(&person.username) else { continue };
            let email = None;
            let draft = UserDraft {
                username,
                email,
                staff: person.staff,
                superuser: person.superuser,
                permissions: domain::Permissions::NONE,
            };
            // The first account is made by nobody, on the page of the first start.
            let actor = (place > 0).then_some(if place > 1 { people::STAFF } else { people::SUPERUSER });
            let what = EventPayload::AccountCreated(Box::new(draft));
            self.events.push(Happened { user: Some(place), actor, ..plain(person.created_at, what) });
        }
        for (place, group) in community.groups.iter().enumerate() {
            let by_superuser = group.flags.has(Flag::Restricted) || !group.permissions.is_empty();
            let actor = Some(if by_superuser { people::SUPERUSER } else { people::STAFF });
            let what = EventPayload::GroupCreated(Box::new(as_made(group)));
            self.events.push(Happened { group: Some(place), actor, ..plain(group.created_at, what) });
        }
    }

    /// Something that needs no request.
    pub(super) fn happened(&mut self, at: Timestamp, actor: Option<UserId>, what: EventPayload, place: Place) {
        self.happened_because(at, actor, what, place, None, None);
    }

    /// The same with a rule or with words.
    pub(super) fn happened_because(
        &mut self,
        at: Timestamp,
        actor: Option<UserId>,
        what: EventPayload,
        place: Place,
        cause: Option<Cause>,
        reason: Option<String>,
    ) {
        let (user, group) = (Some(place.user), Some(place.group));
        self.events.push(Happened { actor, user, group, cause, reason, ..plain(at, what) });
    }

    /// A request with its end, if it has one, and the events of both.
    pub(super) fn request(
        &mut self,
        place: Place,
        kind: RequestKind,
        at: Timestamp,
        reason: Option<String>,
        settled: Option<Settled>,
    ) {
        let (user, group, request) = (Some(place.user), Some(place.group), Some(self.requests.len()));
        let actor = Some(user_id(place.user));
        let asked = Happened {
            actor,
            user,
            group,
            request,
            reason: reason.clone(),
            ..plain(at, EventPayload::Requested(kind))
        };
        self.events.push(asked);
        match &settled {
            Some(end) => {
                let what = match end.status {
                    RequestStatus::Approved => EventPayload::Approved(kind),
                    RequestStatus::Rejected => EventPayload::Rejected(kind),
                    RequestStatus::Withdrawn => EventPayload::Withdrawn(kind),
                    RequestStatus::Open | RequestStatus::Closed => EventPayload::Closed(kind),
                };
                let (actor, comment) = (Some(end.by), end.comment.clone());
                self.events.push(Happened { actor, user, group, request, comment, ..plain(end.at, what) });
            }
            None => {
                self.open.insert((place.user, place.group));
            }
        }
        self.requests.push(Asked { place, kind, at, reason, settled });
    }

    /// Everything in the order of time. Requests are numbered in that order, as they would have been.
    pub(super) fn write(mut self, community: &Community) -> (Vec<SeedRequest>, Vec<SeedEvent>) {
        let mut order: Vec<usize> = (0..self.requests.len()).collect();
        order.sort_by_key(|place| self.requests[*place].at);
        let mut ids = vec![RequestId::UNASSIGNED; order.len()];
        for (id, place) in (1..).zip(&order) {
            ids[*place] = RequestId(id);
        }
        let names = Names::of(community);
        self.events.sort_by_key(|event| event.at);
        let events = self.events.into_iter().map(|event| names.event(event, &ids)).collect();
        let mut requests: Vec<SeedRequest> =
            ids.iter().copied().zip(self.requests).map(|(id, asked)| names.request(id, asked)).collect();
        requests.sort_unstable_by_key(|request| request.id);
        (requests, events)
    }
}

const fn plain(at: Timestamp, what: EventPayload) -> Happened {
    Happened { at, actor: None, what, user: None, group: None, request: None, cause: None, reason: None, comment: None }
}

fn user_id(place: usize) -> UserId {
    UserId(i64::try_from(place).unwrap_or_default() + 1)
}

fn as_made(group: &SeedGroup) -> Group {
    Group {
        id: group.id,
        name: group.name.clone(),
        description: group.description.clone(),
        flags: group.flags,
        auto_leave: AutoLeave::Inherit,
        states: group.states.clone(),
        permissions: group.permissions,
    }
}

/// People and groups as events name them.
struct Names<'a> {
    groups: &'a [SeedGroup],
    persons: Vec<Person>,
}

impl<'a> Names<'a> {
    fn of(community: &'a Community) -> Self {
        // Characters are numbered as they are written to the empty database: in the order of their users.
        let mut next = 1;
        let persons = community.people.iter().map(|user| {
            let first = CharacterId(next);
            next += i64::try_from(user.characters.len()).unwrap_or_default();
            person(user, first)
        });
        let persons = persons.collect();
        Self { groups: &community.groups, persons }
    }

    fn event(&self, happened: Happened, requests: &[RequestId]) -> SeedEvent {
        let made = matches!(happened.what, EventPayload::AccountCreated(_));
        let subject = happened.user.map(|user| {
            // A new account has no character yet.
            let main_character = self.persons[user].main_character.clone().filter(|_| !made);
            Person { main_character, ..self.persons[user].clone() }
        });
        SeedEvent {
            at: happened.at,
            actor: happened.actor.map(|id| ActorRef { id, username: self.username(id) }),
            event: Event::of(happened.what)
                .in_group(happened.group.map(|group| {
                    let group = &self.groups[group];
                    GroupRef { id: group.id, name: group.name.clone() }
                }))
                .about(subject)
                .of_request(happened.request.map(|request| requests[request]))
                .because(happened.cause)
                .with_reason(happened.reason)
                .with_comment(happened.comment),
        }
    }

    fn request(&self, id: RequestId, asked: Asked) -> SeedRequest {
        SeedRequest {
            id,
            group: self.groups[asked.place.group].id,
            user: user_id(asked.place.user),
            kind: asked.kind,
            status: asked.settled.as_ref().map_or(RequestStatus::Open, |end| end.status),
            reason: asked.reason,
            created_at: asked.at,
            settled: asked.settled.map(|end| (end.at, Some(end.by), end.comment)),
        }
    }

    fn username(&self, id: UserId) -> String {
        usize::try_from(id.0 - 1)
            .ok()
            .and_then(|place| self.persons.get(place))
            .map_or_else(String::new, |person| person.username.clone())
    }
}

fn person(user: &SeedUser, main: CharacterId) -> Person {
    let main_character = user.characters.first().map(|character| MainCharacter {
        id: main,
        name: character.name.clone(),
        corporation: character.corporation.as_ref().map(|corporation| corporation.1.clone()),
        alliance: character.alliance.as_ref().map(|alliance| alliance.1.clone()),
    });
    Person { id: user.id, username: user.username.clone(), main_character }
}
