//! The REST API as programs meet it.

mod contract;
mod described;
mod input;
mod name;
pub mod program;
mod repeat;
mod schema;
mod stream;
mod token;
