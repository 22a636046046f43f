//! Setting another password by a link that staff made. Like the other ways in a plain form.

use crate::{
    backend::{answer, backend},
    error::AppError,
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
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page.
#[component]
pub(crate) fn Reset() -> impl IntoView {
    let words = language();
    page_title(move || words.entrance().reset_title.to_owned());
    let problem = given(&use_query_map().get_untracked(), "problem");
    let token = given(&use_params_map().get_untracked(), "token");
    once_here(move || {
        let (token, problem) = (token.clone(), problem.clone());
        Suspend::new(async move {
            let door = match backend() {
                Ok(backend) => answer(backend.reset_door(token.clone()).await),
                Err(error) => Err(error),
            };
            match door {
                Ok(door) => form(words, &token, &door.username, &problem),
                Err(AppError::NotFound) => ended(words),
                Err(error) => view! { <Failure error=error /> }.piece(),
            }
        })
    })
}

fn form(words: Language, token: &str, username: &str, problem: &str) -> Piece {
    let own = words.entrance();
    let problem = words.register_problem(problem);
    // There is no other field that anything could be the matter with.
    let of_password = problem.filter(|(field, _)| *field != "password_again").map(|(_, sentence)| sentence.to_owned());
    let of_again = problem.filter(|(field, _)| *field == "password_again").map(|(_, sentence)| sentence.to_owned());
    let again_first = of_again.is_some();
    view! {
        <div class="entrance-card">
            <p class="brand"><span class="mark"><Glyph icon=Icon::Muster /></span>{words.labels().muster}</p>
            <h1>{own.reset_title}</h1>
            <p class="intro">{words.reset_intro(username)}</p>
            <form class="entrance-form" method="post" action=format!("/reset/{token}")>
                // For whatever keeps passwords: it is told whose this one is.
                <input type="text" name="username" value=username.to_owned() autocomplete="username" hidden />
                <Field
                    name="password"
                    label=own.new_password
                    kind="password"
                    hint=own.password_hint
                    autocomplete="new-password"
                    problem=of_password
                    first=!again_first
                />
                <Field
                    name="password_again"
                    label=own.password_again
                    kind="password"
                    autocomplete="new-password"
                    problem=of_again
                    first=again_first
                />
                <button class="button" data-verb="enter">{own.reset_submit}</button>
            </form>
        </div>
    }
    .piece()
}

fn ended(words: Language) -> Piece {
    let own = words.entrance();
    view! {
        <div class="entrance-card">
            <p class="brand"><span class="mark"><Glyph icon=Icon::Muster /></span>{words.labels().muster}</p>
            <h1>{own.reset_title}</h1>
            <p class="intro">{own.reset_ended}</p>
            <p class="intro"><a href="/login">{own.has_account}</a></p>
        </div>
    }
    .piece()
}
