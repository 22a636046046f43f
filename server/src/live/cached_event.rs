//! An event with what is told of it. How many ways there are to tell it does not grow with the number of streams, so each
//! text is written once, by whoever is first to tell it so, and shared by all.

use super::{frame_kind::FrameKind, message};
use bytes::Bytes;
use domain::{RecordedEvent, UserId};
use std::sync::OnceLock;
use store::{Store, StoreError};
use tokio::sync::OnceCell;

/// One event.
pub(crate) struct CachedEvent {
    /// The event.
    pub(super) logged: RecordedEvent,
    row: OnceLock<Bytes>,
    readers: OnceCell<Vec<UserId>>,
    frames: [OnceLock<Option<Bytes>>; FrameKind::WAYS],
}

impl CachedEvent {
    pub(super) const fn new(logged: RecordedEvent) -> Self {
        Self {
            logged,
            row: OnceLock::new(),
            readers: OnceCell::const_new(),
            frames: [const { OnceLock::new() }; FrameKind::WAYS],
        }
    }

    /// Whether it stands in the notifications of this user; asked of the database once for all who may ask.
    pub(super) async fn is_told_to(&self, user: UserId, store: &Store) -> Result<bool, StoreError> {
        Ok(self.readers.get_or_try_init(|| store.readers(&self.logged)).await?.contains(&user))
    }

    /// As a program is told of it: in the one form that `write` gives it.
    pub(super) fn row(&self, write: fn(&RecordedEvent) -> Bytes) -> Bytes {
        self.row.get_or_init(|| write(&self.logged)).clone()
    }

    /// As a page is told of it; `None` where that cannot be written.
    pub(super) fn frame(&self, telling: FrameKind) -> Option<Bytes> {
        let write = || telling.frame(&self.logged).as_ref().and_then(message::frame);
        self.frames[telling as usize].get_or_init(write).clone()
    }
}
