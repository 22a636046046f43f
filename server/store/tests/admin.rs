//! What the offices of the admin area read: who may, and what they find.
//!
//! Long, because each office is asked as everybody who may look into it and as everybody who may not.

use crate::harness::*;
use domain::{
    ActorRef, Backup, BulkAction, BulkEdit, BulkVerdict, CharacterDraft, CharacterName, Command, Denial, Flag, Grant,
    GrantKind, GroupId, GroupKey, GroupName, Health, Holder, InvitationDraft, InvitationQuery, MemberQuery, Note,
    Obstacle, Outcome, PageSize, Permission, Permissions, Refusal, RegistrationStatus, RequestKind, ReservedNameQuery,
    Source, State, StateChange, StateReason, UserAction, UserChange, UserId, UserPage, UserQuery, UserRow, WantedGroup,
};
use store::{NewSession, Order, Seed, SeedGroup, SeedUser};
use store_testing::both;

/// Staff with every permission of one kind each, from this id on, in the order of `Permission::ALL`.
const FIRST_STAFF: i64 = 10;

fn staff(permission: Permission) -> UserId {
    let place = Permission::ALL.iter().position(|it| *it == permission).unwrap();
    UserId(FIRST_STAFF + i64::try_from(place).unwrap())
}

/// The town with one office each, and somebody who holds all of them without being staff.
fn offices() -> Seed {
    let mut town = town();
    town.users.extend(Permission::ALL.map(|permission| {
        let id = staff(permission);
        let permissions = Permissions::NONE.with(permission);
        SeedUser { staff: true, permissions, ..user(id, &format!("staff{id}"), State::GUEST) }
    }));
    let id = UserId(FIRST_STAFF + 8);
    town.users
        .push(SeedUser { permissions: Permission::ALL.into_iter().collect(), ..user(id, "hopeful", State::GUEST) });
    town.users.push(SeedUser { active: false, superuser: true, ..user(UserId(19), "asleep", State::GUEST) });
    town
}

both!(each_office_opens_to_its_own_staff_alone, |t| async move {
    t.fill(&offices()).await;
    let denied = |refusal| match refusal {
        Refusal::Denied(Denial::StaffPermissionRequired) => false,
        other => panic!("{other:?}"),
    };
    for viewer in (1..=18).filter(|id| *id < 6 || *id >= FIRST_STAFF).map(UserId) {
        let may = |permission| viewer == ROOT || viewer == staff(permission);
        let users = t.store.users(viewer, &UserQuery::default()).await.unwrap().map_or_else(denied, |_| true);
        let page = t.store.user_page(viewer, ANA, NOW).await.unwrap().map_or_else(denied, |_| true);
        let missing = t.store.user_page(viewer, UserId(999), NOW).await.unwrap().unwrap_err();
        let invitations = InvitationQuery::default();
        let invitations = t.store.invitations(viewer, &invitations, NOW).await.unwrap().map_or_else(denied, |_| true);
        let is_of_users = may(Permission::ManageUsers);
        assert_eq!([users, page, invitations], [is_of_users; 3], "{viewer}");
        let expected = if is_of_users { Refusal::Unseen } else { Denial::StaffPermissionRequired.into() };
        assert_eq!(missing, expected, "{viewer}");
        let states = t.store.states(viewer).await.unwrap().map_or_else(denied, |_| true);
        assert_eq!(states, may(Permission::ManageStates), "{viewer}");
        let names = ReservedNameQuery::default();
        let names = t.store.reserved_names(viewer, &names).await.unwrap().map_or_else(denied, |_| true);
        assert_eq!(names, may(Permission::ManageReservedNames), "{viewer}");
        let settings = t.store.settings(viewer).await.unwrap().map_or_else(denied, |_| true);
        assert_eq!(settings, may(Permission::ManageSettings), "{viewer}");
        let health = t.store.health(viewer, NOW).await.unwrap();
        let in_office = Permission::ALL.into_iter().skip(2).any(may);
        assert_eq!(health.is_ok(), in_office, "{viewer}");
        if let Ok(health) = health {
            let of_groups = is_of_users || may(Permission::ManageGroups);
            assert_eq!(health.groups.is_some(), of_groups, "{viewer}");
            let of_names = may(Permission::ManageReservedNames) || may(Permission::ManageGroups);
            assert_eq!(health.clashes.is_some(), of_names, "{viewer}");
            assert_eq!(health.shared_keys.is_some(), is_of_users, "{viewer}");
        }
    }
    for gone in [UserId(19), UserId(999)] {
        assert_eq!(t.store.users(gone, &UserQuery::default()).await.unwrap(), Err(Refusal::Unseen));
        assert_eq!(t.store.health(gone, NOW).await.unwrap(), Err(Refusal::Unseen));
    }
});

