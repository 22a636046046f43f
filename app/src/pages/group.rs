//! One group: what it is, who leads it, what members get, how one stands to it, and the same button with room for a
//! reason.

use crate::{
    api,
    error::AppError,
    input::GroupAddress,
    live::{Kept, keep},
    parts::{
        badge::{Badges, Standing},
        icon::{Glyph, Icon},
        loaded::{Failure, loaded},
        offer_button::{OfferButton, Offered},
        person::{Avatar, organisation},
        prose::Prose,
        time::When,
    },
    text::language,
};
use domain::{Action, Frame, GroupId, GroupPage, GroupRef, Logged, MyStatus, Need, Note, Permissions, Person, Requirement};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The page.
#[component]
pub(crate) fn Group() -> impl IntoView {
    let params = use_params_map();
    let asked = Memo::new(move |_| GroupAddress { group: params.with(|params| params.get("id")).unwrap_or_default() });
    let first = Resource::new_blocking(|| (), move |()| api::groups::read_group_page(asked.get_untracked()));
    loaded(first, move |_, page| view! { <Shown first=page asked=asked /> }.into_any())
}

#[component]
fn Shown(first: GroupPage, asked: Memo<GroupAddress>) -> impl IntoView {
    let seq = first.seq;
    let kept = keep(first, asked, api::groups::read_group_page);
    kept.follow(seq, follow);
    let gone = Memo::new(move |_| kept.trouble.get() == Some(AppError::NotFound));
    move || {
        if gone.get() {
            Either::Left(view! { <Failure error=AppError::NotFound /> })
        } else {
            Either::Right(view! { <Whole kept=kept /> })
        }
    }
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

/// A part of the page that is drawn anew when that part changes, and only then.
fn part<T: Clone + PartialEq + Send + Sync + 'static>(kept: Kept<GroupPage>, of: fn(&GroupPage) -> T) -> Memo<T> {
    Memo::new(move |_| kept.shown.with(of))
}

#[component]
fn Whole(kept: Kept<GroupPage>) -> impl IntoView {
    let labels = language().labels();
    let name = part(kept, |page| page.row.name.clone());
    let flags = part(kept, |page| page.row.flags);
    let count = part(kept, |page| page.row.member_count);
    let description = part(kept, |page| page.row.description.clone());
    let leaders = part(kept, |page| (page.row.leaders.clone(), page.row.leader_groups.clone()));
    let permissions = part(kept, |page| page.permissions);
    let history = part(kept, |page| page.history.clone());
    let decides = part(kept, |page| page.decides.then_some(page.row.id));
    let words = language();
    view! {
        <Title text=move || name.get() />
        <header class="page-head">
            <p class="back"><a href="/groups"><Glyph icon=Icon::Back />{labels.back_to_groups}</a></p>
            <h1>{move || name.get()}</h1>
            <div class="page-facts">
                {move || view! { <Badges flags=flags.get() /> }}
                {move || count.get().map(|count| view! { <p class="member-count">{words.members(count)}</p> })}
            </div>
        </header>
        <div class="columns">
            <div class="column-main">
                <Mine kept=kept />
                <section class="card section">
                    <h2>{labels.about}</h2>
                    {move || description.with(|text| about(text))}
                </section>
                <section class="card section">
                    <h2>{labels.history}</h2>
                    {move || history.with(|history| past(history))}
                </section>
            </div>
            <div class="column-side">
                {move || decides.get().map(|id| view! { <ForDeciders id=id /> })}
                <section class="card section">
                    <h2>{labels.who_leads}</h2>
                    {move || leaders.with(|(people, groups)| led_by(people, groups))}
                </section>
                <section class="card section">
                    <h2>{labels.what_members_get}</h2>
                    {move || given_to_members(permissions.get())}
                </section>
            </div>
        </div>
    }
}

/// How the viewer stands to the group, what entering asks for, and what they can do.
#[component]
fn Mine(kept: Kept<GroupPage>) -> impl IntoView {
    let labels = language().labels();
    let status = part(kept, |page| page.row.my_status);
    let requirements = part(kept, |page| page.requirements.clone());
    let offered = part(kept, |page| Offered::of(&page.row));
    let on_done = Callback::new(move |()| kept.read_anew());
    view! {
        <section class="card section mine">
            <h2>{labels.your_standing}</h2>
            {move || match status.get() {
                MyStatus::None => Either::Left(view! { <p class="hint">{labels.not_a_member}</p> }),
                status => Either::Right(view! { <Standing status=status /> }),
            }}
            {move || (status.get() == MyStatus::None).then(|| requirements.with(|needs| checklist(needs)))}
            {move || offered.get().into_iter().map(|offered| {
                let consequence = offered.action().map(|action| language().consequence(action));
                let fields = fields(&offered);
                view! {
                    {consequence.map(|sentence| view! { <p class="consequence">{sentence}</p> })}
                    <OfferButton offered=offered on_done=on_done fields=fields />
                }
            }).collect_view()}
        </section>
    }
}

/// Room for a reason, where somebody will read it.
fn fields(offered: &Offered) -> AnyView {
    let labels = language().labels();
    match offered.action() {
        Some(Action::RequestJoin | Action::RequestLeave) => view! {
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
        .into_any(),
        Some(Action::Join | Action::Leave | Action::Withdraw) | None => ().into_any(),
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

fn about(text: &str) -> AnyView {
    if text.is_empty() {
        view! { <p class="hint">{language().labels().no_description}</p> }.into_any()
    } else {
        view! { <Prose text=text.to_owned() /> }.into_any()
    }
}

fn led_by(people: &[Person], groups: &[GroupRef]) -> AnyView {
    let labels = language().labels();
    if people.is_empty() && groups.is_empty() {
        return view! { <p class="hint">{labels.no_leaders}</p> }.into_any();
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
    view! { <ul class="people">{people}{groups}</ul> }.into_any()
}

fn given_to_members(permissions: Permissions) -> AnyView {
    let words = language();
    if permissions.is_empty() {
        return view! { <p class="hint">{words.labels().nothing_extra}</p> }.into_any();
    }
    let lines = permissions.iter().map(|permission| view! { <li>{words.permission(permission)}</li> }).collect_view();
    view! { <ul class="plain-list">{lines}</ul> }.into_any()
}

/// The viewer's own past with the group, newest first.
fn past(history: &[Logged]) -> AnyView {
    let words = language();
    let labels = words.labels();
    if history.is_empty() {
        return view! { <p class="hint">{labels.no_history}</p> }.into_any();
    }
    let lines = history
        .iter()
        .map(|logged| {
            let cause = logged.event.cause.map(|cause| view! { <p class="hint">{words.cause(cause)}</p> });
            let reason = logged.event.reason.clone().map(|reason| view! { <blockquote class="reason">{reason}</blockquote> });
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
    view! { <ol class="history">{lines}</ol> }.into_any()
}

/// The ways on for those who decide here.
#[component]
fn ForDeciders(id: GroupId) -> impl IntoView {
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
