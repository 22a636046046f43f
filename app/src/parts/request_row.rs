//! A request in the queue: who wants what and why, and the two buttons. A decision is shown at once; if the server says
//! otherwise, the row comes back with the reason and what was typed.

use super::{
    command_form::{Answer, CommandForm},
    draw::{draw, mark, track},
    icon::{Glyph, Icon},
    person::{Avatar, organisation},
    piece::IntoPiece,
    time::When,
};
use crate::{browser, error::AppError, text::language};
use domain::{ActorRef, Conflict, Farewell, Note, QueueRow, Receipt, Request, RequestId, RequestStatus};
use leptos::prelude::*;

const APPROVE: &str = "/api/requests/approve";
const REJECT: &str = "/api/requests/reject";

/// The id of a request's row on the page.
pub(crate) fn row_id(request: RequestId) -> String {
    format!("request-{request}")
}

/// The row.
#[component]
pub(crate) fn RequestItem(
    /// The request, as it is now.
    row: Memo<QueueRow>,
    /// Who decides here.
    me: ActorRef,
    /// Told how it ended, when that is known before the feed says so.
    on_end: Callback<(RequestId, Farewell)>,
) -> impl IntoView {
    let words = language();
    let first = row.get_untracked();
    let id = first.id;
    let decided = RwSignal::new(None::<RequestStatus>);
    let is_settled = track(move || row.with(|row| row.farewell.is_some()));
    let is_ending = move || decided.get().is_some() || is_settled.get();

    let on_sent = Callback::new(move |action: String| {
        // The buttons go; whoever decides by keyboard goes on with the next row.
        browser::focus(&browser::heir(&row_id(id)));
        decided.set(Some(if action == REJECT { RequestStatus::Rejected } else { RequestStatus::Approved }));
    });
    let my_id = me.id;
    let on_answer = Callback::new(move |(action, answer): Answer| match ended(&action, answer, &me) {
        Some(farewell) => on_end.run((id, farewell)),
        None => {
            decided.try_set(None);
        }
    });
    let state = move || match row.with(|row| row.farewell.clone()) {
        Some(farewell) => Some((farewell.status, words.farewell(&farewell, my_id))),
        None => decided.get().map(|status| (status, words.decided(status).to_owned())),
    };
    view! {
        <li
            class="request-row"
            id=row_id(id)
            tabindex="-1"
            data-ending=mark(move || is_ending().then_some("yes"))
            data-gone=mark(move || is_settled.get().then_some("yes"))
        >
            <Avatar person=first.applicant.clone() />
            <div class="request-about">{about_request(&first)}</div>
            {draw(move || row.with(|row| row.warning).map(|denial| view! {
                <p class="warning"><Glyph icon=Icon::Warning />{words.warning(denial)}</p>
            }))}
            <div class="request-decision" inert=mark(move || is_ending().then_some(""))>
                <CommandForm action=APPROVE about=("request", id.0) on_sent=on_sent on_answer=on_answer>
                    {decision(&first)}
                </CommandForm>
            </div>
            {draw(move || state().map(|(status, said)| view! {
                <p class="farewell" data-status=status_name(status) role="status">
                    <Glyph icon=if status == RequestStatus::Approved { Icon::Check } else { Icon::Cross } />
                    {said}
                </p>
            }))}
        </li>
    }
}

fn about_request(row: &QueueRow) -> impl IntoView + use<> {
    let words = language();
    let labels = words.labels();
    let reason = match row.reason.clone() {
        Some(reason) => view! { <blockquote class="reason">{reason}</blockquote> }.piece(),
        None => view! { <p class="hint">{labels.no_reason}</p> }.piece(),
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
    let rest = words.deciding(row);
    let field = format!("comment-{}", row.id);
    view! {
        <div class="decision-buttons">
            <button class="button" data-verb="approve">
                <Glyph icon=Icon::Check />
                {labels.approve}
                <span class="sr">{rest.clone()}</span>
            </button>
            <button class="button" data-verb="reject" formaction=REJECT>
                <Glyph icon=Icon::Cross />
                {labels.reject}
                <span class="sr">{rest}</span>
            </button>
        </div>
        <details class="comment">
            <summary><Glyph icon=Icon::Comment />{labels.add_comment}</summary>
            <label for=field.clone()>{labels.comment}</label>
            <p class="hint">{labels.comment_hint}</p>
            <textarea id=field name="comment" rows="2" maxlength=Note::MAX.to_string()></textarea>
        </details>
    }
}

/// How the request ended by this answer; `None` where it still waits.
fn ended(action: &str, answer: Result<Receipt, AppError>, me: &ActorRef) -> Option<Farewell> {
    match answer {
        Ok(_) => {
            let status = if action == REJECT { RequestStatus::Rejected } else { RequestStatus::Approved };
            Some(Farewell { status, by: Some(me.clone()) })
        }
        Err(AppError::Conflict(Conflict::RequestSettled(request))) => Some(settled(&request)),
        Err(_) => None,
    }
}

/// The end that another decision has given it.
fn settled(request: &Request) -> Farewell {
    let by = request.settlement.as_ref().and_then(|end| end.by.as_ref());
    let by = by.map(|person| ActorRef { id: person.id, username: person.username.clone() });
    Farewell { status: request.status, by }
}

const fn status_name(status: RequestStatus) -> &'static str {
    match status {
        RequestStatus::Open => "open",
        RequestStatus::Approved => "approved",
        RequestStatus::Rejected => "rejected",
        RequestStatus::Withdrawn => "withdrawn",
        RequestStatus::Closed => "closed",
    }
}
