//! The operations of a store. Each is whole: it takes its own connection, and none is lent to the outside.
//!
//! What a page shows is read in one snapshot, so that its parts and its place in the feed belong together.

mod account;
mod database;
mod export;
mod feed;
mod job;
mod office;
mod own;
mod page;
mod token;
mod write;
