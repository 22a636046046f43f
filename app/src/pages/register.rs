//! Making an account of one's own, where that is open to whoever comes. Like the other ways in a plain form.

use crate::{
    address::{Query, given},
    backend::{answer, backend},
    page_query::use_query,
    parts::{
        entrance::{Entrance, NewAccount, intro, to_sign_in},
        loaded::Failure,
        title::page_title,
    },
    text::{Language, language},
    view::{
        dynamic::once_here,
        erased::{ErasedView, IntoErased},
    },
};
use domain::{Denial, RegistrationStatus};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn Register() -> impl IntoView {
    let words = language();
    page_title(move || words.entrance().register_title.to_owned());
    let query = use_query().get_untracked();
    once_here(move || {
        let query = query.clone();
        Suspend::new(async move {
            let invitation = Some(given(&query, "invitation")).filter(|token| !token.is_empty());
            let door = match backend() {
                Ok(backend) => answer(backend.registration_status(invitation.clone()).await),
                Err(error) => Err(error),
            };
            match door {
                Ok(RegistrationStatus::Open) => form(words, &query, None),
                Ok(RegistrationStatus::Invited) => form(words, &query, invitation),
                Ok(RegistrationStatus::InvitationNeeded) => closed(words, Denial::InvitationRequired),
                Ok(RegistrationStatus::Closed) => closed(words, Denial::RegistrationClosed),
                Err(error) => view! { <Failure error=error /> }.erased(),
            }
        })
    })
}

fn form(words: Language, query: &Query, invitation: Option<String>) -> ErasedView {
    let own = words.entrance();
    let problem = words.register_problem(&given(query, "problem"));
    let (username, email) = (given(query, "username"), given(query, "email"));
    let character = given(query, "character");
    view! {
        <Entrance title=own.register_title.erased() intro=intro(own.register_intro)>
            <form class="entrance-form" method="post" action="/register">
                {invitation.map(|token| view! { <input type="hidden" name="invitation" value=token /> })}
                <NewAccount username=username email=email problem=problem character=character />
                <button class="button" data-verb="enter">{own.register_submit}</button>
            </form>
            {to_sign_in(words)}
        </Entrance>
    }
    .erased()
}

/// Nobody comes in here, or not by what they have.
fn closed(words: Language, denial: Denial) -> ErasedView {
    let own = words.entrance();
    view! {
        <Entrance title=own.register_title.erased() intro=intro(words.denial(denial))>{to_sign_in(words)}</Entrance>
    }
    .erased()
}
