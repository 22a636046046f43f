//! Everything about one user: who they are, what they are in, what they may do and from where, what happened.

use super::{
    time::{Exactly, When},
    user_credentials::credential_list,
    user_form::{named_leads, refused},
    user_history::history,
};
use crate::view::erased::{ErasedView, IntoErased};
use crate::{
    input::AccountChange,
    secret::Secret,
    text::{joined, language},
};
use domain::{Character, HeldMembership, HeldPermission, LedGroup, Request, UserAction, UserId, UserPage};
use leptos::prelude::*;

/// The page of the user without a draft.
pub(crate) fn overview(
    page: &UserPage,
    views_audit: bool,
    me: UserId,
    secret: RwSignal<Option<Secret>>,
    changed: Callback<()>,
) -> ErasedView {
    let labels = language().users();
    let unsettled = page.unsettled.then(|| view! { <div class="notice" role="status"><p>{labels.unsettled}</p></div> });
    view! {
        {unsettled}
        <div class="columns">
            <div class="column-main">
                {about(page)}
                {characters(page)}
                {groups(page)}
                {requests(&page.requests)}
                {history(page, views_audit)}
            </div>
            <div class="column-side">
                {permissions(page)}
                {credential_list(page, me, secret, changed)}
                {danger(page)}
            </div>
        </div>
    }
    .erased()
}

/// The address of a draft about the user.
pub(crate) fn draft(page: &UserPage, stage: &str, deed: AccountChange, rest: &str) -> String {
    format!("/admin/users/{}?draft={stage}&deed={}{rest}", page.row.person.id, deed.code())
}

/// A way to a draft; where it cannot be done it says why.
fn way(href: String, label: &'static str, rest: String, verb: &'static str, why: Option<String>) -> ErasedView {
    match why {
        None => view! {
            <a class="button" href=href data-verb=verb data-noscroll="">{label}<span class="sr">{rest}</span></a>
        }
        .erased(),
        Some(why) => view! {
            <div class="command refused">
                <button class="button" type="button" aria-disabled="true">{label}<span class="sr">{rest}</span></button>
                <p class="why">{why}</p>
            </div>
        }
        .erased(),
    }
}

fn about(page: &UserPage) -> ErasedView {
    let words = language();
    let labels = words.users();
    let row = &page.row;
    let main = row.person.main_character.as_ref().map_or(labels.none_here, |main| &main.name).to_owned();
    let seen = match row.last_seen_at {
        Some(at) => view! { <When at=at /> }.erased(),
        None => labels.never_seen.erased(),
    };
    // Whoever may change nothing is told so once, beside the button.
    let all = [
        UserAction::Rename,
        UserAction::SetEmail,
        UserAction::SetStaff,
        UserAction::SetSuperuser,
        UserAction::SetPermissions,
    ];
    let reasons: Vec<Option<String>> = all.iter().map(|action| refused(page, *action)).collect();
    let why = if reasons.iter().all(Option::is_some) { reasons.into_iter().flatten().next() } else { None };
    let edit = draft(page, "edit", AccountChange::Edit, "");
    view! {
        <section class="card section">
            <h2>{labels.overview}</h2>
            <dl class="facts-list in-columns">
                <div><dt>{labels.username}</dt><dd>{row.person.username.clone()}</dd></div>
                <div>
                    <dt>{labels.email}</dt>
                    <dd>{row.email.clone().unwrap_or_else(|| labels.no_email.to_owned())}</dd>
                </div>
                <div><dt>{labels.main}</dt><dd>{main}</dd></div>
                <div>
                    <dt>{labels.state}</dt>
                    <dd>{row.state.name.clone()}<p class="hint">{words.state_reason(&page.reason)}</p></dd>
                </div>
                <div><dt>{labels.made}</dt><dd><Exactly at=row.created_at /></dd></div>
                <div><dt>{labels.last_seen}</dt><dd>{seen}</dd></div>
            </dl>
            {way(edit, labels.edit, String::new(), "", why)}
        </section>
    }
    .erased()
}

