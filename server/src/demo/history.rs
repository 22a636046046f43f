//! Eighteen months of the demo: how every membership came to be, what was asked and decided, and who came and went.
//!
//! Everything is told as the rules would have had it: nobody decides their own request, a request ends once, and what
//! a person is in today has its beginning here.

use super::{
    dice::Dice,
    groups::is_led,
    memberships::{Community, Place, place_of},
    people,
    record::{Record, Settled},
    words,
};
use domain::{Cause, EventPayload, Flag, RequestKind, RequestStatus, Timestamp, UserId};
use std::collections::HashSet;
use store::SeedMembership;

/// How many events there are.
pub(super) const EVENTS: usize = 50_000;
/// How many requests wait.
pub(super) const OPEN_REQUESTS: usize = 500;
/// How many of those ask to leave.
const OPEN_LEAVE_REQUESTS: usize = 70;
/// How many wait in each group that the demo's leader leads.
const WAITING_IN_LED: usize = 7;

/// How often somebody is looked for who asked to leave in vain; about one in three fits.
const REJECTED_LEAVE_ATTEMPTS: usize = 900;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// Tells the history of a settled community.
pub(super) struct Historian<'a> {
    pub(super) dice: &'a mut Dice,
    pub(super) community: &'a Community,
    pub(super) record: Record,
    pub(super) now: Timestamp,
    /// Who is told about in which group already: each pair has one story.
    told: HashSet<(usize, usize)>,
}

impl<'a> Historian<'a> {
    pub(super) fn new(dice: &'a mut Dice, community: &'a Community, now: Timestamp) -> Self {
        Self { dice, community, record: Record::default(), now, told: HashSet::new() }
    }

    /// Everything, memberships first. Returns them with their beginnings.
    pub(super) fn tell(&mut self) -> Vec<SeedMembership> {
        self.record.beginnings(self.community);
        let community = self.community;
        let memberships: Vec<SeedMembership> = community.memberships.iter().map(|place| self.entry(*place)).collect();
        self.open_leave_requests(&memberships);
        self.open_join_requests();
        self.rejected_leave_requests(&memberships);
        self.fill_up();
        memberships
    }

    /// Who decided in a group at a moment: one of its leaders who was there, else a manager; never the person concerned.
    fn decider(&mut self, group: usize, at: Timestamp, concerned: usize) -> UserId {
        let concerned = self.community.people[concerned].id;
        let was_there = |leader: &&UserId| {
            let place = place_of(**leader);
            **leader != concerned && self.community.people[place].created_at < at && self.community.people[place].active
        };
        let leaders: Vec<UserId> = self.community.groups[group].leaders.iter().filter(was_there).copied().collect();
        match leaders.as_slice() {
            [] if concerned == people::MANAGER => people::SUPERUSER,
            [] => people::MANAGER,
            leaders => self.dice.pick(leaders),
        }
    }

    /// How somebody who is a member today came in.
    fn entry(&mut self, place: Place) -> SeedMembership {
        self.told.insert((place.user, place.group));
        let earliest = self.community.earliest(place.user, place.group).plus_seconds(HOUR);
        let at = self.dice.between(earliest, self.now.plus_seconds(-HOUR));
        let (since, approved_by) = self.come_in(place, at);
        let group = self.community.groups[place.group].id;
        SeedMembership { group, user: self.community.people[place.user].id, approved_by, since }
    }

    /// Joining, or asking and being let in, or being added. Returns when it took effect and who let them in.
    fn come_in(&mut self, place: Place, at: Timestamp) -> (Timestamp, Option<UserId>) {
        let flags = self.community.groups[place.group].flags;
        if flags.has(Flag::Internal) {
            // Only staff puts people there, and a superuser where it is restricted (R1, R5).
            let by = if flags.has(Flag::Restricted) || place.user == place_of(people::STAFF) {
                people::SUPERUSER
            } else {
                people::STAFF
            };
            self.record.happened(at, Some(by), EventPayload::Added, place);
            return (at, Some(by));
        }
        if flags.has(Flag::Open) {
            self.record.happened(at, Some(self.person(place)), EventPayload::Joined, place);
            return (at, None);
        }
        let reason = words::asking(self.dice);
        let decided = self.dice.after(at, 60, 3 * DAY, self.now.plus_seconds(-600));
        let by = self.decider(place.group, decided, place.user);
        let comment = words::welcome(self.dice);
        let settled = Settled { status: RequestStatus::Approved, at: decided, by, comment };
        self.record.request(place, RequestKind::Join, at, reason, Some(settled));
        (decided, Some(by))
    }

