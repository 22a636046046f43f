//! A secret that was just made, for whoever asked for it without scripts: the answer to their form, and a page of its own.

use super::NotFound;
use crate::{
    ShellFacts,
    backend::answer,
    error::AppError,
    one_time_secret::ShownOnce,
    parts::{entrance::Entrance, secret::SECRET, title::page_title},
    text::language,
    view::erased::{ErasedView, IntoErased},
};
use leptos::prelude::*;

/// The page. Where nothing was made there is none.
#[component]
pub(crate) fn Once() -> impl IntoView {
    let Some(shown) = use_context::<ShownOnce>() else {
        let _ = answer(Err::<(), _>(AppError::NotFound));
        return view! { <NotFound /> }.erased();
    };
    page(&shown)
}

fn page(shown: &ShownOnce) -> ErasedView {
    let words = language();
    let (label, hint) = shown.secret.said(words);
    page_title(move || label.to_owned());
    let origin = with_context::<ShellFacts, _>(|facts| facts.origin.clone()).unwrap_or_default();
    let (text, onward) = (shown.secret.text(&origin), shown.onward.clone());
    view! {
        <Entrance
            title=view! { <label for=SECRET>{label}</label> }.erased()
            intro=view! { <p class="intro" id="secret-hint">{hint}</p> }.erased()
        >
            <div class="entrance-form new-secret">
                <textarea id=SECRET rows="3" readonly autofocus aria-describedby="secret-hint">
                    {text}
                </textarea>
            </div>
            <p class="intro"><a class="button" href=onward>{words.one_time_secret().back}</a></p>
        </Entrance>
    }
    .erased()
}