fn characters(page: &UserPage) -> ErasedView {
    let words = language();
    let labels = words.users();
    let why = refused(page, UserAction::SetCharacters);
    let may = why.is_none();
    let main = page.row.person.main_character.as_ref().map(|main| main.id);
    let line = |character: &Character| {
        let profile = &character.profile;
        let belongs: Vec<&str> = [&profile.corporation, &profile.alliance, &profile.faction]
            .into_iter()
            .flatten()
            .map(|organisation| organisation.name.as_str())
            .collect();
        let is_main = main == Some(character.id);
        let badge = is_main.then(|| view! { <span class="badge" data-kind="leader">{labels.is_main}</span> });
        let about = format!("&character={}", character.id);
        let rest = words.of_character(profile.name.as_str());
        let link = |stage: &str, deed: AccountChange, label: &'static str| {
            let rest = rest.clone();
            view! {
                <a href=draft(page, stage, deed, &about) data-noscroll="">{label}<span class="sr">{rest}</span></a>
            }
            .erased()
        };
        let ways = may.then(|| {
            let choose = (!is_main).then(|| link("look", AccountChange::Main, labels.choose_main));
            view! {
                <p class="ways">
                    {choose}
                    {link("edit", AccountChange::EditCharacter, labels.edit_character)}
                    {link("look", AccountChange::RemoveCharacter, labels.remove_character)}
                </p>
            }
        });
        view! {
            <li class="line">
                <div>
                    <p class="line-name">{profile.name.as_str().to_owned()} " " {badge}</p>
                    <p class="facts">
                        <span>{format!("#{}", profile.external_id)}</span>
                        {(!belongs.is_empty()).then(|| view! { <span>{joined(&belongs)}</span> })}
                    </p>
                </div>
                {ways}
            </li>
        }
        .erased()
    };
    let lines: Vec<ErasedView> = page.row.characters.iter().map(line).collect();
    let list = if lines.is_empty() {
        view! { <p class="hint">{labels.no_characters}</p> }.erased()
    } else {
        view! { <ul class="lines">{lines}</ul> }.erased()
    };
    let no_main = (may && main.is_some())
        .then(|| way(draft(page, "look", AccountChange::Main, ""), labels.no_main, String::new(), "", None));
    view! {
        <section class="card section">
            <h2>{labels.characters}</h2>
            {list}
            <div class="button-row">
                {way(draft(page, "edit", AccountChange::AddCharacter, ""), labels.add_character, String::new(), "", why)}
                {no_main}
            </div>
        </section>
    }
    .erased()
}

fn groups(page: &UserPage) -> ErasedView {
    let labels = language().users();
    let lines: Vec<ErasedView> = page.memberships.iter().map(membership).collect();
    let list = if lines.is_empty() {
        view! { <p class="hint">{labels.no_groups}</p> }.erased()
    } else {
        view! { <ul class="lines">{lines}</ul> }.erased()
    };
    view! {
        <section class="card section">
            <h2>{labels.groups}</h2>
            {list}
            {(!page.led.is_empty()).then(|| led(&page.led))}
        </section>
    }
    .erased()
}

/// A membership with everything that holds it.
fn membership(held: &HeldMembership) -> ErasedView {
    let words = language();
    let grants: Vec<ErasedView> = held
        .grants
        .iter()
        .map(|grant| {
            let until = grant.until.map(|at| view! { <span>{words.until(at)}</span> });
            let reason = grant.reason.clone().map(|reason| view! { <blockquote class="reason">{reason}</blockquote> });
            view! {
                <li>
                    <p class="facts"><span>{words.grant(grant)}</span><span><Exactly at=grant.from /></span>{until}</p>
                    {reason}
                </li>
            }
            .erased()
        })
        .collect();
    view! {
        <li class="line">
            <div>
                <p class="line-name"><a href=format!("/admin/groups/{}", held.group.id)>{held.group.name.clone()}</a></p>
                <ul class="grants">{grants}</ul>
            </div>
        </li>
    }
    .erased()
}

