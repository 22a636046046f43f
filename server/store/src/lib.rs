//! The facade over the two databases: opens the one a URL names and hands whole operations to it.
//!
//! The only place that tells the databases apart. It holds no SQL and no rule, and it never lends a transaction: an
//! operation is whole or it did not happen.

#[macro_use]
mod dispatch;
mod database;
mod export;
#[path = "../operation/mod.rs"]
mod operation;
mod transfer;

pub use database::Progress;
pub use store_model::{
    Answer, CallerId, Claim, Credentials, Draw, Drawn, ExecuteError, FeedGroup, FeedViewer, Grant, GroupLine, Growth,
    Job, KeptAnswer, MemberLine, Named, NewSession, Opening, Order, Rate, Seed, SeedCharacter, SeedEvent, SeedGroup,
    SeedMembership, SeedRequest, SeedUser, Session, StoreError, Token, TokenLine, UserLine,
};

/// Which database program is behind a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file beside the process.
    Sqlite,
    /// A server, shared by several processes.
    Postgres,
}

/// The database of an instance. Cheap to clone; all clones share connections, writer and relay.
#[derive(Clone)]
pub struct Store {
    database: Database,
}

#[derive(Clone)]
enum Database {
    Sqlite(store_sqlite::Store),
    Postgres(store_postgres::Store),
}

/// Keeps the snapshot that the reads of a store share (`Store::with_shared_snapshot`).
pub struct SharedSnapshot {
    _kept: Box<dyn Send + Sync>,
}
