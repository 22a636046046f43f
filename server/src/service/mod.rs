//! What the process does for its callers, whatever door they come by: pages, server functions, forms, command line.
//!
//! It keeps no rule (those are in `domain`) and no SQL (that is in `store`).

mod caller;
mod execute;
mod group;
mod office;
mod read;
mod roll;
mod token;

pub use caller::{Bearer, Caller, SignedIn};

use crate::{clock::Sources, live::Streams};
use app::error::AppError;
use domain::Timestamp;
use store::{Moment, Store, StoreError};

/// The one way to read and to write.
#[derive(Clone)]
pub struct Service {
    store: Store,
    sources: Sources,
    streams: Streams,
}

impl Service {
    /// A service over an opened store.
    #[must_use]
    pub fn new(store: Store, sources: Sources) -> Self {
        Self { store, sources, streams: Streams::default() }
    }

    /// The same service, all of whose reads see the database as it is at the first of them, until the moment is dropped.
    pub(crate) fn at_one_moment(&self) -> (Self, Moment) {
        let (store, moment) = self.store.at_one_moment();
        (Self { store, ..self.clone() }, moment)
    }

    /// The open streams of this process, by which what concerns one user alone reaches their other pages.
    pub(crate) const fn streams(&self) -> &Streams {
        &self.streams
    }

    /// The store, for what knows no caller: sessions, the feed, the state of the database.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Time and randomness.
    #[must_use]
    pub const fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.sources.clock.now()
    }

    /// What a caller is told where the store failed. The cause is logged here, once, under the ticket they can quote.
    pub fn failed(&self, error: &StoreError) -> AppError {
        match error {
            StoreError::Busy(_) | StoreError::Unreachable(_) => {
                tracing::warn!(%error, "the database did not answer");
                AppError::Busy
            }
            StoreError::Unwritable(why, _) => {
                tracing::error!(%error, "nothing can be kept");
                AppError::Unwritable(*why)
            }
            StoreError::UnknownUrl(_)
            | StoreError::Missing(_)
            | StoreError::Damaged(_)
            | StoreError::InUse(_)
            | StoreError::Impossible { .. }
            | StoreError::NotEmpty
            | StoreError::Database { .. } => {
                let ticket = self.sources.random.ticket();
                tracing::error!(ticket = ticket.0, %error, "the database failed");
                AppError::Internal(ticket)
            }
        }
    }
}
