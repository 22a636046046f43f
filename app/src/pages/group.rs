//! One group: what it is, who leads it, what members get, how one stands to it, and the same button with room for a
//! reason.

use crate::{
    api,
    error::AppError,
    input::GroupAddress,
    live::{Kept, keep},
    parts::{
        badge::{Badges, Standing},
        draw::{draw, say, track},
        icon::{Glyph, Icon},
        loaded::{Failure, loaded},
        offer_button::{OfferButton, Offered},
        person::{Avatar, organisation},
        piece::{IntoPiece, Piece},
        prose::Prose,
        time::When,
        title::page_title,
    },
    text::language,
};
use domain::{
    Action, Frame, GroupId, GroupPage, GroupRef, Logged, MyStatus, Need, Note, Permissions, Person, Requirement,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page.
#[component]
pub(crate) fn Group() -> impl IntoView {
    let params = use_params_map();
    let asked = track(move || GroupAddress { group: params.with(|params| params.get("id")).unwrap_or_default() });
    let first = Resource::new_blocking(|| (), move |()| api::groups::read_group_page(asked.get_untracked()));
    loaded(first, move |_, page| view! { <Shown first=page asked=asked /> }.piece())
}

#[component]
fn Shown(first: GroupPage, asked: Memo<GroupAddress>) -> impl IntoView {
    let seq = first.seq;
    let kept = keep(first, asked, api::groups::read_group_page);
    kept.follow(seq, follow);
    let gone = track(move || kept.trouble.get() == Some(AppError::NotFound));
    draw(move || {
        if gone.get() {
            view! { <Failure error=AppError::NotFound /> }.piece()
        } else {
            view! { <Whole kept=kept /> }.piece()
        }
    })
}

/// Whatever happens to the group, its page is read anew: it shows too much to be folded.
fn follow(kept: Kept<GroupPage>, frame: &Frame) {
    let Some((id, seq)) = kept.shown.try_with_untracked(|page| (page.row.id, page.seq)) else { return };
    let concerned = match frame {
        Frame::Event { logged, .. } => logged.event.group.as_ref().map(|group| group.id),
        Frame::Touched { group, .. } | Frame::Counted { group, .. } => Some(*group),
        Frame::Unread(_) | Frame::Reset { .. } | Frame::SignedOut => None,
    };
    if concerned == Some(id) && frame.seq().is_some_and(|at| at > seq) {
        kept.read_anew();
    }
}

#[component]
fn Whole(kept: Kept<GroupPage>) -> impl IntoView {
    let labels = language().labels();
    let page = kept.shown;
    let name = move || page.with(|page| page.row.name.clone());
    page_title(name);
    view! {
        <header class="page-head">
            <p class="back"><a href="/groups"><Glyph icon=Icon::Back />{labels.back_to_groups}</a></p>
            <h1>{say(name)}</h1>
            {draw(move || page.with(facts))}
        </header>
        <div class="columns">
            <div class="column-main">
                <Mine kept=kept />
                <section class="card section">
                    <h2>{labels.about}</h2>
                    {draw(move || page.with(|page| about(&page.row.description)))}
                </section>
                <section class="card section">
                    <h2>{labels.history}</h2>
                    {draw(move || page.with(|page| past(&page.history)))}
                </section>
            </div>
            <div class="column-side">
                {draw(move || page.with(|page| page.decides.then(|| for_deciders(page.row.id))))}
                <section class="card section">
                    <h2>{labels.who_leads}</h2>
                    {draw(move || page.with(|page| led_by(&page.row.leaders, &page.row.leader_groups)))}
                </section>
                <section class="card section">
                    <h2>{labels.what_members_get}</h2>
                    {draw(move || given_to_members(page.with(|page| page.permissions)))}
                </section>
            </div>
        </div>
    }
}

/// Badges, and the number of members where the viewer may know it.
fn facts(page: &GroupPage) -> impl IntoView + use<> {
    let words = language();
    let count = page.row.member_count.map(|count| view! { <p class="member-count">{words.members(count)}</p> });
    view! { <div class="page-facts"><Badges flags=page.row.flags />{count}</div> }
}

/// How the viewer stands to the group, what entering asks for, and what they can do.
#[component]
fn Mine(kept: Kept<GroupPage>) -> impl IntoView {
    let labels = language().labels();
    let page = kept.shown;
    // The form is drawn anew only when what it offers changes: what was typed into it stays.
    let offered = track(move || page.with(|page| Offered::of(&page.row)));
    let on_done = Callback::new(move |()| kept.read_anew());
    view! {
        <section class="card section mine">
            <h2>{labels.your_standing}</h2>
            {draw(move || page.with(standing))}
            {draw(move || offered.get().into_iter().map(|offered| {
                let consequence = offered.action().map(|action| language().consequence(action));
                let fields = fields(&offered);
                view! {
                    {consequence.map(|sentence| view! { <p class="consequence">{sentence}</p> })}
                    <OfferButton offered=offered on_done=on_done fields=fields />
                }
            }).collect_view())}
        </section>
    }
}

/// How the viewer stands to the group, and what entering asks for where they are not in it.
fn standing(page: &GroupPage) -> Piece {
    match page.row.my_status {
        MyStatus::None => {
            view! { <p class="hint">{language().labels().not_a_member}</p> {checklist(&page.requirements)} }.piece()
        }
        status => view! { <Standing status=status /> }.piece(),
    }
}

/// Room for a reason, where somebody will read it.
fn fields(offered: &Offered) -> Option<Piece> {
    let labels = language().labels();
    match offered.action() {
        Some(Action::RequestJoin | Action::RequestLeave) => Some(
            view! {
                <div class="field">
                    <label for="reason">{labels.reason}</label>
                    <p class="hint" id="reason-hint">{labels.reason_hint}</p>
                    <textarea
                        id="reason"
                        name="reason"
                        rows="3"
                        maxlength=Note::MAX.to_string()
                        aria-describedby="reason-hint"
                    ></textarea>
                </div>
            }
            .piece(),
        ),
        Some(Action::Join | Action::Leave | Action::Withdraw) | None => None,
    }
}

fn checklist(needs: &[Requirement]) -> Option<impl IntoView + use<>> {
    let words = language();
    let labels = words.labels();
    let lines = needs
        .iter()
        .map(|requirement| {
            let (kind, icon, said) = match &requirement.need {
                _ if requirement.met => ("met", Icon::Check, labels.met),
                Need::Approval => ("open", Icon::Waiting, labels.not_met),
                Need::State(_) | Need::RequestGroups => ("unmet", Icon::Cross, labels.not_met),
            };
            let remedy = words.remedy(&requirement.need).filter(|_| !requirement.met);
            view! {
                <li data-kind=kind>
                    <Glyph icon=icon />
                    <div>
                        <span class="sr">{said} ": "</span>
                        {words.need(&requirement.need)}
                        {remedy.map(|remedy| view! { <p class="hint">{remedy}</p> })}
                    </div>
                </li>
            }
        })
        .collect_view();
    (!needs.is_empty()).then(|| view! { <h3>{labels.to_join}</h3> <ul class="checklist">{lines}</ul> })
}

fn about(text: &str) -> Piece {
    if text.is_empty() {
        view! { <p class="hint">{language().labels().no_description}</p> }.piece()
    } else {
        view! { <Prose text=text.to_owned() /> }.piece()
    }
}

fn led_by(people: &[Person], groups: &[GroupRef]) -> Piece {
    let labels = language().labels();
    if people.is_empty() && groups.is_empty() {
        return view! { <p class="hint">{labels.no_leaders}</p> }.piece();
    }
    let people = people
        .iter()
        .map(|person| {
            let from = organisation(person).unwrap_or_else(|| labels.leads_person.to_owned());
            view! {
                <li>
                    <Avatar person=person.clone() />
                    <div>{person.display_name().to_owned()}<p class="hint">{from}</p></div>
                </li>
            }
        })
        .collect_view();
    let groups = groups
        .iter()
        .map(|group| {
            view! {
                <li>
                    <span class="avatar" data-hue="group"><Glyph icon=Icon::GroupLeads /></span>
                    <div>{group.name.clone()}<p class="hint">{labels.leads_group}</p></div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="people">{people}{groups}</ul> }.piece()
}

fn given_to_members(permissions: Permissions) -> Piece {
    let words = language();
    if permissions.is_empty() {
        return view! { <p class="hint">{words.labels().nothing_extra}</p> }.piece();
    }
    let lines = permissions.iter().map(|permission| view! { <li>{words.permission(permission)}</li> }).collect_view();
    view! { <ul class="plain-list">{lines}</ul> }.piece()
}

/// The viewer's own past with the group, newest first.
fn past(history: &[Logged]) -> Piece {
    let words = language();
    let labels = words.labels();
    if history.is_empty() {
        return view! { <p class="hint">{labels.no_history}</p> }.piece();
    }
    let lines = history
        .iter()
        .map(|logged| {
            let cause = logged.event.cause.map(|cause| view! { <p class="hint">{words.cause(cause)}</p> });
            let reason =
                logged.event.reason.clone().map(|reason| view! { <blockquote class="reason">{reason}</blockquote> });
            let comment =
                logged.event.comment.clone().map(|comment| view! { <blockquote class="reason">{comment}</blockquote> });
            view! {
                <li>
                    <p class="history-what">{words.history(logged)} <When at=logged.at /></p>
                    {cause}
                    {reason}
                    {comment}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="history">{lines}</ol> }.piece()
}

/// The ways on for those who decide here.
fn for_deciders(id: GroupId) -> impl IntoView + use<> {
    let labels = language().labels();
    view! {
        <section class="card section">
            <h2>{labels.for_deciders}</h2>
            <ul class="links">
                <li><a href=format!("/requests?group={id}")><Glyph icon=Icon::Requests />{labels.see_requests}</a></li>
                <li><a href=format!("/manage/{id}/audit")><Glyph icon=Icon::Audit />{labels.see_audit}</a></li>
            </ul>
        </section>
    }
}
