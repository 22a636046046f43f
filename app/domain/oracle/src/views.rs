//! What viewers of the oracle see: the lists a page would load, and the frames it would be sent.

use crate::{Caller, World};
use domain::{
    Actor, EventPayload, Flag, Frame, Group, Listing, QueueCounts, QueuePage, QueueQuery, QueueRow, RecordedEvent,
    RequestKind, RequestStatus, Seq, Sight, UserId, authority, may_enter,
    sight::{self, Around},
};

impl World {
    fn seen_by(&self, viewer: UserId, group: &Group) -> (Actor, Sight, bool) {
        let actor = self.actor(&Caller::User(viewer));
        let standing = self.standing(group.id, viewer);
        let sight = sight::group(&actor, group.outline(), standing, self.settings.way());
        let decides = authority::decides(&actor, group.flags, standing);
        (actor, sight, decides)
    }

    /// The head of the feed.
    #[must_use]
    pub fn head(&self) -> Seq {
        self.events.last().map_or(Seq(0), |logged| logged.seq)
    }

    /// The whole queue of a viewer, in one page.
    #[must_use]
    pub fn queue(&self, viewer: UserId, kind: RequestKind) -> QueuePage {
        let mine: Vec<QueueRow> = self
            .requests
            .iter()
            .filter(|request| request.status == RequestStatus::Open && request.applicant.id != viewer)
            .filter(|request| self.groups.get(&request.group.id).is_some_and(|group| self.seen_by(viewer, group).2))
            .map(|request| QueueRow {
                id: request.id,
                applicant: request.applicant.clone(),
                group: request.group.clone(),
                kind: request.kind,
                reason: request.reason.clone(),
                created_at: request.created_at,
                warning: self
                    .groups
                    .get(&request.group.id)
                    .zip(self.account(request.applicant.id))
                    .filter(|_| request.kind == RequestKind::Join)
                    .and_then(|(group, account)| may_enter(group, &account).err()),
                settled_mark: None,
            })
            .collect();
        let count = |kind| u32::try_from(mine.iter().filter(|row| row.kind == kind).count()).unwrap_or(u32::MAX);
        let counts = QueueCounts { join: count(RequestKind::Join), leave: count(RequestKind::Leave) };
        let items = mine.into_iter().filter(|row| row.kind == kind).collect();
        QueuePage {
            query: QueueQuery { kind: Some(kind), ..QueueQuery::default() },
            group: None,
            counts,
            listing: Listing { items, next_cursor: None, seq: self.head() },
            last_decision: self.events.iter().rev().find(|logged| self.is_decision_of(viewer, logged)).cloned(),
        }
    }

    /// Whether somebody decided a request for a group that the viewer decides for.
    fn is_decision_of(&self, viewer: UserId, logged: &RecordedEvent) -> bool {
        let is_decision = matches!(logged.event.what, EventPayload::Approved(_) | EventPayload::Rejected(_));
        let group = logged.event.group.as_ref().and_then(|group| self.groups.get(&group.id));
        is_decision && group.is_some_and(|group| self.seen_by(viewer, group).2)
    }

    /// What the viewer's page is sent for an event.
    #[must_use]
    pub fn frame(&self, viewer: UserId, logged: &RecordedEvent) -> Option<Frame> {
        let account = self.account(viewer)?;
        let group = logged.event.group.as_ref().and_then(|group| self.groups.get(&group.id));
        let of_group = group.map(|group| self.seen_by(viewer, group));
        let named = logged.event.what.leader_group().and_then(|named| self.groups.get(&named.id));
        let around = Around {
            group: of_group.as_ref().map(|(_, sight, _)| *sight),
            internal: group.is_some_and(|group| group.flags.has(Flag::Internal)),
            named: named.map(|group| self.seen_by(viewer, group).1),
        };
        let sight = sight::event(&account, logged, around);
        let decides = of_group.is_some_and(|(_, _, decides)| decides);
        match sight {
            Sight::Full => Some(Frame::Event { logged: Box::new(logged.clone()), decides }),
            Sight::Summary => group.map(|group| Frame::Touched { seq: logged.seq, group: group.id }),
            Sight::Hidden => None,
        }
    }
}
