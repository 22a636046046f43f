//! What a stream says of an event, by how much its viewer may see.

use domain::{Frame, RecordedEvent};

/// The ways in which a viewer can be told of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// The event, to somebody who decides for its group.
    ToDecider,
    /// The event, to somebody else who sees it in full.
    InFull,
    /// That something about its group changed.
    Touched,
    /// That its group has more or fewer members.
    Counted,
    /// That something changed which the viewer looks after without reading the log.
    AdminChanged,
    /// The same, where they did it themselves.
    OwnAdminChanged,
    /// That everything is to be fetched anew.
    Reset,
}

impl FrameKind {
    /// How many ways there are.
    pub(super) const WAYS: usize = 7;

    /// What is said; `None` for what is said of groups where there is none.
    pub(super) fn frame(self, logged: &RecordedEvent) -> Option<Frame> {
        let (seq, group) = (logged.seq, logged.event.group.as_ref().map(|group| group.id));
        let event = |decides| Frame::Event { logged: Box::new(logged.clone()), decides };
        let delta = logged.event.what.member_delta();
        let user = logged.event.subject.as_ref().map(|subject| subject.id);
        let office = |own| Frame::AdminChanged { seq, user, own };
        match self {
            Self::ToDecider => Some(event(true)),
            Self::InFull => Some(event(false)),
            Self::Touched => group.map(|group| Frame::Touched { seq, group }),
            Self::Counted => group.map(|group| Frame::Counted { seq, group, delta }),
            Self::AdminChanged => Some(office(false)),
            Self::OwnAdminChanged => Some(office(true)),
            Self::Reset => Some(Frame::Reset { seq }),
        }
    }
}
