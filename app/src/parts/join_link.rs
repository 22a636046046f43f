//! The join link of a group (R2), for those who may hand it out: to copy, and to replace.

use super::{
    command_form::{Answer, CommandForm},
    icon::{Glyph, Icon},
    piece::IntoPiece,
    toast::{Toast, use_toast},
};
use crate::{
    api, browser,
    input::GroupAddress,
    text::{Language, language},
};
use domain::GroupId;
use leptos::{prelude::*, task::spawn_local};

const REPLACE: &str = "/api/managing/replace_link";

/// A button that copies the link. It is read only when somebody wants it.
#[component]
pub(crate) fn CopyJoinLink(
    /// Of which group.
    group: GroupId,
) -> impl IntoView {
    let words = language();
    let toast = use_toast();
    let copy = move |_| copy(group, words, toast);
    view! {
        <button class="link" type="button" on:click=copy>
            <Glyph icon=Icon::Link />
            {words.managing().copy_link}
        </button>
    }
}

fn copy(group: GroupId, words: Language, toast: Toast) {
    spawn_local(async move {
        match api::managing::read_join_link(GroupAddress { group: group.to_string() }).await {
            Ok(link) => {
                let address = format!("{}/join/{}", browser::origin(), link.token);
                if browser::copy(&address).await {
                    toast.say(words.managing().link_copied.to_owned());
                } else {
                    browser::show_text(words.managing().link_shown, &address);
                }
            }
            Err(error) => toast.say(words.trouble(&error)),
        }
    });
}

/// The link on the page of the members: copied by a button, replaced by a form.
#[component]
pub(crate) fn JoinLinkCard(
    /// Of which group.
    group: GroupId,
) -> impl IntoView {
    let words = language();
    let lead = words.managing();
    let toast = use_toast();
    let on_answer = Callback::new(move |(_, answer): Answer| {
        if answer.is_ok() {
            toast.say(lead.link_replaced.to_owned());
        }
    });
    view! {
        <section class="card section join-link">
            <h2>{lead.link_shown}</h2>
            <p class="hint">{lead.link_hint}</p>
            <div class="with-script"><CopyJoinLink group=group /></div>
            <details>
                <summary>{lead.replace_link}</summary>
                <p>{lead.replace_effect}</p>
                <CommandForm action=REPLACE about=("group", group.0) on_answer=on_answer>
                    {view! { <button class="button" data-verb="destroy">{lead.replace_link}</button> }.piece()}
                </CommandForm>
            </details>
        </section>
    }
}
