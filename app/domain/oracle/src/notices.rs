//! Who is told of what, and what of it still stands (R18).

use crate::World;
use domain::{
    Event, EventScope, Flag, GroupId, Permission, RecordedEvent, RequestStatus, Seq, UserId,
    notice::{Decider, Matter, notices},
    sight,
};
use std::collections::BTreeSet;

/// Whose notice it is: the reader, the person it is about, the group, and the matter.
pub type Place = (UserId, UserId, GroupId, Matter);

/// What a notice tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The place of the event in the feed.
    pub event: Seq,
    /// Whether it is read.
    pub read: bool,
}

/// Stands where a matter is of no group.
const NO_GROUP: GroupId = GroupId(0);

fn place(event: &Event) -> Option<(UserId, GroupId, Matter)> {
    let (subject, matter) = (event.subject.as_ref()?.id, Matter::of(&event.what)?);
    let group = if matter == Matter::SignIn { NO_GROUP } else { event.group.as_ref()?.id };
    Some((subject, group, matter))
}

impl World {
    /// Tells of what somebody did.
    pub(crate) fn tell(&mut self, logged: &[RecordedEvent]) {
        for logged in logged {
            self.end(logged);
            let readers = self.insert(logged);
            self.shorten(&readers);
        }
    }

    /// Tells of what rules did, all at once.
    pub(crate) fn tell_together(&mut self, logged: &[RecordedEvent]) {
        for logged in logged {
            self.end(logged);
        }
        let readers: BTreeSet<UserId> = logged.iter().flat_map(|logged| self.insert(logged)).collect();
        self.shorten(&readers.into_iter().collect::<Vec<_>>());
    }

    /// What settles a request stands in the place of what deciders were told of it, and is read.
    fn end(&mut self, logged: &RecordedEvent) {
        let Some((subject, group, matter)) = place(&logged.event).filter(|_| logged.event.what.settles()) else {
            return;
        };
        for ((reader, about, in_group, of), told) in &mut self.notices {
            if (*about, *in_group, *of) == (subject, group, matter) && *reader != subject {
                *told = Told { event: logged.seq, read: true };
            }
        }
    }

    /// Answers who was told.
    fn insert(&mut self, logged: &RecordedEvent) -> Vec<UserId> {
        let Some((subject, group, matter)) = place(&logged.event) else { return Vec::new() };
        let internal = self.groups.get(&group).is_some_and(|group| group.flags.has(Flag::Internal));
        if !sight::is_told_to_subject(&logged.event.what, internal) {
            return Vec::new();
        }
        let asks = matches!(logged.event.what.touches(), EventScope::Request(_, RequestStatus::Open));
        let deciders = if asks { self.deciders(group) } else { Vec::new() };
        let by = logged.actor.as_ref().map(|actor| actor.id);
        let told = notices(&logged.event, by, &deciders, &self.settings);
        for notice in &told {
            self.notices.insert((notice.to, subject, group, matter), Told { event: logged.seq, read: false });
        }
        told.into_iter().map(|notice| notice.to).collect()
    }

    fn deciders(&self, group: GroupId) -> Vec<Decider> {
        let accounts = self.users.keys().filter_map(|id| self.account(*id));
        let decider = |account: domain::Account| {
            let (id, leads) = (account.person.id, self.standing(group, account.person.id).leads());
            let decides = leads || account.holds(Permission::GroupManagement);
            decides.then_some(Decider { id, active: account.active, leads })
        };
        accounts.filter_map(decider).collect()
    }

    /// What is read goes first, the oldest first.
    fn shorten(&mut self, readers: &[UserId]) {
        for reader in readers {
            let mut own: Vec<(Place, Told)> = self
                .notices
                .iter()
                .filter(|(place, _)| place.0 == *reader)
                .map(|(place, told)| (*place, *told))
                .collect();
            own.sort_by_key(|(_, told)| (told.read, std::cmp::Reverse(told.event)));
            for (place, _) in own.into_iter().skip(self.settings.notifications_max_per_user as usize) {
                self.notices.remove(&place);
            }
        }
    }
}
