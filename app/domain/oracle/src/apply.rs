//! How the oracle follows an event. Replaying all events of a world gives the world.

use crate::{Grant, GrantKind, User, World};
use domain::{
    Character, CharacterId, Event, EventPayload, Group, GroupId, Holder, Invitation, InvitationId, Permissions, Person,
    RecordedEvent, Request, RequestId, RequestKind, RequestStatus, ReservedNameId, Settlement, State, StateId, TokenId,
    UserId,
};

/// The next id of a table without gaps.
fn next(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX).saturating_add(1)
}

impl World {
    /// Gives the ids that a database would give.
    pub(crate) fn assign_ids(&self, mut event: Event) -> Event {
        let [groups, characters, states, _, tokens] = self.made;
        if event.request == Some(RequestId::UNASSIGNED) {
            event.request = Some(RequestId(next(self.requests.len())));
        }
        match &mut event.what {
            EventPayload::GroupCreated(group) => group.id = GroupId(groups + 1),
            EventPayload::CharacterAdded(character) => character.id = CharacterId(characters + 1),
            EventPayload::StateCreated(state) => state.id = StateId(states + 1),
            EventPayload::TokenCreated { id, .. } => *id = TokenId(tokens + 1),
            EventPayload::InvitationCreated(invitation) => invitation.id = InvitationId(next(self.invitations.len())),
            EventPayload::AccountCreated(_) | EventPayload::Registered { .. } => {
                if let Some(subject) = &mut event.subject {
                    subject.id = UserId(self.users.keys().last().map_or(0, |id| id.0) + 1);
                }
            }
            _ => {}
        }
        // Whatever else a decision says about the new group follows its creation.
        if let Some(group) = event.group.as_mut().filter(|group| group.id == GroupId::UNASSIGNED) {
            let created = matches!(event.what, EventPayload::GroupCreated(_));
            group.id = GroupId(if created { groups + 1 } else { groups });
        }
        event
    }

    /// Makes what happened true.
    ///
    /// # Panics
    /// On an event that cannot follow: a settlement of a request that is not open, a loss of no membership.
    pub fn apply(&mut self, logged: &RecordedEvent) {
        self.apply_to_membership(logged);
        self.apply_to_group(&logged.event);
        self.apply_to_people(&logged.event);
        self.apply_to_instance(&logged.event);
        self.events.push(logged.clone());
    }

    fn apply_to_membership(&mut self, logged: &RecordedEvent) {
        let event = &logged.event;
        let of_member = || {
            let group = event.group.as_ref().expect("an event of a membership names the group").id;
            (group, event.subject.as_ref().expect("an event of a membership names the member").clone())
        };
        match &event.what {
            EventPayload::Requested(kind) => self.request(*kind, logged),
            EventPayload::Approved(kind) => {
                self.settle(RequestStatus::Approved, logged);
                let (group, subject) = of_member();
                match kind {
                    RequestKind::Join => self.grant(group, &subject, GrantKind::Approval, logged),
                    RequestKind::Leave => self.end_grants(group, subject.id, logged),
                }
            }
            EventPayload::Rejected(_) => self.settle(RequestStatus::Rejected, logged),
            EventPayload::Withdrawn(_) => self.settle(RequestStatus::Withdrawn, logged),
            EventPayload::Closed(_) => self.settle(RequestStatus::Closed, logged),
            EventPayload::Joined | EventPayload::Added => {
                let (group, subject) = of_member();
                let kind = if event.what == EventPayload::Joined { GrantKind::Join } else { GrantKind::Admin };
                self.grant(group, &subject, kind, logged);
            }
            EventPayload::Left | EventPayload::Removed => {
                let (group, subject) = of_member();
                self.end_grants(group, subject.id, logged);
            }
            _ => {}
        }
    }

    fn apply_to_group(&mut self, event: &Event) {
        let id = event.group.as_ref().map(|group| group.id);
        let subject = event.subject.as_ref().map(|subject| subject.id);
        match (&event.what, id, subject) {
            (EventPayload::GroupCreated(group), Some(id), _) => {
                self.made[0] += 1;
                self.groups.insert(id, Group { id, ..Group::clone(group) });
            }
            (EventPayload::GroupEdited { after, .. }, Some(id), _) => drop(self.groups.insert(id, Group::clone(after))),
            (EventPayload::GroupDeleted, Some(id), _) => {
                self.graves.extend(self.groups.remove(&id).map(|group| (id, group)));
                self.leaders.retain(|(led, _)| *led != id);
                self.leader_groups.retain(|(led, leading)| *led != id && *leading != id);
            }
            (EventPayload::LeaderAdded, Some(id), Some(leader)) => drop(self.leaders.insert((id, leader))),
            (EventPayload::LeaderRemoved, Some(id), Some(leader)) => drop(self.leaders.remove(&(id, leader))),
            (EventPayload::LeaderGroupAdded(leading), Some(id), _) => drop(self.leader_groups.insert((id, leading.id))),
            (EventPayload::LeaderGroupRemoved(leading), Some(id), _) => {
                self.leader_groups.remove(&(id, leading.id));
            }
            _ => {}
        }
    }

