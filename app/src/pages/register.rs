//! Making an account of one's own, where that is open to whoever comes. Like the other ways in a plain form.

use crate::{
    backend::{answer, backend},
    parts::{
        draw::once_here,
        field::Field,
        icon::{Glyph, Icon},
        loaded::Failure,
        piece::{IntoPiece, Piece},
        query_form::given,
        title::page_title,
    },
    text::{Language, language},
};
use domain::{Denial, RegisterDoor};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

/// The page.
#[component]
pub(crate) fn Register() -> impl IntoView {
    let words = language();
    page_title(move || words.entrance().register_title.to_owned());
    let query = use_query_map().get_untracked();
    once_here(move || {
        let query = query.clone();
        Suspend::new(async move {
            let invitation = Some(given(&query, "invitation")).filter(|token| !token.is_empty());
            let door = match backend() {
                Ok(backend) => answer(backend.register_door(invitation.clone()).await),
                Err(error) => Err(error),
            };
            match door {
                Ok(RegisterDoor::Open) => form(words, &query, None),
                Ok(RegisterDoor::Invited) => form(words, &query, invitation),
                Ok(RegisterDoor::InvitationNeeded) => closed(words, Denial::InvitationRequired),
                Ok(RegisterDoor::Closed) => closed(words, Denial::RegistrationClosed),
                Err(error) => view! { <Failure error=error /> }.piece(),
            }
        })
    })
}

fn form(words: Language, query: &ParamsMap, invitation: Option<String>) -> Piece {
    let own = words.entrance();
    let problem = words.register_problem(&given(query, "problem"));
    let of =
        |field: &str| problem.filter(|(concerned, _)| *concerned == field).map(|(_, sentence)| sentence.to_owned());
    let first = problem.map_or("username", |(concerned, _)| concerned);
    view! {
        <div class="entrance-card">
            <p class="brand"><span class="mark"><Glyph icon=Icon::Muster /></span>{words.labels().muster}</p>
            <h1>{own.register_title}</h1>
            <p class="intro">{own.register_intro}</p>
            <form class="entrance-form" method="post" action="/register">
                {invitation.map(|token| view! { <input type="hidden" name="invitation" value=token /> })}
                <Field
                    name="username"
                    label=own.username
                    hint=own.username_hint
                    autocomplete="username"
                    problem=of("username")
                    value=given(query, "username")
                    first=first == "username"
                />
                <Field
                    name="email"
                    label=own.email
                    kind="email"
                    hint=own.email_hint
                    autocomplete="email"
                    problem=of("email")
                    value=given(query, "email")
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
                <button class="button" data-verb="enter">{own.register_submit}</button>
            </form>
            <p class="intro"><a href="/login">{own.has_account}</a></p>
        </div>
    }
    .piece()
}

/// Nobody comes in here, or not by what they have.
fn closed(words: Language, denial: Denial) -> Piece {
    let own = words.entrance();
    view! {
        <div class="entrance-card">
            <p class="brand"><span class="mark"><Glyph icon=Icon::Muster /></span>{words.labels().muster}</p>
            <h1>{own.register_title}</h1>
            <p class="intro">{words.denial(denial)}</p>
            <p class="intro"><a href="/login">{own.has_account}</a></p>
        </div>
    }
    .piece()
}
