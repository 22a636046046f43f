//! Naming leaders and leader groups. What already is as wanted is no event.

use super::{Answer, about_group, group::administered};
use crate::{Actor, Denial, Event, EventPayload, Facts, Flag, Flaw, Group, LeadingGroup, Problem, Refusal, Subject};

/// R5: the leaders of a restricted group are a superuser's to choose; of others, of those who hold what it opens.
fn choosable<'a>(actor: &Actor, facts: &'a Facts, adding: bool) -> Result<&'a Group, Refusal> {
    let group = administered(actor, facts)?;
    if group.flags.has(Flag::Restricted) && !actor.is_superuser() {
        return Err(Denial::SuperuserRequired.into());
    }
    if adding {
        facts.reach.given_by(actor)?;
    }
    Ok(group)
}

fn about_leader(what: EventPayload, group: &Group, leader: &Subject) -> Event {
    about_group(what, group).about(leader.account.person.clone())
}

pub(super) fn add(actor: &Actor, facts: &Facts) -> Answer {
    let group = choosable(actor, facts, true)?;
    let leader = facts.subject.as_ref().ok_or(Refusal::Unseen)?;
    let news = (!leader.leader).then(|| about_leader(EventPayload::LeaderAdded, group, leader));
    Ok(Vec::from_iter(news).into())
}

pub(super) fn remove(actor: &Actor, facts: &Facts) -> Answer {
    let group = choosable(actor, facts, false)?;
    let leader = facts.subject.as_ref().ok_or(Refusal::Unseen)?;
    let news = leader.leader.then(|| about_leader(EventPayload::LeaderRemoved, group, leader));
    Ok(Vec::from_iter(news).into())
}

pub(super) fn add_group(actor: &Actor, facts: &Facts) -> Answer {
    let group = choosable(actor, facts, true)?;
    let LeadingGroup { group: leading, leads } = facts.leading.as_ref().ok_or(Refusal::Unseen)?;
    if leading.id == group.id {
        return Err(Problem::new("leader_groups", Flaw::Itself).into());
    }
    let news = (!leads).then(|| about_group(EventPayload::LeaderGroupAdded(leading.reference()), group));
    Ok(Vec::from_iter(news).into())
}

pub(super) fn remove_group(actor: &Actor, facts: &Facts) -> Answer {
    let group = choosable(actor, facts, false)?;
    let LeadingGroup { group: leading, leads } = facts.leading.as_ref().ok_or(Refusal::Unseen)?;
    let news = leads.then(|| about_group(EventPayload::LeaderGroupRemoved(leading.reference()), group));
    Ok(Vec::from_iter(news).into())
}
