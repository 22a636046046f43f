//! The languages Muster speaks. The choice is kept on the account; the page is asked for anew in it.

use super::toast::use_toast;
use crate::api::account::SetLanguage;
use crate::{
    browser::{self, Sent},
    text::{Language, language},
};
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{HtmlButtonElement, HtmlFormElement};

/// The switch.
#[component]
pub(crate) fn LanguageSwitch() -> impl IntoView {
    let words = language();
    let labels = words.labels();
    let toast = use_toast();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form = event.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let button = event.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
        let Some(form) = form else { return };
        spawn_local(async move {
            match browser::send(form, button).await {
                Sent::Done(_) => browser::reload(),
                Sent::Refused(error) => toast.say(words.trouble(&error)),
                Sent::Late => toast.say(labels.no_answer_yet.to_owned()),
            }
        });
    };
    let option = |language: Language| {
        let pressed = if language == words { "true" } else { "false" };
        view! {
            <button name="language" value=language.tag() lang=language.tag() aria-pressed=pressed>
                {language.own_name()}
            </button>
        }
    };
    view! {
        <form class="language-switch" method="post" action=SetLanguage::PATH on:submit=submit>
            <fieldset>
                <legend class="hint">{labels.language}</legend>
                <div class="choices">{Language::ALL.map(option).into_iter().collect_view()}</div>
            </fieldset>
        </form>
    }
}
