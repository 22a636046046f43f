//! The frames of the live feed.

use crate::{GroupId, NotificationRow, RecordedEvent, Seq, UserId};
use serde::{Deserialize, Serialize};

/// One message to an open page, already filtered by what its viewer may see at the moment of sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frame {
    /// Something happened that the viewer sees in full.
    Event {
        /// The event.
        logged: Box<RecordedEvent>,
        /// Whether the viewer decides for its group: their queue and badge follow.
        decides: bool,
    },
    /// Something about a group changed that the viewer sees: fetch what is shown of it.
    Touched {
        /// Place in the feed.
        seq: Seq,
        /// The group.
        group: GroupId,
    },
    /// A group the viewer is in gained or lost members.
    Counted {
        /// Place in the feed.
        seq: Seq,
        /// The group.
        group: GroupId,
        /// By how many.
        delta: i64,
    },
    /// Something changed that the viewer looks after in the admin area, though they do not read the log: fetch what is
    /// shown of it.
    AdminChanged {
        /// Place in the feed.
        seq: Seq,
        /// The user it is about, where it is about one.
        user: Option<UserId>,
        /// Whether the viewer did it themselves.
        own: bool,
    },
    /// An event that was just sent is told to the viewer: this stands on top of their notifications now.
    Notified(Box<NotificationRow>),
    /// The number of the viewer's unread notifications, now.
    Unread(u32),
    /// The page can no longer follow: the cursor is too old, or the viewer's rights changed. Fetch everything anew.
    Reset {
        /// Where the feed stands now.
        seq: Seq,
    },
    /// The session has ended.
    SignedOut,
}

impl Frame {
    /// The place in the feed, for frames that have one.
    #[must_use]
    pub const fn seq(&self) -> Option<Seq> {
        match self {
            Self::Event { logged, .. } => Some(logged.seq),
            Self::Notified(row) => Some(row.logged.seq),
            Self::Touched { seq, .. }
            | Self::Counted { seq, .. }
            | Self::AdminChanged { seq, .. }
            | Self::Reset { seq } => Some(*seq),
            Self::Unread(_) | Self::SignedOut => None,
        }
    }
}
