//! What lists show is what the rules let see: asked of a generated town, for everybody in it.

use crate::harness::*;
use domain::{
    Account, Actor, AuditQuery, Command, Flag, Flags, FoundBy, GroupChange, GroupFilter, GroupId, GroupKey, GroupQuery,
    GroupRow, NotificationQuery, PageSize, Permission, Permissions, Person, Preview, PreviewEffect, QueueQuery, Reach,
    RecordedEvent, RequestId, RequestKind, RequestStatus, SettingsChange, Sight, Standing, State, UserId, authority,
    is_led, may_enter, sight,
};
use std::collections::BTreeSet;
use store::{CallerId, Order, Seed, SeedGroup, SeedRequest, SeedUser, Store};
use store_testing::both;

const USERS: i64 = 16;
const GROUPS: i64 = 64;

/// Numbers without a pattern, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }

    fn id(&mut self, last: i64) -> i64 {
        i64::try_from(self.roll(last.unsigned_abs())).unwrap() + 1
    }
}

/// A town with every combination of flags twice.
fn generate(dice: &mut Dice) -> Seed {
    let users = (1..=USERS).map(|id| {
        let active = !dice.one_in(8);
        let state = if active && dice.one_in(2) { State::MEMBER } else { State::GUEST };
        let mut permissions = Permissions::NONE;
        for permission in Permission::ALL {
            if dice.one_in(12) {
                permissions = permissions.with(permission);
            }
        }
        SeedUser {
            staff: dice.one_in(3),
            superuser: dice.one_in(12),
            active,
            permissions,
            ..user(UserId(id), &format!("user{id:02}"), state)
        }
    });
    let users: Vec<SeedUser> = users.collect();
    let active: BTreeSet<i64> = users.iter().filter(|user| user.active).map(|user| user.id.0).collect();
    let mut groups = Vec::new();
    let mut memberships = BTreeSet::new();
    let mut requests = BTreeSet::new();
    for id in 1..=GROUPS {
        let flags = Flags::of(|flag| id >> (flag as u8) & 1 == 1);
        let leader_group = dice.id(GROUPS);
        groups.push(SeedGroup {
            states: if dice.one_in(3) { vec![State::MEMBER] } else { Vec::new() },
            permissions: if dice.one_in(20) {
                Permissions::NONE.with(Permission::RequestGroups)
            } else {
                Permissions::NONE
            },
            leaders: if dice.one_in(3) { vec![UserId(dice.id(USERS))] } else { Vec::new() },
            leader_groups: if dice.one_in(3) && leader_group != id { vec![GroupId(leader_group)] } else { Vec::new() },
            // Ends in every order: the list is sorted by name, not by id.
            ..group(GroupId(id), &format!("Group {:02} of {id}", id * 37 % 97), flags)
        });
        for _ in 0..dice.roll(6) {
            let member = dice.id(USERS);
            let bound = groups.last().is_some_and(|group: &SeedGroup| !group.states.is_empty());
            let admitted = !bound || users.iter().any(|user| user.id.0 == member && user.state == State::MEMBER);
            if active.contains(&member) && admitted {
                memberships.insert((member, id));
            }
        }
        for _ in 0..dice.roll(3) {
            let applicant = dice.id(USERS);
            if !flags.has(Flag::Internal) {
                requests.insert((applicant, id));
            }
        }
    }
    let requests = requests.iter().zip(1..).map(|(&(user, group), id)| SeedRequest {
        id: RequestId(id),
        group: GroupId(group),
        user: UserId(user),
        kind: if memberships.contains(&(user, group)) { RequestKind::Leave } else { RequestKind::Join },
        status: RequestStatus::Open,
        reason: None,
        created_at: NOW,
        settled: None,
    });
    Seed {
        requests: requests.collect(),
        users,
        state_corporations: vec![(State::MEMBER, HOME)],
        groups,
        memberships: memberships.iter().map(|&(user, group)| membership(UserId(user), GroupId(group))).collect(),
        ..Seed::default()
    }
}

/// The town as plain sets, for asking the rules.
struct Model<'a>(&'a Seed);

