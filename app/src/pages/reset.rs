//! Setting another password by a link that staff made. Like the other ways in a plain form.

use crate::{
    address::given,
    backend::{answer, backend},
    error::AppError,
    page_query::use_query,
    parts::{
        entrance::{Entrance, Passwords, intro, to_sign_in},
        loaded::Failure,
        title::page_title,
    },
    text::{Language, language},
    view::{
        dynamic::once_here,
        erased::{ErasedView, IntoErased},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page.
#[component]
pub(crate) fn Reset() -> impl IntoView {
    let words = language();
    page_title(move || words.entrance().reset_title.to_owned());
    let problem = given(&use_query().get_untracked(), "problem");
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    once_here(move || {
        let (token, problem) = (token.clone(), problem.clone());
        Suspend::new(async move {
            let door = match backend() {
                Ok(backend) => answer(backend.reset_status(token.clone()).await),
                Err(error) => Err(error),
            };
            match door {
                Ok(door) => form(words, &token, &door.username, &problem),
                Err(AppError::NotFound) => ended(words),
                Err(error) => view! { <Failure error=error /> }.erased(),
            }
        })
    })
}

fn form(words: Language, token: &str, username: &str, problem: &str) -> ErasedView {
    let own = words.entrance();
    // There is no other field that anything could be the matter with.
    let problem = words
        .register_problem(problem)
        .map(|(field, sentence)| (if field == "password_again" { field } else { "password" }, sentence));
    let first = problem.map_or("password", |(concerned, _)| concerned);
    let (action, name) = (format!("/reset/{token}"), username.to_owned());
    view! {
        <Entrance title=own.reset_title.erased() intro=intro(words.reset_intro(username))>
            <form class="entrance-form" method="post" action=action>
                // For whatever keeps passwords: it is told whose this one is.
                <input type="text" name="username" value=name autocomplete="username" hidden />
                <Passwords label=own.new_password problem=problem first=first />
                <button class="button" data-verb="enter">{own.reset_submit}</button>
            </form>
        </Entrance>
    }
    .erased()
}

fn ended(words: Language) -> ErasedView {
    let own = words.entrance();
    view! { <Entrance title=own.reset_title.erased() intro=intro(own.reset_ended)>{to_sign_in(words)}</Entrance> }
        .erased()
}
