//! A form that changes something. It is a plain form first; in the browser the same form is sent by a fetch, and what
//! comes of it is told beside it. All commands go this one way, so none brings code of its own to the browser.

use super::{
    draw::{draw, mark},
    notice::Trouble,
    piece::{IntoPiece, Piece},
};
use crate::{
    browser::{self, ATTEMPT_FIELD, Sent},
    error::{AppError, Ticket},
    text::language,
};
use domain::Receipt;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{HtmlButtonElement, HtmlFormElement};

/// What came of a command: where it was sent, and the answer.
pub(crate) type Answer = (String, Result<Receipt, AppError>);

/// How far a command has come.
#[derive(Clone, PartialEq)]
enum Progress {
    Resting,
    Waiting,
    Late,
    Refused(AppError),
}

/// The name of the attempt of a form, made when the form is shown. The browser makes its own when there is none.
pub(crate) fn attempt_name(action: &str, id: i64) -> String {
    #[cfg(feature = "ssr")]
    let name = with_context::<crate::ShellFacts, _>(|facts| format!("{}:{action}:{id}", facts.form_seed));
    #[cfg(not(feature = "ssr"))]
    let name = {
        let _ = (action, id);
        None
    };
    name.unwrap_or_default()
}

/// A form for one command about one thing.
#[component]
pub(crate) fn CommandForm(
    /// The path of the server function. A button may name another by `formaction`.
    action: &'static str,
    /// The field that names the thing, and its id.
    about: (&'static str, i64),
    /// Told at once where it is sent, before any answer.
    #[prop(optional)]
    on_sent: Option<Callback<String>>,
    /// Told the answer. A refusal is shown in the form in any case.
    on_answer: Callback<Answer>,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    let progress = RwSignal::new(Progress::Resting);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form: Option<HtmlFormElement> = event.target().and_then(|form| form.dyn_into().ok());
        let button: Option<HtmlButtonElement> = event.submitter().and_then(|button| button.dyn_into().ok());
        let Some(form) = form.filter(|_| progress.get_untracked() != Progress::Waiting) else { return };
        progress.set(Progress::Waiting);
        let action = browser::action_of(&form, button.as_ref());
        if let Some(on_sent) = on_sent {
            on_sent.run(action.clone());
        }
        spawn_local(async move {
            let (next, answer) = outcome(browser::send(form, button).await);
            progress.try_set(next);
            on_answer.try_run((action, answer));
        });
    };
    view! {
        <form
            class="command"
            method="post"
            action=action
            aria-busy=mark(move || (progress.get() == Progress::Waiting).then_some("true"))
            on:submit=submit
        >
            <input type="hidden" name=about.0 value=about.1.to_string() />
            <input type="hidden" name=ATTEMPT_FIELD value=attempt_name(action, about.1) autocomplete="off" />
            {children()}
            {draw(move || said(progress.get()))}
        </form>
    }
}

fn outcome(sent: Sent) -> (Progress, Result<Receipt, AppError>) {
    match sent {
        Sent::Done(body) => match serde_json::from_str(&body) {
            Ok(receipt) => (Progress::Resting, Ok(receipt)),
            Err(_) => refused(AppError::Internal(Ticket(String::new()))),
        },
        Sent::Refused(error) => refused(error),
        Sent::Late => (Progress::Late, Err(AppError::Offline)),
    }
}

fn refused(error: AppError) -> (Progress, Result<Receipt, AppError>) {
    (Progress::Refused(error.clone()), Err(error))
}

fn said(progress: Progress) -> Option<Piece> {
    match progress {
        Progress::Resting | Progress::Waiting => None,
        Progress::Late => Some(view! { <p class="said" role="alert">{language().labels().no_answer_yet}</p> }.piece()),
        Progress::Refused(error) => Some(view! { <Trouble error=error /> }.piece()),
    }
}
