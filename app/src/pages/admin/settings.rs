//! The settings of the instance.

use crate::api::settings::SaveSettings;
use crate::{
    address::given,
    api::{self, draft::Drafted},
    input::{Draft, SettingsForm, Stage},
    page_query::use_query,
    parts::{
        admin_page::admin_page,
        admin_tabs::AdminHead,
        draft_form::DraftForm,
        field::{Field, Options, Tick},
        preview_panel::{Confirming, drafting},
        problems::Problems,
        stale_draft::{follow_drafted, shows_form},
        title::page_title,
    },
    text::language,
    view::{
        dynamic::memo,
        erased::{ErasedView, IntoErased},
    },
};
use domain::{AdminPage, EventPayload, RecordedEvent, Registration, Settings};
use leptos::{prelude::*, server_fn::ServerFn};

const PATH: &str = "/admin/settings";

/// The fields that something can be the matter with.
const FIELDS: &[&str] = &["registration", "notifications_max_per_user"];

type Page = Drafted<Settings, SettingsForm>;

/// The page.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    let labels = language().settings();
    page_title(|| labels.title.to_owned());
    let query = use_query();
    let asked = memo(move || {
        query.with(|query| SettingsForm {
            registration: given(query, "registration"),
            requests_notification: given(query, "requests_notification"),
            auto_leave: given(query, "auto_leave"),
            notifications_max_per_user: given(query, "notifications_max_per_user"),
            show_unavailable_groups: given(query, "show_unavailable_groups"),
            stage: Stage::at(given(query, "draft")),
        })
    });
    admin_page(asked, api::settings::read_settings, move |viewer, kept| {
        let concerns = |logged: &RecordedEvent| matches!(logged.event.what, EventPayload::SettingsChanged { .. });
        let stale_draft = follow_drafted(kept, viewer.seq, viewer.person.id, None, concerns, shows_form);
        view! {
            <AdminHead tab=AdminPage::Settings viewer=viewer title=labels.title intro=labels.intro />
            {stale_draft}
            {drafting(kept, FIELDS, form, confirming, |_| PATH.to_owned())}
        }
        .erased()
    })
}

/// What the draft changes, and how it is carried out.
fn confirming(page: &Page) -> Confirming {
    let words = language();
    let change = page.form.parse().unwrap_or_default();
    Confirming {
        path: PATH.to_owned(),
        action: SaveSettings::PATH,
        changes: words.settings_changed(page.subject, change.applied_to(&page.subject)),
        button: words.preview().save,
        destroys: false,
        said: words.settings().saved.to_owned(),
    }
}

/// The form: as the draft has it, else as the settings are.
fn form(page: &Page, problems: Problems) -> ErasedView {
    let words = language();
    let labels = words.settings();
    let values = if page.form.stage().is_drafted() { page.form.clone() } else { SettingsForm::of(&page.subject) };
    let ways = Registration::ALL.map(|way| {
        let (name, meaning) = words.way_to_register(way);
        (way.code(), name, meaning)
    });
    let (of_registration, of_most) = (problems.with("registration"), problems.with("notifications_max_per_user"));
    let rest = problems.rest().map(|rest| view! { <p class="said" role="alert">{rest}</p> });
    view! {
        <DraftForm action=PATH.to_owned()>
            {rest}
            <section class="card section">
                <h2>{labels.accounts}</h2>
                <Options
                    name="registration"
                    label=labels.registration
                    options=ways.into()
                    chosen=values.registration
                    problem=of_registration
                />
            </section>
            <section class="card section">
                <h2>{labels.groups}</h2>
                <Tick
                    name="auto_leave"
                    label=labels.auto_leave
                    hint=labels.auto_leave_hint
                    ticked=!values.auto_leave.is_empty()
                />
                <Tick
                    name="show_unavailable_groups"
                    label=labels.show_unavailable
                    hint=labels.show_unavailable_hint
                    ticked=!values.show_unavailable_groups.is_empty()
                />
            </section>
            <section class="card section">
                <h2>{labels.notifications}</h2>
                <Tick
                    name="requests_notification"
                    label=labels.requests_notification
                    hint=labels.requests_notification_hint
                    ticked=!values.requests_notification.is_empty()
                />
                <Field
                    name="notifications_max_per_user"
                    kind="number"
                    label=labels.most
                    hint=labels.most_hint
                    autocomplete="off"
                    value=values.notifications_max_per_user
                    problem=of_most
                />
            </section>
            <button class="button" data-verb="enter">{words.preview().look}</button>
        </DraftForm>
    }
    .erased()
}
