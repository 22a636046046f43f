//! What is read through: a connection, a snapshot, or a snapshot that several reads share.

use crate::{Conn, Db, Store};
use sqlx::{Transaction, pool::PoolConnection};
use std::{
    future::Future,
    ops::{Deref, DerefMut},
    sync::Arc,
};
use tokio::sync::{Mutex, OwnedMappedMutexGuard, OwnedMutexGuard};

/// Something to read through.
pub(crate) enum View {
    /// A connection for a single statement.
    Plain(PoolConnection<Db>),
    /// A snapshot of the database, for one read.
    Own(Transaction<'static, Db>),
    /// The same for reads that share it: while one of them holds it, the others wait.
    Shared(OwnedMappedMutexGuard<Slot, Transaction<'static, Db>>),
}

impl Deref for View {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        match self {
            Self::Plain(conn) => conn,
            Self::Own(view) => view,
            Self::Shared(view) => view,
        }
    }
}

impl DerefMut for View {
    fn deref_mut(&mut self) -> &mut Conn {
        match self {
            Self::Plain(conn) => conn,
            Self::Own(view) => view,
            Self::Shared(view) => view,
        }
    }
}

/// Where a shared snapshot is kept.
pub(crate) enum Slot {
    /// Nobody has read yet.
    Empty,
    /// Begun by the first who read.
    Begun(Transaction<'static, Db>),
    /// Nobody shares any more.
    Over,
}

/// A snapshot that several reads share: the database as it is at the first of them.
#[derive(Clone)]
pub(crate) struct SharedSnapshot(Arc<Mutex<Slot>>);

impl SharedSnapshot {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Slot::Empty)))
    }

    /// A view of it, which is begun where there is none; `None` where nobody shares it any more.
    pub(crate) async fn view<F>(&self, begin: impl FnOnce() -> F) -> sqlx::Result<Option<View>>
    where
        F: Future<Output = sqlx::Result<Transaction<'static, Db>>>,
    {
        let mut slot = Arc::clone(&self.0).lock_owned().await;
        if matches!(*slot, Slot::Empty) {
            *slot = Slot::Begun(begin().await?);
        }
        let shared = OwnedMutexGuard::try_map(slot, |slot| match slot {
            Slot::Begun(view) => Some(view),
            Slot::Empty | Slot::Over => None,
        });
        Ok(shared.ok().map(View::Shared))
    }

    /// Gives the connection back before something is written: whoever holds one does not wait for another, and the next
    /// read sees what was written.
    pub(crate) async fn release(&self) {
        let mut slot = self.0.lock().await;
        if matches!(*slot, Slot::Begun(_)) {
            *slot = Slot::Empty;
        }
    }
}

/// Whoever keeps a snapshot. Dropped, it gives the connection back, whatever still knows of it: a read that is under
/// way is the last.
struct Keeper(SharedSnapshot);

impl Drop for Keeper {
    fn drop(&mut self) {
        let slot = Arc::clone(&self.0.0);
        match Arc::clone(&slot).try_lock_owned() {
            Ok(mut slot) => *slot = Slot::Over,
            Err(_) => {
                tokio::spawn(async move { *slot.lock().await = Slot::Over });
            }
        }
    }
}

/// How everything is read.
impl Store {
    /// The same database, all of whose reads see it as it is at the first of them, until what comes with it is dropped.
    #[must_use]
    pub fn with_shared_snapshot(&self) -> (Self, impl Send + Sync + use<>) {
        let shared = SharedSnapshot::new();
        (Self { shared_snapshot: Some(shared.clone()), ..self.clone() }, Keeper(shared))
    }

    /// A connection for a single statement that reads.
    pub(crate) async fn reader(&self) -> sqlx::Result<View> {
        match self.shared().await? {
            Some(shared) => Ok(shared),
            None => Ok(View::Plain(self.acquire_reader().await?)),
        }
    }

    /// A view of the database as it is now, for several statements that read. Ends when it is dropped.
    pub(crate) async fn snapshot(&self) -> sqlx::Result<View> {
        match self.shared().await? {
            Some(shared) => Ok(shared),
            None => Ok(View::Own(self.begin_snapshot().await?)),
        }
    }

    async fn shared(&self) -> sqlx::Result<Option<View>> {
        match &self.shared_snapshot {
            Some(shared) => shared.view(|| self.begin_snapshot()).await,
            None => Ok(None),
        }
    }

    /// Lets go of the snapshot that is shared, before something is written.
    pub(crate) async fn before_writing(&self) {
        if let Some(shared) = &self.shared_snapshot {
            shared.release().await;
        }
    }
}
