//! Adds up what a command would do to people: the events that the rules would record, as a preview tells them.

use crate::{
    Cause, Consequence, Event, EventPayload, Fingerprint, Flag, Group, GroupId, GroupRef, Person, Preview,
    PreviewEffect, RequestKind, Settings, StateId, StateRef, Tally, Touched, UserId, name, notice, sight,
};
use std::collections::{BTreeMap, BTreeSet};

/// Which groups' members a viewer of a preview may know of.
pub type SeesMembers<'a> = dyn Fn(GroupId) -> bool + Send + Sync + 'a;

/// What is counted together: what happens, in which group, by which rule.
type Kind = (PreviewEffect, Option<GroupId>, Option<Cause>);

/// Somebody, and the key by which people are sorted.
struct Entry {
    key: String,
    touched: Touched,
}

/// A preview in the making. People come in the order of their ids.
pub struct PreviewBuilder<'a> {
    viewer: Option<UserId>,
    sees_members: &'a SeesMembers<'a>,
    settings: Settings,
    states: BTreeMap<StateId, String>,
    /// Groups of which nobody is told what happens to them there (R1).
    internal: BTreeSet<GroupId>,
    /// Those whom the command itself names; what follows for them comes later.
    named: BTreeMap<UserId, Entry>,
    /// The first by name.
    shown: Vec<Entry>,
    tallies: BTreeMap<Kind, (Option<GroupRef>, u32)>,
    people: u32,
    print: Print,
}

impl<'a> PreviewBuilder<'a> {
    /// A foresight for a viewer. Memberships of groups whose members they may not see are told without the group, but
    /// for their own; of their own in internal groups nothing is told.
    #[must_use]
    pub fn new(
        viewer: Option<UserId>,
        sees_members: &'a SeesMembers<'a>,
        settings: Settings,
        states: BTreeMap<StateId, String>,
    ) -> Self {
        Self {
            viewer,
            sees_members,
            settings,
            states,
            internal: BTreeSet::new(),
            named: BTreeMap::new(),
            shown: Vec::new(),
            tallies: BTreeMap::new(),
            people: 0,
            print: Print::EMPTY,
        }
    }

