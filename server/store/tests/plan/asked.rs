//! Asks the store for everything whose statement has a shape that depends on what is asked, in every shape.

use super::harness::{ANA, BO, CLOSED, LEA, MAX, NOW, OPEN, ROOT, SECRET, order};
use domain::{
    AuditQuery, BulkAction, BulkEdit, Command, EventAction, EventId, EventType, Flag, Flags, GroupChange, GroupFilter,
    GroupId, GroupKey, GroupOrder, GroupProperties, GroupQuery, GroupScope, Holder, InvitationQuery, MemberOrder,
    MemberQuery, NotificationQuery, Notifications, Permission, QueueQuery, RequestId, RequestKind, RequestQuery,
    RequestStatus, ReservedNameQuery, Seq, SettingsChange, State, StateChange, Timestamp, TokenName, UserChange,
    UserId, UserQuery, WantedGroup,
};
use store::{NewSession, Store};

/// The ones who see the most, the least, and something between.
const VIEWERS: [UserId; 5] = [ROOT, MAX, LEA, ANA, BO];
/// Somebody who came with the growth, and has a history.
const SOMEBODY: UserId = UserId(300);

/// Asks for a list from its beginning, and from where its first page ends. Whoever may not see it has asked, too.
macro_rules! pages {
    ($query:expr, $ask:expr, $listing:expr) => {{
        let query = $query;
        if let Ok(page) = $ask(query.clone()).await {
            let cursor: Option<String> = $listing(page);
            if cursor.is_some() {
                let _ = $ask({
                    let mut query = query;
                    query.cursor = cursor;
                    query
                })
                .await;
            }
        }
    }};
}

/// Everything.
pub async fn everything(store: &Store) {
    for viewer in VIEWERS {
        lists_of_groups(store, viewer).await;
        queues(store, viewer).await;
        logs(store, viewer).await;
        own(store, viewer).await;
    }
    members(store).await;
    offices(store).await;
    commands(store).await;
    feed(store).await;
}

fn group_queries() -> Vec<GroupQuery> {
    let mut queries = Vec::new();
    for scope in [GroupScope::Available, GroupScope::Mine, GroupScope::Managed, GroupScope::All] {
        for filter in [GroupFilter::All, GroupFilter::Joined, GroupFilter::Waiting, GroupFilter::Open] {
            for order in [GroupOrder::Name, GroupOrder::Newest] {
                for search in ["", "gro u"] {
                    queries.push(GroupQuery {
                        scope,
                        filter,
                        order,
                        search: search.to_owned(),
                        ..GroupQuery::default()
                    });
                }
            }
        }
        for care in [true, false] {
            queries.push(GroupQuery { scope, care: Some(care), ..GroupQuery::default() });
        }
        let properties = GroupProperties { flags: Flags::NONE.into(), has_leader: Some(true) };
        queries.push(GroupQuery { scope, properties, ..GroupQuery::default() });
    }
    queries
}

async fn lists_of_groups(store: &Store, viewer: UserId) {
    for query in group_queries() {
        pages!(
            query.clone(),
            |query| async move { store.groups(viewer, &query, NOW).await.unwrap() },
            |page: domain::Listing<_>| page.next_cursor
        );
        pages!(
            query.clone(),
            |query| async move { store.my_groups(viewer, &query, NOW).await.unwrap() },
            |page: domain::Listing<_>| page.next_cursor
        );
        pages!(
            query,
            |query| async move { store.managed_groups(viewer, &query, NOW).await.unwrap() },
            |page: domain::Listing<_>| page.next_cursor
        );
    }
    for group in [CLOSED, OPEN, SECRET] {
        store.group_row(viewer, group, NOW).await.unwrap();
        let _ = store.group_page(viewer, &GroupKey::Id(group), NOW).await.unwrap();
        let _ = store.managed_group(viewer, group, NOW).await.unwrap();
        let _ = store.join_link(viewer, group).await.unwrap();
    }
}

async fn queues(store: &Store, viewer: UserId) {
    store.queue_choices(viewer).await.unwrap();
    for kind in [None, Some(RequestKind::Join), Some(RequestKind::Leave)] {
        for group in [None, Some(CLOSED)] {
            for organisation in [None, Some("corp:98".to_owned()), Some("98".to_owned()), Some("Home".to_owned())] {
                for own in [false, true] {
                    let query =
                        QueueQuery { kind, group, organisation: organisation.clone(), own, ..QueueQuery::default() };
                    pages!(
                        query,
                        |query| async move { store.queue(viewer, &query).await },
                        |page: domain::QueuePage| page.listing.next_cursor
                    );
                }
            }
        }
    }
}

