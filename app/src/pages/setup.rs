//! The first run: makes the first account, once.

use crate::{
    address::{given, use_query},
    parts::{
        entrance::{Entrance, NewAccount, intro},
        piece::IntoPiece,
        title::page_title,
    },
    text::language,
};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn Setup() -> impl IntoView {
    let words = language();
    let own = words.entrance();
    page_title(|| own.setup_title.to_owned());
    let query = use_query().get_untracked();
    let problem = words.setup_problem(&given(&query, "problem"));
    let (username, email) = (given(&query, "username"), given(&query, "email"));
    let character = given(&query, "character");
    view! {
        <Entrance title=own.setup_title.piece() intro=intro(own.setup_intro)>
            <form class="entrance-form" method="post" action="/setup">
                <NewAccount username=username email=email problem=problem character=character />
                <button class="button" data-verb="enter">{own.setup_submit}</button>
            </form>
        </Entrance>
    }
}