    /// Takes note of those of the groups that are internal.
    pub fn note_internal<'g>(&mut self, groups: impl IntoIterator<Item = &'g Group>) {
        self.internal.extend(groups.into_iter().filter(|group| group.flags.has(Flag::Internal)).map(|group| group.id));
    }

    /// What the command itself does to those it names. `key` sorts people.
    pub fn decided(&mut self, events: &[Event], key: impl Fn(&Person) -> String) {
        for event in events {
            let Some(person) = &event.subject else { continue };
            if let Some(consequence) = self.consequence(person, self.viewer, event) {
                let entry = || Entry {
                    key: key(person),
                    touched: Touched { person: person.clone(), consequences: Vec::new() },
                };
                let named = self.named.entry(person.id).or_insert_with(entry);
                named.touched.consequences.push(consequence);
            }
        }
    }

    /// What follows for one person.
    pub fn follows(&mut self, person: &Person, key: impl Fn(&Person) -> String, events: &[Event]) {
        let mut touched = match self.named.remove(&person.id) {
            Some(named) => named.touched,
            None => Touched { person: person.clone(), consequences: Vec::new() },
        };
        for event in events {
            touched.consequences.extend(self.consequence(person, None, event));
        }
        if !touched.consequences.is_empty() {
            self.keep(Entry { key: key(person), touched });
        }
    }

    /// The preview of all that was added.
    #[must_use]
    pub fn preview(mut self, changes: bool, complete: bool, in_steps: bool) -> Preview {
        for (_, named) in std::mem::take(&mut self.named) {
            self.keep(named);
        }
        let mut tallies: Vec<Tally> = self
            .tallies
            .into_iter()
            .map(|((fate, _, cause), (group, count))| Tally { fate, group, cause, count })
            .collect();
        let place = |tally: &Tally| tally.group.as_ref().map(|group| name::order(&group.name));
        tallies.sort_by_cached_key(|tally| (tally.group.is_none(), place(tally)));
        self.print.add(u64::from(complete));
        Preview {
            changes,
            tallies,
            people: self.people,
            shown: self.shown.into_iter().map(|entry| entry.touched).collect(),
            complete,
            in_steps,
            fingerprint: Fingerprint::of(self.print.0),
        }
    }

    /// Counts somebody, and shows them if they are among the first by name.
    fn keep(&mut self, entry: Entry) {
        self.people = self.people.saturating_add(1);
        let place = (&entry.key, entry.touched.person.id);
        let at = self.shown.partition_point(|other| (&other.key, other.touched.person.id) < place);
        if at < Preview::SHOWN {
            self.shown.insert(at, entry);
            self.shown.truncate(Preview::SHOWN);
        }
    }

    /// What an event is to the person it is about, counted; `None` where it takes nothing away and brings nothing.
    fn consequence(&mut self, person: &Person, by: Option<UserId>, event: &Event) -> Option<Consequence> {
        let fate = match &event.what {
            EventPayload::Joined | EventPayload::Added | EventPayload::Approved(RequestKind::Join) => {
                PreviewEffect::Joins
            }
            EventPayload::Left | EventPayload::Removed | EventPayload::Approved(RequestKind::Leave) => {
                PreviewEffect::Leaves
            }
            EventPayload::Rejected(kind) | EventPayload::Withdrawn(kind) | EventPayload::Closed(kind) => {
                PreviewEffect::RequestEnds(*kind)
            }
            EventPayload::StateChanged { from, to } => {
                PreviewEffect::Moves { from: self.state(*from), to: self.state(*to) }
            }
            _ => return None,
        };
        let group = event.group.as_ref();
        self.print.add_consequence(person.id, &fate, group.map(|group| group.id), event.cause);
        let internal = group.is_some_and(|group| self.internal.contains(&group.id));
        let is_told = sight::is_told_to_subject(&event.what, internal);
        let own = self.viewer == Some(person.id);
        if own && !is_told && !group.is_some_and(|group| (self.sees_members)(group.id)) {
            return None;
        }
        let seen = |group: &&GroupRef| own || (self.sees_members)(group.id);
        let group = group.filter(seen).cloned();
        let kind = (fate.clone(), group.as_ref().map(|group| group.id), event.cause);
        let (_, count) = self.tallies.entry(kind).or_insert_with(|| (group.clone(), 0));
        *count = count.saturating_add(1);
        let told = notice::notices(event, by, &[], &self.settings).into_iter().find(|notice| notice.to == person.id);
        let told = told.filter(|_| is_told);
        Some(Consequence { fate, group, cause: event.cause, told: told.map(|notice| notice.subject) })
    }

    fn state(&self, id: StateId) -> StateRef {
        StateRef { id, name: self.states.get(&id).cloned().unwrap_or_default() }
    }
}

/// A sum over all consequences in their order (FNV-1a, 64 bits): it tells what changed by accident, and guards no
/// secret.
struct Print(u64);

impl Print {
    const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    fn add(&mut self, number: u64) {
        for byte in number.to_be_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// The sum over a name.
    fn of(name: &str) -> i64 {
        let mut print = Self::EMPTY;
        name.chars().for_each(|c| print.add(u64::from(c)));
        print.0.cast_signed()
    }

    fn add_consequence(&mut self, person: UserId, fate: &PreviewEffect, group: Option<GroupId>, cause: Option<Cause>) {
        let (what, from, to) = match fate {
            PreviewEffect::Joins => (0, 0, 0),
            PreviewEffect::Leaves => (1, 0, 0),
            PreviewEffect::RequestEnds(RequestKind::Join) => (2, 0, 0),
            PreviewEffect::RequestEnds(RequestKind::Leave) => (3, 0, 0),
            // By their names: a state that is made gets another id than it had in the preview, where ids are drawn for good.
            PreviewEffect::Moves { from, to } => (4, Self::of(&from.name), Self::of(&to.name)),
        };
        // No cause is none of those there are.
        let cause = cause.map_or(u64::MAX, |cause| cause as u64);
        for number in [person.0, what, from, to, group.map_or(0, |group| group.0)] {
            self.add(number.cast_unsigned());
        }
        self.add(cause);
    }
}
