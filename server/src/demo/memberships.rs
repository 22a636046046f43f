//! Who is in which group, and who leads it: only what the rules allow (R6, R7).

use super::{
    dice::Dice,
    groups::{FRIENDS, SHOWN, is_led},
    people::{self, state_lets_ask},
};
use domain::{Flag, GroupId, Permission, Timestamp, UserId};
use std::collections::HashSet;
use store::{SeedGroup, SeedUser};

/// How many live memberships there are.
pub(super) const COUNT: usize = 20_000;

/// A membership before it has a history: places in the lists of people and groups.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) user: usize,
    pub(super) group: usize,
}

/// The community as far as it is invented.
pub(super) struct Community {
    pub(super) people: Vec<SeedUser>,
    pub(super) groups: Vec<SeedGroup>,
    pub(super) memberships: Vec<Place>,
    members: HashSet<(usize, usize)>,
    friends: usize,
}

impl Community {
    /// Fills the groups and names their leaders.
    pub(super) fn settle(dice: &mut Dice, people: Vec<SeedUser>, groups: Vec<SeedGroup>) -> Self {
        let friends = groups.iter().position(|group| group.name == FRIENDS).unwrap_or_default();
        let mut community =
            Self { people, groups, memberships: Vec::with_capacity(COUNT), members: HashSet::new(), friends };
        community.befriend(dice);
        community.fill(dice);
        community.name_leaders(dice);
        community
    }

    pub(super) fn is_member(&self, user: usize, group: usize) -> bool {
        self.members.contains(&(user, group))
    }

    /// Whether the rules let this person be in the group and ask for it.
    pub(super) fn admits(&self, user: usize, group: usize) -> bool {
        self.people[user].active && self.admits_state(user, group) && self.admits_rights(user, group)
    }

    pub(super) fn admits_state(&self, user: usize, group: usize) -> bool {
        let states = &self.groups[group].states;
        states.is_empty() || states.contains(&self.people[user].state)
    }

    pub(super) fn admits_rights(&self, user: usize, group: usize) -> bool {
        let person = &self.people[user];
        self.groups[group].flags.has(Flag::Public)
            || person.superuser
            || person.permissions.contains(Permission::RequestGroups)
            || state_lets_ask(person)
            || self.is_member(user, self.friends)
    }

    /// The earliest moment at which somebody could have come into a group.
    pub(super) fn earliest(&self, user: usize, group: usize) -> Timestamp {
        self.people[user].created_at.max(self.groups[group].created_at)
    }

    fn add(&mut self, user: usize, group: usize) -> bool {
        let is_new = self.members.insert((user, group));
        if is_new {
            self.memberships.push(Place { user, group });
        }
        is_new
    }

    /// First the group that gives the right to ask: the others depend on it. And the demo's leader is in what she leads.
    fn befriend(&mut self, dice: &mut Dice) {
        for group in 0..self.groups.len() {
            if is_led(&self.groups[group].name) {
                self.add(place_of(people::LEADER), group);
            }
        }
        for user in 0..self.people.len() {
            let chance = if state_lets_ask(&self.people[user]) { 2 } else { 40 };
            if self.people[user].active && dice.percent(chance) {
                self.add(user, self.friends);
            }
        }
    }

    /// A few groups are large, most are small; together they have the number wanted.
    fn fill(&mut self, dice: &mut Dice) {
        let rest = COUNT - self.memberships.len();
        let weights: Vec<usize> = (0..self.groups.len()).map(|group| self.weight(dice, group)).collect();
        let sum: usize = weights.iter().sum();
        for (group, weight) in weights.into_iter().enumerate() {
            let mut open: Vec<usize> = (0..self.people.len()).filter(|user| self.may_be_added(*user, group)).collect();
            dice.shuffle(&mut open);
            for user in open.into_iter().take(rest * weight / sum) {
                self.add(user, group);
            }
        }
        // Rounding, and groups for fewer people than their weight, leave some over.
        while self.memberships.len() < COUNT {
            let (user, group) = (dice.below(self.people.len()), dice.below(self.groups.len()));
            if self.may_be_added(user, group) {
                self.add(user, group);
            }
        }
    }

    fn weight(&self, dice: &mut Dice, group: usize) -> usize {
        let flags = self.groups[group].flags;
        let size = 6 + dice.below(9) * dice.below(9) + if dice.percent(8) { 150 } else { 0 };
        match (flags.has(Flag::Internal), flags.has(Flag::Hidden), flags.has(Flag::Open)) {
            _ if group == self.friends => 0,
            (true, ..) => size / 2 + 1,
            (false, true, _) => size / 3 + 1,
            (false, false, true) => size * 2,
            (false, false, false) => size + 3,
        }
    }

    fn may_be_added(&self, user: usize, group: usize) -> bool {
        // The demo's member has to have something left to ask for.
        let is_shown = self.people[user].id == people::MEMBER && is_led(&self.groups[group].name);
        // Whoever fills internal groups does not put themselves there.
        let is_filler = self.people[user].id == people::SUPERUSER && self.groups[group].flags.has(Flag::Internal);
        !is_shown && !is_filler && self.admits(user, group) && !self.is_member(user, group)
    }

    /// Most groups are led by one to three of their members, some by those of another group, some by nobody.
    fn name_leaders(&mut self, dice: &mut Dice) {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.groups.len()];
        for Place { user, group } in &self.memberships {
            members[*group].push(*user);
        }
        for (group, members) in members.iter().enumerate() {
            let leaderless = !is_led(&self.groups[group].name) && dice.percent(8);
            if leaderless || self.groups[group].flags.has(Flag::Internal) || members.is_empty() {
                continue;
            }
            let mut leaders: Vec<UserId> = Vec::new();
            for _ in 0..=dice.below(3) {
                leaders.push(self.people[dice.pick(members)].id);
            }
            if is_led(&self.groups[group].name) {
                leaders.push(people::LEADER);
            }
            leaders.sort_unstable();
            leaders.dedup();
            // The demo's member is to see the page of somebody who decides nothing.
            leaders.retain(|leader| *leader != people::MEMBER);
            if dice.percent(12) && self.groups[group].name != SHOWN {
                let other = dice.below(self.groups.len());
                if other != group && !members_include(&self.members, other, people::MEMBER) {
                    self.groups[group].leader_groups.push(group_id(other));
                }
            }
            self.groups[group].leaders = leaders;
        }
    }
}

fn members_include(members: &HashSet<(usize, usize)>, group: usize, user: UserId) -> bool {
    members.contains(&(place_of(user), group))
}

/// People stand in the order of their ids, which are counted from 1.
pub(super) fn place_of(user: UserId) -> usize {
    usize::try_from(user.0 - 1).unwrap_or_default()
}

fn group_id(place: usize) -> GroupId {
    GroupId(i64::try_from(place).unwrap_or_default() + 1)
}
