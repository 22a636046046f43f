//! The live feed: one reader follows the events of the database (`hub`), each open page has a stream (`sse`), and what
//! its viewer may see of an event is asked when it is sent (`feed`).

mod feed;
mod hub;
mod program;
mod sse;
mod streams;

pub(crate) use hub::Hub;
pub(crate) use program::{Follower, Told};
pub(crate) use sse::stream;
pub(crate) use streams::Streams;
