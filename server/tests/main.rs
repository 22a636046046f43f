//! The process as its users meet it: the whole router over a real database, on both databases, and the binary itself.

mod harness;

mod api;
mod backup;
mod command_line;
mod connection;
mod crash;
mod endpoints;
mod files;
mod fold;
mod live;
mod moving;
mod routes;
mod several;
