//! What the process does for its callers, whatever door they come by: pages, server functions, forms, command line.
//!
//! It keeps no rule (those are in `domain`) and no SQL (that is in `store`).

mod backend;
mod bulk_edit;
mod caller;
mod caller_service;
mod execute;
mod export;
mod group;
mod link;
mod password;
mod token;

pub use caller::{Bearer, Caller, SignedIn};
pub(crate) use caller_service::CallerService;

use crate::{
    auth::{limits::SignInLimits, password::Passwords},
    clock::Sources,
    live::Streams,
};
use app::error::AppError;
use domain::Timestamp;
use std::sync::Arc;
use store::{SharedSnapshot, Store, StoreError};

/// The one way to read and to write.
#[derive(Clone)]
pub struct Service {
    store: Store,
    sources: Sources,
    streams: Streams,
    passwords: Passwords,
    limits: Arc<SignInLimits>,
}

impl Service {
    /// A service over an opened store.
    #[must_use]
    pub fn new(store: Store, sources: Sources) -> Self {
        let passwords = Passwords::new(sources.random.clone());
        let limits = Arc::new(SignInLimits::new(&store));
        Self { store, sources, streams: Streams::default(), passwords, limits }
    }

    /// The same service, all of whose reads see the database as it is at the first of them, until the snapshot is dropped.
    pub(crate) fn with_shared_snapshot(&self) -> (Self, SharedSnapshot) {
        let (store, snapshot) = self.store.with_shared_snapshot();
        (Self { store, ..self.clone() }, snapshot)
    }

    /// The open streams of this process, by which what concerns one user alone reaches their other pages.
    pub(crate) const fn streams(&self) -> &Streams {
        &self.streams
    }

    /// Hashing of passwords.
    pub(crate) const fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    /// Attempts to sign in.
    pub(crate) fn limits(&self) -> &SignInLimits {
        &self.limits
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
