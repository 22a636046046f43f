//! The live feed: one reader follows the events of the database (`hub`), each open page and each program that follows has
//! a stream (`page`, `program`), and what its viewer may see of an event is asked when it is sent (`feed`). What is sent
//! is written once for all who are told the same (`kept`).

mod cached_event;
mod endpoint;
mod feed;
mod frame_kind;
mod hub;
mod message;
mod open;
mod page;
mod program;
mod streams;
mod wakeup;

pub(crate) use endpoint::stream;
pub(crate) use hub::Hub;
pub(crate) use message::message;
pub(crate) use open::{Handover, Stream};
pub(crate) use program::Follower;
pub(crate) use streams::Streams;
