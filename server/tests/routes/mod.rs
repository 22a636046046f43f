//! What the routes answer, by noun.

mod admin;
mod asking;
mod assets;
mod cross_site;
mod export;
mod hostile_text;
mod language;
mod managing;
mod pages;
mod plain_forms;
mod private;
mod register;
mod requests;
mod setup;
mod sign_in;
mod typed;
mod unwritable;
mod users;
mod wellformed;
