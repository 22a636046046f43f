//! The question before a member is removed, with room for the reason. It stands in the address: links lead to it, back
//! leads away from it, and without script it is a part of the page.

use super::{
    command_form::{Answer, CommandForm},
    dialog::Dialog,
    field::Area,
    member_row::row_id,
    toast::use_toast,
};
use crate::api::managing::RemoveMember;
use crate::view::{
    dynamic::{dyn_view, memo},
    erased::{ErasedView, IntoErased},
};
use crate::{address::given, browser, page_query::use_query, text::language};
use domain::{GroupRef, MembersPage, Note, Person, fold::drop_member};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::{NavigateOptions, hooks::use_navigate};

const REMOVE: &str = RemoveMember::PATH;

/// The question, while the address asks it about somebody who is on the page.
#[component]
pub(crate) fn Removal(
    /// What is on the page.
    shown: RwSignal<MembersPage>,
    /// The address of the list without the question.
    here: Signal<String>,
) -> impl IntoView {
    let query = use_query();
    let asked = memo(move || query.with(|query| given(query, "remove").parse::<i64>().ok()));
    // Who comes to the page by this address finds the question on it; who is there already gets a window.
    let on_page = RwSignal::new(asked.get_untracked().is_some());
    let open = RwSignal::new(false);
    let navigate = use_navigate();
    let leave = Callback::new(move |()| {
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&here.get_untracked(), options);
    });
    // Where the focus goes once the question is gone: the window gives it back to where it came from, and that is gone.
    let next_focus = StoredValue::new(None::<String>);
    Effect::new(move |before: Option<()>| {
        let is_asked = asked.get().is_some();
        if before.is_some() {
            open.set(is_asked && !on_page.get_untracked());
            if !is_asked {
                on_page.set(false);
                if let Some(next_focus) = next_focus.try_update_value(Option::take).flatten() {
                    request_animation_frame(move || browser::focus(&next_focus));
                }
            }
        }
    });
    Effect::new(move |before: Option<bool>| {
        let is_open = open.get();
        if before == Some(true) && !is_open && asked.get_untracked().is_some() {
            leave.run(());
        }
        is_open
    });
    let question = move || {
        let id = asked.get()?;
        let page = shown.read_untracked();
        let row = page.listing.items.iter().find(|row| row.person.id.0 == id)?;
        page.removal_denied.is_none().then(|| form(shown, &row.person, &page.group, here, (leave, next_focus)))
    };
    view! {
        {dyn_view(move || on_page.get().then(|| question().map(|form| view! {
            <section class="card section removal">{form}</section>
        })))}
        <Dialog
            open=open
            label=language().managing().remove
            kind="removal"
            content=Box::new(move || question().unwrap_or_else(|| "".erased()))
        />
    }
}

fn form(
    shown: RwSignal<MembersPage>,
    member: &Person,
    group: &GroupRef,
    here: Signal<String>,
    (leave, next_focus): (Callback<()>, StoredValue<Option<String>>),
) -> ErasedView {
    let words = language();
    let lead = words.managing();
    let toast = use_toast();
    let id = member.id;
    let said = words.removed(member.display_name(), &group.name);
    let (question, rest) = (words.removal_question(member, group), words.removing(member, group));
    let group = group.id.to_string();
    let back = here.get_untracked();
    // What others do takes nothing from whoever writes the reason: it is only told.
    let is_gone = memo(move || shown.with(|page| page.listing.items.iter().all(|row| row.person.id != id)));
    let gone = move || is_gone.get().then(|| view! { <p class="said" role="alert">{lead.removal_gone}</p> });
    // The feed may take the row away before the answer comes.
    let on_sent = Callback::new(move |_| {
        next_focus.try_set_value(Some(browser::next_focus(&row_id(id))));
    });
    let on_answer = Callback::new(move |(_, answer): Answer| {
        if answer.is_ok() {
            toast.say(said.clone());
            shown.try_update(|page| drop_member(page, id));
            leave.try_run(());
        } else {
            next_focus.try_set_value(None);
        }
    });
    view! {
        <CommandForm action=REMOVE about=("member", id.0) on_sent=on_sent on_answer=on_answer>
            <input type="hidden" name="group" value=group />
            <h2>{question}</h2>
            <p>{lead.removal_effect}</p>
            {dyn_view(gone)}
            <Area name="reason" label=lead.removal_reason hint=lead.removal_reason_hint longest=Note::MAX />
            <div class="dialog-buttons">
                <a class="button" href=back data-noscroll="">{lead.cancel}</a>
                <button class="button" data-verb="destroy">
                    {lead.remove}
                    <span class="sr">{rest}</span>
                </button>
            </div>
        </CommandForm>
    }
    .erased()
}
