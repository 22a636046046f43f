//! The forms that change a user. Each is a draft: sent, it shows what it would do.

use super::{
    draft_form::DraftForm,
    field::{Field, Tick},
    problems::Problems,
};
use crate::view::erased::{ErasedView, IntoErased};
use crate::{
    api::draft::Drafted,
    input::{AccountChange, AccountChangeForm, Draft, PERMISSIONS},
    text::language,
};
use domain::{CharacterName, Obstacle, Organisation, Permission, UserAction, UserPage, Username};
use leptos::prelude::*;

/// What the page of a user is about, and the draft of a change.
pub(crate) type UserDraftPage = Drafted<UserPage, AccountChangeForm>;

/// Why something cannot be done with the account, if it cannot.
pub(crate) fn obstacle(page: &UserPage, action: UserAction) -> Option<&Obstacle> {
    page.offers.iter().find(|offer| offer.action == action).and_then(|offer| offer.obstacle.as_ref())
}

/// The same as a sentence.
pub(crate) fn refused(page: &UserPage, action: UserAction) -> Option<String> {
    obstacle(page, action).map(|obstacle| language().obstacle(obstacle))
}

/// A form with its heading, and the way out of it.
fn framed(page: &UserDraftPage, deed: AccountChange, title: &'static str, fields: ErasedView) -> ErasedView {
    let words = language();
    let path = format!("/admin/users/{}", page.form.user);
    view! {
        <section class="card section draft-card">
            <h2>{title}</h2>
            <DraftForm action=path.clone()>
                <input type="hidden" name="deed" value=deed.code() />
                {fields}
                <div class="dialog-buttons">
                    <a class="button" href=path data-noscroll="">{words.users().cancel}</a>
                    <button class="button" data-verb="enter">{words.preview().look}</button>
                </div>
            </DraftForm>
        </section>
    }
    .erased()
}

/// Names, flags and permissions. What may not be changed says why.
pub(crate) fn account(page: &UserDraftPage, problems: &Problems) -> ErasedView {
    let words = language();
    let labels = words.users();
    let (user, row) = (&page.subject, &page.subject.row);
    // A draft fills the form as soon as one was sent; the way here is a link, which says nothing yet.
    let draft = Some(&page.form).filter(|form| !form.fields.is_empty());
    let (username, email) = match draft {
        Some(form) => (form.username.clone(), form.email.clone()),
        None => (row.person.username.clone(), row.email.clone().unwrap_or_default()),
    };
    let (staff, superuser) =
        draft.map_or((row.staff, row.superuser), |form| (form.staff == "yes", form.superuser == "yes"));
    let holds = |permission: Permission| match draft {
        Some(form) => form.permissions.iter().any(|name| name == permission.code()),
        None => row.permissions.contains(permission),
    };
    let all = [
        ("username", UserAction::Rename),
        ("email", UserAction::SetEmail),
        ("staff", UserAction::SetStaff),
        ("superuser", UserAction::SetSuperuser),
        ("permissions", UserAction::SetPermissions),
    ];
    let open: Vec<&str> =
        all.into_iter().filter(|(_, action)| obstacle(user, *action).is_none()).map(|(field, _)| field).collect();
    let not_given = refused(user, UserAction::SetPermissions);
    let why = not_given.clone().map(|why| view! { <p class="why">{why}</p> });
    let boxes: Vec<ErasedView> = Permission::ALL
        .into_iter()
        .map(|permission| {
            let ticked = holds(permission);
            let is_refused = not_given.is_some();
            view! {
                <label class="option">
                    <input
                        type="checkbox"
                        name=PERMISSIONS
                        value=permission.code()
                        checked=ticked
                        disabled=is_refused
                    />
                    <span>{words.permission(permission)}<span class="hint">{permission.code()}</span></span>
                </label>
            }
            .erased()
        })
        .collect();
    let fields = view! {
        <input type="hidden" name="fields" value=open.join(",") />
        <Field
            name="username"
            label=labels.username
            hint=labels.username_hint
            autocomplete="off"
            value=username
            problem=problems.with("username")
            refused=refused(user, UserAction::Rename)
            longest=Username::MAX
        />
        <Field
            name="email"
            kind="email"
            label=labels.email
            autocomplete="off"
            value=email
            problem=problems.with("email")
            refused=refused(user, UserAction::SetEmail)
            optional=true
        />
        <Tick
            name="staff"
            label=labels.staff
            hint=labels.staff_hint
            refused=refused(user, UserAction::SetStaff)
            ticked=staff
        />
        <Tick
            name="superuser"
            label=labels.superuser
            hint=labels.superuser_hint
            refused=refused(user, UserAction::SetSuperuser)
            ticked=superuser
        />
        <fieldset class="some-of">
            <legend>{labels.permissions_own}</legend>
            {why}
            <div class="options">{boxes}</div>
        </fieldset>
    };
    framed(page, AccountChange::Edit, labels.edit, fields.erased())
}