    fn person(&self, place: Place) -> UserId {
        self.community.people[place.user].id
    }

    /// Members of closed groups who wait to be let go (R8).
    fn open_leave_requests(&mut self, memberships: &[SeedMembership]) {
        let mut count = 0;
        while count < OPEN_LEAVE_REQUESTS {
            let chosen = self.dice.below(memberships.len());
            let (place, since) = (self.community.memberships[chosen], memberships[chosen].since);
            let flags = self.community.groups[place.group].flags;
            let asked = self.waiting_since();
            let suits = !flags.has(Flag::Internal)
                && !flags.has(Flag::Open)
                && since < asked
                && self.person(place) != people::MEMBER;
            if suits && !self.record.has_open(place) {
                let reason = words::leaving(self.dice);
                self.record.request(place, RequestKind::Leave, asked, reason, None);
                count += 1;
            }
        }
    }

    /// People who may ask and wait for an answer: some in each group the demo's leader leads, the others anywhere.
    fn open_join_requests(&mut self) {
        let led: Vec<usize> =
            (0..self.community.groups.len()).filter(|group| is_led(&self.community.groups[*group].name)).collect();
        let mut count = OPEN_LEAVE_REQUESTS;
        for group in &led {
            let until = count + WAITING_IN_LED;
            while count < until {
                let user = self.dice.below(self.community.people.len());
                count += usize::from(self.ask(user, *group));
            }
        }
        let member = place_of(people::MEMBER);
        let mut of_member = 0;
        while of_member < 1 {
            let group = self.dice.below(self.community.groups.len());
            of_member += usize::from(!led.contains(&group) && self.ask_in_list(member, group));
        }
        count += of_member;
        while count < OPEN_REQUESTS {
            let user = self.dice.below(self.community.people.len());
            let group = self.dice.below(self.community.groups.len());
            let in_list = self.dice.percent(90);
            let known = self.community.people[user].id <= people::MEMBER;
            if !known {
                count += usize::from(if in_list { self.ask_in_list(user, group) } else { self.ask(user, group) });
            }
        }
    }

    fn ask_in_list(&mut self, user: usize, group: usize) -> bool {
        !self.community.groups[group].flags.has(Flag::Hidden) && self.ask(user, group)
    }

    /// Leaves a request open, where there can be one.
    fn ask(&mut self, user: usize, group: usize) -> bool {
        let flags = self.community.groups[group].flags;
        let asked = self.waiting_since();
        let known_and_led =
            self.community.people[user].id <= people::MEMBER && is_led(&self.community.groups[group].name);
        let suits = !flags.has(Flag::Internal)
            && !flags.has(Flag::Open)
            && !known_and_led
            && self.community.admits(user, group)
            && self.community.earliest(user, group) < asked
            && self.told.insert((user, group));
        if suits {
            let reason = words::asking(self.dice);
            self.record.request(Place { user, group }, RequestKind::Join, asked, reason, None);
        }
        suits
    }

    /// Most were asked in the last days, some wait for weeks.
    fn waiting_since(&mut self) -> Timestamp {
        let days = match self.dice.below(100) {
            0..70 => 3,
            70..95 => 14,
            _ => 60,
        };
        self.dice.between(self.now.plus_seconds(-days * DAY), self.now.plus_seconds(-300))
    }

    /// Members who wanted to go, were asked to stay, and did.
    fn rejected_leave_requests(&mut self, memberships: &[SeedMembership]) {
        let mut stayed = HashSet::new();
        for _ in 0..REJECTED_LEAVE_ATTEMPTS {
            let chosen = self.dice.below(memberships.len());
            let place = self.community.memberships[chosen];
            let flags = self.community.groups[place.group].flags;
            let (earliest, latest) = (memberships[chosen].since.plus_seconds(DAY), self.now.plus_seconds(-90 * DAY));
            if flags.has(Flag::Internal) || flags.has(Flag::Open) || earliest >= latest || !stayed.insert(chosen) {
                continue;
            }
            let asked = self.dice.between(earliest, latest);
            let reason = words::leaving(self.dice);
            let at = self.dice.after(asked, 60, 4 * DAY, self.now);
            let by = self.decider(place.group, at, place.user);
            let comment = words::leave_rejection(self.dice);
            let settled = Settled { status: RequestStatus::Rejected, at, by, comment };
            self.record.request(place, RequestKind::Leave, asked, reason, Some(settled));
        }
    }

