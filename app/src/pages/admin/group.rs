//! One group: everything it is set to, who leads it, its join link, and the way to delete it.

use crate::api::group_setup::SaveGroup;
use crate::{
    address::given,
    api::{
        self,
        draft::Drafted,
        group_setup::{LIST, page_after, page_of},
    },
    input::{DELETE, Draft, GroupFields, GroupSetupForm, Stage},
    live::LiveResource,
    page_query::use_query,
    parts::{
        admin_page::admin_page,
        admin_tabs::AdminSubhead,
        badge::Badges,
        draft_form::DraftForm,
        field::Field,
        group_fields::{FIELDS, group_fields, with_summary},
        group_leaders::GroupLeaders,
        icon::{Glyph, Icon},
        join_link::JoinLinkCard,
        preview_panel::{Confirming, drafting},
        problems::Problems,
        stale_draft::{follow_drafted, shows_form},
        title::page_title,
    },
    text::language,
    view::{
        dynamic::{dyn_text, dyn_view, memo},
        erased::{ErasedView, IntoErased},
    },
};
use domain::{
    AdminPage, EventPayload, Flag, Group, GroupAction, GroupId, GroupRow, GroupSetup, Permissions, RecordedEvent,
    StateRef, Viewer,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

type Page = Drafted<GroupSetup, GroupSetupForm>;

/// The page.
#[component]
pub(crate) fn GroupSetupPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query());
    let asked = memo(move || {
        let group = params.with(|params| params.get("id")).unwrap_or_default();
        query.with(|query| GroupSetupForm {
            group: group.clone(),
            fields: super::new_group::fields_in(query),
            called: given(query, "called"),
            typed: given(query, "typed"),
            stage: Stage::at(given(query, "draft")),
        })
    });
    admin_page(asked, api::group_setup::read_group_setup, move |viewer, kept| {
        let (id, seq) = kept.shown.with_untracked(|page| (page.subject.row.id, page.subject.seq));
        let concerns = move |logged: &RecordedEvent| is_setup(logged, id);
        let stale_draft = follow_drafted(kept, seq, viewer.person.id, None, concerns, shows_form);
        page_title(move || kept.shown.with(|page| page.subject.row.name.clone()));
        let onward = move |_: &_| asked.with_untracked(page_after);
        view! {
            <Head kept=kept viewer=viewer />
            {stale_draft}
            {drafting(kept, FIELDS, |page, problems| form(page, &problems), confirming, onward)}
            <Rest kept=kept />
        }
        .erased()
    })
}

/// Whether an event changes what the group is set to.
fn is_setup(logged: &RecordedEvent, id: GroupId) -> bool {
    let is_here = logged.event.group.as_ref().is_some_and(|group| group.id == id);
    let what = &logged.event.what;
    is_here
        && matches!(
            what,
            EventPayload::GroupEdited { .. } | EventPayload::PermissionGiven(..) | EventPayload::PermissionTaken(..)
        )
}

/// What the page is about, and the ways on from it.
#[component]
fn Head(kept: LiveResource<Page>, viewer: Viewer) -> impl IntoView {
    let words = language();
    let labels = words.group_setup();
    let id = kept.shown.with_untracked(|page| page.subject.row.id);
    let flags = memo(move || kept.shown.with(|page| page.subject.row.flags));
    let count = move || kept.shown.with(|page| words.members(page.subject.row.member_count.unwrap_or_default()));
    let name = dyn_text(move || kept.shown.with(|page| page.subject.row.name.clone()));
    view! {
        <AdminSubhead tab=AdminPage::Groups viewer=viewer back=LIST back_to=labels.all_groups title=name>
            <p class="intro">{dyn_text(count)}</p>
            {dyn_view(move || view! { <Badges flags=flags.get() /> })}
            <ul class="ways">
                <li><a href=format!("{LIST}/{id}/members")><Glyph icon=Icon::Groups />{labels.members}</a></li>
                <li><a href=format!("{LIST}/{id}/roll")><Glyph icon=Icon::MyGroups />{labels.add_or_remove_many}</a></li>
                <li><a href=format!("/manage/{id}/audit")><Glyph icon=Icon::Audit />{words.labels().see_audit}</a></li>
                <li><a href=format!("/groups/{id}")><Glyph icon=Icon::Link />{labels.as_seen}</a></li>
            </ul>
        </AdminSubhead>
    }
}

/// What is not part of the draft: leaders, join link, deletion. While one looks at what a draft would do, nothing else is
/// there.
#[component]
fn Rest(kept: LiveResource<Page>) -> impl IntoView {
    let is_looking = memo(move || kept.shown.with(|page| matches!(page.preview, Some(Ok(_)))));
    dyn_view(move || {
        if is_looking.get() {
            return "".erased();
        }
        let setup = kept.shown.with_untracked(|page| page.subject.clone());
        let (id, seq) = (setup.row.id, setup.seq);
        // R5: of a restricted group it is no matter of the staff's.
        let hands_out = !setup.row.flags.has(Flag::Restricted) || setup.choices.denial(GroupAction::Restrict).is_none();
        view! {
            <GroupLeaders first=setup />
            {hands_out.then(|| view! { <JoinLinkCard group=id seq=seq /> })}
            {dyn_view(move || kept.shown.with(danger))}
        }
        .erased()
    })
}