async fn logs(store: &Store, viewer: UserId) {
    for group in [None, Some(CLOSED)] {
        for kind in [None, Some(EventType::Join), Some(EventType::Group)] {
            for action in [None, Some(EventAction::Accepted)] {
                for (requestor, actor) in
                    [(None, None), (Some(SOMEBODY), None), (None, Some(LEA)), (Some(SOMEBODY), Some(LEA))]
                {
                    for from in [None, Some(Timestamp(NOW.0 - 86_400_000_000))] {
                        let query = AuditQuery {
                            group,
                            kind,
                            action,
                            requestor,
                            actor,
                            from,
                            to: from.map(|_| NOW),
                            ..AuditQuery::default()
                        };
                        pages!(
                            query,
                            |query| async move { store.audit(viewer, &query).await.unwrap() },
                            |page: domain::AuditPage| page.listing.next_cursor
                        );
                    }
                }
            }
        }
    }
    let _ = store.audit_batch(viewer, &AuditQuery::default()).await.unwrap();
}

async fn own(store: &Store, viewer: UserId) {
    let mut token_hash = [0; 32];
    token_hash[0] = u8::try_from(viewer.0).unwrap();
    let session =
        NewSession { user: viewer, token_hash, user_agent: String::new(), now: NOW, expires_at: NOW.plus_seconds(60) };
    store.start_session(session).await.unwrap();
    store.named("user1", Some(&token_hash)).await.unwrap();
    store.note_sign_in(viewer, Some([0; 32]), token_hash, NOW).await.unwrap();
    store.count_failed_sign_in(viewer, "192.0.2.1", NOW).await.unwrap();
    let name = TokenName::parse("bot").unwrap();
    let token = Command::CreateToken { user: viewer, name, expires_at: None };
    let _ = store.execute(order(viewer, token)).await;
    store.viewer(viewer).await.unwrap();
    store.me(viewer).await.unwrap();
    store.feed_viewer(viewer).await.unwrap();
    store.unread(viewer).await.unwrap();
    store.sessions(viewer, domain::SessionId(1), NOW).await.unwrap();
    store.request(viewer, RequestId(1)).await.unwrap();
    for text in ["a", "user", "closed", "us er"] {
        store.search(viewer, text).await.unwrap();
    }
    for status in [None, Some(RequestStatus::Open), Some(RequestStatus::Rejected)] {
        for user in [viewer, SOMEBODY] {
            let query = RequestQuery { status, ..RequestQuery::default() };
            pages!(query, |query| async move { store.my_requests(user, &query).await }, |page: domain::Listing<_>| {
                page.next_cursor
            });
        }
    }
    for unread in [false, true] {
        for user in [viewer, SOMEBODY] {
            let query = NotificationQuery { unread, ..NotificationQuery::default() };
            pages!(query, |query| async move { store.notifications(user, &query).await }, |page: domain::Listing<
                _,
            >| page
                .next_cursor);
        }
    }
    store.mark_read(SOMEBODY, Notifications::These(vec![domain::NotificationId(1)]), NOW).await.unwrap();
    store.mark_read(SOMEBODY, Notifications::All, NOW).await.unwrap();
}

async fn members(store: &Store) {
    for viewer in [ROOT, LEA] {
        for order in [MemberOrder::Name, MemberOrder::Newest] {
            for search in ["", "user"] {
                let query = MemberQuery { search: search.to_owned(), order, ..MemberQuery::default() };
                pages!(
                    query,
                    |query| async move { store.members(viewer, CLOSED, &query).await.unwrap() },
                    |page: domain::MembersPage| page.listing.next_cursor
                );
            }
        }
    }
    store.members_at(CLOSED, NOW).await.unwrap();
    store.grants(CLOSED, SOMEBODY).await.unwrap();
}

