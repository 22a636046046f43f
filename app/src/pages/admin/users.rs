//! Everybody with an account, for staff who look after them.

use crate::{
    address::{KEPT_FIELD, address, given, may_be_told, with_query},
    api,
    input::UsersAddress,
    live::LiveResource,
    page_query::use_query,
    parts::{
        account_flags::account_flags,
        admin_page::admin_page,
        admin_tabs::AdminHead,
        empty::Empty,
        icon::{Glyph, Icon},
        loaded::first_read,
        notice::Trouble,
        pager::Pager,
        person::{avatar, organisation},
        query_form::QueryForm,
        stale::Stale,
        time::When,
        title::page_title,
    },
    text::language,
    view::{
        dynamic::{Memoized, dyn_attr, dyn_text, dyn_view, follow_patiently, memo, once_here, rows},
        erased::{ErasedView, IntoErased},
    },
};
use domain::{AdminPage, EventScope, Listing, UserChoices, UserRow};
use leptos::prelude::*;

const PATH: &str = "/admin/users";

/// The id of the list with names of groups.
const GROUPS: &str = "group-names";

/// The page.
#[component]
pub(crate) fn Users() -> impl IntoView {
    let labels = language().users();
    page_title(|| labels.people.to_owned());
    let query = use_query();
    let asked = memo(move || {
        query.with(|query| UsersAddress {
            search: given(query, "search"),
            state: given(query, "state"),
            active: given(query, "active"),
            staff: given(query, "staff"),
            superuser: given(query, "superuser"),
            group: given(query, "group"),
            cursor: given(query, "cursor"),
            kept: given(query, KEPT_FIELD),
        })
    });
    let choices = first_read(api::users::read_user_choices);
    admin_page(asked, api::users::list_users, move |viewer, kept| {
        let filters = once_here(move || {
            Suspend::new(async move {
                match choices.await {
                    Ok(choices) => view! { <Filters asked=asked choices=choices /> }.erased(),
                    Err(error) => view! { <Trouble error=error /> }.erased(),
                }
            })
        });
        view! {
            <AdminHead tab=AdminPage::People viewer=viewer title=labels.people intro=labels.people_intro />
            <p class="list-ways"><a class="button" data-verb="enter" href="/admin/users/new">{labels.new_user}</a></p>
            {filters}
            <List kept=kept asked=asked />
        }
        .erased()
    })
}

/// The same list from another place on.
fn from(asked: &UsersAddress, cursor: &str) -> String {
    if !asked.kept.is_empty() {
        return address(PATH, &[(KEPT_FIELD, &asked.kept), ("cursor", cursor)]);
    }
    address(
        PATH,
        &[
            ("search", &asked.search),
            ("state", &asked.state),
            ("active", &asked.active),
            ("staff", &asked.staff),
            ("superuser", &asked.superuser),
            ("group", &asked.group),
            ("cursor", cursor),
        ],
    )
}

/// The same list, whatever group they are in.
fn without_group(asked: &UsersAddress) -> String {
    if !asked.kept.is_empty() {
        // What stands in the address counts before what is kept.
        return with_query(PATH, &[(KEPT_FIELD, &asked.kept), ("group", "")]);
    }
    from(&UsersAddress { group: String::new(), ..asked.clone() }, "")
}

#[component]
fn Filters(asked: Memoized<UsersAddress>, choices: UserChoices) -> impl IntoView {
    let labels = language().users();
    let chosen = asked.get_untracked();
    let choice = move |name: &'static str, label: &'static str, chosen: &str, value: fn(&UsersAddress) -> String| {
        let options = [("", labels.any), ("yes", labels.yes), ("no", labels.no)]
            .map(|(value, word)| view! { <option value=value selected=value == chosen>{word}</option> });
        view! {
            <label class="choice">
                {label}
                <select name=name prop:value=dyn_text(move || asked.with(value))>{options.into_iter().collect_view()}</select>
            </label>
        }
        .erased()
    };
    let states: Vec<_> = choices
        .states
        .iter()
        .map(|state| {
            let id = state.id.to_string();
            let selected = id == chosen.state;
            view! { <option value=id selected=selected>{state.name.clone()}</option> }
        })
        .collect();
    let groups: Vec<_> =
        choices.groups.iter().map(|group| view! { <option value=group.name.clone()></option> }).collect();
    let names = choices.groups.clone();
    let group = dyn_view(move || {
        let named = asked.with(|asked| asked.group.clone());
        match named.parse::<i64>() {
            // A link names it by its id.
            Ok(id) => {
                let name = names.iter().find(|group| group.id.0 == id).map(|group| group.name.clone());
                let chip = view! {
                    {name.unwrap_or_else(|| format!("#{id}"))}
                    <Glyph icon=Icon::Cross />
                    <span class="sr">{labels.without_group}</span>
                }
                .erased();
                let all = asked.with(without_group);
                let all = if may_be_told(&all) {
                    view! { <a class="chip" href=all>{chip}</a> }.erased()
                } else {
                    view! { <button class="chip" name="group" value="">{chip}</button> }.erased()
                };
                view! {
                    <div class="choice">{labels.group} <input type="hidden" name="group" value=named /> {all}</div>
                }
                .erased()
            }
            Err(_) => view! {
                <label class="choice">
                    {labels.group}
                    <input
                        type="text"
                        name="group"
                        value=named
                        list=GROUPS
                        placeholder=labels.group_hint
                        autocomplete="off"
                        on:input=|event: web_sys::Event| event.stop_propagation()
                    />
                </label>
            }
            .erased(),
        }
    });
    view! {
        <div class="filters many">
            <QueryForm action=PATH.to_owned() label=labels.filters search=true private=true>
                <div class="search">
                    <Glyph icon=Icon::Search />
                    <input
                        type="search"
                        name="search"
                        aria-label=labels.search
                        placeholder=labels.search
                        value=chosen.search.clone()
                        prop:value=follow_patiently(memo(move || asked.with(|asked| asked.search.clone())))
                        autocomplete="off"
                    />
                </div>
                <label class="choice">
                    {labels.state}
                    <select name="state" prop:value=dyn_text(move || asked.with(|asked| asked.state.clone()))>
                        <option value="">{labels.any_state}</option>
                        {states}
                    </select>
                </label>
                {choice("active", labels.active, &chosen.active, |asked| asked.active.clone())}
                {choice("staff", labels.staff, &chosen.staff, |asked| asked.staff.clone())}
                {choice("superuser", labels.superuser, &chosen.superuser, |asked| asked.superuser.clone())}
                {group}
                <datalist id=GROUPS>{groups}</datalist>
                <button class="button sr-until-focus">{language().labels().show}</button>
            </QueryForm>
        </div>
    }
}