fn led(groups: &[LedGroup]) -> ErasedView {
    let words = language();
    let labels = words.users();
    let lines: Vec<ErasedView> = groups
        .iter()
        .map(|led| {
            let how =
                led.through.as_ref().map_or_else(|| labels.named.to_owned(), |group| words.leads_through(&group.name));
            view! {
                <li class="line">
                    <p class="line-name"><a href=format!("/admin/groups/{}", led.group.id)>{led.group.name.clone()}</a></p>
                    <p class="facts">{how}</p>
                </li>
            }
            .erased()
        })
        .collect();
    view! { <h3>{labels.leads}</h3> <ul class="lines">{lines}</ul> }.erased()
}

fn requests(requests: &[Request]) -> ErasedView {
    let words = language();
    let labels = words.users();
    let lines: Vec<ErasedView> = requests
        .iter()
        .map(|request| {
            let reason =
                request.reason.clone().map(|reason| view! { <blockquote class="reason">{reason}</blockquote> });
            view! {
                <li class="line">
                    <div>
                        <p class="line-name">
                            <a href=format!("/admin/groups/{}", request.group.id)>{request.group.name.clone()}</a>
                        </p>
                        <p class="facts">
                            <span>{words.asked_for(request.kind)}</span>
                            <span><When at=request.created_at /></span>
                        </p>
                        {reason}
                    </div>
                </li>
            }
            .erased()
        })
        .collect();
    let list = if lines.is_empty() {
        view! { <p class="hint">{labels.no_requests}</p> }.erased()
    } else {
        view! { <ul class="lines">{lines}</ul> }.erased()
    };
    view! { <section class="card section"><h2>{labels.requests}</h2>{list}</section> }.erased()
}

/// What they may do, each with every place it comes from.
fn permissions(page: &UserPage) -> ErasedView {
    let words = language();
    let labels = words.users();
    let line = |held: &HeldPermission| {
        let sources: Vec<String> = held.sources.iter().map(|source| words.source(source)).collect();
        view! {
            <li>
                <p>{words.permission(held.permission)}</p>
                <p class="facts"><code>{held.permission.code()}</code><span>{sources.join(", ")}</span></p>
            </li>
        }
        .erased()
    };
    let list = if page.held.is_empty() {
        view! { <p class="hint">{labels.no_permissions}</p> }.erased()
    } else {
        view! { <ul class="plain-list held">{page.held.iter().map(line).collect::<Vec<_>>()}</ul> }.erased()
    };
    let sleeps =
        (!page.row.active && !page.held.is_empty()).then(|| view! { <p class="hint">{labels.without_effect}</p> });
    view! { <section class="card section"><h2>{labels.effective}</h2>{sleeps}{list}</section> }.erased()
}

/// What takes the account away, or brings it back.
fn danger(page: &UserPage) -> ErasedView {
    let labels = language().users();
    let why = refused(page, UserAction::SetActive);
    let (deed, label, hint, verb) = if page.row.active {
        (AccountChange::Deactivate, labels.deactivate, labels.deactivate_hint, "reject")
    } else {
        (AccountChange::Activate, labels.activate, labels.activate_hint, "")
    };
    // Who comes back leads again what they are named to lead: that is said before, and can be taken away.
    let asks = deed == AccountChange::Activate && !named_leads(page).is_empty();
    let stage = if asks { "edit" } else { "look" };
    view! {
        <section class="card section danger">
            <h2>{labels.danger}</h2>
            <p class="hint">{hint}</p>
            {way(draft(page, stage, deed, ""), label, String::new(), verb, why)}
            <p class="hint">{labels.delete_hint}</p>
            {way(
                draft(page, "edit", AccountChange::Delete, ""),
                labels.delete,
                String::new(),
                "reject",
                refused(page, UserAction::Delete),
            )}
        </section>
    }
    .erased()
}
