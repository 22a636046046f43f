//! Making a group.

use crate::api::group_setup::CreateGroup;
use crate::{
    address::{Query, given},
    api::{
        self,
        draft::Drafted,
        group_setup::{LIST, page_of_made},
    },
    input::{Draft, FlagFields, GROUP_STATES, GroupFields, NewGroupForm, PERMISSIONS, Stage},
    page_query::use_query,
    parts::{
        admin_page::admin_page,
        admin_tabs::AdminSubhead,
        draft_form::DraftForm,
        field::Area,
        group_fields::{FIELDS, group_fields, with_summary},
        preview_panel::{Confirming, drafting},
        problems::Problems,
        title::page_title,
    },
    text::{Setting, language},
    view::{
        dynamic::{dyn_text, memo},
        erased::{ErasedView, IntoErased},
    },
};
use domain::{AdminPage, ByName, GroupChoices};
use leptos::{prelude::*, server_fn::ServerFn};

const PATH: &str = "/admin/groups/new";

type Page = Drafted<GroupChoices, NewGroupForm>;

/// The page.
#[component]
pub(crate) fn NewGroup() -> impl IntoView {
    let labels = language().group_setup();
    page_title(|| labels.new_group.to_owned());
    let query = use_query();
    let asked = memo(move || {
        query.with(|query| NewGroupForm {
            fields: fields_in(query),
            leaders: given(query, "leaders"),
            leader_groups: given(query, "leader_groups"),
            stage: Stage::at(given(query, "draft")),
        })
    });
    admin_page(asked, api::group_setup::read_group_choices, move |viewer, kept| {
        let title = dyn_text(|| labels.new_group.to_owned());
        view! {
            <AdminSubhead tab=AdminPage::Groups viewer=viewer back=LIST back_to=labels.all_groups title=title>
                <p class="intro">{labels.new_intro}</p>
            </AdminSubhead>
            {drafting::<_, _, ByName>(kept, FIELDS, |page, problems| form(page, &problems), confirming, page_of_made)}
        }
        .erased()
    })
}

/// The fields of a group in an address.
pub(super) fn fields_in(query: &Query) -> GroupFields {
    GroupFields {
        name: given(query, "name"),
        description: given(query, "description"),
        flags: FlagFields::of(|name| given(query, name)),
        auto_leave: given(query, "auto_leave"),
        states: query.all(GROUP_STATES),
        permissions: query.all(PERMISSIONS),
    }
}

/// What is made, in plain words, and how.
fn confirming(page: &Page) -> Confirming {
    let words = language();
    let labels = words.group_setup();
    let (fields, choices) = (&page.form.fields, &page.subject);
    let states = choices.states.iter().filter(|state| fields.admits(state.id));
    let setting = Setting {
        flags: fields.flags(),
        auto_leave: fields.leaving(),
        instance_auto_leave: choices.auto_leave,
        shown_to_all: choices.show_unavailable_groups,
        states: states.map(|state| state.name.clone()).collect(),
        is_led: !(page.form.leaders.is_empty() && page.form.leader_groups.is_empty()),
    };
    let plain = words.group_summary(&setting).into_iter().map(|it| format!("{}: {}", it.question, it.answer));
    Confirming {
        path: PATH.to_owned(),
        action: CreateGroup::PATH,
        changes: [words.would_be_made(&fields.name)].into_iter().chain(plain).collect(),
        button: labels.create,
        destroys: false,
        said: labels.created.to_owned(),
    }
}

/// The form: as the draft has it, else as a group is of which nothing is said.
fn form(page: &Page, problems: &Problems) -> ErasedView {
    let words = language();
    let labels = words.group_setup();
    let values = if page.form.stage().is_drafted() { page.form.fields.clone() } else { GroupFields::fresh() };
    let fields = group_fields(&values, &page.subject, &[], problems);
    let (leaders, leader_groups) = (page.form.leaders.clone(), page.form.leader_groups.clone());
    let (of_leaders, of_groups) = (problems.with("leaders"), problems.with("leader_groups"));
    let rest = problems.rest().map(|rest| view! { <p class="said" role="alert">{rest}</p> });
    with_summary(&values, &page.subject, false, move |summary| {
        view! {
            <DraftForm action=PATH.to_owned()>
                {rest}
                {fields}
                <section class="card section">
                    <h2>{labels.who_leads}</h2>
                    <p class="hint">{labels.who_leads_intro}</p>
                    <Area
                        name="leaders"
                        label=labels.leaders
                        hint=labels.leaders_hint
                        value=leaders
                        problem=of_leaders
                    />
                    <Area
                        name="leader_groups"
                        label=labels.leader_groups
                        hint=labels.leader_groups_hint
                        value=leader_groups
                        problem=of_groups
                    />
                </section>
                {summary}
                <button class="button" data-verb="enter">{words.preview().look}</button>
            </DraftForm>
        }
        .erased()
    })
}
