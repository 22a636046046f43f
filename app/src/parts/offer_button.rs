//! The one button of a group: what the viewer can do with it, or cannot and why.

use super::{
    command_form::{Answer, CommandForm},
    icon::{Glyph, Icon},
    piece::{IntoPiece, Piece},
    toast::use_toast,
};
use crate::text::language;
use domain::{Action, Denial, GroupRow, Offer};
use leptos::prelude::*;

/// What a button needs to know of its group. Small, so that a row whose members change keeps its button untouched.
#[derive(Clone, PartialEq)]
pub(crate) struct Offered {
    group: i64,
    name: String,
    request: Option<i64>,
    offer: Offer,
}

impl Offered {
    /// The offers of a row, the one that matters first.
    pub(crate) fn of(row: &GroupRow) -> Vec<Self> {
        let about = |offer: &Offer| Self {
            group: row.id.0,
            name: row.name.clone(),
            request: row.my_request.map(|request| request.0),
            offer: *offer,
        };
        row.offers.iter().map(about).collect()
    }

    /// What would be done; nothing where it is refused.
    pub(crate) fn action(&self) -> Option<Action> {
        self.offer.denial.is_none().then_some(self.offer.action)
    }

    /// Where it is sent, and what it is about.
    fn target(&self) -> (&'static str, (&'static str, i64)) {
        match self.offer.action {
            Action::Join | Action::RequestJoin => ("/api/groups/join", ("group", self.group)),
            Action::Leave | Action::RequestLeave => ("/api/groups/leave", ("group", self.group)),
            Action::Withdraw => ("/api/requests/withdraw", ("request", self.request.unwrap_or_default())),
        }
    }
}

/// The button, with whatever fields belong to the form.
#[component]
pub(crate) fn OfferButton(
    /// What is offered.
    offered: Offered,
    /// Told when it was carried out.
    on_done: Callback<()>,
    /// Fields above the button.
    #[prop(default = None)]
    fields: Option<Piece>,
) -> impl IntoView {
    match offered.offer.denial {
        Some(denial) => refused(&offered, denial),
        None => offer(offered, on_done, fields),
    }
}

fn offer(offered: Offered, on_done: Callback<()>, fields: Option<Piece>) -> Piece {
    let words = language();
    let toast = use_toast();
    let (action, about) = offered.target();
    let verb = words.verb(offered.offer.action, &offered.name);
    let name = offered.name.clone();
    let on_answer = Callback::new(move |(_, answer): Answer| {
        if let Ok(receipt) = answer {
            toast.say(words.done(&receipt.outcome, &name));
            on_done.run(());
        }
    });
    view! {
        <CommandForm action=action about=about on_answer=on_answer>
            {fields}
            <button class="button" data-verb=weight(offered.offer.action)>
                {verb.word}
                <span class="sr">{verb.rest}</span>
            </button>
        </CommandForm>
    }
    .piece()
}

/// A button that says why it does nothing. It takes the focus, so that the keyboard reaches the reason.
fn refused(offered: &Offered, denial: Denial) -> Piece {
    let words = language();
    let verb = words.verb(offered.offer.action, &offered.name);
    let why = format!("why-{}", offered.group);
    view! {
        <div class="command refused">
            <button class="button" type="button" aria-disabled="true" aria-describedby=why.clone()>
                {verb.word}
                <span class="sr">{verb.rest}</span>
            </button>
            <p class="why" id=why><Glyph icon=Icon::Restricted />{words.denial(denial)}</p>
        </div>
    }
    .piece()
}

/// How much the button stands out: what lets one in does, what ends something does not.
const fn weight(action: Action) -> &'static str {
    match action {
        Action::Join | Action::RequestJoin => "enter",
        Action::Leave | Action::RequestLeave => "leave",
        Action::Withdraw => "withdraw",
    }
}