impl Model<'_> {
    fn is_member(&self, user: UserId, group: GroupId) -> bool {
        self.0.memberships.iter().any(|it| it.user == user && it.group == group)
    }

    fn standing(&self, user: UserId, group: &SeedGroup) -> Standing {
        Standing {
            member: self.is_member(user, group.id),
            leader: group.leaders.contains(&user),
            leader_through_group: group.leader_groups.iter().any(|leading| self.is_member(user, *leading)),
        }
    }

    fn account(&self, user: &SeedUser) -> Account {
        let given = self.0.groups.iter().filter(|group| self.is_member(user.id, group.id));
        let by_state = if user.state == State::MEMBER {
            [Permission::RequestGroups].into_iter().collect()
        } else {
            Permissions::NONE
        };
        let granted = given.fold(user.permissions.union(by_state), |granted, group| granted.union(group.permissions));
        Account {
            person: Person { id: user.id, username: user.username.clone(), main_character: None },
            active: user.active,
            staff: user.staff,
            superuser: user.superuser,
            granted,
            state: user.state,
        }
    }

    fn group(group: &SeedGroup) -> domain::Group {
        domain::Group {
            id: group.id,
            name: group.name.clone(),
            description: String::new(),
            flags: group.flags,
            auto_leave: domain::AutoLeave::Inherit,
            states: group.states.clone(),
            permissions: group.permissions,
        }
    }

    /// What being in a group opens.
    fn reach(&self, group: &SeedGroup) -> Reach {
        let (mut led, mut next) = (vec![group], 0);
        while let Some(leading) = led.get(next).copied() {
            next += 1;
            let by_it = self.0.groups.iter().filter(|group| group.leader_groups.contains(&leading.id));
            let new: Vec<&SeedGroup> = by_it.filter(|group| led.iter().all(|known| known.id != group.id)).collect();
            led.extend(new);
        }
        led.into_iter().fold(Reach::default(), |sum, group| sum.union(Reach::of(&Self::group(group))))
    }

    fn by_name(&self) -> Vec<&SeedGroup> {
        let mut groups: Vec<_> = self.0.groups.iter().collect();
        groups.sort_by_key(|group| group.name.to_lowercase());
        groups
    }
}

/// Every row of the list, over all its pages.
async fn list(store: &Store, user: UserId, filter: GroupFilter) -> Vec<GroupRow> {
    let mut query = GroupQuery { filter, ..GroupQuery::default() };
    let mut rows = Vec::new();
    loop {
        let page = store.groups(user, &query, NOW).await.unwrap().unwrap();
        assert!(page.items.len() <= 50);
        rows.extend(page.items);
        match page.next_cursor {
            Some(cursor) => query.cursor = Some(cursor),
            None => return rows,
        }
    }
}

/// Has unavailable groups shown, or not.
async fn go(t: &Harness, way: FoundBy) {
    let change = SettingsChange { show_unavailable_groups: Some(way == FoundBy::Setting), ..SettingsChange::default() };
    let order = Order::new(CallerId::System, Command::ChangeSettings(change), NOW);
    t.orders(order).await.unwrap();
}

both!(the_groups_list_shows_what_the_rules_let_see, |t| async move {
    let seed = generate(&mut Dice(7));
    t.fill(&seed).await;
    t.is_sound().await;
    for way in [FoundBy::Use, FoundBy::Setting] {
        go(&t, way).await;
        lists_are_right(&t, &seed, way).await;
    }
});

