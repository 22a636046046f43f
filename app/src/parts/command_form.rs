//! A form for one command. It carries the name of the attempt, so that a double click or a repeat does nothing twice.

use super::post_form::{PostForm, Reply};
use crate::view::erased::ErasedChildren;
use crate::{
    browser::ATTEMPT_FIELD,
    error::{AppError, Ticket},
    wire,
};
use domain::Receipt;
use leptos::prelude::*;

/// What came of a command: where it was sent, and the answer.
pub(crate) type Answer = (String, Result<Receipt, AppError>);

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
    children: ErasedChildren,
) -> impl IntoView {
    let on_reply = Callback::new(move |(action, reply): Reply| {
        let receipt = reply.and_then(|body| wire::read(&body).map_err(|_| AppError::Internal(Ticket(String::new()))));
        on_answer.run((action, receipt));
    });
    view! {
        <PostForm action=action on_sent=on_sent on_reply=on_reply>
            <input type="hidden" name=about.0 value=about.1.to_string() />
            <input type="hidden" name=ATTEMPT_FIELD value=attempt_name(action, about.1) autocomplete="off" />
            {children.draw()}
        </PostForm>
    }
}
