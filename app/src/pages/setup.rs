//! The first run: makes the first account, once.

use crate::{
    parts::{
        field::Field,
        icon::{Glyph, Icon},
        query_form::given,
        title::page_title,
    },
    text::language,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page.
#[component]
pub(crate) fn Setup() -> impl IntoView {
    let words = language();
    let labels = words.labels();
    let own = words.entrance();
    page_title(|| own.setup_title.to_owned());
    let query = use_query_map().get_untracked();
    let problem = words.setup_problem(&given(&query, "problem"));
    let of =
        |field: &str| problem.filter(|(concerned, _)| *concerned == field).map(|(_, sentence)| sentence.to_owned());
    let first = problem.map_or("username", |(concerned, _)| concerned);
    view! {
        <div class="entrance-card">
            <p class="brand"><span class="mark"><Glyph icon=Icon::Muster /></span>{labels.muster}</p>
            <h1>{own.setup_title}</h1>
            <p class="intro">{own.setup_intro}</p>
            <form class="entrance-form" method="post" action="/setup">
                <Field
                    name="username"
                    label=own.username
                    hint=own.username_hint
                    autocomplete="username"
                    problem=of("username")
                    value=given(&query, "username")
                    first=first == "username"
                />
                <Field
                    name="email"
                    label=own.email
                    kind="email"
                    hint=own.email_hint
                    autocomplete="email"
                    problem=of("email")
                    value=given(&query, "email")
                    optional=true
                    first=first == "email"
                />
                <Field
                    name="password"
                    label=own.password
                    kind="password"
                    hint=own.password_hint
                    autocomplete="new-password"
                    problem=of("password")
                    first=first == "password"
                />
                <Field
                    name="password_again"
                    label=own.password_again
                    kind="password"
                    autocomplete="new-password"
                    problem=of("password_again")
                    first=first == "password_again"
                />
                <button class="button" data-verb="enter">{own.setup_submit}</button>
            </form>
        </div>
    }
}
