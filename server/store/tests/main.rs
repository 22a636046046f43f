//! What the store promises, on both databases: one binary, one body for each test.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod admin;
mod audit;
mod check;
mod differential;
mod entrance;
mod feed;
mod group_setup;
mod growth;
mod harness;
mod job;
mod measure;
mod member;
mod name;
mod notification;
mod own;
mod page;
mod preview;
mod schema;
mod seed;
mod session;
mod sight;
mod token;
mod transfer;
mod write;
