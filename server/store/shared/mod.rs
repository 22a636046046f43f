//! The only SQL. This module is compiled twice, once in each crate beside it: `query!` checks every statement against both
//! databases, and neither alone would find every mistake.
//!
//! What differs between the databases is in `crate::dialect`; nothing here knows which one it is. Statements whose shape
//! depends on what is asked are put together by `QueryBuilder`, from texts that stand here, never from input.

#[macro_use]
mod run;
pub(crate) mod account;
mod admin;
pub(crate) mod allowance;
mod answer;
mod audit;
pub(crate) mod bulk;
mod bulk_edit;
mod care;
mod cascade;
mod character;
pub(crate) mod check;
mod code;
mod counts;
mod database;
mod event;
mod execute;
mod export;
mod facts;
pub(crate) mod fault;
mod feed;
mod grant;
mod group;
mod group_list;
mod group_page;
mod group_setup;
mod growth;
pub(crate) mod head;
mod health;
mod invitation;
pub(crate) mod keeping;
mod leader;
mod me;
mod member;
mod member_list;
mod name;
mod name_form;
mod name_word;
mod notification;
mod notification_list;
#[path = "../operation/mod.rs"]
mod operation;
mod own_group;
mod paging;
mod permission;
mod person;
mod preview;
mod queue;
mod reach;
mod receipt;
mod record;
mod request;
mod reserved_name;
mod reset_link;
mod search;
mod seed;
mod session;
mod settings;
mod sight;
mod sign_in;
mod state;
mod statement_batch;
mod token;
mod user_list;
mod user_page;
pub(crate) mod view;
mod viewer;

pub(crate) use fault::{Fault, InContext, Work};
pub(crate) use view::SharedSnapshot;
