//! The one button of a group: what the viewer can do with it, or cannot and why.

use super::{
    command_form::{Answer, CommandForm},
    icon::{Glyph, Icon},
    keys::Keys,
    toast::use_toast,
};
use crate::api::{
    groups::{Join, Leave},
    requests::Withdraw,
};
use crate::view::erased::{ErasedView, IntoErased};
use crate::{browser, text::language};
use domain::{Action, Denial, GroupRow, MyStatus, Offer};
use leptos::{prelude::*, server_fn::ServerFn};

/// The id of the field for a reason, on the page of one group.
pub(crate) const REASON: &str = "reason";

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

    /// Lets the palette offer it, where it is offered at all: what asks for a reason leads there.
    pub(crate) fn put_on(&self, keys: Keys) {
        let Some(action) = self.action() else { return };
        let verb = language().verb(action, &self.name);
        let button = self.button_id();
        keys.offer(format!("{}{}", verb.word, verb.rest), move || match action {
            Action::RequestJoin | Action::RequestLeave => browser::focus(REASON),
            Action::Join | Action::Leave | Action::Withdraw => browser::press(&button),
        });
    }

    fn button_id(&self) -> String {
        format!("offer-{}-{}", self.group, self.target().0.rsplit('/').next().unwrap_or_default())
    }

    /// Where it is sent, and what it is about.
    fn target(&self) -> (&'static str, (&'static str, i64)) {
        match self.offer.action {
            Action::Join | Action::RequestJoin => (Join::PATH, ("group", self.group)),
            Action::Leave | Action::RequestLeave => (Leave::PATH, ("group", self.group)),
            Action::Withdraw => (Withdraw::PATH, ("request", self.request.unwrap_or_default())),
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
    /// What was just sent, until the answer says otherwise: what stands beside the button shows it as done.
    #[prop(optional)]
    sent: Option<RwSignal<Option<Action>>>,
    /// Fields above the button.
    #[prop(default = None)]
    fields: Option<ErasedView>,
) -> impl IntoView {
    match offered.offer.denial {
        Some(denial) => refused(&offered, denial),
        None => offer(offered, on_done, sent, fields),
    }
}

/// How one stands after an action that is carried out.
pub(crate) const fn stands_after(action: Action, before: MyStatus) -> MyStatus {
    match (action, before) {
        (Action::Join, _) | (Action::Withdraw, MyStatus::Member | MyStatus::LeaveRequested) => MyStatus::Member,
        (Action::RequestJoin, _) => MyStatus::JoinRequested,
        (Action::RequestLeave, _) => MyStatus::LeaveRequested,
        (Action::Leave, _) | (Action::Withdraw, MyStatus::None | MyStatus::JoinRequested) => MyStatus::None,
    }
}

fn offer(
    offered: Offered,
    on_done: Callback<()>,
    sent: Option<RwSignal<Option<Action>>>,
    fields: Option<ErasedView>,
) -> ErasedView {
    let words = language();
    let toast = use_toast();
    let (action, about) = offered.target();
    let verb = words.verb(offered.offer.action, &offered.name);
    let name = offered.name.clone();
    let told = move |action: Option<Action>| {
        if let Some(sent) = sent {
            sent.try_set(action);
        }
    };
    let on_sent = Callback::new(move |_| told(Some(offered.offer.action)));
    let on_answer = Callback::new(move |(_, answer): Answer| match answer {
        Ok(receipt) => {
            toast.say(words.done(&receipt.outcome, &name));
            on_done.run(());
        }
        Err(_) => told(None),
    });
    view! {
        <CommandForm action=action about=about on_sent=on_sent on_answer=on_answer>
            {fields}
            <button class="button" id=offered.button_id() data-verb=weight(offered.offer.action)>
                {verb.word}
                <span class="sr">{verb.rest}</span>
            </button>
        </CommandForm>
    }
    .erased()
}

/// A button that says why it does nothing. It takes the focus, so that the keyboard reaches the reason.
fn refused(offered: &Offered, denial: Denial) -> ErasedView {
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
    .erased()
}

/// How much the button stands out: what lets one in does, what ends something does not.
const fn weight(action: Action) -> &'static str {
    match action {
        Action::Join | Action::RequestJoin => "enter",
        Action::Leave | Action::RequestLeave => "leave",
        Action::Withdraw => "withdraw",
    }
}
