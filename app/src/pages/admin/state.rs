//! One state, or a new one: its definition, what its people hold, and who would be moved by changing it.

use crate::api::states::SaveState;
use crate::{
    address::given,
    api::{self, draft::Drafted},
    input::{DELETE, DRAFT_FIELD, Draft, STATES, Stage, StateForm},
    live::LiveResource,
    page_query::use_query,
    parts::{
        admin_page::admin_page,
        admin_tabs::AdminSubhead,
        draft_form::DraftForm,
        field::{Area, Field, Tick, shared_reason},
        preview_panel::{Confirming, drafting},
        problems::Problems,
        stale_draft::{follow_drafted, shows_form},
        title::page_title,
    },
    text::language,
    view::{
        dynamic::{dyn_text, memo},
        erased::{ErasedView, IntoErased},
    },
};
use domain::{
    AdminPage, Conflict, EventPayload, Holder, Permission, RecordedEvent, State, StateId, StateName, StateRow,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

/// The fields that something can be the matter with.
const FIELDS: &[&str] = &["name", "priority", "characters", "corporations", "alliances", "factions", "permissions"];

/// The id of the reason why Guest is open to all.
const GUEST_STAYS: &str = "guest-open";

/// The id of the reason why only superusers change permissions.
const SUPERUSERS_ONLY: &str = "superusers-only";

type Page = Drafted<Option<StateRow>, StateForm>;

/// The page.
#[component]
pub(crate) fn StatePage() -> impl IntoView {
    let labels = language().states_area();
    let (params, query) = (use_params_map(), use_query());
    let asked = memo(move || {
        let state = params.with(|params| params.get("id")).unwrap_or_default();
        query.with(|query| StateForm {
            state: state.clone(),
            name: given(query, "name"),
            priority: given(query, "priority"),
            public: given(query, "public"),
            characters: given(query, "characters"),
            corporations: given(query, "corporations"),
            alliances: given(query, "alliances"),
            factions: given(query, "factions"),
            permissions: query.all("permissions[]"),
            stage: Stage::at(given(query, DRAFT_FIELD)),
        })
    });
    admin_page(asked, api::states::read_state, move |viewer, kept| {
        let concerns = move |logged: &RecordedEvent| match &logged.event.what {
            EventPayload::StateEdited { after, .. } => is_about(kept, after.id),
            EventPayload::StateDeleted(gone) => is_about(kept, gone.id),
            EventPayload::PermissionGiven(Holder::State(id), _)
            | EventPayload::PermissionTaken(Holder::State(id), _) => is_about(kept, *id),
            _ => false,
        };
        let stale_draft = follow_drafted(kept, viewer.seq, viewer.person.id, None, concerns, shows_form);
        let name = move || kept.shown.with(|page| page.subject.as_ref().map(|row| row.state.name.clone()));
        let title = move || name().unwrap_or_else(|| labels.create.to_owned());
        page_title(title);
        let is_new = asked.with_untracked(|asked| asked.state.is_empty());
        let superuser = viewer.superuser;
        let onward = move |receipt: &_| asked.with_untracked(|asked| asked.onward(receipt));
        view! {
            <AdminSubhead tab=AdminPage::States viewer=viewer back=STATES back_to=labels.title title=dyn_text(title)>
                <p class="intro">{if is_new { labels.create_intro } else { labels.edit_intro }}</p>
            </AdminSubhead>
            {stale_draft}
            {drafting(kept, FIELDS, move |page, problems| form(page, &problems, superuser), confirming, onward)}
        }
        .erased()
    })
}

/// Whether the page is about this state.
fn is_about(kept: LiveResource<Page>, state: StateId) -> bool {
    kept.shown.try_with_untracked(|page| page.subject.as_ref().is_some_and(|row| row.state.id == state)) == Some(true)
}

/// The path of the page of this draft.
fn path_of(form: &StateForm) -> String {
    let last = if form.state.is_empty() { "new" } else { &form.state };
    format!("{STATES}/{last}")
}

/// What the draft changes, and how it is carried out.
fn confirming(page: &Page) -> Confirming {
    let words = language();
    let labels = words.states_area();
    let before = page.subject.as_ref();
    let deletes = page.form.stage().deletes();
    let changes = match before {
        Some(before) if deletes => vec![words.state_goes(&before.state.name)],
        _ => page.form.parse().map(|draft| words.state_drafted(before, &draft)).unwrap_or_default(),
    };
    let (button, said) = match before {
        Some(_) if deletes => (labels.delete, labels.deleted),
        Some(_) => (words.preview().save, labels.saved),
        None => (labels.create, labels.created),
    };
    Confirming {
        path: path_of(&page.form),
        action: SaveState::PATH,
        changes,
        button,
        destroys: deletes,
        said: said.to_owned(),
    }
}

/// The form: as the draft has it, else as the state is.
fn form(page: &Page, problems: &Problems, superuser: bool) -> ErasedView {
    let words = language();
    let labels = words.states_area();
    let state = page.subject.as_ref().map(|row| &row.state);
    let values = match state {
        Some(state) if !page.form.stage().is_drafted() || page.form.stage().deletes() => StateForm::of(state),
        _ => page.form.clone(),
    };
    let is_guest = state.is_some_and(|state| state.id == State::GUEST);
    let guest = is_guest.then_some(GUEST_STAYS);
    let path = path_of(&page.form);
    let (of_name, of_priority) = (problems.with("name"), problems.with("priority"));
    let fields = [
        ("characters", labels.characters, &values.characters),
        ("corporations", labels.corporations, &values.corporations),
        ("alliances", labels.alliances, &values.alliances),
        ("factions", labels.factions, &values.factions),
    ];
    let known = page.subject.as_ref().map(|row| words.scope_by_name(row)).unwrap_or_default();
    let areas: Vec<ErasedView> = fields
        .into_iter()
        .zip(known)
        .map(|((name, label, value), known)| {
            view! {
                <div>
                    <Area
                        name=name
                        label=label
                        hint=labels.ids_hint
                        value=value.clone()
                        problem=problems.with(name)
                        refused_by=guest
                    />
                    {known.map(|known| view! { <p class="hint known">{known}</p> })}
                </div>
            }
            .erased()
        })
        .collect();
    let rest = problems.rest().map(|rest| view! { <p class="said" role="alert">{rest}</p> }).erased();
    let deletion = state.map(|_| deletion(&path, is_guest));
    let form = view! {
        <DraftForm action=path>
            {rest}
            <section class="card section">
                <h2>{labels.definition}</h2>
                <Field
                    name="name"
                    label=labels.name
                    hint=labels.name_hint
                    autocomplete="off"
                    longest=StateName::MAX
                    value=values.name.clone()
                    problem=of_name
                />
                <Field
                    name="priority"
                    kind="number"
                    label=labels.priority
                    hint=labels.priority_hint
                    autocomplete="off"
                    value=values.priority.clone()
                    problem=of_priority
                    refused=is_guest.then(|| labels.guest_bottom.to_owned())
                />
            </section>
            <section class="card section">
                <h2>{labels.whom}</h2>
                <p class="hint">{labels.whom_hint}</p>
                {is_guest.then(|| shared_reason(GUEST_STAYS, labels.guest_open.to_owned()))}
                <Tick
                    name="public"
                    label=labels.public
                    hint=labels.public_hint
                    ticked=!values.public.is_empty()
                    refused_by=guest
                />
                <div class="two-columns">{areas}</div>
            </section>
            {permissions(&values, superuser)}
            <button class="button" data-verb="enter">{words.preview().look}</button>
        </DraftForm>
    };
    view! { {form} {deletion} }.erased()
}

/// What everybody in the state holds.
fn permissions(values: &StateForm, superuser: bool) -> ErasedView {
    let words = language();
    let labels = words.states_area();
    let tick = |permission: Permission| {
        view! {
            <Tick
                name="permissions[]"
                value=permission.code()
                label=words.permission(permission)
                ticked=values.gives(permission)
                refused_by=(!superuser).then_some(SUPERUSERS_ONLY)
            />
        }
        .erased()
    };
    let ticks: Vec<ErasedView> = Permission::ALL.into_iter().map(tick).collect();
    view! {
        <section class="card section">
            <h2>{labels.permissions}</h2>
            <p class="hint">{labels.permissions_hint}</p>
            {(!superuser).then(|| shared_reason(SUPERUSERS_ONLY, labels.superusers_only.to_owned()))}
            <div class="two-columns">{ticks}</div>
        </section>
    }
    .erased()
}

/// The way to delete it, where it can be.
fn deletion(path: &str, is_guest: bool) -> ErasedView {
    let words = language();
    let labels = words.states_area();
    let way = if is_guest {
        view! {
            <button class="button" type="button" aria-disabled="true" aria-describedby="guest-stays">{labels.delete}</button>
            {shared_reason("guest-stays", words.conflict(&Conflict::GuestState))}
        }
        .erased()
    } else {
        let address = format!("{path}?{DRAFT_FIELD}={DELETE}");
        view! { <a class="button" data-verb="reject" href=address data-noscroll="">{labels.look_at_deletion}</a> }
            .erased()
    };
    view! {
        <section class="card section danger">
            <h2>{labels.danger}</h2>
            <p class="hint">{labels.delete_hint}</p>
            <div class="danger-way">{way}</div>
        </section>
    }
    .erased()
}