    fn apply_to_people(&mut self, event: &Event) {
        let Some(person) = &event.subject else { return };
        if let EventPayload::AccountCreated(draft) = &event.what {
            let user = User {
                email: draft.email.as_ref().map(|email| email.as_str().to_owned()),
                staff: draft.staff,
                superuser: draft.superuser,
                requester: draft.superuser,
                own: draft.permissions,
                ..User::named(person.id, &person.username)
            };
            self.users.insert(person.id, user);
            return;
        }
        if let EventPayload::Registered { draft, .. } = &event.what {
            let email = draft.email.as_ref().map(|email| email.as_str().to_owned());
            self.users.insert(person.id, User { email, ..User::named(person.id, &person.username) });
            return;
        }
        if matches!(event.what, EventPayload::CharacterAdded(_)) {
            self.made[1] += 1;
        }
        let Some(user) = self.users.get_mut(&person.id) else { return };
        match &event.what {
            EventPayload::AccountEdited { after, .. } => {
                user.person.username.clone_from(&after.username);
                user.email.clone_from(&after.email);
                (user.active, user.staff, user.superuser) = (after.active, after.staff, after.superuser);
            }
            EventPayload::AccountDeleted => user.deleted = true,
            EventPayload::TokenCreated { id, name, .. } => {
                self.made[4] += 1;
                self.tokens.push((*id, person.id, name.clone()));
            }
            EventPayload::TokenRevoked(id, _) => self.tokens.retain(|(token, ..)| token != id),
            EventPayload::CharacterAdded(character) => {
                user.characters.insert(character.id, Character::clone(character));
            }
            EventPayload::CharacterEdited { after, .. } => {
                user.characters.insert(after.id, Character::clone(after));
                user.person.main_character.clone_from(&person.main_character);
            }
            EventPayload::CharacterRemoved(character) => drop(user.characters.remove(&character.id)),
            EventPayload::MainSet(main) => user.person.main_character.clone_from(main),
            EventPayload::StateChanged { to, .. } => user.state = *to,
            _ => {}
        }
    }

    fn apply_to_instance(&mut self, event: &Event) {
        match &event.what {
            EventPayload::PermissionGiven(holder, permission) => {
                self.change_permissions(*holder, |held| held.with(*permission));
            }
            EventPayload::PermissionTaken(holder, permission) => {
                self.change_permissions(*holder, |held| held.without(*permission));
            }
            EventPayload::StateCreated(state) => {
                self.made[2] += 1;
                self.states.insert(state.id, State::clone(state));
            }
            EventPayload::StateEdited { after, .. } => drop(self.states.insert(after.id, State::clone(after))),
            EventPayload::StateDeleted(state) => {
                self.states.remove(&state.id);
                self.former_states.insert(state.id, state.name.clone());
            }
            EventPayload::NameReserved(name) => {
                self.made[3] += 1;
                self.reserved.insert(ReservedNameId(self.made[3]), name.clone());
            }
            EventPayload::NameFreed(id, _) => drop(self.reserved.remove(id)),
            EventPayload::SettingsChanged { after, .. } => self.settings = *after,
            EventPayload::InvitationCreated(invitation) | EventPayload::InvitationRevoked(invitation) => {
                self.invitations.insert(invitation.id, Invitation::clone(invitation));
            }
            EventPayload::Registered { invitation: Some(id), .. } => {
                if let Some(invitation) = self.invitations.get_mut(id) {
                    invitation.used += 1;
                }
            }
            _ => {}
        }
    }

    fn change_permissions(&mut self, holder: Holder, change: impl Fn(Permissions) -> Permissions) {
        let held = match holder {
            Holder::User(id) => self.users.get_mut(&id).map(|user| &mut user.own),
            Holder::Group(id) => self.groups.get_mut(&id).map(|group| &mut group.permissions),
            Holder::State(id) => self.states.get_mut(&id).map(|state| &mut state.permissions),
        };
        if let Some(held) = held {
            *held = change(*held);
        }
    }

    fn request(&mut self, kind: RequestKind, logged: &RecordedEvent) {
        let event = &logged.event;
        self.requests.push(Request {
            id: event.request.expect("a request has an id"),
            group: event.group.clone().expect("a request names the group"),
            applicant: event.subject.clone().expect("a request names the applicant"),
            kind,
            status: RequestStatus::Open,
            reason: event.reason.clone(),
            created_at: logged.at,
            settlement: None,
        });
    }

    fn settle(&mut self, status: RequestStatus, logged: &RecordedEvent) {
        let event = &logged.event;
        let by = logged
            .actor
            .as_ref()
            .filter(|_| status != RequestStatus::Closed)
            .and_then(|actor| self.users.get(&actor.id).map(|user| Person { id: actor.id, ..user.person.clone() }));
        let request = self
            .requests
            .iter_mut()
            .find(|request| Some(request.id) == event.request)
            .expect("what is settled was requested");
        assert_eq!(request.status, RequestStatus::Open, "request {} is settled twice", request.id);
        request.status = status;
        request.settlement = Some(Settlement { at: logged.at, by, comment: event.comment.clone(), cause: event.cause });
    }

    fn grant(&mut self, group: GroupId, member: &Person, kind: GrantKind, logged: &RecordedEvent) {
        let actor = logged.actor.as_ref().map(|actor| actor.id).filter(|_| kind != GrantKind::Join);
        self.grants.push(Grant { group, user: member.id, kind, actor, from: logged.at, ended_at: None });
    }

    fn end_grants(&mut self, group: GroupId, user: UserId, logged: &RecordedEvent) {
        assert!(self.is_member(group, user), "user {user} loses a membership of {group} they do not hold");
        let live = |grant: &&mut Grant| grant.group == group && grant.user == user && grant.ended_at.is_none();
        for grant in self.grants.iter_mut().filter(live) {
            grant.ended_at = Some(logged.at);
        }
    }
}
