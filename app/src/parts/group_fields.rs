//! The fields of a group in a form, and beside them what they come to in plain words, which follows while one types.

use super::{
    field::{Area, Field, Options, Tick, shared_reason},
    problems::Problems,
};
use crate::view::{
    dynamic::dyn_view,
    erased::{ErasedView, IntoErased},
};
use crate::{
    browser,
    input::{FlagFields, GROUP_STATES, GroupFields, PERMISSIONS},
    text::{Setting, language},
};
use domain::{AutoLeave, Description, Flag, GroupAction, GroupChoices, GroupName, Permission, StateRef};
use leptos::prelude::*;

/// The fields that something can be the matter with.
pub(crate) const FIELDS: &[&str] =
    &["name", "description", "auto_leave", "states", "permissions", "leaders", "leader_groups", "typed"];

/// The id of the reason why the group may not be set otherwise.
const NOT_SET: &str = "not-set";

/// The id of the reason why no permissions may be given.
const NOT_GIVEN: &str = "not-given";

/// The sections of the form, as far as a group that is there and one that is not have them in common.
pub(crate) fn group_fields(
    values: &GroupFields,
    choices: &GroupChoices,
    gone: &[StateRef],
    problems: &Problems,
) -> ErasedView {
    let words = language();
    let labels = words.group_setup();
    let why = |action| choices.denial(action).map(|denial| words.why_not(action, denial).to_owned());
    // A reason that many fields share stands once, above them.
    let not_set = why(GroupAction::Set).map(|_| NOT_SET);
    let set = values.flags();
    let flag = |flag: Flag| {
        let own = why(GroupAction::Restrict)
            .filter(|own| flag == Flag::Restricted && Some(own) != why(GroupAction::Set).as_ref());
        let shared = not_set.filter(|_| own.is_none());
        let (label, hint) = (words.flag(flag), words.flag_hint(flag));
        view! { <Tick name=flag.code() label=label hint=hint ticked=set.has(flag) refused=own refused_by=shared /> }
            .erased()
    };
    let flags: Vec<ErasedView> = Flag::ALL.into_iter().map(flag).collect();
    let ways = AutoLeave::ALL.map(|value| {
        let (name, meaning) = words.way_to_leave(value, choices.auto_leave);
        (value.code(), name, meaning)
    });
    let of = |field: &str| problems.with(field);
    let said = |field: &str| of(field).map(|said| view! { <p class="said">{said}</p> });
    let state = |state: &StateRef, hint: &'static str| {
        view! {
            <Tick
                name=GROUP_STATES
                value=state.id.to_string()
                label=state.name.clone()
                hint=hint
                ticked=values.admits(state.id)
                refused_by=not_set
            />
        }
        .erased()
    };
    let states: Vec<ErasedView> = choices
        .states
        .iter()
        .map(|it| state(it, ""))
        .chain(gone.iter().map(|it| state(it, labels.state_gone)))
        .collect();
    view! {
        <section class="card section">
            <h2>{labels.what_it_is}</h2>
            <Field
                name="name"
                label=labels.name
                hint=labels.name_hint
                autocomplete="off"
                longest=GroupName::MAX
                value=values.name.clone()
                problem=of("name")
                refused=why(GroupAction::Describe)
            />
            <Area
                name="description"
                label=labels.description
                hint=labels.description_hint
                longest=Description::MAX
                value=values.description.clone()
                problem=of("description")
                refused=why(GroupAction::Describe)
            />
        </section>
        <section class="card section">
            <h2>{labels.who_gets_in}</h2>
            {why(GroupAction::Set).map(|why| shared_reason(NOT_SET, why))}
            <fieldset class="some-of">
                <legend>{labels.flags}</legend>
                <div class="two-columns">{flags}</div>
            </fieldset>
            <Options
                name="auto_leave"
                label=labels.auto_leave
                options=ways.into()
                chosen=values.leaving().code().to_owned()
                problem=of("auto_leave")
                refused=why(GroupAction::Set)
            />
            <fieldset class="some-of" id="states" tabindex="-1">
                <legend>{labels.states}</legend>
                <p class="hint">{labels.states_hint}</p>
                {said("states")}
                <div class="tick-row">{states}</div>
            </fieldset>
        </section>
        {members_are_given(values, choices, problems)}
    }
    .erased()
}

/// What members are given.
fn members_are_given(values: &GroupFields, choices: &GroupChoices, problems: &Problems) -> ErasedView {
    let words = language();
    let labels = words.group_setup();
    let denial = choices.denial(GroupAction::GivePermissions);
    let why = denial.map(|denial| words.why_not(GroupAction::GivePermissions, denial).to_owned());
    let refused_by = why.is_some().then_some(NOT_GIVEN);
    let tick = |permission: Permission| {
        view! {
            <Tick
                name=PERMISSIONS
                value=permission.code()
                label=words.permission_and_name(permission)
                ticked=values.gives(permission)
                refused_by=refused_by
            />
        }
        .erased()
    };
    let ticks: Vec<ErasedView> = Permission::ALL.into_iter().map(tick).collect();
    let said = problems.with("permissions").map(|said| view! { <p class="said">{said}</p> });
    view! {
        <section class="card section">
            <h2>{labels.permissions}</h2>
            <p class="hint">{labels.permissions_hint}</p>
            {why.map(|why| shared_reason(NOT_GIVEN, why))}
            {said}
            <div class="two-columns">{ticks}</div>
        </section>
    }
    .erased()
}

/// What fields come to, as the summary takes it.
fn setting(values: &GroupFields, choices: &GroupChoices, is_led: bool) -> Setting {
    let named = choices.states.iter().filter(|state| values.admits(state.id));
    Setting {
        flags: values.flags(),
        auto_leave: values.leaving(),
        instance_auto_leave: choices.auto_leave,
        shown_to_all: choices.show_unavailable_groups,
        states: named.map(|state| state.name.clone()).collect(),
        is_led,
    }
}

/// A form with what it comes to beside it. `is_led` says whether anybody leads the group whatever the form says.
pub(crate) fn with_summary(
    values: &GroupFields,
    choices: &GroupChoices,
    is_led: bool,
    form: impl FnOnce(ErasedView) -> ErasedView,
) -> ErasedView {
    let choices = StoredValue::new(choices.clone());
    let shown = RwSignal::new(choices.with_value(|choices| setting(values, choices, is_led)));
    let typed = move |event: web_sys::Event| {
        let Some(form) = browser::form_of(&event) else { return };
        let of = |name: &str| browser::field_of(&form, name);
        let values = GroupFields {
            flags: FlagFields::of(of),
            auto_leave: of("auto_leave"),
            states: browser::fields_of(&form, GROUP_STATES),
            ..GroupFields::default()
        };
        let names = ["leaders", "leader_groups"].map(of);
        let is_led = is_led || names.iter().any(|names| !names.trim().is_empty());
        shown.set(choices.with_value(|choices| setting(&values, choices, is_led)));
    };
    let summary = view! {
        <section class="card section summary" aria-labelledby="summary-title">
            <h2 id="summary-title">{language().group_setup().in_plain_words}</h2>
            <dl aria-live="polite">{dyn_view(move || shown.with(answers))}</dl>
        </section>
    }
    .erased();
    view! { <div class="with-summary" on:input=typed>{form(summary)}</div> }.erased()
}

fn answers(setting: &Setting) -> Vec<ErasedView> {
    let answered = language().group_summary(setting).into_iter();
    answered.map(|it| view! { <div><dt>{it.question}</dt><dd>{it.answer}</dd></div> }.erased()).collect()
}
