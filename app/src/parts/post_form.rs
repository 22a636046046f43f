//! A form that is sent. It is a plain form first; in the browser the same form is sent by a fetch, and what comes of it
//! is told in it. All forms that change something go this one way, so none brings code of its own to the browser.

use super::{account_field::account_field, notice::Trouble, problems::concerns};
use crate::view::{
    dynamic::{dyn_attr, dyn_view},
    erased::{ErasedChildren, ErasedView, IntoErased},
};
use crate::{
    browser::{self, Sent},
    error::AppError,
    text::language,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{HtmlButtonElement, HtmlFormElement};

/// What came of a form: where it was sent, and the body of the answer.
pub(crate) type Reply = (String, Result<String, AppError>);

/// How far a form has come.
#[derive(Clone, PartialEq)]
enum Progress {
    Resting,
    Waiting,
    Late,
    Refused(AppError),
}

/// A form.
#[component]
pub(crate) fn PostForm(
    /// The path of the server function. A button may name another by `formaction`.
    action: &'static str,
    /// Told at once where it is sent, before any answer.
    #[prop(default = None)]
    on_sent: Option<Callback<String>>,
    /// Told the answer. A refusal is shown in the form in any case.
    on_reply: Callback<Reply>,
    /// Whether its fields are emptied once it was carried out.
    #[prop(optional)]
    resets: bool,
    /// Fields and buttons.
    children: ErasedChildren,
) -> impl IntoView {
    let progress = RwSignal::new(Progress::Resting);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form: Option<HtmlFormElement> = event.target().and_then(|form| form.dyn_into().ok());
        let button: Option<HtmlButtonElement> = event.submitter().and_then(|button| button.dyn_into().ok());
        let Some(form) = form.filter(|_| progress.get_untracked() != Progress::Waiting) else { return };
        progress.set(Progress::Waiting);
        browser::point_out(&form, &[]);
        let action = browser::action_of(&form, button.as_ref());
        if let Some(on_sent) = on_sent {
            on_sent.run(action.clone());
        }
        spawn_local(async move {
            let sent = browser::send(form.clone(), button).await;
            match &sent {
                Sent::Done(_) => {
                    browser::forget_typed(&form);
                    if resets {
                        form.reset();
                    }
                }
                Sent::Refused(AppError::SignedOut) => browser::keep_typed(),
                Sent::Refused(AppError::Invalid(problems)) => {
                    browser::point_out(&form, problems.first().map(|problem| problem.field.as_str()).as_slice());
                }
                Sent::Refused(AppError::Conflict(conflict)) => browser::point_out(&form, concerns(conflict)),
                Sent::Refused(_) | Sent::Late => {}
            }
            let (next, reply) = outcome(sent);
            progress.try_set(next);
            on_reply.try_run((action, reply));
        });
    };
    Effect::new(|_| browser::give_back_typed());
    view! {
        <form
            class="command"
            method="post"
            action=action
            aria-busy=dyn_attr(move || (progress.get() == Progress::Waiting).then_some("true"))
            on:submit=submit
        >
            {account_field()}
            {children.draw()}
            {dyn_view(move || said(progress.get()))}
        </form>
    }
}

fn outcome(sent: Sent) -> (Progress, Result<String, AppError>) {
    match sent {
        Sent::Done(body) => (Progress::Resting, Ok(body)),
        Sent::Refused(error) => (Progress::Refused(error.clone()), Err(error)),
        Sent::Late => (Progress::Late, Err(AppError::Offline)),
    }
}

fn said(progress: Progress) -> Option<ErasedView> {
    match progress {
        Progress::Resting | Progress::Waiting => None,
        Progress::Late => Some(view! { <p class="said" role="alert">{language().labels().no_answer_yet}</p> }.erased()),
        Progress::Refused(error) => Some(view! { <Trouble error=error /> }.erased()),
    }
}