async fn offices(store: &Store) {
    for search in ["", "user1"] {
        for state in [None, Some(State::MEMBER)] {
            for group in [None, Some(CLOSED)] {
                for (active, staff, superuser) in [
                    (None, None, None),
                    (Some(false), None, None),
                    (Some(true), None, None),
                    (None, Some(true), None),
                    (None, None, Some(true)),
                ] {
                    let query = UserQuery {
                        search: search.to_owned(),
                        state,
                        group: group.map(WantedGroup::Id),
                        active,
                        staff,
                        superuser,
                        ..UserQuery::default()
                    };
                    pages!(
                        query,
                        |query| async move { store.users(ROOT, &query).await.unwrap() },
                        |page: domain::Listing<_>| page.next_cursor
                    );
                }
            }
        }
    }
    for user in [ROOT, LEA, SOMEBODY] {
        let _ = store.user_page(ROOT, user, NOW).await.unwrap();
    }
    let _ = store.states(ROOT).await.unwrap();
    let _ = store.health(ROOT, NOW).await.unwrap();
    for search in ["", "a"] {
        let query = ReservedNameQuery { search: search.to_owned(), ..ReservedNameQuery::default() };
        let _ = store.reserved_names(ROOT, &query).await.unwrap();
    }
    for live in [false, true] {
        let _ = store.invitations(ROOT, &InvitationQuery { live, ..InvitationQuery::default() }, NOW).await.unwrap();
    }
    let names = vec!["user101".to_owned(), "user102.3".to_owned(), "nobody".to_owned()];
    for verb in [BulkAction::Add, BulkAction::Remove] {
        let roll = BulkEdit { group: CLOSED, verb, names: names.clone(), reason: None };
        let _ = store.preview_bulk_edit(ROOT, &roll, NOW).await.unwrap();
    }
}

async fn commands(store: &Store) {
    let request = |place: usize| async move {
        let query = QueueQuery { group: Some(CLOSED), ..QueueQuery::default() };
        store.queue(MAX, &query).await.unwrap().listing.items[place].id
    };
    let (one, other) = (request(0).await, request(1).await);
    let settings = SettingsChange {
        requests_notification: Some(true),
        notifications_max_per_user: Some(5),
        ..SettingsChange::default()
    };
    let by_root = [
        Command::ChangeSettings(settings),
        Command::Join { group: GroupKey::Id(OPEN), reason: None },
        Command::Join { group: GroupKey::Id(CLOSED), reason: None },
        Command::Leave { group: OPEN, reason: None },
        Command::Approve { request: one, comment: None },
        Command::Reject { request: other, comment: None },
        Command::Add { group: CLOSED, member: ANA, reason: None },
        Command::Remove { group: CLOSED, member: ANA, reason: None },
        Command::AddLeader { group: CLOSED, leader: ANA },
        Command::AddLeaderGroup { group: CLOSED, leading: OPEN },
        Command::GivePermission { to: Holder::User(ANA), permission: Permission::ViewAudit },
        Command::GivePermission { to: Holder::Group(GroupId(5)), permission: Permission::RequestGroups },
        Command::TakePermission { from: Holder::Group(GroupId(5)), permission: Permission::RequestGroups },
        Command::EditGroup {
            group: GroupId(6),
            change: Box::new(GroupChange { states: Some(vec![State::BLUE]), ..GroupChange::default() }),
        },
        Command::EditGroup { group: GroupId(7), change: Box::new(GroupChange::of_flag(Flag::Internal, true)) },
        Command::EditGroup { group: GroupId(8), change: Box::new(GroupChange::of_flag(Flag::Public, true)) },
        Command::DeleteGroup { group: GroupId(9) },
        Command::EditUser {
            user: SOMEBODY,
            change: Box::new(UserChange { active: Some(false), keeps_leads: Some(false), ..UserChange::default() }),
        },
        Command::DeleteUser { user: UserId(301) },
        Command::ChangeSettings(SettingsChange { auto_leave: Some(true), ..SettingsChange::default() }),
        Command::EditState {
            state: State::MEMBER,
            change: Box::new(StateChange { corporations: Some(Vec::new()), ..StateChange::default() }),
        },
    ];
    for command in by_root {
        let _ = store.preview(order(ROOT, command.clone())).await;
        let _ = store.execute(order(ROOT, command)).await;
    }
    // While something is left to do, lists and rights are read with what is lost already; one step shows how it is done.
    assert!(!store.jobs().await.unwrap().is_empty(), "the last one is long work");
    for viewer in VIEWERS {
        store.viewer(viewer).await.unwrap();
        let _ = store.groups(viewer, &GroupQuery::default(), NOW).await.unwrap();
        store.queue(viewer, &QueueQuery::default()).await.unwrap();
    }
    store.work_job(NOW).await.unwrap();
}

async fn feed(store: &Store) {
    let (_, head) = store.feed_bounds().await.unwrap();
    for logged in store.feed_after(Seq(head.0 - 100)).await.unwrap() {
        store.readers(&logged).await.unwrap();
    }
    store.unread_as_of(ANA, head).await.unwrap();
    store.notification(ANA, EventId(1)).await.unwrap();
    store.feed_group(CLOSED).await.unwrap();
    store.sweep(NOW).await.unwrap();
}