/// A character that is to be added, or changed.
pub(crate) fn character(page: &UserDraftPage, problems: &Problems) -> ErasedView {
    let labels = language().users();
    let form = &page.form;
    let deed = if form.deed() == Some(AccountChange::EditCharacter) {
        AccountChange::EditCharacter
    } else {
        AccountChange::AddCharacter
    };
    let known = page.subject.row.characters.iter().find(|character| character.id.to_string() == form.character);
    let is_fresh = form.character_name.is_empty() && !form.stage().is_looked_at();
    let known = known.filter(|_| is_fresh).map(|character| &character.profile);
    let organisation = |known: Option<&Organisation>, id: &str, name: &str| match known {
        Some(known) => (known.id.to_string(), known.name.as_str().to_owned()),
        None => (id.to_owned(), name.to_owned()),
    };
    let corporation =
        organisation(known.and_then(|it| it.corporation.as_ref()), &form.corporation_id, &form.corporation);
    let alliance = organisation(known.and_then(|it| it.alliance.as_ref()), &form.alliance_id, &form.alliance);
    let faction = organisation(known.and_then(|it| it.faction.as_ref()), &form.faction_id, &form.faction);
    let name = known.map_or_else(|| form.character_name.clone(), |known| known.name.as_str().to_owned());
    let belongs = |fields: [(&'static str, &'static str); 2], values: (String, String)| {
        view! {
            <div class="field-pair">
                <Field
                    name=fields[0].0
                    label=fields[0].1
                    autocomplete="off"
                    value=values.1
                    problem=problems.with(fields[0].0)
                    longest=CharacterName::MAX
                    optional=true
                />
                <Field
                    name=fields[1].0
                    label=fields[1].1
                    kind="number"
                    autocomplete="off"
                    value=values.0
                    problem=problems.with(fields[1].0)
                    optional=true
                />
            </div>
        }
        .erased()
    };
    let external_id = (deed == AccountChange::AddCharacter).then(|| {
        view! {
            <Field
                name="external_id"
                label=labels.external_id
                hint=labels.external_id_hint
                kind="number"
                autocomplete="off"
                value=form.external_id.clone()
                problem=problems.with("external_id")
            />
        }
    });
    let fields = view! {
        <input type="hidden" name="character" value=form.character.clone() />
        <Field
            name="character_name"
            label=labels.character_name
            autocomplete="off"
            value=name
            problem=problems.with("character_name")
            longest=CharacterName::MAX
        />
        {external_id}
        {belongs([("corporation", labels.corporation), ("corporation_id", labels.corporation_id)], corporation)}
        {belongs([("alliance", labels.alliance), ("alliance_id", labels.alliance_id)], alliance)}
        {belongs([("faction", labels.faction), ("faction_id", labels.faction_id)], faction)}
    };
    let title = if deed == AccountChange::AddCharacter { labels.add_character } else { labels.change_character };
    framed(page, deed, title, fields.erased())
}

/// Deleting the account, which asks for its name.
pub(crate) fn deletion(page: &UserDraftPage, problems: &Problems) -> ErasedView {
    let labels = language().users();
    let username = page.subject.row.person.username.clone();
    let fields = view! {
        <p>{labels.delete_hint}</p>
        <p><strong>{username.clone()}</strong></p>
        <input type="hidden" name="expected" value=username />
        <Field
            name="confirmation"
            label=labels.type_username
            autocomplete="off"
            value=page.form.confirmation.clone()
            problem=problems.with("confirmation").map(|_| labels.not_typed.to_owned())
        />
    };
    framed(page, AccountChange::Delete, labels.delete, fields.erased())
}

/// The names of the groups they are named to lead. Of a group that leads others they are no member while inactive.
pub(crate) fn named_leads(page: &UserPage) -> Vec<&str> {
    page.led.iter().filter(|led| led.through.is_none()).map(|led| led.group.name.as_str()).collect()
}

/// Bringing the account back, where it would lead groups again: that can be taken away by the same step.
pub(crate) fn activation(page: &UserDraftPage) -> ErasedView {
    let words = language();
    let labels = words.users();
    let fields = view! {
        <p>{words.leads_after(&named_leads(&page.subject), true)}</p>
        <Tick
            name="drop_leads"
            label=labels.drop_leads
            hint=labels.drop_leads_hint
            refused=None
            ticked=page.form.drop_leads == "yes"
        />
    };
    framed(page, AccountChange::Activate, labels.activate, fields.erased())
}