async fn lists_are_right(t: &Harness, seed: &Seed, way: FoundBy) {
    let model = Model(seed);
    for user in &seed.users {
        let account = model.account(user);
        let actor = Actor::User(account.clone());
        let asked = |group: &SeedGroup| {
            seed.requests.iter().find(|it| it.user == user.id && it.group == group.id).map(|it| it.id)
        };
        let is_seen = |group: &SeedGroup| {
            sight::group(&actor, Model::group(group).outline(), model.standing(user.id, group), way) != Sight::Hidden
        };
        let listed = |group: &&&SeedGroup| {
            sight::is_listed(&account, Model::group(group).outline(), model.standing(user.id, group), way)
        };
        let may_join = |group: &SeedGroup| {
            group.flags.has(Flag::Open)
                && !model.is_member(user.id, group.id)
                && may_enter(&Model::group(group), &account).is_ok()
        };
        let all = list(&t.store, user.id, GroupFilter::All).await;
        for filter in [GroupFilter::All, GroupFilter::Joined, GroupFilter::Waiting, GroupFilter::Open] {
            let groups = model.by_name();
            let expected: Vec<i64> = groups
                .iter()
                .filter(listed)
                .filter(|group| match filter {
                    GroupFilter::All => true,
                    GroupFilter::Joined => model.is_member(user.id, group.id),
                    GroupFilter::Waiting => asked(group).is_some(),
                    GroupFilter::Open => may_join(group),
                })
                .map(|group| group.id.0)
                .collect();
            let rows = list(&t.store, user.id, filter).await;
            let found: Vec<i64> = rows.iter().map(|row| row.id.0).collect();
            assert_eq!(found, expected, "{} with {filter:?}", user.username);
            let held: Vec<i64> = all.iter().filter(|row| filter.holds(row)).map(|row| row.id.0).collect();
            assert_eq!(held, expected, "{} with {filter:?}, as a page that follows the feed tells it", user.username);
            for row in rows {
                let group = seed.groups.iter().find(|group| group.id == row.id).unwrap();
                let standing = model.standing(user.id, group);
                let counted = standing.member || sight::in_full(&actor, group.flags, standing);
                assert_eq!(row.member_count.is_some(), counted);
                assert_eq!(row.my_request, asked(group));
                let accounts: Vec<Account> = seed.users.iter().map(|user| model.account(user)).collect();
                let people = accounts.iter().map(|account| (account, model.standing(account.person.id, group)));
                assert_eq!(row.is_led, is_led(people), "{}", group.name);
                assert!(row.leaders.iter().all(|leader| seed.users.iter().any(|it| it.id == leader.id && it.active)));
                let leading: BTreeSet<i64> = row.leader_groups.iter().map(|group| group.id.0).collect();
                let leads = |other: &&SeedGroup| group.leader_groups.contains(&other.id);
                let known = seed.groups.iter().filter(leads).filter(|leading| is_seen(leading));
                assert_eq!(leading, known.map(|group| group.id.0).collect(), "{} and {}", user.username, group.name);
            }
        }
        for group in &seed.groups {
            let found = t.store.search(user.id, &group.name).await.unwrap().groups;
            let finds = found.iter().any(|found| found.id == group.id);
            assert_eq!(finds, user.active && is_seen(group), "{} searches for {}", user.username, group.name);
        }
    }
}

both!(the_page_of_a_group_opens_where_the_rules_let_see_it, |t| async move {
    let seed = generate(&mut Dice(11));
    t.fill(&seed).await;
    for way in [FoundBy::Use, FoundBy::Setting] {
        go(&t, way).await;
        pages_are_right(&t, &seed, way).await;
    }
});

async fn pages_are_right(t: &Harness, seed: &Seed, way: FoundBy) {
    let model = Model(seed);
    for user in seed.users.iter().step_by(2) {
        let actor = Actor::User(model.account(user));
        let viewer = t.store.feed_viewer(user.id).await.unwrap();
        assert_eq!(viewer.is_some(), user.active);
        for group in &seed.groups {
            let standing = model.standing(user.id, group);
            for (key, way) in [(GroupKey::Id(group.id), way), (GroupKey::Link(group.join_token.clone()), FoundBy::Link)]
            {
                let sight = sight::group(&actor, Model::group(group).outline(), standing, way);
                let is_shown = user.active && sight != Sight::Hidden;
                let page = t.store.group_page(user.id, &key, NOW).await.unwrap();
                assert_eq!(page.is_some(), is_shown, "{} and {} by {way:?}", user.username, group.name);
                if let Some(page) = page {
                    assert_eq!(page.decides, authority::decides(&actor, group.flags, standing));
                }
            }
            let link = t.store.join_link(user.id, group.id).await.unwrap();
            let may =
                user.active && sight::may_hand_out_link(&actor, group.flags, standing, model.reach(group)).is_ok();
            assert_eq!(link.is_ok(), may, "{} and the link of {}", user.username, group.name);
            if let Some(viewer) = &viewer {
                assert_eq!(viewer.standing(group.id), standing);
                assert_eq!(viewer.account.granted, model.account(user).granted);
                assert_eq!(viewer.way, way);
                let known = t.store.feed_group(group.id).await.unwrap().unwrap();
                assert_eq!((known.outline(), known.lives), (Model::group(group).outline(), true));
            }
        }
    }
}