    /// Stories that are over, until the number of events is right.
    fn fill_up(&mut self) {
        while self.record.len() < EVENTS {
            let left = EVENTS - self.record.len();
            let place = Place {
                user: self.dice.below(self.community.people.len()),
                group: self.dice.below(self.community.groups.len()),
            };
            // Every story has two to four events; one event alone would be left over.
            let longest = if left == 5 { 3 } else { left.min(4) };
            self.past(place, longest, left);
        }
    }

    fn past(&mut self, place: Place, longest: usize, left: usize) {
        let flags = self.community.groups[place.group].flags;
        let known = self.person(place) <= people::MEMBER;
        let earliest = self.community.earliest(place.user, place.group).plus_seconds(HOUR);
        let latest = self.now.plus_seconds(-20 * DAY);
        if flags.has(Flag::Internal) || known || earliest >= latest || self.told.contains(&(place.user, place.group)) {
            return;
        }
        let at = self.dice.between(earliest, latest);
        let lost = self.lost_by(place);
        let events = match (flags.has(Flag::Open), lost.is_some()) {
            (true, _) => 2,
            (false, true) => 3,
            (false, false) => 2 + self.dice.below(3),
        };
        if events > longest || left - events == 1 {
            return;
        }
        self.told.insert((place.user, place.group));
        match events {
            2 if !flags.has(Flag::Open) => self.asked_in_vain(place, at),
            4 => self.came_and_asked_to_go(place, at),
            _ => self.came_and_went(place, at, lost),
        }
    }

    /// Why this person could not be in the group today, if they could not.
    fn lost_by(&self, place: Place) -> Option<Cause> {
        if !self.community.people[place.user].active {
            Some(Cause::AccountDeactivated)
        } else if !self.community.admits_state(place.user, place.group) {
            Some(Cause::StateNotAllowed)
        } else if !self.community.admits_rights(place.user, place.group) {
            Some(Cause::PermissionLost)
        } else {
            None
        }
    }

    fn asked_in_vain(&mut self, place: Place, at: Timestamp) {
        let reason = words::asking(self.dice);
        let settled_at = self.dice.after(at, 60, 5 * DAY, self.now);
        let settled = if self.dice.percent(75) {
            let by = self.decider(place.group, settled_at, place.user);
            Settled { status: RequestStatus::Rejected, at: settled_at, by, comment: words::rejection(self.dice) }
        } else {
            Settled { status: RequestStatus::Withdrawn, at: settled_at, by: self.person(place), comment: None }
        };
        self.record.request(place, RequestKind::Join, at, reason, Some(settled));
    }

    fn came_and_asked_to_go(&mut self, place: Place, at: Timestamp) {
        let (since, _) = self.come_in(place, at);
        let asked = self.dice.after(since, DAY, 200 * DAY, self.now.plus_seconds(-3 * DAY));
        let decided = self.dice.after(asked, 60, 2 * DAY, self.now);
        let by = self.decider(place.group, decided, place.user);
        let settled = Settled { status: RequestStatus::Approved, at: decided, by, comment: None };
        let reason = words::leaving(self.dice);
        self.record.request(place, RequestKind::Leave, asked, reason, Some(settled));
    }

    /// In by whatever way, out by their own will (open groups), by a leader's, or by a rule.
    fn came_and_went(&mut self, place: Place, at: Timestamp, lost: Option<Cause>) {
        let (since, _) = self.come_in(place, at);
        let gone = self.dice.after(since, HOUR, 300 * DAY, self.now.plus_seconds(-HOUR));
        let open = self.community.groups[place.group].flags.has(Flag::Open);
        if lost.is_some() {
            self.record.happened_because(gone, None, EventPayload::Removed, place, lost, None);
        } else if open && self.dice.percent(80) {
            let reason = words::leaving(self.dice);
            self.record.happened_because(gone, Some(self.person(place)), EventPayload::Left, place, None, reason);
        } else {
            let by = self.decider(place.group, gone, place.user);
            let reason = words::removal(self.dice);
            self.record.happened_because(
                gone,
                Some(by),
                EventPayload::Removed,
                place,
                Some(Cause::RemovedByManager),
                reason,
            );
        }
    }
}
