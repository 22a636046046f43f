//! The first run: makes the first account, once. Only whoever has the code from the console sees the form.

use crate::{
    address::{Query, given},
    page_query::use_query,
    parts::{
        entrance::{Entrance, NewAccount, intro},
        field::Field,
        title::page_title,
    },
    text::{Language, language},
    view::erased::{ErasedView, IntoErased},
};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn Setup() -> impl IntoView {
    let words = language();
    page_title(move || words.entrance().setup_title.to_owned());
    let query = use_query().get_untracked();
    // A code that is not the right one does not come this far.
    match given(&query, "code") {
        code if code.is_empty() => closed(words, &query),
        code => open(words, &query, code),
    }
}

fn open(words: Language, query: &Query, code: String) -> ErasedView {
    let own = words.entrance();
    let problem = words.setup_problem(&given(query, "problem"));
    let (username, email) = (given(query, "username"), given(query, "email"));
    let character = given(query, "character");
    view! {
        <Entrance title=own.setup_title.erased() intro=intro(own.setup_intro)>
            <form class="entrance-form" method="post" action="/setup">
                <input type="hidden" name="code" value=code />
                <NewAccount username=username email=email problem=problem character=character />
                <button class="button" data-verb="enter">{own.setup_submit}</button>
            </form>
        </Entrance>
    }
    .erased()
}

fn closed(words: Language, query: &Query) -> ErasedView {
    let own = words.entrance();
    let problem = words.setup_shut(&given(query, "problem")).map(str::to_owned);
    view! {
        <Entrance title=own.setup_title.erased() intro=intro(own.setup_closed)>
            <form class="entrance-form" method="get" action="/setup">
                <Field name="code" label=own.setup_code autocomplete="off" problem=problem first=true />
                <button class="button" data-verb="enter">{own.setup_open}</button>
            </form>
            {intro(own.setup_other_way)}
        </Entrance>
    }
    .erased()
}
