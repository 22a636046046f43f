//! The main character: which of one's characters others see, and the state follows from.

use super::{
    command_form::{Answer, CommandForm},
    toast::use_toast,
};
use crate::api::account::SetMain;
use crate::text::{joined, language};
use crate::view::{
    dynamic::{dyn_view, memo},
    erased::{ErasedView, IntoErased},
};
use domain::{Character, Me};
use leptos::{prelude::*, server_fn::ServerFn};

/// The choice.
#[component]
pub(crate) fn MainChoice(
    /// Whose it is.
    me: RwSignal<Me>,
    /// Told when another was chosen.
    on_done: Callback<()>,
) -> impl IntoView {
    let labels = language().profile();
    // Drawn anew only when there is another choice: what is picked and not sent yet stays.
    let choice = memo(move || {
        me.with(|me| (me.person.id, me.characters.clone(), me.person.main_character.as_ref().map(|main| main.id)))
    });
    let toast = use_toast();
    let on_answer = Callback::new(move |(_, answer): Answer| {
        if answer.is_ok() {
            toast.say(labels.main_chosen.to_owned());
            on_done.run(());
        }
    });
    let form = move || {
        let (user, characters, main) = choice.get();
        if characters.is_empty() {
            return view! { <p class="hint">{labels.no_characters}</p> }.erased();
        }
        let options: Vec<ErasedView> = characters.iter().map(|one| option(one, main == Some(one.id))).collect();
        view! {
            <p class="hint">{labels.main_hint}</p>
            <CommandForm action=SetMain::PATH about=("user", user.0) on_answer=on_answer>
                <fieldset class="options">
                    <legend class="sr">{labels.main}</legend>
                    {options}
                    <label class="option">
                        <input type="radio" name="character" value="" checked=main.is_none() />
                        <span>{labels.no_main}<span class="hint">{labels.no_main_hint}</span></span>
                    </label>
                </fieldset>
                <button class="button">{labels.choose}</button>
            </CommandForm>
        }
        .erased()
    };
    view! { <section class="card section"><h2>{labels.main}</h2>{dyn_view(form)}</section> }
}

fn option(character: &Character, is_main: bool) -> ErasedView {
    let profile = &character.profile;
    let belongs: Vec<&str> = [&profile.corporation, &profile.alliance, &profile.faction]
        .into_iter()
        .flatten()
        .map(|organisation| organisation.name.as_str())
        .collect();
    view! {
        <label class="option">
            <input type="radio" name="character" value=character.id.to_string() checked=is_main />
            <span>{profile.name.as_str().to_owned()}<span class="hint">{joined(&belongs)}</span></span>
        </label>
    }
    .erased()
}