/// What the draft changes, and how it is carried out.
fn confirming(page: &Page) -> Confirming {
    let words = language();
    let labels = words.group_setup();
    let deletes = page.form.stage().deletes();
    let row = &page.subject.row;
    let changes = if deletes { vec![words.would_be_deleted(row)] } else { changes(page) };
    let (button, said) = if deletes { (labels.delete, labels.deleted) } else { (labels.save, labels.saved) };
    Confirming {
        path: page_of(&page.form.group),
        action: SaveGroup::PATH,
        changes,
        button,
        destroys: deletes,
        said: said.to_owned(),
    }
}

fn changes(page: &Page) -> Vec<String> {
    let Ok(change) = page.form.change() else { return Vec::new() };
    let row = &page.subject.row;
    let before = group(row);
    let permissions = change.permissions.unwrap_or(before.permissions);
    let after = Group { permissions, ..change.applied_to(&before) };
    let names: Vec<StateRef> = page.subject.choices.states.iter().chain(&row.states).cloned().collect();
    language().group_changed(&before, &after, &names)
}

/// The group as the rules see it.
fn group(row: &GroupRow) -> Group {
    let mut states: Vec<_> = row.states.iter().map(|state| state.id).collect();
    states.sort_unstable();
    Group {
        id: row.id,
        name: row.name.clone(),
        description: row.description.clone(),
        flags: row.flags,
        auto_leave: row.auto_leave,
        states,
        permissions: row.permissions.unwrap_or(Permissions::NONE),
    }
}

/// The form: as the draft has it, else as the group is.
fn form(page: &Page, problems: &Problems) -> ErasedView {
    let words = language();
    let setup = &page.subject;
    let stage = page.form.stage();
    let is_edited = stage.is_drafted() && !stage.deletes();
    let values = if is_edited { page.form.fields.clone() } else { GroupFields::of(&setup.row) };
    // What is the matter with a deletion is said there.
    let none = Problems::default();
    let problems = if stage.deletes() { &none } else { problems };
    let choices = &setup.choices;
    let is_gone = |state: &&StateRef| choices.states.iter().all(|other| other.id != state.id);
    let gone: Vec<StateRef> = setup.row.states.iter().filter(is_gone).cloned().collect();
    let fields = group_fields(&values, choices, &gone, problems);
    let rest = problems.rest().map(|rest| view! { <p class="said" role="alert">{rest}</p> });
    let is_led = setup.row.is_led;
    let path = page_of(&setup.row.id.to_string());
    // Whoever may change nothing at all has nothing to look at.
    let actions = [GroupAction::Describe, GroupAction::Set, GroupAction::Restrict, GroupAction::GivePermissions];
    let is_open = actions.into_iter().any(|action| choices.denial(action).is_none());
    let button = is_open.then(|| view! { <button class="button" data-verb="enter">{words.preview().look}</button> });
    with_summary(&values, choices, is_led, move |summary| {
        view! { <DraftForm action=path>{rest} {fields} {summary} {button}</DraftForm> }.erased()
    })
}

/// The way to delete it: its name has to be typed first.
fn danger(page: &Page) -> ErasedView {
    let words = language();
    let labels = words.group_setup();
    let row = &page.subject.row;
    let error = page.preview.as_ref().and_then(|answer| answer.as_ref().err());
    let problems = Problems::of(error.filter(|_| page.form.stage().deletes()), FIELDS);
    let denial = page.subject.choices.denial(GroupAction::Delete);
    let refused = denial.map(|denial| words.why_not(GroupAction::Delete, denial).to_owned());
    let is_open = refused.is_none();
    let label = words.type_the_name(&row.name);
    let (problem, rest) = (problems.with("typed"), problems.rest());
    let rest = rest.map(|rest| view! { <p class="said" role="alert">{rest}</p> });
    let (path, called, typed) = (page_of(&row.id.to_string()), row.name.clone(), page.form.typed.clone());
    view! {
        <section class="card section danger">
            <h2>{labels.delete_title}</h2>
            <p class="hint">{labels.delete_intro}</p>
            {rest}
            <DraftForm action=path stage=DELETE>
                <input type="hidden" name="called" value=called />
                <Field
                    name="typed"
                    label=label
                    autocomplete="off"
                    value=typed
                    problem=problem
                    refused=refused
                />
                {is_open.then(|| view! { <button class="button" data-verb="reject">{labels.delete_look}</button> })}
            </DraftForm>
        </section>
    }
    .erased()
}
