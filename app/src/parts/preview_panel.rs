//! What a draft would do, with the one form that carries it out: who is touched, by name and number, and what they will be
//! told. Nothing is changed before.

use super::{
    command_form::attempt_name,
    draft_form::DraftForm,
    icon::{Glyph, Icon},
    person::{avatar, organisation},
    post_form::{PostForm, Reply},
    toast::use_toast,
};
use crate::view::{
    dynamic::{dyn_view, memo},
    erased::{ErasedView, IntoErased},
};
use crate::{
    address::{address, may_be_told},
    api::draft::Drafted,
    browser::{self, ATTEMPT_FIELD, MAIN},
    error::AppError,
    input::{DRAFT_FIELD, Draft, EDIT, FINGERPRINT_FIELD},
    live::LiveResource,
    parts::problems::Problems,
    text::{joined, language},
    wire,
};
use domain::{Conflict, Preview, PreviewEffect, Receipt, Tally, Touched};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::sync::Arc;

/// The id of what a draft would do.
const FORESEEN: &str = "foreseen";

/// The id of the form that leads back from it, where no link may.
const BACK: &str = "back-to-editing";

/// Up to how many lines stand there at once; more are folded away.
const UNFOLDED: usize = 8;

/// How a draft is carried out.
#[derive(Clone)]
pub(crate) struct Confirming {
    /// The path of the page.
    pub(crate) path: String,
    /// The path of the server function.
    pub(crate) action: &'static str,
    /// What changes, in sentences.
    pub(crate) changes: Vec<String>,
    /// What the button says.
    pub(crate) button: &'static str,
    /// Whether it takes away what cannot be brought back.
    pub(crate) destroys: bool,
    /// What is said once it is done.
    pub(crate) said: String,
}

/// Where one goes once a draft is carried out.
pub(crate) type Onward = Arc<dyn Fn(&Receipt) -> String + Send + Sync>;

/// The part of a page that follows its draft: the form while it is worked on, what it would do while that is looked at.
pub(crate) fn drafting<T, F, C>(
    kept: LiveResource<Drafted<T, F>>,
    fields: &'static [&'static str],
    form: impl Fn(&Drafted<T, F>, Problems) -> ErasedView + Send + 'static,
    confirming: impl Fn(&Drafted<T, F>) -> Confirming + Send + 'static,
    onward: impl Fn(&Receipt) -> String + Send + Sync + 'static,
) -> ErasedView
where
    T: Send + Sync + 'static,
    F: Draft<C> + Clone + PartialEq + Send + Sync + 'static,
{
    let outdated = RwSignal::new(false);
    let onward: Onward = Arc::new(onward);
    let on_outdated = Callback::new(move |()| {
        outdated.set(true);
        kept.read_anew();
    });
    let seen = memo(move || {
        kept.shown.with(|page| match &page.preview {
            Some(Ok(_)) => Some(FORESEEN),
            Some(Err(error)) => Problems::of(Some(error), fields).first(),
            None => None,
        })
    });
    Effect::new(move |before: Option<Option<&'static str>>| {
        let seen = seen.get();
        if before.is_some_and(|before| before != seen) {
            // It is drawn by the next frame.
            request_animation_frame(move || browser::focus(seen.unwrap_or(MAIN)));
        }
        seen
    });
    let drawn =
        F::STANDS_ALONE.then(|| memo(move || kept.shown.with(|page| (page.form.clone(), page.preview.clone()))));
    let view = move || {
        match drawn {
            // Read, not only tracked: a memo that nobody has read yet follows nothing.
            Some(drawn) => drawn.with(|_| ()),
            None => kept.shown.track(),
        }
        kept.shown.with_untracked(|page| match &page.preview {
            Some(Ok(preview)) => {
                let was_outdated = outdated.get();
                preview_panel(
                    preview,
                    page.form.stage().draft.clone(),
                    page.form.fields(),
                    confirming(page),
                    ConfirmingContext {
                        about: page.form.about(),
                        was_outdated,
                        onward: Arc::clone(&onward),
                        on_outdated,
                    },
                )
            }
            refused => {
                outdated.set(false);
                let error = refused.as_ref().and_then(|answer| answer.as_ref().err());
                form(page, Problems::of(error, fields))
            }
        })
    };
    dyn_view(view).erased()
}

