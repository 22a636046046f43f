//! What opens one's account, as lists on the profile: sessions and tokens look alike.

use super::{loaded::FirstRead, notice::Trouble};
use crate::live::Kept;
use crate::view::{
    draw::{draw, once_here},
    piece::{IntoPiece, Piece},
};
use leptos::prelude::*;

/// A list under its title, once it is read.
pub(crate) fn ways_in<T>(
    (title, hint): (&'static str, &'static str),
    first: FirstRead<T>,
    list: impl Fn(T) -> Piece + Clone + Send + Sync + 'static,
) -> Piece
where
    T: Clone + Send + Sync + 'static,
{
    view! {
        <section class="card section">
            <h2>{title}</h2>
            <p class="hint">{hint}</p>
            {once_here(move || {
                let list = list.clone();
                Suspend::new(async move {
                    match first.await {
                        Ok(rows) => list(rows),
                        Err(error) => view! { <Trouble error=error /> }.piece(),
                    }
                })
            })}
        </section>
    }
    .piece()
}

/// One of them: what it is called, what is known of it, and how to end it.
pub(crate) fn way_in(id: String, name: String, facts: Vec<Piece>, end: Piece) -> Piece {
    let facts: Vec<_> = facts.into_iter().map(|fact| view! { <span>{fact}</span> }).collect();
    view! {
        <li class="line" id=id tabindex="-1">
            <div>
                <p class="line-name">{name}</p>
                <p class="facts">{facts}</p>
            </div>
            {end}
        </li>
    }
    .piece()
}

/// Why the list could not be read anew.
pub(crate) fn trouble<T: Send + Sync + 'static>(kept: Kept<T>) -> Piece {
    draw(move || kept.trouble.get().map(|error| view! { <Trouble error=error /> })).piece()
}
