//! One group: what it is, who leads it, what members get, how one stands to it, and the same button with room for a
//! reason. A hidden group has the same page under its join link: opening it changes nothing.

use crate::{
    api, browser,
    error::AppError,
    input::GroupAddress,
    live::{LiveResource, live_resource},
    parts::{
        badge::{Badges, Standing},
        icon::{Glyph, Icon},
        join_link::JoinLinkCard,
        keys::use_keys,
        loaded::{Failure, first_read, loaded},
        offer_button::{OfferButton, Offered, REASON, stands_after},
        person::{avatar, organisation},
        prose::Prose,
        time::When,
        title::page_title,
    },
    text::language,
    view::{
        dynamic::{Memoized, dyn_text, dyn_view, follow_patiently, memo},
        erased::{ErasedView, IntoErased},
    },
};
use domain::{
    Action, AdminPage, Flag, Frame, GroupId, GroupPage, GroupRow, MyStatus, Need, Note, Permissions, RecordedEvent,
    Requirement, Viewer,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page, by the id of the group or by its join link.
#[component]
pub(crate) fn Group() -> impl IntoView {
    let params = use_params_map();
    let asked = memo(move || {
        params.with(|params| GroupAddress {
            group: params.get("id").unwrap_or_default(),
            link: params.get("token").unwrap_or_default(),
        })
    });
    let first = first_read(move || api::groups::read_group_page(asked.get_untracked()));
    loaded(first, move |viewer, page| view! { <Shown viewer=viewer first=page asked=asked /> }.erased())
}

#[component]
fn Shown(viewer: Viewer, first: GroupPage, asked: Memoized<GroupAddress>) -> impl IntoView {
    let seq = first.seq;
    let kept = live_resource(first, asked, api::groups::read_group_page);
    kept.follow(seq, follow);
    Effect::new(move |_| {
        // The feed tells nothing of a hidden group to who is not in it: whoever comes back to its page reads it anew.
        let handle = window_event_listener_untyped("visibilitychange", move |_| {
            if browser::is_visible() && asked.with_untracked(|asked| !asked.link.is_empty()) {
                kept.read_anew();
            }
        });
        on_cleanup(move || handle.remove());
    });
    let (has_office, superuser) = (may_administer(&viewer), viewer.superuser);
    let gone = follow_patiently(memo(move || kept.trouble.get() == Some(AppError::NotFound)));
    dyn_view(move || {
        if gone.get() {
            view! { <Failure error=AppError::NotFound /> }.erased()
        } else {
            view! { <Whole kept=kept asked=asked has_office=has_office superuser=superuser /> }.erased()
        }
    })
}

/// Whether the viewer sees every group in full by their office.
fn may_administer(viewer: &Viewer) -> bool {
    viewer.opens(AdminPage::Groups)
}

/// Whatever happens to the group, its page is read anew: it shows too much to be folded.
fn follow(kept: LiveResource<GroupPage>, frame: &Frame) {
    let Some((id, seq)) = kept.shown.try_with_untracked(|page| (page.row.id, page.seq)) else { return };
    let concerned = match frame {
        Frame::Event { logged, .. } => logged.event.group.as_ref().map(|group| group.id),
        Frame::Touched { group, .. } | Frame::Counted { group, .. } => Some(*group),
        Frame::AdminChanged { .. } | Frame::Notified(_) | Frame::Unread(_) | Frame::Reset { .. } | Frame::SignedOut => {
            None
        }
    };
    if concerned == Some(id) && frame.seq().is_some_and(|at| at > seq) {
        kept.read_anew();
    }
}

#[component]
fn Whole(
    kept: LiveResource<GroupPage>,
    asked: Memoized<GroupAddress>,
    /// Whether the viewer sees every group in full by their office.
    has_office: bool,
    /// Whether the office reaches to what is restricted, too (R5).
    superuser: bool,
) -> impl IntoView {
    let labels = language().labels();
    let page = kept.shown;
    let passes_link = memo(move || {
        page.with(|GroupPage { row, decides, .. }| {
            let by_admin_right = has_office && (superuser || !row.flags.has(Flag::Restricted));
            row.flags.has(Flag::Hidden) && (*decides || by_admin_right)
        })
    });
    let link = move || {
        let (id, seq) = page.with_untracked(|page| (page.row.id, page.seq));
        passes_link.get().then(|| view! { <JoinLinkCard group=id seq=seq /> })
    };
    let name = move || page.with(|page| page.row.name.clone());
    page_title(name);
    view! {
        <header class="page-head">
            <p class="back"><a href="/groups"><Glyph icon=Icon::Back />{labels.back_to_groups}</a></p>
            <h1>{dyn_text(name)}</h1>
            {dyn_view(move || page.with(facts))}
        </header>
        <div class="columns">
            <div class="column-main">
                <Mine kept=kept asked=asked />
                <section class="card section">
                    <h2>{labels.about}</h2>
                    {dyn_view(move || page.with(|page| about(&page.row.description)))}
                </section>
                <section class="card section">
                    <h2>{labels.history}</h2>
                    {dyn_view(move || page.with(|page| past(&page.history)))}
                </section>
            </div>
            <div class="column-side">
                {dyn_view(move || page.with(|page| page.decides.then(|| for_deciders(page.row.id))))}
                {dyn_view(link)}
                <section class="card section">
                    <h2>{labels.who_leads}</h2>
                    {dyn_view(move || page.with(|page| led_by(&page.row)))}
                </section>
                <section class="card section">
                    <h2>{labels.what_members_get}</h2>
                    {dyn_view(move || given_to_members(page.with(|page| page.permissions)))}
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
fn Mine(kept: LiveResource<GroupPage>, asked: Memoized<GroupAddress>) -> impl IntoView {
    let labels = language().labels();
    let page = kept.shown;
    let keys = use_keys();
    // The form is drawn anew only when what it offers changes, and never under somebody who writes in it.
    let now = memo(move || page.with(|page| Offered::of(&page.row)));
    let offered = follow_patiently(now);
    let is_behind = memo(move || now.get() != offered.get());
    let on_done = Callback::new(move |()| kept.read_anew());
    let sent = RwSignal::new(None);
    Effect::new(move |_| {
        offered.track();
        sent.set(None);
    });
    view! {
        <section class="card section mine">
            <h2>{labels.your_standing}</h2>
            {dyn_view(move || page.with(|page| standing(page, sent.get())))}
            {dyn_view(move || is_behind.get().then(|| view! {
                <p class="said" role="alert">{language().offer_changed()}</p>
            }))}
            {dyn_view(move || offered.get().into_iter().map(|offered| {
                let consequence = offered.action().map(|action| language().consequence(action));
                let fields = fields(&offered, &asked.with_untracked(|asked| asked.link.clone()));
                offered.put_on(keys);
                view! {
                    {consequence.map(|sentence| view! { <p class="consequence">{sentence}</p> })}
                    <OfferButton offered=offered on_done=on_done sent=sent fields=fields />
                }
            }).collect_view())}
        </section>
    }
}

/// How the viewer stands to the group, and what entering asks for where they are not in it. What was just sent counts as
/// done until the answer says otherwise.
fn standing(page: &GroupPage, sent: Option<Action>) -> ErasedView {
    match sent.map_or(page.row.my_status, |action| stands_after(action, page.row.my_status)) {
        MyStatus::None => {
            view! { <p class="hint">{language().labels().not_a_member}</p> {checklist(&page.requirements)} }.erased()
        }
        status => view! { <Standing status=status /> }.erased(),
    }
}

/// The link one came by, and room for a reason where somebody will read it.
fn fields(offered: &Offered, link: &str) -> Option<ErasedView> {
    let action = offered.action()?;
    let by_link = matches!(action, Action::Join | Action::RequestJoin) && !link.is_empty();
    let link = by_link.then(|| view! { <input type="hidden" name="link" value=link.to_owned() /> });
    let reason = matches!(action, Action::RequestJoin | Action::RequestLeave).then(reason_field);
    Some(view! { {link} {reason} }.erased())
}

fn reason_field() -> impl IntoView {
    let labels = language().labels();
    view! {
        <div class="field">
            <label for=REASON>{labels.reason}</label>
            <p class="hint" id="reason-hint">{labels.reason_hint}</p>
            <textarea
                id=REASON
                name="reason"
                rows="3"
                maxlength=Note::MAX.to_string()
                aria-describedby="reason-hint"
            ></textarea>
        </div>
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

fn about(text: &str) -> ErasedView {
    if text.is_empty() {
        view! { <p class="hint">{language().labels().no_description}</p> }.erased()
    } else {
        view! { <Prose text=text.to_owned() /> }.erased()
    }
}

fn led_by(row: &GroupRow) -> ErasedView {
    let labels = language().labels();
    if !row.is_led {
        return view! { <p class="hint">{labels.no_leaders}</p> }.erased();
    }
    if row.leaders.is_empty() && row.leader_groups.is_empty() {
        return view! { <p class="hint">{labels.led_by_others}</p> }.erased();
    }
    let people = row
        .leaders
        .iter()
        .map(|person| {
            let from = organisation(person).unwrap_or_else(|| labels.leads_person.to_owned());
            view! {
                <li>
                    {avatar(person)}
                    <div>{person.display_name().to_owned()}<p class="hint">{from}</p></div>
                </li>
            }
        })
        .collect_view();
    let groups = row
        .leader_groups
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
    view! { <ul class="people">{people}{groups}</ul> }.erased()
}

fn given_to_members(permissions: Permissions) -> ErasedView {
    let words = language();
    if permissions.is_empty() {
        return view! { <p class="hint">{words.labels().nothing_extra}</p> }.erased();
    }
    let lines = permissions.iter().map(|permission| view! { <li>{words.permission(permission)}</li> }).collect_view();
    view! { <ul class="plain-list">{lines}</ul> }.erased()
}

/// The viewer's own past with the group, newest first.
fn past(history: &[RecordedEvent]) -> ErasedView {
    let words = language();
    let labels = words.labels();
    if history.is_empty() {
        return view! { <p class="hint">{labels.no_history}</p> }.erased();
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
    view! { <ol class="history">{lines}</ol> }.erased()
}

/// The ways on for those who decide here.
fn for_deciders(id: GroupId) -> impl IntoView + use<> {
    let labels = language().labels();
    view! {
        <section class="card section">
            <h2>{labels.for_deciders}</h2>
            <ul class="links">
                <li><a href=format!("/requests?group={id}")><Glyph icon=Icon::Requests />{labels.see_requests}</a></li>
                <li>
                    <a href=format!("/manage/{id}/members")>
                        <Glyph icon=Icon::MyGroups />
                        {language().frame().see_members}
                    </a>
                </li>
                <li><a href=format!("/manage/{id}/audit")><Glyph icon=Icon::Audit />{labels.see_audit}</a></li>
            </ul>
        </section>
    }
}
