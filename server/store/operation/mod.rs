//! The operations of the store: each is declared once, here, by noun.
//!
//! Each crate that includes these files brings its own `operations!`. In a database crate it runs the operation
//! (`../shared/run.rs`), in the facade it hands it to the database there is (`../src/dispatch.rs`).
//!
//! An operation is whole: it takes its own connection, and none is lent to the outside. Its declaration says
//!
//! - what it answers, for whoever calls it;
//! - on what it runs: `read` is one statement, `snapshot` are several that see one moment, `write` is a transaction, and
//!   `dry_run` one that is undone;
//! - what an error in the log says was being done;
//! - its signature, where `Answer` and `ExecuteError` may be refusals;
//! - the function of `../shared` with its SQL, and what that is given after the connection.
//!
//! What a page shows is read in a snapshot, so that its parts and its place in the feed belong together.

mod account;
mod allowance;
mod audit;
mod command;
mod feed;
mod group;
mod instance;
mod invitation;
mod job;
mod member;
mod notification;
mod request;
mod search;
mod session;
mod token;
mod user;
