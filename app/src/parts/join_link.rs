//! The join link of a hidden group, for those who may pass it on: to copy, and to replace. Without script it stands in a
//! field, from which it is copied by hand.

use super::{
    command_form::{Answer, CommandForm},
    icon::{Glyph, Icon},
    loaded::first_read,
    toast::{Toast, use_toast},
};
use crate::api::groups::ReplaceJoinLink;
use crate::view::{
    dynamic::{dyn_text, dyn_view, memo, once_here},
    erased::{ErasedView, IntoErased},
};
use crate::{
    api, browser,
    input::GroupAddress,
    live::{live_resource, use_live},
    text::{Language, language},
};
use domain::{EventPayload, Frame, GroupId, JoinLink, Seq};
use leptos::{prelude::*, server_fn::ServerFn, task::spawn_local};

/// The id of the field with the link.
const FIELD: &str = "join-link";

/// The link of a group. Where the viewer may not have it, there is nothing.
#[component]
pub(crate) fn JoinLinkCard(
    /// The group.
    group: GroupId,
    /// Where the page was read: what happens to the link later is followed.
    seq: Seq,
) -> impl IntoView {
    let address = GroupAddress { group: group.to_string(), ..GroupAddress::default() };
    let asked = address.clone();
    let first = first_read(move || api::groups::read_join_link(asked.clone()));
    once_here(move || {
        let address = address.clone();
        Suspend::new(async move { first.await.ok().map(|link| card(link, address, seq)).erased() })
    })
}

fn card(link: JoinLink, address: GroupAddress, seq: Seq) -> ErasedView {
    let labels = language().join_link();
    let toast = use_toast();
    let group = link.group.id;
    let kept = live_resource(link, memo(move || address.clone()), api::groups::read_join_link);
    use_live().follow(seq, move |frame| match frame {
        Frame::Event { logged, .. } => {
            let here = logged.event.group.as_ref().is_some_and(|other| other.id == group);
            if here && logged.event.what == EventPayload::JoinLinkReplaced {
                kept.read_anew();
            }
        }
        Frame::Reset { .. } => kept.read_anew(),
        Frame::Touched { .. }
        | Frame::Counted { .. }
        | Frame::AdminChanged { .. }
        | Frame::Notified(_)
        | Frame::Unread(_)
        | Frame::SignedOut => {}
    });
    let shown = kept.shown;
    let copy = move |_| toast.say(if browser::copy_from(FIELD) { labels.copied } else { labels.not_copied }.to_owned());
    let on_answer = Callback::new(move |(_, answer): Answer| {
        if answer.is_ok() {
            toast.say(labels.replaced.to_owned());
            kept.read_anew();
        }
    });
    view! {
        <section class="card section join-link">
            <h2>{labels.title}</h2>
            <p class="hint" id="join-link-hint">{labels.intro}</p>
            <div class="field-line">
                <input
                    id=FIELD
                    type="text"
                    readonly
                    aria-label=labels.title
                    aria-describedby="join-link-hint"
                    prop:value=dyn_text(move || shown.with(whole))
                    value=shown.with_untracked(whole)
                />
                <button class="button with-script" type="button" on:click=copy>
                    <Glyph icon=Icon::Copy />
                    {labels.copy}
                </button>
            </div>
            <details class="more">
                <summary>{labels.replace}</summary>
                <p class="hint">{labels.consequence}</p>
                {dyn_view(move || view! {
                    <CommandForm action=ReplaceJoinLink::PATH about=("group", group.0) on_answer=on_answer>
                        <button class="button" data-verb="reject">{labels.replace_now}</button>
                    </CommandForm>
                })}
            </details>
        </section>
    }
    .erased()
}

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
    let address = GroupAddress { group: group.to_string(), ..GroupAddress::default() };
    spawn_local(async move {
        match api::groups::read_join_link(address).await {
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

/// The address to pass on.
fn whole(link: &JoinLink) -> String {
    #[cfg(feature = "ssr")]
    let origin = with_context::<crate::ShellFacts, _>(|facts| facts.origin.clone()).unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    let origin = browser::origin();
    format!("{origin}/join/{}", link.token)
}
