//! Characters and mains, and the states they lead to.

use super::{
    Answer, about_person,
    account::{administered, may_stand_in_for},
    and_settle,
};
use crate::{
    Actor, Affiliation, Character, CharacterChange, CharacterDraft, CharacterId, Conflict, Denial, EventPayload, Facts,
    Permission, Refusal, Subject, Who, state_of,
};

/// A character that leads to a state may be given only by who may bring people there: or staff would move themselves,
/// or others, to where they were not put.
fn may_lead_to(
    actor: &Actor,
    subject: &Subject,
    affiliation: Option<&Affiliation>,
    facts: &Facts,
) -> Result<(), Denial> {
    let state = state_of(affiliation, &facts.states.all);
    let opens = facts.states.opens(state);
    if state == subject.account.state {
        Ok(())
    } else if actor.id() == Some(subject.account.person.id) {
        opens.given_by(actor)
    } else {
        opens.entrusted_to(actor)
    }
}

pub(super) fn add(actor: &Actor, draft: &CharacterDraft, facts: &Facts) -> Answer {
    let subject = administered(actor, facts)?;
    let character = Character { id: CharacterId::UNASSIGNED, profile: draft.clone() };
    may_lead_to(actor, subject, Some(&character.affiliation()), facts)?;
    if facts.character_taken {
        return Err(Conflict::CharacterTaken.into());
    }
    Ok(vec![about_person(EventPayload::CharacterAdded(Box::new(character)), &subject.account.person)].into())
}

pub(super) fn edit(actor: &Actor, change: &CharacterChange, facts: &Facts) -> Answer {
    let subject = administered(actor, facts)?;
    let before = facts.character.as_ref().ok_or(Refusal::Unseen)?;
    let after = before.changed(change);
    if after == *before {
        return Ok(Vec::new().into());
    }
    may_lead_to(actor, subject, Some(&after.affiliation()), facts)?;
    let is_main = facts.main.as_ref().is_some_and(|main| main.id == before.id);
    if is_main && after.as_main().name != before.as_main().name {
        may_stand_in_for(subject, actor)?;
    }
    let mut person = subject.account.person.clone();
    if is_main {
        person.main_character = Some(after.as_main());
    }
    let what = EventPayload::CharacterEdited { before: Box::new(before.clone()), after: Box::new(after) };
    let events = vec![about_person(what, &person)];
    Ok(if is_main { and_settle(events, Who::User(person.id)) } else { events.into() })
}

pub(super) fn remove(actor: &Actor, facts: &Facts) -> Answer {
    let subject = administered(actor, facts)?;
    let character = facts.character.as_ref().ok_or(Refusal::Unseen)?;
    let is_main = facts.main.as_ref().is_some_and(|main| main.id == character.id);
    if is_main {
        may_lead_to(actor, subject, None, facts)?;
        may_stand_in_for(subject, actor)?;
    }
    let person = &subject.account.person;
    let mut events = vec![about_person(EventPayload::CharacterRemoved(Box::new(character.clone())), person)];
    if is_main {
        let person = crate::Person { main_character: None, ..person.clone() };
        events.push(about_person(EventPayload::MainSet(None), &person));
        return Ok(and_settle(events, Who::User(person.id)));
    }
    Ok(events.into())
}

/// A user chooses among their own characters; staff may for those they administer, as far as they may say what they are
/// called: the main is the name by which others know them.
pub(super) fn set_main(actor: &Actor, wanted: Option<CharacterId>, facts: &Facts) -> Answer {
    let own = facts.subject.as_ref().filter(|subject| actor.id() == Some(subject.account.person.id));
    let subject = match own {
        Some(subject) => subject,
        None if actor.administers(Permission::ManageUsers) => administered(actor, facts)?,
        None => return Err(Denial::StaffPermissionRequired.into()),
    };
    let chosen = match wanted {
        Some(_) => Some(facts.character.as_ref().ok_or(Refusal::Unseen)?),
        None => None,
    };
    if chosen.map(|character| character.id) == facts.main.as_ref().map(|main| main.id) {
        return Ok(Vec::new().into());
    }
    if own.is_none() {
        may_stand_in_for(subject, actor)?;
        may_lead_to(actor, subject, chosen.map(Character::affiliation).as_ref(), facts)?;
    }
    let main = chosen.map(Character::as_main);
    let person = crate::Person { main_character: main.clone(), ..subject.account.person.clone() };
    Ok(and_settle(vec![about_person(EventPayload::MainSet(main), &person)], Who::User(person.id)))
}
