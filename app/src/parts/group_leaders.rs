//! Who leads a group: the people and the groups that are named to, each with the way to name it no more, and the ways to
//! name others. It takes effect at once, as nobody loses anything by it but the lead.

use super::{
    command_form::{Answer, CommandForm},
    field::Field,
    icon::{Glyph, Icon},
    person::avatar,
    toast::use_toast,
};
use crate::api::group_setup::{AddLeader, AddLeaderGroup, RemoveLeader, RemoveLeaderGroup};
use crate::view::{
    dynamic::{dyn_view, memo},
    erased::{ErasedView, IntoErased},
};
use crate::{
    api,
    input::GroupSetupForm,
    live::{LiveResource, live_resource},
    text::language,
};
use domain::{EventPayload, Frame, GroupAction, GroupRef, GroupSetup, NamedLeader};
use leptos::{prelude::*, server_fn::ServerFn};

/// The section.
#[component]
pub(crate) fn GroupLeaders(
    /// The group, as it was read with the page.
    first: GroupSetup,
) -> impl IntoView {
    let labels = language().group_setup();
    let (id, seq) = (first.row.id, first.seq);
    let kept = live_resource(first, memo(move || id), |id| async move {
        let form = GroupSetupForm { group: id.to_string(), ..GroupSetupForm::default() };
        api::group_setup::read_group_setup(form).await.map(|page| page.subject)
    });
    kept.follow(seq, move |kept, frame: &Frame| {
        let Frame::Event { logged, .. } = frame else { return };
        let is_here = logged.event.group.as_ref().is_some_and(|group| group.id == id);
        let leads = matches!(
            logged.event.what,
            EventPayload::LeaderAdded
                | EventPayload::LeaderRemoved
                | EventPayload::LeaderGroupAdded(_)
                | EventPayload::LeaderGroupRemoved(_)
        );
        if is_here && leads {
            kept.read_anew();
        }
    });
    view! {
        <section class="card section">
            <h2>{labels.who_leads}</h2>
            <p class="hint">{labels.who_leads_intro}</p>
            {dyn_view(move || kept.shown.with(|setup| named(setup, kept)))}
            <div class="two-columns">{add(kept, true)} {add(kept, false)}</div>
        </section>
    }
}

/// What becomes of a change: the section is read anew.
fn renewed(kept: LiveResource<GroupSetup>) -> Callback<Answer> {
    let toast = use_toast();
    let words = language();
    Callback::new(move |(_, answer): Answer| {
        if let Ok(receipt) = &answer {
            toast.say(words.done(&receipt.outcome, ""));
            kept.read_anew();
        }
    })
}

/// Those who are named.
fn named(setup: &GroupSetup, kept: LiveResource<GroupSetup>) -> ErasedView {
    let labels = language().group_setup();
    if setup.leaders.is_empty() && setup.row.leader_groups.is_empty() {
        return view! { <p>{labels.nobody_leads}</p> }.erased();
    }
    let group = setup.row.id.0;
    let is_open = setup.choices.denial(GroupAction::DropLeaders).is_none();
    let people = setup.leaders.iter().map(|leader| person(leader, group, is_open, kept));
    let groups = setup.row.leader_groups.iter().map(|leading| leading_group(leading, group, is_open, kept));
    let lines: Vec<ErasedView> = people.chain(groups).collect();
    view! { <ul class="lines leader-lines">{lines}</ul> }.erased()
}

fn person(leader: &NamedLeader, group: i64, is_open: bool, kept: LiveResource<GroupSetup>) -> ErasedView {
    let words = language();
    let labels = words.group_setup();
    let name = leader.person.display_name().to_owned();
    let idle = (!leader.active).then(|| {
        view! { <p class="facts"><Glyph icon=Icon::Warning />{labels.inactive}</p> }
    });
    let username = view! { <span class="hint">{leader.person.username.clone()}</span> };
    let way = is_open.then(|| drop_form(RemoveLeader::PATH, ("leader", leader.person.id.0), group, &name, kept));
    view! {
        <li class="leader-line">
            {avatar(&leader.person)}
            <div><p class="line-name">{name} " " {username}</p>{idle}</div>
            {way}
        </li>
    }
    .erased()
}

fn leading_group(leading: &GroupRef, group: i64, is_open: bool, kept: LiveResource<GroupSetup>) -> ErasedView {
    let words = language();
    let way = is_open.then(|| {
        let about = ("leading", leading.id.0);
        drop_form(RemoveLeaderGroup::PATH, about, group, &leading.name, kept)
    });
    view! {
        <li class="leader-line">
            <span class="avatar"><Glyph icon=Icon::Groups /></span>
            <div>
                <p class="line-name"><a href=format!("/admin/groups/{}", leading.id)>{leading.name.clone()}</a></p>
                <p class="facts">{words.labels().leads_group}</p>
            </div>
            {way}
        </li>
    }
    .erased()
}

/// The form by which somebody, or a group, leads no more.
fn drop_form(
    action: &'static str,
    about: (&'static str, i64),
    group: i64,
    name: &str,
    kept: LiveResource<GroupSetup>,
) -> ErasedView {
    let words = language();
    let rest = words.leading_no_more(name);
    view! {
        <CommandForm action=action about=about on_answer=renewed(kept)>
            <input type="hidden" name="group" value=group.to_string() />
            <button class="button" data-verb="reject">
                {words.group_setup().take_away}
                <span class="sr">{rest}</span>
            </button>
        </CommandForm>
    }
    .erased()
}

/// The form that names somebody, or a group.
fn add(kept: LiveResource<GroupSetup>, is_person: bool) -> ErasedView {
    let words = language();
    let labels = words.group_setup();
    let (group, denial) =
        kept.shown.with_untracked(|setup| (setup.row.id.0, setup.choices.denial(GroupAction::NameLeaders)));
    let refused = denial.map(|denial| words.why_not(GroupAction::NameLeaders, denial).to_owned());
    let is_open = refused.is_none();
    let (action, name, label, hint) = if is_person {
        (AddLeader::PATH, "leader", labels.leader, labels.leader_hint)
    } else {
        (AddLeaderGroup::PATH, "leading", labels.leading, labels.leading_hint)
    };
    view! {
        <CommandForm action=action about=("group", group) on_answer=renewed(kept)>
            <Field name=name label=label hint=hint autocomplete="off" refused=refused />
            {is_open.then(|| view! { <button class="button">{labels.add}</button> })}
        </CommandForm>
    }
    .erased()
}