/// What the confirming form has to tell.
pub(crate) struct ConfirmingContext {
    /// The field that names what the draft is about, where the path of the page does that.
    pub(crate) about: Option<(&'static str, String)>,
    /// Whether another preview was there before.
    pub(crate) was_outdated: bool,
    /// Where one goes once it is done.
    pub(crate) onward: Onward,
    /// Told when it would do something else by now.
    pub(crate) on_outdated: Callback<()>,
}

/// What a draft of these fields would do, and the form that carries it out.
pub(crate) fn preview_panel(
    preview: &Preview,
    stage: String,
    fields: Vec<(&'static str, String)>,
    confirming: Confirming,
    told: ConfirmingContext,
) -> ErasedView {
    let labels = language().preview();
    let anew = told.was_outdated.then(|| {
        view! { <div class="notice" role="alert"><p>{labels.anew}</p></div> }
    });
    let changes = (!confirming.changes.is_empty()).then(|| {
        let lines = confirming.changes.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
        view! { <h3>{labels.changes}</h3> <ul class="plain-list">{lines}</ul> }
    });
    view! {
        <section class="card section foreseen" id=FORESEEN tabindex="-1" aria-labelledby="foreseen-title">
            <h2 id="foreseen-title">{labels.title}</h2>
            {anew}
            {changes}
            {consequences(preview)}
            {confirmation(preview, stage, fields, confirming, told)}
        </section>
    }
    .erased()
}

/// What would happen to whom.
pub(crate) fn consequences(preview: &Preview) -> ErasedView {
    let words = language();
    let labels = words.preview();
    if !preview.changes {
        return view! { <p>{labels.nothing}</p> }.erased();
    }
    if preview.people == 0 {
        return view! { <p class="foreseen-none"><Glyph icon=Icon::Check />{labels.nobody}</p> }.erased();
    }
    // Whoever moves does so in no group; everything else follows from that.
    let (moves, others): (Vec<&Tally>, Vec<&Tally>) =
        preview.tallies.iter().partition(|tally| matches!(tally.fate, PreviewEffect::Moves { .. }));
    let mut tallies: Vec<ErasedView> =
        moves.into_iter().chain(others).map(|tally| counted(tally, &preview.shown)).collect();
    let folded = tallies.split_off(tallies.len().min(UNFOLDED));
    let folded = (!folded.is_empty()).then(|| {
        let number = words.and_others(folded.len() as u64);
        view! { <details class="more"><summary>{number}</summary><ul class="tallies">{folded}</ul></details> }
    });
    let steps = preview.in_steps.then(|| view! { <p class="hint">{labels.in_steps}</p> });
    let more = (!preview.complete).then(|| view! { <p class="hint">{labels.incomplete}</p> });
    view! {
        <p class="foreseen-number"><Glyph icon=Icon::Warning /><strong>{words.touches(preview.people)}</strong></p>
        <ul class="tallies">{tallies}</ul>
        {folded}
        {more}
        {steps}
        {named(preview)}
    }
    .erased()
}

/// How often one thing would happen, and what those are told to whom it does.
fn counted(tally: &Tally, shown: &[Touched]) -> ErasedView {
    let words = language();
    // What is told depends on what happens and why; only the group differs.
    let one = shown.iter().flat_map(|touched| &touched.consequences).find(|consequence| {
        consequence.told.is_some() && consequence.fate == tally.fate && consequence.cause == tally.cause
    });
    let told = one.and_then(|one| words.foretold(one, tally.group.as_ref()));
    let told = told.map(|told| view! { <p class="hint">{told}</p> });
    view! { <li><p>{words.tally(tally)}</p>{told}</li> }.erased()
}

/// The first of those touched, by name.
fn named(preview: &Preview) -> ErasedView {
    let words = language();
    let person = |touched: &Touched| {
        let person = &touched.person;
        let name = person.display_name().to_owned();
        let organisation = organisation(person).map(|names| view! { <span class="hint">{names}</span> });
        view! {
            <li class="touched">
                {avatar(person)}
                <div>
                    <p class="line-name">{name} " " {organisation}</p>
                    <p class="facts">{joined(&words.fates(touched))}</p>
                </div>
            </li>
        }
        .erased()
    };
    let people: Vec<ErasedView> = preview.shown.iter().map(person).collect();
    let others = preview.people as usize - preview.shown.len().min(preview.people as usize);
    let others = (others > 0).then(|| view! { <p class="hint">{words.and_others(others as u64)}</p> });
    view! {
        <details class="more" open=preview.shown.len() <= UNFOLDED>
            <summary>{words.preview().who}</summary>
            <ul class="lines touched-list">{people}</ul>
            {others}
        </details>
    }
    .erased()
}

/// The form that carries it out.
fn confirmation(
    preview: &Preview,
    stage: String,
    fields: Vec<(&'static str, String)>,
    confirming: Confirming,
    told: ConfirmingContext,
) -> ErasedView {
    let mut draft: Vec<(&'static str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    // A draft of nothing is none.
    if draft.iter().any(|(_, value)| !value.is_empty()) {
        draft.push((DRAFT_FIELD, EDIT));
    }
    let (back, way_back) = back_to_editing(&confirming.path, &draft);
    let fields: Vec<ErasedView> = fields.iter().cloned().chain(told.about.clone()).filter_map(hidden).collect();
    let (toast, said) = (use_toast(), confirming.said);
    let navigate = use_navigate();
    let on_reply = Callback::new(move |(_, reply): Reply| match reply {
        Ok(body) => {
            toast.say(said.clone());
            if let Ok(receipt) = wire::read::<Receipt>(&body) {
                navigate(&(told.onward)(&receipt), NavigateOptions { replace: true, ..NavigateOptions::default() });
            }
        }
        Err(AppError::Conflict(Conflict::PreviewOutdated)) => told.on_outdated.run(()),
        Err(_) => {}
    });
    let verb = if confirming.destroys { "destroy" } else { "enter" };
    let save =
        preview.changes.then(|| view! { <button class="button" data-verb=verb>{confirming.button}</button> }).erased();
    let (action, fingerprint) = (confirming.action, preview.fingerprint.to_string());
    view! {
        <PostForm action=action on_reply=on_reply>
            {fields}
            <input type="hidden" name=DRAFT_FIELD value=stage />
            <input type="hidden" name=FINGERPRINT_FIELD value=fingerprint />
            <input type="hidden" name=ATTEMPT_FIELD value=attempt_name(action, 0) autocomplete="off" />
            <div class="dialog-buttons">
                {back}
                {save}
            </div>
        </PostForm>
        {way_back}
    }
    .erased()
}

/// A field that nobody sees; none where there is nothing in it.
fn hidden((name, value): (&'static str, String)) -> Option<ErasedView> {
    (!value.is_empty()).then(|| view! { <input type="hidden" name=name value=value /> }.erased())
}

/// The way back to the form: a link, or where no address may tell the draft, a button with the form that it sends.
fn back_to_editing(path: &str, draft: &[(&'static str, &str)]) -> (ErasedView, Option<ErasedView>) {
    let label = language().preview().back;
    let back = address(path, draft);
    if may_be_told(&back) {
        return (view! { <a class="button" href=back data-noscroll="">{label}</a> }.erased(), None);
    }
    let fields = draft.iter().filter(|(name, _)| *name != DRAFT_FIELD);
    let fields: Vec<ErasedView> = fields.filter_map(|(name, value)| hidden((name, (*value).to_owned()))).collect();
    let button = view! { <button class="button" form=BACK>{label}</button> }.erased();
    let form = view! { <DraftForm action=path.to_owned() id=Some(BACK) stage=EDIT>{fields}</DraftForm> }.erased();
    (button, Some(form))
}
