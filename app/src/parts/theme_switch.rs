//! Light, dark, or as the system has it. Shown at once, kept on the account.

use super::{
    icon::{Glyph, Icon},
    toast::use_toast,
};
use crate::api::account::SetTheme;
use crate::view::dynamic::dyn_attr;
use crate::{
    browser::{self, Sent},
    text::language,
};
use domain::{Theme, Viewer};
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{HtmlButtonElement, HtmlFormElement};

/// The switch.
#[component]
pub(crate) fn ThemeSwitch(
    /// Whose choice it is.
    viewer: RwSignal<Viewer>,
) -> impl IntoView {
    let words = language();
    let labels = words.labels();
    let toast = use_toast();
    let choose = move |theme: Theme| {
        browser::set_document_fact("theme", theme.code());
        viewer.try_update(|viewer| viewer.theme = theme);
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form = event.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let button = event.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
        let (Some(form), Some(button)) = (form, button) else { return };
        let Some(theme) = Theme::from_code(&button.value()) else { return };
        let before = viewer.with_untracked(|viewer| viewer.theme);
        choose(theme);
        spawn_local(async move {
            let error = match browser::send(form, Some(button)).await {
                Sent::Done(_) => return,
                Sent::Refused(error) => words.trouble(&error),
                Sent::Late => labels.no_answer_yet.to_owned(),
            };
            choose(before);
            toast.say(error);
        });
    };
    let option = move |theme: Theme, icon, label| {
        let is_chosen = move || viewer.with(|viewer| viewer.theme == theme);
        view! {
            <button
                name="theme"
                value=theme.code()
                aria-pressed=dyn_attr(move || Some(if is_chosen() { "true" } else { "false" }))
            >
                <Glyph icon=icon />
                {label}
            </button>
        }
    };
    view! {
        <form class="theme-switch" method="post" action=SetTheme::PATH on:submit=submit>
            <fieldset>
                <legend class="hint">{labels.theme}</legend>
                <div class="choices">
                    {option(Theme::System, Icon::System, labels.theme_system)}
                    {option(Theme::Light, Icon::Light, labels.theme_light)}
                    {option(Theme::Dark, Icon::Dark, labels.theme_dark)}
                </div>
            </fieldset>
        </form>
    }
}
