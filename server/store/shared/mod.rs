//! The only SQL. This module is compiled twice, once in each crate beside it: `query!` checks every statement against both
//! databases, and neither alone would find every mistake.
//!
//! What differs between the databases is in `crate::dialect`; nothing here knows which one it is. Statements whose shape
//! depends on what is asked are put together by `QueryBuilder`, from texts that stand here, never from input.

mod account;
mod audit;
mod check;
mod code;
mod counts;
mod event;
mod execute;
mod facts;
mod fault;
mod feed;
mod group;
mod group_list;
mod group_page;
mod member;
mod name;
mod notification;
mod operation;
mod person;
mod queue;
mod receipt;
mod record;
mod request;
mod seed;
mod session;
mod viewer;

pub(crate) use fault::{Fault, InContext, Work};
