//! What follows from a change, for everybody it touches.

use crate::World;
use domain::{
    AccountStatus, Cascade, CascadeSubject, Character, InstanceState, RecordedEvent, RequestKind, RequestStatus,
    Timestamp, UserId, Who, settle,
};

impl World {
    /// Settles everybody a decision touched.
    pub(crate) fn settle_all(&mut self, cascade: Cascade, now: Timestamp, logged: &mut Vec<RecordedEvent>) {
        let before = logged.len();
        let first = logged.first().map(|first| first.event.what.clone());
        for user in self.touched(cascade.who) {
            let Some(citizen) = self.citizen(user) else { continue };
            let realm = self.realm();
            let realm = if let Some(first) = &first { realm.told_of(first) } else { realm };
            let settled = settle(&citizen, &realm, cascade.trigger);
            for event in settled.events {
                logged.push(self.record(event, None, now));
            }
            if let Some(user) = self.users.get_mut(&user) {
                user.state = settled.state;
                user.requester = settled.requester;
            }
        }
        self.tell_together(&logged[before..]);
    }

    fn touched(&self, who: Who) -> Vec<UserId> {
        let waiting = |user: UserId| {
            self.requests
                .iter()
                .filter(move |request| request.status == RequestStatus::Open && request.applicant.id == user)
        };
        let touches = |user: &UserId| match who {
            Who::User(one) => *user == one,
            Who::Group(group) => {
                self.is_member(group, *user) || waiting(*user).any(|request| request.group.id == group)
            }
            Who::State(state) => self.users.get(user).is_some_and(|user| user.state == state),
            Who::Everyone => true,
            Who::LeaveApplicants => waiting(*user).any(|request| request.kind == RequestKind::Leave),
        };
        self.users.keys().copied().filter(touches).collect()
    }

    /// A user as the rules of losing see them.
    fn citizen(&self, id: UserId) -> Option<CascadeSubject> {
        let user = self.users.get(&id)?;
        let account = match (user.deleted, user.active) {
            (true, _) => AccountStatus::Deleted,
            (false, false) => AccountStatus::Inactive,
            (false, true) => AccountStatus::Active,
        };
        Some(CascadeSubject {
            person: user.person.clone(),
            account,
            superuser: user.superuser,
            own: user.own,
            main: user.main().map(Character::affiliation),
            settled_state: user.state,
            settled_requester: user.requester,
            memberships: self
                .groups
                .keys()
                .chain(self.graves.keys())
                .copied()
                .filter(|group| self.is_member(*group, id))
                .collect(),
            requests: self
                .requests
                .iter()
                .filter(|request| request.status == RequestStatus::Open && request.applicant.id == id)
                .cloned()
                .collect(),
        })
    }

    fn realm(&self) -> InstanceState {
        // Those who were in a deleted group have yet to lose it.
        let groups = self.groups.iter().chain(&self.graves).map(|(id, group)| (*id, group.clone())).collect();
        InstanceState { states: self.states.values().cloned().collect(), groups, settings: self.settings }
    }

    /// Settles everybody anew: for worlds that a test puts together by hand.
    pub fn settle_everybody(&mut self) {
        let cascade = Cascade { who: Who::Everyone, trigger: domain::Trigger::Rights };
        self.settle_all(cascade, Timestamp(0), &mut Vec::new());
    }
}
