//! One user with everything that staff look for, and what can be done with the account. Every change is a draft first.

use crate::api::users::ChangeUser;
use crate::{
    address::{Query, given},
    api,
    input::{AccountChange, AccountChangeForm, Draft, PERMISSIONS, Stage},
    page_query::use_query,
    parts::{
        account_flags::account_flags,
        admin_page::admin_page,
        admin_tabs::{AdminSubhead, path},
        preview_panel::{Confirming, drafting},
        problems::Problems,
        stale_draft::{follow_drafted, shows_form},
        title::page_title,
        user_form::{self, UserDraftPage},
        user_overview,
    },
    secret::Secret,
    text::{Language, language},
    view::{
        dynamic::{dyn_text, dyn_view, memo},
        erased::{ErasedView, IntoErased},
    },
};
use domain::{AdminPage, Character, Command, EventScope, RecordedEvent, UserPage};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

/// The fields that something can be the matter with.
const FIELDS: &[&str] = &[
    "username",
    "email",
    "permissions",
    "external_id",
    "character_name",
    "corporation_id",
    "corporation",
    "alliance_id",
    "alliance",
    "faction_id",
    "faction",
    "confirmation",
];

/// The draft that an address carries.
fn draft_of(user: String, query: &Query) -> AccountChangeForm {
    AccountChangeForm {
        user,
        deed: given(query, "deed"),
        fields: given(query, "fields"),
        username: given(query, "username"),
        email: given(query, "email"),
        staff: given(query, "staff"),
        superuser: given(query, "superuser"),
        permissions: query.all(PERMISSIONS),
        drop_leads: given(query, "drop_leads"),
        character: given(query, "character"),
        external_id: given(query, "external_id"),
        character_name: given(query, "character_name"),
        corporation_id: given(query, "corporation_id"),
        corporation: given(query, "corporation"),
        alliance_id: given(query, "alliance_id"),
        alliance: given(query, "alliance"),
        faction_id: given(query, "faction_id"),
        faction: given(query, "faction"),
        expected: given(query, "expected"),
        confirmation: given(query, "confirmation"),
        stage: Stage::at(given(query, "draft")),
    }
}

/// The page.
#[component]
pub(crate) fn User() -> impl IntoView {
    let params = use_params_map();
    let query = use_query();
    let asked = memo(move || {
        let user = params.with(|params| params.get("id")).unwrap_or_default();
        query.with(|query| draft_of(user, query))
    });
    admin_page(asked, api::users::read_user, move |viewer, kept| {
        let shown = kept.shown;
        let (seq, user) = shown.with_untracked(|page| (page.subject.seq, page.subject.row.person.id));
        let (views_audit, me) = (viewer.views_audit, viewer.person.id);
        let concerns = move |logged: &RecordedEvent| match &logged.event.subject {
            Some(subject) => subject.id == user,
            // What a group or a state gives, they may hold.
            None => logged.event.what.touches() == EventScope::Rights,
        };
        let is_written = |page: &UserDraftPage| page.form.stage().is_drafted() && shows_form(page);
        let stale_draft = follow_drafted(kept, seq, me, Some(user), concerns, is_written);
        let name = move || shown.with(|page| page.subject.row.person.display_name().to_owned());
        page_title(name);
        let secret = RwSignal::new(None::<Secret>);
        let changed = Callback::new(move |()| kept.read_anew());
        let form = move |page: &UserDraftPage, problems: Problems| {
            let rest = problems.rest().map(|rest| {
                view! { <div class="notice" data-kind="problem" role="alert"><p>{rest}</p></div> }
            });
            let drafted = page.form.stage().is_drafted().then(|| page.form.deed()).flatten();
            let body = match drafted {
                Some(AccountChange::Edit) => user_form::account(page, &problems),
                Some(AccountChange::AddCharacter | AccountChange::EditCharacter) => {
                    user_form::character(page, &problems)
                }
                Some(AccountChange::Delete) => user_form::deletion(page, &problems),
                Some(AccountChange::Activate) => user_form::activation(page),
                Some(AccountChange::Deactivate | AccountChange::Main | AccountChange::RemoveCharacter) | None => {
                    user_overview::overview(&page.subject, views_audit, me, secret, changed)
                }
            };
            view! { {rest} {body} }.erased()
        };
        let onward = move |_: &_| asked.with_untracked(AccountChangeForm::onward);
        view! {
            <AdminSubhead
                tab=AdminPage::People
                viewer=viewer
                back=path(AdminPage::People)
                back_to=language().users().people
                title=dyn_text(name)
            >
                {dyn_view(move || shown.with(|page| facts(&page.subject)))}
            </AdminSubhead>
            {stale_draft}
            {drafting(kept, FIELDS, form, confirming, onward)}
        }
        .erased()
    })
}

/// What kind of account it is.
fn facts(page: &UserPage) -> ErasedView {
    view! {
        <div class="page-facts">
            <span class="hint">{page.row.person.username.clone()}</span>
            <span class="hint">{page.row.state.name.clone()}</span>
            {account_flags(&page.row)}
        </div>
    }
    .erased()
}

/// What the draft changes, and how it is carried out.
fn confirming(page: &UserDraftPage) -> Confirming {
    let words = language();
    let deed = page.form.deed().unwrap_or(AccountChange::Edit);
    let mut changes = vec![words.deed_question(deed, page.subject.row.person.display_name())];
    changes.extend(changes_of(words, page));
    Confirming {
        path: format!("/admin/users/{}", page.form.user),
        action: ChangeUser::PATH,
        changes,
        button: words.deed_verb(deed),
        destroys: matches!(deed, AccountChange::Deactivate | AccountChange::Delete | AccountChange::RemoveCharacter),
        said: if deed == AccountChange::Delete { words.users().deleted } else { words.users().saved }.to_owned(),
    }
}

/// The fields that become other, with their old and new values.
fn changes_of(words: Language, page: &UserDraftPage) -> Vec<String> {
    let row = &page.subject.row;
    let find = |id| row.characters.iter().find(|character| character.id == id);
    match page.form.command() {
        Ok(Command::EditUser { change, .. }) => {
            let before = row.fields();
            let after = change.applied_to(&before);
            let held = change.permissions.unwrap_or(row.permissions);
            let given = held.minus(row.permissions).iter().map(|given| words.permission_line(given, true));
            let taken = row.permissions.minus(held).iter().map(|taken| words.permission_line(taken, false));
            let named = user_form::named_leads(&page.subject);
            let keeps = change.keeps_leads != Some(false);
            let tells = !named.is_empty() && (!keeps || (after.active && !before.active));
            let leads = tells.then(|| words.leads_after(&named, keeps));
            let edited = words.account_edited(&before, &after).into_iter();
            edited.chain(given.chain(taken).collect::<Vec<_>>()).chain(leads).collect()
        }
        Ok(Command::SetMain { character, .. }) => {
            let before = row.person.main_character.as_ref().map(|main| main.name.as_str());
            let after = character.and_then(find).map(|character| character.profile.name.as_str());
            vec![words.main_line(before, after)]
        }
        Ok(Command::AddCharacter { character, .. }) => {
            let made = Character { id: domain::CharacterId::UNASSIGNED, profile: *character };
            words.character_made(&made)
        }
        Ok(Command::EditCharacter { character, change, .. }) => {
            find(character).map(|before| words.character_edited(before, &before.changed(&change))).unwrap_or_default()
        }
        Ok(Command::RemoveCharacter { character, .. }) => {
            find(character).map(|gone| words.character_removed(gone)).into_iter().collect()
        }
        Ok(_) | Err(_) => Vec::new(),
    }
}
