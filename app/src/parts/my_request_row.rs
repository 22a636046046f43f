//! One's own request: what was asked for, why, and what came of it. While it waits it can be taken back.

use super::{
    command_form::{Answer, CommandForm},
    icon::{Glyph, Icon},
    time::When,
    toast::use_toast,
};
use crate::api::requests::Withdraw;
use crate::text::language;
use crate::view::{
    dynamic::{Memoized, dyn_view},
    erased::{ErasedView, IntoErased},
};
use domain::{Action, Request, RequestId, RequestStatus};
use leptos::{prelude::*, server_fn::ServerFn};

/// The id of the request's row on the page.
pub(crate) fn row_id(request: RequestId) -> String {
    format!("my-request-{request}")
}

/// The row.
#[component]
pub(crate) fn MyRequestItem(
    /// The request, as it is now.
    request: Memoized<Request>,
    /// Told when it was taken back.
    on_done: Callback<()>,
) -> impl IntoView {
    let id = request.with_untracked(|request| request.id);
    view! {
        <li class="my-request" id=row_id(id) tabindex="-1">
            {dyn_view(move || request.with(about))}
            {dyn_view(move || request.with(|request| {
                (request.status == RequestStatus::Open).then(|| withdraw(request, on_done))
            }))}
        </li>
    }
}

fn about(request: &Request) -> impl IntoView + use<> {
    let words = language();
    let labels = words.mine();
    let end = request.settlement.as_ref().map(|end| {
        view! {
            <p class="outcome" data-status=request.status.code()>
                <Glyph icon=icon(request.status) />
                <span>{words.outcome(request)} ", " <When at=end.at /></span>
            </p>
        }
    });
    let quote = |label: &'static str, text: Option<String>| {
        text.map(|text| view! { <p class="hint">{label} ":"</p> <blockquote class="reason">{text}</blockquote> })
    };
    let comment = request.settlement.as_ref().and_then(|end| end.comment.clone());
    view! {
        <div class="group-about">
            <h3><a href=format!("/groups/{}", request.group.id)>{request.group.name.clone()}</a></h3>
            <p class="facts">
                <span>{words.asked_for(request.kind)}</span>
                <span><When at=request.created_at /></span>
            </p>
            {end}
            {quote(labels.your_reason, request.reason.clone())}
            {quote(labels.their_comment, comment)}
        </div>
    }
}

const fn icon(status: RequestStatus) -> Icon {
    match status {
        RequestStatus::Approved => Icon::Check,
        RequestStatus::Open => Icon::Waiting,
        RequestStatus::Rejected | RequestStatus::Withdrawn | RequestStatus::Closed => Icon::Cross,
    }
}

fn withdraw(request: &Request, on_done: Callback<()>) -> ErasedView {
    let words = language();
    let toast = use_toast();
    let verb = words.verb(Action::Withdraw, &request.group.name);
    let name = request.group.name.clone();
    let on_answer = Callback::new(move |(_, answer): Answer| {
        if let Ok(receipt) = answer {
            toast.say(words.done(&receipt.outcome, &name));
            on_done.run(());
        }
    });
    view! {
        <div class="group-side">
            <CommandForm action=Withdraw::PATH about=("request", request.id.0) on_answer=on_answer>
                <button class="button" data-verb="withdraw">{verb.word}<span class="sr">{verb.rest}</span></button>
            </CommandForm>
        </div>
    }
    .erased()
}
