//! A request in the queue: who wants what and why, the box that chooses it, and the two buttons. A decision is shown at
//! once; if the server says otherwise, the row comes back with the reason and what was typed.

use super::{
    command_form::{Answer, CommandForm},
    icon::{Glyph, Icon},
    notice::Trouble,
    person::{avatar, organisation},
    selection::{FORM, QueueContext, REQUESTS_FIELD, Selection},
    settled::ended,
    time::When,
};
use crate::api::requests::{Approve, Reject};
use crate::view::{
    dynamic::{Memoized, dyn_attr, dyn_view, memo},
    erased::{ErasedView, IntoErased},
};
use crate::{browser, text::language};
use domain::{Denial, Note, QueueRow, RequestId, RequestStatus};
use leptos::{ev::KeyboardEvent, prelude::*, server_fn::ServerFn};
use std::time::Duration;

const APPROVE: &str = Approve::PATH;
const REJECT: &str = Reject::PATH;

/// The list of the rows.
pub(crate) const LIST: &str = "queue";

/// What stands before the number of a request in the ids of its row and of what is in it.
const ROW: &str = "request-";

/// The id of a request's row on the page.
pub(crate) fn row_id(request: RequestId) -> String {
    format!("{ROW}{request}")
}

/// The request whose row has the focus.
pub(crate) fn in_focus() -> Option<RequestId> {
    browser::row_in_focus(LIST)?.strip_prefix(ROW)?.parse().ok()
}

/// The id of the box that chooses a request.
pub(crate) fn box_id(request: RequestId) -> String {
    format!("choose-{request}")
}

/// The id of a button that decides a request.
pub(crate) fn button_id(request: RequestId, status: RequestStatus) -> String {
    format!("{}-{request}", status.code())
}

/// The id of the part of a row that takes a comment.
pub(crate) fn comment_id(request: RequestId) -> String {
    format!("comment-on-{request}")
}

/// The id of the field for the comment.
pub(crate) fn field_id(request: RequestId) -> String {
    format!("comment-{request}")
}

/// The row.
#[component]
pub(crate) fn RequestItem(
    /// The request, as it is now.
    row: Memoized<QueueRow>,
    /// What is chosen.
    selection: Selection,
    /// Who decides here.
    queue_context: QueueContext,
    /// The request that somebody writes a comment on.
    written: RwSignal<Option<RequestId>>,
) -> impl IntoView {
    let words = language();
    let first = row.get_untracked();
    let id = first.id;
    let me = queue_context.me;
    let is_own = first.warning == Some(Denial::OwnRequest);
    let decided = RwSignal::new(None::<RequestStatus>);
    let is_settled = memo(move || row.with(|row| row.settled_mark.is_some()));
    let ending = memo(move || decided.get().or_else(|| selection.ending(id)));
    // What others do takes nothing from whoever writes: the row stays with the box and all that is in it.
    let writes = memo(move || written.get() == Some(id));
    let is_held = move || writes.get() && is_settled.get() && ending.get().is_none();
    let is_ending = move || (ending.get().is_some() || is_settled.get()) && !is_held();

    let on_sent = Callback::new(move |action: String| {
        // The buttons go; whoever decides by keyboard goes on with the next row.
        browser::go_on(&row_id(id));
        decided.set(Some(if action == REJECT { RequestStatus::Rejected } else { RequestStatus::Approved }));
    });
    let my_id = me.id;
    let on_end = queue_context.on_end;
    let on_answer = Callback::new(move |(action, answer): Answer| match ended(action == REJECT, answer, &me) {
        Some(settled_mark) => on_end.run((id, settled_mark)),
        None => {
            decided.try_set(None);
        }
    });
    let state = move || match row.with(|row| row.settled_mark.clone()) {
        Some(settled_mark) => Some((settled_mark.status, words.settled_mark(&settled_mark, my_id, writes.get()))),
        None => ending.get().map(|status| (status, words.decided(status).to_owned())),
    };
    // Escape leaves the comment, and the keys of the row work again.
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && browser::has_focus(&comment_id(id)) {
            browser::focus_in_place(&row_id(id));
        }
    };
    let look = move || {
        let writes = browser::has_focus(&field_id(id));
        if writes || written.try_get_untracked() == Some(Some(id)) {
            written.try_set(writes.then_some(id));
        }
    };
    // A window that is left keeps its focus: whoever comes back to it goes on writing.
    let look_later = move |_| set_timeout(look, Duration::ZERO);
    let refusal = memo(move || selection.refusal(id));
    view! {
        <li
            class="request-row"
            id=row_id(id)
            tabindex="-1"
            data-held=dyn_attr(move || is_held().then_some("yes"))
            data-ending=dyn_attr(move || is_ending().then_some("yes"))
            data-gone=dyn_attr(move || (is_settled.get() && !is_held()).then_some("yes"))
            data-chosen=dyn_attr(move || selection.has(id).then_some("yes"))
            on:keydown=escape
            on:focusin=move |_| look()
            on:focusout=look_later
        >
            <span class="request-box">{if is_own { "".erased() } else { choice(row, &first, selection) }}</span>
            {avatar(&first.applicant)}
            <div class="request-about">{about_request(&first)}</div>
            {dyn_view(move || row.with(|row| row.warning).map(|denial| view! {
                <p class="warning" id=format!("warning-{id}")><Glyph icon=Icon::Warning />{words.warning(denial)}</p>
            }))}
            <div class="request-decision" inert=dyn_attr(move || is_ending().then_some(""))>
                {if is_own {
                    own(id)
                } else {
                    view! {
                        <CommandForm action=APPROVE about=("request", id.0) on_sent=on_sent on_answer=on_answer>
                            {decision(&first)}
                        </CommandForm>
                    }.erased()
                }}
                {dyn_view(move || refusal.get().map(|error| view! { <Trouble error=error /> }))}
            </div>
            {dyn_view(move || state().map(|(status, said)| view! {
                <p class="farewell" data-status=status.code() role="status">
                    <Glyph icon=if status == RequestStatus::Approved { Icon::Check } else { Icon::Cross } />
                    {said}
                </p>
            }))}
        </li>
    }
}

