//! How the oracle follows an event. Replaying all events of a world gives the world.

use super::{Grant, GrantKind, User, World};
use crate::{
    Event, Group, GroupId, Logged, Permissions, Person, Request, RequestId, RequestKind, RequestStatus, Settlement,
    State, UserId, What,
};

/// The next id of a table without gaps.
fn next(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX).saturating_add(1)
}

impl World {
    /// Gives the ids that a database would give.
    pub(super) fn assign_ids(&self, mut event: Event) -> Event {
        if event.request == Some(RequestId::UNASSIGNED) {
            event.request = Some(RequestId(next(self.requests.len())));
        }
        match &mut event.what {
            What::GroupCreated(group) => {
                group.id = GroupId(self.groups.keys().last().map_or(0, |id| id.0) + 1);
                event.group = Some(group.reference());
            }
            What::AccountCreated(_) => {
                let id = UserId(self.users.keys().last().map_or(0, |id| id.0) + 1);
                if let Some(subject) = &mut event.subject {
                    subject.id = id;
                }
            }
            What::Requested(_)
            | What::Approved(_)
            | What::Rejected(_)
            | What::Withdrawn(_)
            | What::Closed(_)
            | What::Joined
            | What::Left
            | What::Added
            | What::Removed => {}
        }
        event
    }

    /// Makes what happened true.
    ///
    /// # Panics
    /// On an event that cannot follow: a settlement of a request that is not open, a loss of no membership.
    pub fn apply(&mut self, logged: &Logged) {
        let event = &logged.event;
        let of_member = || {
            let group = event.group.as_ref().expect("an event of a membership names the group").id;
            (group, event.subject.as_ref().expect("an event of a membership names the member").clone())
        };
        match &event.what {
            What::Requested(kind) => self.request(*kind, logged),
            What::Approved(kind) => {
                self.settle(RequestStatus::Approved, logged);
                let (group, subject) = of_member();
                match kind {
                    RequestKind::Join => self.grant(group, &subject, GrantKind::Approval, logged),
                    RequestKind::Leave => self.end_grants(group, subject.id, logged),
                }
            }
            What::Rejected(_) => self.settle(RequestStatus::Rejected, logged),
            What::Withdrawn(_) => self.settle(RequestStatus::Withdrawn, logged),
            What::Closed(_) => self.settle(RequestStatus::Closed, logged),
            What::Joined => {
                let (group, subject) = of_member();
                self.grant(group, &subject, GrantKind::Join, logged);
            }
            What::Added => {
                let (group, subject) = of_member();
                self.grant(group, &subject, GrantKind::Admin, logged);
            }
            What::Left | What::Removed => {
                let (group, subject) = of_member();
                self.end_grants(group, subject.id, logged);
            }
            What::GroupCreated(group) => drop(self.groups.insert(group.id, Group::clone(group))),
            What::AccountCreated(draft) => {
                let person = event.subject.clone().expect("a new account is about somebody");
                let user = User {
                    active: true,
                    staff: draft.staff,
                    superuser: draft.superuser,
                    own: Permissions::NONE,
                    state: State::GUEST,
                    person,
                };
                self.users.insert(user.person.id, user);
            }
        }
        self.events.push(logged.clone());
    }

    fn request(&mut self, kind: RequestKind, logged: &Logged) {
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

    fn settle(&mut self, status: RequestStatus, logged: &Logged) {
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

    fn grant(&mut self, group: GroupId, member: &Person, kind: GrantKind, logged: &Logged) {
        let actor = logged.actor.as_ref().map(|actor| actor.id).filter(|_| kind != GrantKind::Join);
        self.grants.push(Grant { group, user: member.id, kind, actor, from: logged.at, ended_at: None });
    }

    fn end_grants(&mut self, group: GroupId, user: UserId, logged: &Logged) {
        assert!(self.is_member(group, user), "user {user} loses a membership of {group} they do not hold");
        let live = |grant: &&mut Grant| grant.group == group && grant.user == user && grant.ended_at.is_none();
        for grant in self.grants.iter_mut().filter(live) {
            grant.ended_at = Some(logged.at);
        }
    }
}
