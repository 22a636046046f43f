//! The REST API as programs meet it.

mod contract;
mod input;
pub mod program;
mod repeat;
mod stream;
mod token;