async fn found(t: &Harness, query: UserQuery) -> Vec<String> {
    let page = t.store.users(ROOT, &query).await.unwrap().unwrap();
    page.items.into_iter().map(|row| row.person.username).collect()
}

fn search(text: &str) -> UserQuery {
    UserQuery { search: text.to_owned(), ..UserQuery::default() }
}

both!(users_are_found_by_the_beginning_of_any_of_their_names, |t| async move {
    t.fill(&offices()).await;
    let profile = CharacterDraft {
        external_id: 5,
        name: CharacterName::parse("Zöe Ångström-Li").unwrap(),
        corporation: None,
        alliance: None,
        faction: None,
    };
    t.does(ROOT, Command::AddCharacter { user: BO, character: Box::new(profile) }).await.unwrap();
    for (text, expected) in [
        ("ana", vec!["ana"]),
        ("  VEX", vec!["ana", "lea"]),
        ("Ana V", vec!["ana"]),
        ("ana@", vec!["ana"]),
        ("LI", vec!["bo"]),
        ("ångströM-", vec!["bo"]),
        ("angstrom", vec!["bo"]),
        ("zoe ang", vec!["bo"]),
        ("na", vec![]),
        ("%", vec![]),
        ("_", vec![]),
        ("ana\0", vec![]),
        ("ana' OR 1=1 --", vec![]),
    ] {
        assert_eq!(found(&t, search(text)).await, expected, "{text:?}");
    }
    assert_eq!(found(&t, search("example.org")).await.len(), 15);
    assert_eq!(found(&t, search("")).await.len(), 15);
    // Names follow whatever happens to them.
    let renamed = UserChange { username: domain::Username::parse("Quill").ok(), ..UserChange::default() };
    t.does(ROOT, Command::EditUser { user: ANA, change: Box::new(renamed) }).await.unwrap();
    assert_eq!(found(&t, search("qui")).await, ["Quill"]);
    assert_eq!(found(&t, search("ana")).await, ["Quill"], "by the main character and the address");
    t.does(ROOT, Command::DeleteUser { user: ANA }).await.unwrap();
    assert_eq!(found(&t, search("qui")).await, Vec::<String>::new());
    let asleep = UserQuery { active: Some(false), ..UserQuery::default() };
    assert_eq!(found(&t, asleep.clone()).await, ["asleep"]);
    assert_eq!(found(&t, UserQuery { superuser: Some(true), ..asleep.clone() }).await, ["asleep"]);
    assert_eq!(found(&t, UserQuery { staff: Some(true), ..asleep }).await, Vec::<String>::new());
    let members = UserQuery { state: Some(State::MEMBER), ..UserQuery::default() };
    assert_eq!(found(&t, members).await, ["lea"]);
    let closed = UserQuery { group: Some(WantedGroup::Id(CLOSED)), ..UserQuery::default() };
    assert_eq!(found(&t, closed.clone()).await, ["max"]);
    assert_eq!(found(&t, UserQuery { staff: Some(true), ..closed }).await, Vec::<String>::new());
    t.is_sound().await;
});