/// The log of a group as pages, the API and the file tell it.
async fn logs(t: &Harness, user: UserId, group: GroupId) -> [Vec<RecordedEvent>; 2] {
    let query = AuditQuery { group: Some(group), ..AuditQuery::default() };
    let page = t.store.audit(user, &query).await.unwrap().unwrap().listing.items;
    let batch = t.store.audit_batch(user, &query).await.unwrap().unwrap().0;
    [page, batch]
}

both!(a_log_names_no_group_that_its_reader_does_not_know, |t| async move {
    t.settle().await;
    let made_public = GroupChange::of_flag(Flag::Public, true);
    let commands = [
        Command::AddLeaderGroup { group: CLOSED, leading: STAFF_ONLY },
        Command::AddLeaderGroup { group: CLOSED, leading: SECRET },
        Command::AddLeaderGroup { group: CLOSED, leading: OPEN },
        Command::RemoveLeaderGroup { group: CLOSED, leading: STAFF_ONLY },
        Command::EditGroup { group: CLOSED, change: Box::new(made_public) },
    ];
    for command in commands {
        t.does(ROOT, command).await.unwrap();
    }
    t.feed_of(5).await;
    let named = |log: &[RecordedEvent]| -> Vec<GroupId> {
        log.iter().rev().filter_map(|logged| logged.event.what.leader_group()).map(|group| group.id).collect()
    };
    for log in logs(&t, ROOT, CLOSED).await {
        assert_eq!(named(&log), [STAFF_ONLY, SECRET, OPEN, STAFF_ONLY]);
    }
    // Lea leads the hidden group, Max manages what is not internal.
    for reader in [LEA, MAX] {
        for log in logs(&t, reader, CLOSED).await {
            assert_eq!(named(&log), [SECRET, OPEN], "{reader}");
            assert_eq!(log.len(), 3, "what names nobody stays");
        }
    }
    t.does(ROOT, Command::AddLeader { group: CLOSED, leader: ANA }).await.unwrap();
    for log in logs(&t, ANA, CLOSED).await {
        assert_eq!(named(&log), [OPEN], "Ana is not in the hidden group");
    }
    // A page is as long as it was asked for: what is not told is no gap in it.
    let query = AuditQuery { group: Some(CLOSED), limit: PageSize::new(2).unwrap(), ..AuditQuery::default() };
    t.feed_of(6).await;
    let page = t.store.audit(ANA, &query).await.unwrap().unwrap().listing;
    assert_eq!(page.items.len(), 2);
    let rest = AuditQuery { cursor: page.next_cursor, ..query };
    let page = t.store.audit(ANA, &rest).await.unwrap().unwrap().listing;
    assert_eq!((page.items.len(), page.next_cursor), (1, None));
});

both!(nobody_is_notified_of_what_happens_to_them_in_an_internal_group, |t| async move {
    t.settle().await;
    let add = |group| Command::Add { group, member: ANA, reason: note("you are one of us") };
    let remove = |group| Command::Remove { group, member: ANA, reason: note("no more") };
    for group in [STAFF_ONLY, CLOSED] {
        t.does(ROOT, add(group)).await.unwrap();
        t.does(ROOT, remove(group)).await.unwrap();
        t.does(ROOT, add(group)).await.unwrap();
    }
    // By the act of somebody, and by what follows from one.
    for group in [STAFF_ONLY, CLOSED] {
        t.does(ROOT, Command::DeleteGroup { group }).await.unwrap();
    }
    let told = t.store.notifications(ANA, &NotificationQuery::default()).await.unwrap().items;
    let groups: Vec<Option<GroupId>> =
        told.iter().map(|row| row.logged.event.group.as_ref().map(|group| group.id)).collect();
    assert_eq!(groups, [Some(CLOSED)], "one of each matter");
});