#[component]
fn List(kept: LiveResource<Listing<UserRow>>, asked: Memoized<UsersAddress>) -> impl IntoView {
    let labels = language().users();
    let seq = kept.shown.with_untracked(|listing| listing.seq);
    // What is on the page changes with the accounts alone.
    kept.follow_admin(seq, |logged| matches!(logged.event.what.touches(), EventScope::Account | EventScope::Rights));
    let shown = kept.shown;
    let is_empty = memo(move || shown.with(|listing| listing.items.is_empty()));
    let find = move |id| shown.with(|listing| listing.items.iter().find(|row| row.person.id.0 == id).cloned());
    let row = move |id| dyn_view(move || find(id).map(|row| entry(&row))).erased();
    let first_page = Signal::derive(move || asked.with(|asked| (!asked.cursor.is_empty()).then(|| from(asked, ""))));
    let next_page = Signal::derive(move || {
        let cursor = shown.with(|listing| listing.next_cursor.clone())?;
        Some(asked.with(|asked| from(asked, &cursor)))
    });
    let columns = [labels.name, labels.username, labels.email, labels.state, labels.flags, labels.last_seen]
        .map(|column| view! { <th scope="col" role="columnheader">{column}</th> });
    let ids = move || shown.with(|listing| listing.items.iter().map(|row| row.person.id.0).collect());
    let nothing = move || {
        is_empty.get().then(|| {
            let all = asked.with(UsersAddress::is_narrowed).then(|| {
                view! { <a class="button" href=PATH>{labels.everybody}</a> }
            });
            view! { <Empty icon=Icon::Profile why=labels.nobody.to_owned()><p>{labels.nobody_hint}</p>{all}</Empty> }
        })
    };
    view! {
        <Stale reads=kept.reads trouble=kept.trouble again=kept.again() />
        <div class="card table-card" hidden=dyn_attr(move || is_empty.get().then_some(""))>
            <table class="table users" role="table">
                <caption class="sr">{labels.people}</caption>
                <thead role="rowgroup"><tr role="row">{columns.into_iter().collect_view()}</tr></thead>
                <tbody role="rowgroup">{rows(ids, row)}</tbody>
            </table>
        </div>
        {dyn_view(nothing)}
        <Pager first=first_page next=next_page />
    }
}

fn entry(row: &UserRow) -> ErasedView {
    let labels = language().users();
    let person = &row.person;
    let seen = match row.last_seen_at {
        Some(at) => view! { <When at=at /> }.erased(),
        None => labels.never_seen.erased(),
    };
    view! {
        <tr role="row">
            <td role="cell" class="whole">
                <div class="who">
                    {avatar(person)}
                    <div>
                        <a class="who-name" href=format!("{PATH}/{}", person.id)>{person.display_name().to_owned()}</a>
                        <p class="hint">{organisation(person)}</p>
                    </div>
                </div>
            </td>
            <td role="cell" data-label=labels.username>{person.username.clone()}</td>
            <td role="cell" data-label=labels.email>{row.email.clone().unwrap_or_else(|| "–".to_owned())}</td>
            <td role="cell" data-label=labels.state>{row.state.name.clone()}</td>
            <td role="cell" data-label=labels.flags>{account_flags(row).unwrap_or_else(|| "–".erased())}</td>
            <td role="cell" data-label=labels.last_seen>{seen}</td>
        </tr>
    }
    .erased()
}
