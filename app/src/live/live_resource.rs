//! Keeping what a page shows true: it is read once, then follows the feed, and is read anew where it cannot.

use super::{Live, use_live};
use crate::{
    browser::{self, hand},
    error::AppError,
    page_query::use_stays,
    view::dynamic::Memoized,
};
use domain::{Frame, RecordedEvent, Seq};
use leptos::{prelude::*, task::spawn_local};
use std::{future::Future, pin::Pin, sync::Arc};

/// A reading on its way.
type Reading<T> = Pin<Box<dyn Future<Output = Result<T, AppError>>>>;

/// Reads, unless the page is being left.
type Read<T> = Arc<dyn Fn() -> Option<Reading<T>> + Send + Sync>;

/// Takes along from the page as it was what has to stay on it.
type Carry<T> = Arc<dyn Fn(&T, &mut T) + Send + Sync>;

/// What a page shows.
pub(crate) struct LiveResource<T: Send + Sync + 'static> {
    /// As it is now.
    pub(crate) shown: RwSignal<T>,
    /// Whether it is being read anew.
    pub(crate) reads: RwSignal<bool>,
    /// Why the last attempt to read it anew did not work.
    pub(crate) trouble: RwSignal<Option<AppError>>,
    live: Live,
    read: StoredValue<Read<T>>,
    readings: StoredValue<u32>,
    /// Whether more was heard of it while it was being read.
    heard: StoredValue<bool>,
    /// Whether it is read because something else was asked for.
    asked: StoredValue<bool>,
    carry: StoredValue<Option<Carry<T>>>,
}

impl<T: Send + Sync + 'static> Clone for LiveResource<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for LiveResource<T> {}

impl<T: Send + Sync + 'static> LiveResource<T> {
    /// Reads everything anew and shows it in place: what did not change keeps its focus and what was typed.
    pub(crate) fn read_anew(self) {
        let Some(answer) = self.read.try_get_value().and_then(|read| read()) else { return };
        let reading = self.readings.try_update_value(|readings| {
            *readings += 1;
            *readings
        });
        self.reads.set(true);
        let is_latest = move || reading.is_some() && self.readings.try_get_value() == reading;
        // A server that never answers is one that is not reached; should the answer come after all, it counts.
        let late = move || {
            if is_latest() && self.reads.try_get_untracked() == Some(true) {
                self.reads.set(false);
                self.trouble.set(Some(AppError::Offline));
            }
        };
        set_timeout(late, browser::PATIENCE);
        spawn_local(async move {
            let answer = answer.await;
            // A later reading has overtaken this one, or the page is gone.
            if !is_latest() {
                return;
            }
            self.reads.set(false);
            match answer {
                Ok(mut value) => {
                    if self.asked.try_get_value() == Some(true) {
                        self.asked.set_value(false);
                        hand::let_go();
                    }
                    if let Some(carry) = self.carry.try_get_value().flatten() {
                        self.shown.try_with_untracked(|before| carry(before, &mut value));
                    }
                    self.shown.set(value);
                    self.trouble.set(None);
                }
                Err(AppError::SignedOut) => self.live.end_session(),
                Err(error) => self.trouble.set(Some(error)),
            }
            if self.heard.try_get_value() == Some(true) {
                self.heard.set_value(false);
                self.read_anew();
            }
        });
    }

    /// Whenever it is read anew, `carry` takes along from the page as it was what has to stay on it.
    pub(crate) fn carry_along(self, carry: impl Fn(&T, &mut T) + Send + Sync + 'static) {
        self.carry.set_value(Some(Arc::new(carry)));
    }

    /// Reads it anew since something of it changed. However much is heard while it is read, it is read once more then.
    pub(crate) fn hear(self) {
        match self.reads.try_get_untracked() {
            Some(true) => self.heard.set_value(true),
            Some(false) => self.read_anew(),
            None => {}
        }
    }

    /// Follows the feed on a page of the admin area: reads anew after each event that concerns it, and after whatever
    /// staff hear of who do not read the log.
    pub(crate) fn follow_admin(self, seq: Seq, concerns: impl Fn(&RecordedEvent) -> bool + Send + Sync + 'static) {
        self.follow(seq, move |kept, frame| match frame {
            Frame::Event { logged, .. } if concerns(logged) => kept.hear(),
            Frame::AdminChanged { .. } => kept.hear(),
            Frame::Event { .. }
            | Frame::Touched { .. }
            | Frame::Counted { .. }
            | Frame::Notified(_)
            | Frame::Unread(_)
            | Frame::Reset { .. }
            | Frame::SignedOut => {}
        });
    }

    /// Reads it anew when called, such as by a button.
    pub(crate) fn again(self) -> Callback<()> {
        Callback::new(move |()| self.read_anew())
    }

    /// Follows the feed from `seq` on by `fold`. After a reset everything is read anew, whatever place it names.
    pub(crate) fn follow(self, seq: Seq, fold: impl Fn(Self, &Frame) + Send + Sync + 'static) {
        use_live().follow(seq, move |frame| match frame {
            Frame::Reset { .. } => self.read_anew(),
            Frame::Event { .. }
            | Frame::Touched { .. }
            | Frame::Counted { .. }
            | Frame::AdminChanged { .. }
            | Frame::Notified(_)
            | Frame::Unread(_)
            | Frame::SignedOut => fold(self, frame),
        });
    }
}

/// Keeps `first`, which was read for the address as it is now. When the address changes, it is read anew.
pub(crate) fn live_resource<T, A, F>(first: T, address: Memoized<A>, read: fn(A) -> F) -> LiveResource<T>
where
    T: Send + Sync + 'static,
    A: Clone + PartialEq + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + 'static,
{
    live_resource_of(address.get_untracked(), first, address, read)
}

/// Keeps `first`, which was read for `asked`. Whenever the address is another, it is read anew.
pub(crate) fn live_resource_of<T, A, F>(asked: A, first: T, address: Memoized<A>, read: fn(A) -> F) -> LiveResource<T>
where
    T: Send + Sync + 'static,
    A: Clone + PartialEq + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + 'static,
{
    let stays = use_stays();
    let read: Read<T> = Arc::new(move || untrack(stays).then(|| Box::pin(read(address.get_untracked())) as Reading<T>));
    let kept = LiveResource {
        shown: RwSignal::new(first),
        reads: RwSignal::new(false),
        trouble: RwSignal::new(None),
        live: use_live(),
        read: StoredValue::new(read),
        readings: StoredValue::new(0),
        heard: StoredValue::new(false),
        asked: StoredValue::new(false),
        carry: StoredValue::new(None),
    };
    Effect::new(move |before: Option<A>| {
        // Read, not only tracked: a memo that nobody has read yet follows nothing.
        let now = address.get();
        if before.as_ref().unwrap_or(&asked) != &now {
            kept.asked.set_value(true);
            kept.read_anew();
        }
        now
    });
    kept
}