both!(a_preview_tells_nobody_of_an_internal_group_they_are_in, |t| async move {
    t.settle().await;
    t.does(ROOT, Command::Add { group: STAFF_ONLY, member: ANA, reason: None }).await.unwrap();
    t.does(ROOT, Command::Add { group: CLOSED, member: ANA, reason: None }).await.unwrap();
    // Without a main she is a guest, who holds no `request_groups`, and falls out of both.
    let command = Command::SetMain { user: ANA, character: None };
    let own = t.store.preview(order(ANA, command.clone())).await.unwrap();
    let groups = |preview: &Preview| -> BTreeSet<Option<GroupId>> {
        let leaves = preview.tallies.iter().filter(|tally| tally.fate == PreviewEffect::Leaves);
        leaves.map(|tally| tally.group.as_ref().map(|group| group.id)).collect()
    };
    assert_eq!(groups(&own), BTreeSet::from([Some(CLOSED)]));
    let by_staff = t.store.preview(order(ROOT, command.clone())).await.unwrap();
    assert_eq!(groups(&by_staff), BTreeSet::from([Some(CLOSED), Some(STAFF_ONLY)]));
    assert_eq!(own.fingerprint, by_staff.fingerprint, "it is the same that happens");
    let expected = Order { expected: Some(own.fingerprint), ..order(ANA, command) };
    t.orders(expected).await.unwrap();
    let told = t.store.notifications(ANA, &NotificationQuery::default()).await.unwrap().items;
    assert_eq!(told.len(), 1);
});

both!(the_queue_holds_what_one_may_decide, |t| async move {
    let seed = generate(&mut Dice(13));
    t.fill(&seed).await;
    let model = Model(&seed);
    for user in &seed.users {
        let actor = Actor::User(model.account(user));
        let mut counts = [0_usize; 2];
        for (place, kind) in [RequestKind::Join, RequestKind::Leave].into_iter().enumerate() {
            let expected: Vec<&SeedRequest> = seed
                .requests
                .iter()
                .filter(|request| {
                    let group = seed.groups.iter().find(|group| group.id == request.group).unwrap();
                    request.kind == kind
                        && request.user != user.id
                        && authority::decides(&actor, group.flags, model.standing(user.id, group))
                })
                .collect();
            counts[place] = expected.len();
            let mut query = QueueQuery { kind: Some(kind), ..QueueQuery::default() };
            let mut rows = Vec::new();
            loop {
                let page = t.store.queue(user.id, &query).await.unwrap();
                rows.extend(page.listing.items);
                match page.listing.next_cursor {
                    Some(cursor) => query.cursor = Some(cursor),
                    None => break,
                }
            }
            let found: Vec<RequestId> = rows.iter().map(|row| row.id).collect();
            assert_eq!(found, expected.iter().map(|it| it.id).collect::<Vec<_>>(), "{}", user.username);
            for (row, request) in rows.iter().zip(expected) {
                let group = seed.groups.iter().find(|group| group.id == request.group).unwrap();
                let applicant = seed.users.iter().find(|it| it.id == request.user).unwrap();
                let warning = match kind {
                    RequestKind::Join => may_enter(&Model::group(group), &model.account(applicant)).err(),
                    RequestKind::Leave => None,
                };
                assert_eq!(row.warning, warning);
            }
        }
        let viewer = t.store.viewer(user.id).await.unwrap();
        assert_eq!(viewer.is_some(), user.active);
        if let Some(viewer) = viewer {
            assert_eq!([viewer.queue.join, viewer.queue.leave].map(|it| it as usize), counts, "{}", user.username);
            let decides =
                seed.groups.iter().any(|group| authority::decides(&actor, group.flags, model.standing(user.id, group)));
            assert_eq!(viewer.decides, decides, "{}", user.username);
        }
    }
});