both!(a_list_of_users_goes_on_where_it_ended, |t| async move {
    let mut seed = crowd(130);
    seed.memberships.extend((100..230).map(|id| membership(UserId(id), OPEN)));
    t.fill(&seed).await;
    for query in [
        UserQuery::default(),
        search("user1"),
        UserQuery { group: Some(WantedGroup::Id(OPEN)), ..UserQuery::default() },
        UserQuery { state: Some(State::MEMBER), ..search("vex") },
    ] {
        let whole = UserQuery { limit: PageSize::MAX, ..query.clone() };
        let whole = t.store.users(ROOT, &whole).await.unwrap().unwrap();
        assert_eq!(whole.next_cursor, None);
        let mut rows: Vec<UserRow> = Vec::new();
        let mut cursor = None;
        loop {
            let query = UserQuery { cursor, limit: PageSize::new(7).unwrap(), ..query.clone() };
            let page = t.store.users(ROOT, &query).await.unwrap().unwrap();
            assert!(page.items.len() <= 7);
            rows.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(rows, whole.items);
        assert!(rows.len() >= 100);
    }
    for cursor in ["nonsense", "", "5", "x y", "9223372036854775808 a", "1 \0"] {
        let query = UserQuery { cursor: Some(cursor.to_owned()), ..UserQuery::default() };
        assert!(t.store.users(ROOT, &query).await.unwrap().is_ok(), "{cursor:?}");
    }
});

fn held(page: &UserPage, permission: Permission) -> Vec<Source> {
    page.held.iter().find(|held| held.permission == permission).map_or_else(Vec::new, |held| held.sources.clone())
}

both!(the_page_of_a_user_says_where_everything_comes_from, |t| async move {
    let mut seed = offices();
    seed.groups[1].permissions = Permissions::NONE.with(Permission::RequestGroups).with(Permission::ViewAudit);
    seed.groups[2] = SeedGroup { leader_groups: vec![OPEN], ..seed.groups[2].clone() };
    t.fill(&seed).await;
    let viewer = staff(Permission::ManageUsers);
    t.does(LEA, join(OPEN)).await.unwrap();
    let give = Command::GivePermission { to: Holder::User(LEA), permission: Permission::RequestGroups };
    t.does(ROOT, give).await.unwrap();
    let request = t.asks(LEA, CLOSED).await;
    let page = t.store.user_page(viewer, LEA, NOW).await.unwrap().unwrap();
    assert_eq!((page.row.state.name.as_str(), &page.reason), ("Member", &StateReason::Corporation("Home".to_owned())));
    assert_eq!(page.row.permissions, Permissions::NONE.with(Permission::RequestGroups));
    let group = domain::GroupRef { id: OPEN, name: "Open".to_owned() };
    let state = page.row.state.clone();
    let expected = [Source::Own, Source::State(state), Source::Group(group.clone())];
    assert_eq!(held(&page, Permission::RequestGroups), expected);
    assert_eq!(held(&page, Permission::ViewAudit), [Source::Group(group)]);
    assert_eq!(page.held.len(), 2);
    let [membership] = &page.memberships[..] else { panic!("{:?}", page.memberships) };
    assert!(matches!(&membership.grants[..], [Grant { kind: GrantKind::Join, by: Some(by), .. }] if by.id == LEA));
    let led: Vec<_> = page.led.iter().map(|led| (led.group.id, led.through.as_ref().map(|group| group.id))).collect();
    assert_eq!(led, [(CLOSED, None), (SECRET, None), (SECRET, Some(OPEN))]);
    assert_eq!(page.requests.iter().map(|request| request.id).collect::<Vec<_>>(), [request]);
    let by: Vec<_> = page.by.iter().map(|logged| logged.event.group.as_ref().unwrap().id).collect();
    assert_eq!(by, [CLOSED, OPEN], "newest first");
    assert!(!page.has_password && page.sessions == 0 && !page.unsettled);
    assert_eq!(page.about.len(), 2, "what gives a permission is told to those who see the whole log");
    let page = t.store.user_page(ROOT, LEA, NOW).await.unwrap().unwrap();
    assert_eq!(page.about.len(), 3);
    assert!(page.offers.iter().all(|offer| offer.obstacle.is_none()));

    for (user, reason) in [(BO, StateReason::NoMain), (UserId(19), StateReason::Inactive)] {
        assert_eq!(t.store.user_page(viewer, user, NOW).await.unwrap().unwrap().reason, reason);
    }
    let root = t.store.user_page(viewer, ROOT, NOW).await.unwrap().unwrap();
    assert_eq!(root.held.len(), Permission::ALL.len());
    assert!(root.held.iter().all(|held| held.sources == [Source::Superuser]));
    let denied = Some(Obstacle::Denied(Denial::SuperuserRequired));
    assert!(root.offers.iter().all(|offer| offer.obstacle == denied), "{:?}", root.offers);
    let own = t.store.user_page(ROOT, ROOT, NOW).await.unwrap().unwrap();
    let last = Some(Obstacle::Conflict(domain::Conflict::LastSuperuser));
    let blocked = [UserAction::SetActive, UserAction::SetSuperuser, UserAction::Delete];
    for offer in own.offers {
        assert_eq!(offer.obstacle, last.clone().filter(|_| blocked.contains(&offer.action)), "{:?}", offer.action);
    }
});

both!(the_page_of_a_user_shows_what_an_open_job_will_leave_them, |t| async move {
    const CROWD: i64 = 400;
    let mut seed = crowd(CROWD);
    seed.memberships.extend((100..100 + CROWD).map(|id| membership(UserId(id), CLOSED)));
    seed.groups[0].permissions = Permissions::NONE.with(Permission::GroupManagement);
    t.fill(&seed).await;
    let change = StateChange { corporations: Some(Vec::new()), ..StateChange::default() };
    t.does(ROOT, Command::EditState { state: State::MEMBER, change: Box::new(change) }).await.unwrap();
    let page = t.store.user_page(ROOT, UserId(450), NOW).await.unwrap().unwrap();
    assert!(page.unsettled);
    assert_eq!((page.row.state.id, &page.reason), (State::GUEST, &StateReason::FitsNoOther));
    assert_eq!((page.held.len(), page.memberships.len()), (0, 0));
    let health = t.store.health(ROOT, NOW).await.unwrap().unwrap();
    let [job] = &health.jobs[..] else { panic!("{:?}", health.jobs) };
    assert!(job.done == 0 && job.total >= 400);
    t.store.work_jobs(NOW).await.unwrap();
    let after = t.store.user_page(ROOT, UserId(450), NOW).await.unwrap().unwrap();
    assert_eq!((after.row, after.held, after.memberships), (page.row, page.held, page.memberships));
    t.is_sound().await;
});

both!(states_and_reserved_names_are_listed, |t| async move {
    t.fill(&offices()).await;
    let states = t.store.states(staff(Permission::ManageStates)).await.unwrap().unwrap();
    let rows: Vec<_> = states.items.iter().map(|row| (row.state.name.as_str(), row.users)).collect();
    assert_eq!(rows, [("Member", 2), ("Blue", 0), ("Guest", 13)]);
    assert_eq!(states.items[0].state.scope.corporations, [HOME]);
    let by = staff(Permission::ManageReservedNames);
    for name in ["Bravo", "alpha", "Élite"] {
        let reason = Note::parse("used elsewhere").unwrap();
        t.does(by, Command::ReserveName { name: GroupName::parse(name).unwrap(), reason }).await.unwrap();
    }
    let query = ReservedNameQuery { limit: PageSize::new(2).unwrap(), ..ReservedNameQuery::default() };
    let page = t.store.reserved_names(by, &query).await.unwrap().unwrap();
    let names = |page: &domain::Listing<domain::ReservedNameRow>| {
        page.items.iter().map(|row| row.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&page), ["alpha", "Bravo"]);
    let by = Some(ActorRef { id: by, username: format!("staff{by}") });
    assert_eq!((&page.items[0].created_by, page.items[0].reason.as_str()), (&by, "used elsewhere"));
    let next = ReservedNameQuery { cursor: page.next_cursor, ..query };
    let page = t.store.reserved_names(ROOT, &next).await.unwrap().unwrap();
    assert_eq!((names(&page), page.next_cursor), (vec!["Élite".to_owned()], None));
    let query = ReservedNameQuery { search: "LIT".to_owned(), ..ReservedNameQuery::default() };
    assert_eq!(names(&t.store.reserved_names(ROOT, &query).await.unwrap().unwrap()), ["Élite"]);
});

both!(invitations_are_listed_with_what_became_of_them, |t| async move {
    t.fill(&offices()).await;
    let by = staff(Permission::ManageUsers);
    for (token, seconds) in [(1, 60), (2, 3600)] {
        let draft = InvitationDraft { uses: 2, ends_at: NOW.plus_seconds(seconds), note: note("for friends") };
        let command = Command::CreateInvitation(Box::new(draft));
        t.orders(Order { token_hash: Some([token; 32]), ..order(by, command) }).await.unwrap();
    }
    let later = NOW.plus_seconds(100);
    let all = t.store.invitations(by, &InvitationQuery::default(), later).await.unwrap().unwrap();
    let rows: Vec<_> = all.items.iter().map(|row| (row.invitation.id.0, row.live)).collect();
    assert_eq!(rows, [(2, true), (1, false)]);
    assert_eq!(all.items[0].created_by.as_ref().unwrap().id, by);
    let live = InvitationQuery { live: true, ..InvitationQuery::default() };
    assert_eq!(t.store.invitations(by, &live, later).await.unwrap().unwrap().items.len(), 1);
    let door = |token: Option<u8>| {
        let store = t.store.clone();
        async move { store.registration_status(token.map(|token| [token; 32]).as_ref(), NOW).await.unwrap() }
    };
    assert_eq!(door(Some(1)).await, RegistrationStatus::Closed);
    let setting = |registration| {
        Command::ChangeSettings(domain::SettingsChange { registration: Some(registration), ..Default::default() })
    };
    t.does(ROOT, setting(domain::Registration::Invitation)).await.unwrap();
    assert_eq!(
        (door(None).await, door(Some(9)).await),
        (RegistrationStatus::InvitationNeeded, RegistrationStatus::InvitationNeeded)
    );
    assert_eq!(door(Some(1)).await, RegistrationStatus::Invited);
    t.does(ROOT, setting(domain::Registration::Open)).await.unwrap();
    assert_eq!(door(None).await, RegistrationStatus::Open);
});

both!(sessions_are_their_owners, |t| async move {
    t.fill(&town()).await;
    let start = |user, token: u8| {
        let store = t.store.clone();
        let new = NewSession {
            user,
            token_hash: [token; 32],
            user_agent: format!("browser {token}"),
            now: NOW.plus_seconds(i64::from(token)),
            expires_at: NOW.plus_seconds(3600),
        };
        async move { store.start_session(new).await.unwrap() }
    };
    let (one, two, three) = (start(ANA, 1).await, start(ANA, 2).await, start(ANA, 3).await);
    let others = start(BO, 4).await;
    let rows = t.store.sessions(ANA, two, NOW).await.unwrap();
    let shown: Vec<_> = rows.iter().map(|row| (row.id, row.present, row.user_agent.as_str())).collect();
    assert_eq!(shown, [(three, false, "browser 3"), (two, true, "browser 2"), (one, false, "browser 1")]);
    assert!(!t.store.end_own_session(ANA, others).await.unwrap(), "of others");
    assert!(t.store.end_own_session(ANA, one).await.unwrap());
    assert!(!t.store.end_own_session(ANA, one).await.unwrap(), "ended");
    assert_eq!(t.store.end_other_sessions(ANA, two).await.unwrap(), 1);
    assert_eq!(t.store.sessions(ANA, two, NOW).await.unwrap().len(), 1);
    assert_eq!(t.store.sessions(ANA, two, NOW.plus_seconds(3600)).await.unwrap().len(), 0, "they have run out");
    let row = t.store.users(ROOT, &search("ana")).await.unwrap().unwrap().items.remove(0);
    assert_eq!(row.last_seen_at, Some(NOW.plus_seconds(3)), "it stays when the session has gone");
});

both!(health_finds_what_needs_care, |t| async move {
    let mut seed = offices();
    seed.users.push(SeedUser { active: false, ..user(UserId(20), "lazy", State::GUEST) });
    seed.groups[1].leaders = vec![UserId(20)];
    seed.groups[2].leaders = Vec::new();
    seed.groups[2].leader_groups = vec![CLOSED];
    t.fill(&seed).await;
    t.asks(ANA, CLOSED).await;
    let early = t.store.health(ROOT, NOW.plus_seconds(7 * 24 * 60 * 60)).await.unwrap().unwrap();
    assert_eq!(early.groups.unwrap().old_requests.total, 0);
    let now = NOW.plus_seconds(7 * 24 * 60 * 60 + 1);
    let health: Health = t.store.health(ROOT, now).await.unwrap().unwrap();
    let groups = health.groups.unwrap();
    assert_eq!((groups.old_requests.total, groups.old_requests.first[0].kind), (1, RequestKind::Join));
    assert_eq!(groups.old_requests.first[0].applicant.id, ANA);
    let leaderless: Vec<_> = groups.leaderless.first.iter().map(|it| it.group.id).collect();
    assert_eq!((leaderless, groups.leaderless.total), (vec![OPEN], 1), "max leads the secret one through the closed");
    let inactive: Vec<_> = groups.inactive_leaders.first.iter().map(|it| (it.person.id, it.group.id)).collect();
    assert_eq!(inactive, [(UserId(20), OPEN)]);
    assert_eq!(health.clashes.unwrap().total, 0);
    assert!(health.database_bytes > 100_000 && health.database.contains(' '), "{}", health.database);
    assert_eq!((health.last_backup, health.feed.waiting, health.jobs.len()), (None, 0, 0));
    t.store.note_backup(Backup { at: NOW, bytes: 5 }).await.unwrap();
    t.store.note_backup(Backup { at: now, bytes: 7 }).await.unwrap();
    let health = t.store.health(ROOT, now).await.unwrap().unwrap();
    assert_eq!(health.last_backup, Some(Backup { at: now, bytes: 7 }));
});

both!(a_roll_is_read_line_by_line, |t| async move {
    let mut seed = offices();
    seed.users[4].active = true;
    let twin = SeedUser { id: UserId(20), ..user(UserId(20), "twin", State::MEMBER) };
    seed.users.push(SeedUser { characters: seed.users[2].characters.clone(), ..twin });
    seed.users.last_mut().unwrap().characters[0].external_id = 77;
    seed.groups[0].states = vec![State::MEMBER];
    seed.memberships = vec![membership(LEA, CLOSED)];
    t.fill(&seed).await;
    let roll = |group, verb, names: &[&str]| BulkEdit {
        group,
        verb,
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        reason: None,
    };
    let names = ["ana", "ANA@example.org", "nobody", "Ana Vex", "lea", "bo", "asleep", "twin", "%", "vex"];
    let viewer = staff(Permission::ManageGroups);
    let read = t.store.preview_bulk_edit(viewer, &roll(CLOSED, BulkAction::Add, &names), NOW).await.unwrap().unwrap();
    assert_eq!(read.ready().collect::<Vec<_>>(), [ANA, UserId(20)]);
    let verdicts: Vec<&BulkVerdict> = read.lines.iter().map(|line| &line.verdict).collect();
    let denied = |denial| BulkVerdict::Refused(Obstacle::Denied(denial));
    let conflict = |conflict| BulkVerdict::Refused(Obstacle::Conflict(conflict));
    assert_eq!(verdicts[0], &BulkVerdict::Ready);
    assert_eq!(
        [verdicts[1], verdicts[2]],
        [&BulkVerdict::Unknown; 2],
        "addresses are for those who look after accounts"
    );
    let BulkVerdict::Ambiguous(people) = verdicts[3] else { panic!("{:?}", verdicts[3]) };
    assert_eq!(people.iter().map(|person| person.id).collect::<Vec<_>>(), [ANA, UserId(20)]);
    assert_eq!(verdicts[4], &conflict(domain::Conflict::AlreadyMember));
    assert_eq!(verdicts[5], &denied(Denial::StateNotAllowed));
    assert_eq!(verdicts[6], &conflict(domain::Conflict::AccountInactive));
    assert_eq!(verdicts[7], &BulkVerdict::Ready);
    assert_eq!([verdicts[8], verdicts[9]], [&BulkVerdict::Unknown; 2], "names are whole");

    let twice = roll(CLOSED, BulkAction::Add, &["ana", "ANA@example.org"]);
    let read = t.store.preview_bulk_edit(ROOT, &twice, NOW).await.unwrap().unwrap();
    assert_eq!(read.lines[1].verdict, BulkVerdict::Repeated);

    let gone = roll(CLOSED, BulkAction::Remove, &["lea", "ana"]);
    let read = t.store.preview_bulk_edit(viewer, &gone, NOW).await.unwrap().unwrap();
    assert_eq!(read.ready().collect::<Vec<_>>(), [LEA]);
    assert_eq!(read.lines[1].verdict, conflict(domain::Conflict::NotAMember));
    let one = roll(CLOSED, BulkAction::Add, &["ana"]);
    let elsewhere = roll(OPEN, BulkAction::Add, &["ana"]);
    let of_stranger = t.store.preview_bulk_edit(BO, &elsewhere, NOW).await.unwrap().unwrap();
    assert_eq!(of_stranger.lines[0].verdict, denied(Denial::StaffPermissionRequired));
    for group in [CLOSED, SECRET, STAFF_ONLY, domain::GroupId(99)] {
        let read = t.store.preview_bulk_edit(BO, &roll(group, BulkAction::Add, &["ana"]), NOW).await.unwrap();
        assert_eq!(read, Err(Refusal::Unseen));
    }
    // A restricted group is a superuser's.
    let restrict = domain::GroupChange::of_flag(domain::Flag::Restricted, true);
    t.does(ROOT, Command::EditGroup { group: CLOSED, change: Box::new(restrict) }).await.unwrap();
    let read = t.store.preview_bulk_edit(viewer, &one, NOW).await.unwrap().unwrap();
    assert_eq!(read.lines[0].verdict, denied(Denial::SuperuserRequired));
    assert_eq!(t.does(ROOT, Command::Add { group: CLOSED, member: ANA, reason: None }).await, Ok(Outcome::Done));
    let most: Vec<String> = (0..BulkEdit::MOST).map(|n| format!("user{n}")).collect();
    let most: Vec<&str> = most.iter().map(String::as_str).collect();
    let read = t.store.preview_bulk_edit(ROOT, &roll(CLOSED, BulkAction::Add, &most), NOW).await.unwrap().unwrap();
    assert_eq!(read.lines.len(), BulkEdit::MOST);
});

both!(a_hidden_group_is_joined_by_its_number_no_further_than_one_may_add, |t| async move {
    let mut town = offices();
    let door = PLAIN.with(Flag::Hidden, true).with(Flag::Open, true).with(Flag::Public, true);
    let (gives, leads, lets) = (GroupId(21), GroupId(22), GroupId(23));
    town.groups.extend([
        SeedGroup { permissions: Permissions::NONE.with(Permission::ViewAudit), ..group(gives, "Gives", door) },
        SeedGroup { leaders: vec![LEA], ..group(leads, "Leads", door) },
        SeedGroup { leader_groups: vec![leads], ..group(GroupId(24), "Led", PLAIN.with(Flag::Restricted, true)) },
        group(lets, "Lets", door),
    ]);
    t.fill(&town).await;
    let refused = Err(Refusal::Denied(Denial::SuperuserRequired));
    for by in [staff(Permission::ManageGroups), MAX] {
        for far in [gives, leads] {
            assert_eq!(t.does(by, join(far)).await, refused, "{by} {far}");
            let link = t.store.join_link(by, far).await.unwrap();
            assert_eq!(link.unwrap_err(), Refusal::Denied(Denial::SuperuserRequired), "{by} {far}");
            assert_eq!(t.does(by, Command::ReplaceJoinLink { group: far }).await, refused, "{by} {far}");
            let row = t.store.group_page(by, &GroupKey::Id(far), NOW).await.unwrap().unwrap().row;
            assert_eq!(row.offers[0].denial, Some(Denial::SuperuserRequired), "what is refused is not offered");
        }
        assert!(t.store.join_link(by, lets).await.unwrap().is_ok());
        assert_eq!(t.does(by, join(lets)).await, Ok(Outcome::Joined));
    }
    assert_eq!(t.does(LEA, join(leads)).await, Ok(Outcome::Joined), "whoever leads it may");
    assert_eq!(t.does(ROOT, join(gives)).await, Ok(Outcome::Joined));
});

both!(leaders_of_restricted_groups_are_a_superusers_to_take, |t| async move {
    let mut town = offices();
    let (leading, led) = (GroupId(21), GroupId(22));
    town.groups.extend([
        SeedGroup { leaders: vec![LEA], ..group(leading, "Leading", PLAIN) },
        SeedGroup {
            leaders: vec![BO],
            leader_groups: vec![leading],
            ..group(led, "Led", PLAIN.with(Flag::Restricted, true))
        },
    ]);
    town.memberships.extend([membership(ANA, leading), membership(MAX, leading)]);
    t.fill(&town).await;
    let refused = Err(Refusal::Denied(Denial::SuperuserRequired));
    let (groups, users) = (staff(Permission::ManageGroups), staff(Permission::ManageUsers));
    let remove = |member| Command::Remove { group: leading, member, reason: None };
    for by in [groups, users] {
        assert_eq!(t.does(by, remove(ANA)).await, refused);
        let page = t.store.members(by, leading, &MemberQuery::default()).await.unwrap().unwrap();
        assert_eq!(page.removal_denied, Some(Denial::SuperuserRequired));
    }
    assert_eq!(t.does(groups, Command::DeleteGroup { group: leading }).await, refused);
    for leader in [ANA, BO] {
        assert_eq!(t.does(users, Command::DeleteUser { user: leader }).await, refused, "{leader}");
    }
    assert_eq!(t.does(LEA, remove(MAX)).await.map(drop), Ok(()), "R11: whoever leads the leading group");
    for command in [remove(ANA), Command::DeleteUser { user: BO }, Command::DeleteGroup { group: leading }] {
        t.does(ROOT, command).await.unwrap();
    }
    t.is_sound().await;
});