/// The box that chooses the request. What was ticked before the page came to life counts.
fn choice(row: Memoized<QueueRow>, first: &QueueRow, selection: Selection) -> ErasedView {
    let id = first.id;
    if cfg!(not(feature = "ssr")) && browser::is_ticked(&box_id(id)) {
        selection.choose([first].into_iter());
    }
    let is_chosen = memo(move || selection.has(id));
    let turn = move |_| {
        if selection.has(id) {
            selection.drop_out(id);
        } else {
            row.with_untracked(|row| selection.choose([row].into_iter()));
        }
    };
    view! {
        <label class="choose">
            <input
                type="checkbox"
                class="choose-box"
                id=box_id(id)
                name=REQUESTS_FIELD
                value=id.to_string()
                form=FORM
                autocomplete="off"
                prop:checked=is_chosen
                on:change=turn
            />
            <span class="sr">{language().choosing(first)}</span>
        </label>
    }
    .erased()
}

fn about_request(row: &QueueRow) -> impl IntoView + use<> {
    let words = language();
    let labels = words.labels();
    let reason = match row.reason.clone() {
        Some(reason) => view! { <blockquote class="reason">{reason}</blockquote> }.erased(),
        None => view! { <p class="hint">{labels.no_reason}</p> }.erased(),
    };
    view! {
        <p class="request-what">
            <strong>{row.applicant.display_name().to_owned()}</strong>
            " " {words.wants(row.kind)} " "
            <a href=format!("/groups/{}", row.group.id)>{row.group.name.clone()}</a>
        </p>
        <p class="request-from">
            {organisation(&row.applicant).map(|organisation| view! { <span>{organisation}</span> })}
            <span>{labels.asked} " " <When at=row.created_at /></span>
        </p>
        {reason}
    }
}

fn decision(row: &QueueRow) -> impl IntoView + use<> {
    let words = language();
    let labels = words.labels();
    let id = row.id;
    let rest = words.deciding(row);
    view! {
        <div class="decision-buttons">
            <button class="button" id=button_id(id, RequestStatus::Approved) data-verb="approve">
                <Glyph icon=Icon::Check />
                {labels.approve}
                <span class="sr">{rest.clone()}</span>
            </button>
            <button class="button" id=button_id(id, RequestStatus::Rejected) data-verb="reject" formaction=REJECT>
                <Glyph icon=Icon::Cross />
                {labels.reject}
                <span class="sr">{rest}</span>
            </button>
        </div>
        <details class="comment" id=comment_id(id)>
            <summary><Glyph icon=Icon::Comment />{labels.add_comment}</summary>
            <label for=field_id(id)>{labels.comment}</label>
            <p class="hint">{labels.comment_hint}</p>
            <textarea id=field_id(id) name="comment" rows="2" maxlength=Note::MAX.to_string()></textarea>
        </details>
    }
}

/// The buttons of one's own request. They take the focus, so that the keyboard reaches the reason.
fn own(id: RequestId) -> ErasedView {
    let labels = language().labels();
    let button = |icon, word| {
        view! {
            <button class="button" type="button" aria-disabled="true" aria-describedby=format!("warning-{id}")>
                <Glyph icon=icon />
                {word}
            </button>
        }
    };
    view! {
        <div class="decision-buttons">
            {button(Icon::Check, labels.approve)}
            {button(Icon::Cross, labels.reject)}
        </div>
    }
    .erased()
}
