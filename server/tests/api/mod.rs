//! The REST API as programs meet it.

mod contract;
mod described;
mod input;
pub mod program;
mod repeat;
mod stream;
mod token;
