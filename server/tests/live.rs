//! The live feed: who is told what, when, and what happens to those who were gone.

use crate::harness::{Message, START, Stream, TestServer, both, group};
use axum::http::Method;
use domain::{
    Cause, Command, EventPayload, Flag, Frame, GroupChange, GroupId, Holder, Notifications, Permission, Permissions,
    RequestKind, RequestStatus, SettingsChange, UserChange, UserId, notice::Subject,
};
use std::time::{Duration, Instant};
use store::{CallerId, Order};

async fn head(t: &TestServer) -> i64 {
    t.store().feed_bounds().await.expect("the database answers").1.0
}

async fn join(t: &TestServer, name: &str, group: i64) {
    let mut person = t.person(name).await;
    let answer = person.fetch(Method::POST, "/api/groups/join", &[("group", &group.to_string())]).await;
    assert_eq!(answer.status(), 200, "{}", answer.body);
}

/// Lets the superuser do what no page offers yet.
async fn root_does(t: &TestServer, command: Command) {
    let caller = CallerId::User(UserId(1));
    let order = Order::new(caller, command, START);
    t.store().execute(order).await.expect("is allowed");
}

/// Changes the flags of a group.
async fn edit(t: &TestServer, id: i64, change: GroupChange) {
    root_does(t, Command::EditGroup { group: GroupId(id), change: Box::new(change) }).await;
}

/// What the next event is about: what happened, to whom, and whether the viewer decides there. What is told of the one
/// before, and how many of those are unread, may come in between, and is passed over.
async fn told(stream: &mut Stream) -> (EventPayload, String, bool) {
    loop {
        match stream.frame().await {
            Frame::Event { logged, decides } => {
                return (logged.event.what, logged.event.subject.expect("is about somebody").username, decides);
            }
            Frame::Notified(_) | Frame::Unread(_) => {}
            frame => panic!("{frame:?} is no event"),
        }
    }
}

both!(staff_hear_that_an_account_changed_without_reading_the_log, async |t| {
    let permissions = Some(Permissions::NONE.with(Permission::ManageUsers));
    let office = UserChange { staff: Some(true), permissions, ..UserChange::default() };
    root_does(t, Command::EditUser { user: UserId(4), change: Box::new(office) }).await;
    let mut sam = t.person("sam").await;
    assert_eq!(sam.get("/audit").await.status(), 403, "he does not read the log");
    let mut sams = sam.watch(&format!("/live?since={}", head(t).await)).await;
    let mut mias = t.person("mia").await.watch(&format!("/live?since={}", head(t).await)).await;
    let change = UserChange { email: Some(None), ..UserChange::default() };
    root_does(t, Command::EditUser { user: UserId(8), change: Box::new(change) }).await;
    // What made him staff may come first.
    let heard = loop {
        if let Frame::AdminChanged { user, own, .. } = sams.frame().await {
            break (user, own);
        }
    };
    assert_eq!(heard, (Some(UserId(8)), false));
    join(t, "mia", group::LOUNGE).await;
    let (what, who, _) = told(&mut mias).await;
    assert_eq!((what, who.as_str()), (EventPayload::Joined, "mia"), "others hear nothing of it");
});

both!(a_leader_sees_a_request_at_once_and_the_applicant_its_approval, async |t| {
    let since = head(t).await;
    let mut lea = t.person("lea").await;
    let mut leas = lea.watch(&format!("/live?since={since}")).await;
    let mut sams = t.person("sam").await.watch(&format!("/live?since={since}")).await;

    let asked = Instant::now();
    join(t, "sam", group::PILOTS).await;
    assert_eq!(told(&mut leas).await, (EventPayload::Requested(RequestKind::Join), "sam".into(), true));
    assert!(asked.elapsed() < Duration::from_secs(1), "took {:?}", asked.elapsed());
    let Frame::Event { logged, decides: false } = sams.frame().await else { panic!("sam sees his own request") };
    let request = logged.event.request.expect("names the request").to_string();

    let answer = lea.fetch(Method::POST, "/api/requests/approve", &[("request", &request)]).await;
    assert_eq!(answer.status(), 200, "{}", answer.body);
    assert_eq!(told(&mut sams).await, (EventPayload::Approved(RequestKind::Join), "sam".into(), false));
    let Frame::Notified(row) = sams.frame().await else { panic!("it is told to sam") };
    assert_eq!(row.subject, Subject::RequestSettled(RequestKind::Join, RequestStatus::Approved));
    assert_eq!((row.logged.event.request.expect("is there").to_string(), row.read_at), (request, None));
    assert!(matches!(sams.frame().await, Frame::Unread(1)));
    assert_eq!(told(&mut leas).await, (EventPayload::Approved(RequestKind::Join), "sam".into(), true));
});

both!(who_is_cut_off_before_they_are_told_is_told_again, async |t| {
    let since = head(t).await;
    let sam = t.person("sam").await;
    let mut stream = sam.watch(&format!("/live?since={since}")).await;
    join(t, "sam", group::PILOTS).await;
    let message = stream.news().await;
    let asked = message.id.clone().expect("an event that nobody is told of has a place");
    let Some(Frame::Event { logged, .. }) = message.frame() else { panic!("sam sees his own request") };
    let request = logged.event.request.expect("names the request").to_string();
    let answer = t.person("lea").await.fetch(Method::POST, "/api/requests/reject", &[("request", &request)]).await;
    assert_eq!(answer.status(), 200, "{}", answer.body);
    assert_eq!(stream.news().await.id, None, "the page stands where it stood until it is told");
    let mut back = sam.with("last-event-id", &asked).watch("/live?since=0").await;
    assert_eq!(told(&mut back).await.0, EventPayload::Rejected(RequestKind::Join));
    assert!(matches!(back.frame().await, Frame::Notified(_)));
});

both!(what_is_read_on_one_page_is_read_on_the_others, async |t| {
    edit(t, group::PILOTS, GroupChange::of_flag(Flag::Internal, true)).await;
    let rita = t.store().credentials("rita").await.expect("the database answers").expect("is there").user;
    let since = head(t).await;
    let mut page = t.person("rita").await.watch(&format!("/live?since={since}")).await;
    let left = t.store().mark_read(rita, Notifications::All, START).await.expect("the database answers");
    assert_eq!(left, 0);
    assert_eq!(page.frame().await, Frame::Unread(0), "as another process would have it, by the next beat");
});

both!(a_page_never_follows_the_feed_of_another_account, async |t| {
    let since = head(t).await;
    let own = |name: &str| {
        let name = name.to_owned();
        async move { t.store().credentials(&name).await.expect("the database answers").expect("is there").user }
    };
    let (sam, mia) = (own("sam").await, own("mia").await);
    let mut sams = t.person("sam").await;
    let mut refused = sams.watch(&format!("/live?since={since}&account={mia}")).await;
    assert_eq!(refused.frame().await, Frame::SignedOut, "mia was signed in when the page was drawn");
    let mut followed = sams.watch(&format!("/live?since={since}&account={sam}")).await;
    join(t, "sam", group::PILOTS).await;
    assert_eq!(told(&mut followed).await.0, EventPayload::Requested(RequestKind::Join));
    sams.post("/logout", &[]).await;
    let mut refused = sams.watch(&format!("/live?since={since}&account={sam}")).await;
    assert_eq!(refused.frame().await, Frame::SignedOut, "the page is told why");
    assert_eq!(sams.open(&format!("/live?since={since}")).await.status(), 401);
});

both!(a_stranger_hears_nothing_of_others, async |t| {
    let mut nils = t.person("nils").await.watch("/live").await;
    join(t, "sam", group::PILOTS).await;
    join(t, "rita", group::LOUNGE).await;
    join(t, "nils", group::LOUNGE).await;
    assert_eq!(told(&mut nils).await, (EventPayload::Joined, "nils".into(), false), "the first he hears is his own");
});

both!(a_member_sees_the_number_change_but_not_who, async |t| {
    join(t, "mia", group::LOUNGE).await;
    let mut mia = t.person("mia").await.watch("/live").await;
    join(t, "sam", group::LOUNGE).await;
    let frame = mia.frame().await;
    assert!(matches!(frame, Frame::Counted { group: GroupId(group::LOUNGE), delta: 1, .. }), "{frame:?}");
});

both!(whoever_was_gone_gets_what_they_missed, async |t| {
    let lea = t.person("lea").await;
    let mut stream = lea.watch("/live").await;
    join(t, "sam", group::PILOTS).await;
    let Message { id, .. } = stream.news().await;
    drop(stream);
    join(t, "nils", group::PILOTS).await;
    join(t, "max", group::LOUNGE).await;
    let id = id.expect("an event has a place");
    let mut stream = lea.with("last-event-id", &id).watch("/live?since=0").await;
    assert_eq!(told(&mut stream).await.1, "nils", "the last event counts, not the place of the page");
});

both!(whoever_is_too_far_behind_or_ahead_starts_anew, async |t| {
    join(t, "sam", group::LOUNGE).await;
    let head = head(t).await;
    let lea = t.person("lea").await;
    let mut ahead = lea.watch(&format!("/live?since={}", head + 100)).await;
    assert_eq!(ahead.frame().await.seq().map(|seq| seq.0), Some(head));
    let mut behind = lea.watch("/live?since=-5").await;
    assert!(matches!(behind.frame().await, Frame::Reset { .. }));
    assert_eq!(lea.open("/live?since=nonsense").await.status(), 400);
});

both!(a_place_that_is_none_starts_anew, async |t| {
    join(t, "sam", group::LOUNGE).await;
    let (head, lea) = (head(t).await, t.person("lea").await);
    for id in ["nonsense", "", "1.5", "99999999999999999999", "9223372036854775807", "-9223372036854775808", "-1"] {
        for path in ["/live", &format!("/live?since={head}")] {
            let mut stream = lea.with("last-event-id", id).watch(path).await;
            let frame = stream.frame().await;
            assert_eq!(frame, Frame::Reset { seq: domain::Seq(head) }, "{id:?} {path}");
        }
    }
    for since in ["nonsense", "", "1.5", "99999999999999999999", "1&since=2", "%31x"] {
        let refused = lea.open(&format!("/live?since={since}")).await;
        assert_eq!(refused.status(), 400, "{since:?}");
    }
});

both!(failed_sign_ins_are_told_at_once_and_to_their_owner_alone, &["--trusted-proxies", "1"], async |t| {
    let place = format!("/live?since={}", head(t).await);
    let mut mias = t.person("mia").await.watch(&place).await;
    let mut others = Vec::new();
    // One like her, one who reads it in the log, and one who leads.
    for name in ["sam", "root", "lea"] {
        others.push((name, t.person(name).await.watch(&place).await));
    }
    for _ in 0..5 {
        let mut guesser = t.visitor().with("x-forwarded-for", "203.0.113.7");
        assert!(guesser.sign_in("mia", "a guess").await.location().contains("problem=wrong"));
    }
    let (mut row, mut unread) = (None, None);
    while row.is_none() || unread.is_none() {
        match mias.frame().await {
            Frame::Notified(found) => row = Some(found),
            Frame::Unread(found) => unread = Some(found),
            Frame::Event { logged, .. } => assert!(matches!(logged.event.what, EventPayload::SignInsFailed(_))),
            frame => panic!("{frame:?}"),
        }
    }
    let row = row.expect("is told");
    assert_eq!((row.subject, row.read_at, unread), (Subject::SignInsFailed, None, Some(1)));
    let EventPayload::SignInsFailed(failed) = row.logged.event.what else { panic!("{:?}", row.logged.event) };
    assert_eq!((failed.count, failed.address.as_str()), (5, "203.0.113.7"));
    // What comes to them next is what came after.
    for (name, stream) in &mut others {
        join(t, name, group::LOUNGE).await;
        loop {
            match stream.frame().await {
                Frame::Event { logged, .. } => {
                    let is_of_it = matches!(logged.event.what, EventPayload::SignInsFailed(_));
                    assert!(!is_of_it || *name == "root", "{name} does not read the log");
                    let subject = logged.event.subject.expect("is about somebody").username;
                    if (&logged.event.what, subject.as_str()) == (&EventPayload::Joined, *name) {
                        break;
                    }
                }
                Frame::Notified(row) => panic!("{name} is told of {row:?}"),
                Frame::AdminChanged { user, .. } => assert_ne!(user.map(|user| user.0), Some(3), "{name}"),
                _ => {}
            }
        }
    }
});

both!(whose_rights_change_starts_anew, async |t| {
    let mut sam = t.person("sam").await.watch("/live").await;
    join(t, "sam", group::NAVY).await;
    assert!(matches!(sam.frame().await, Frame::Reset { .. }), "the group gives its members a permission");
    assert_eq!(told(&mut sam).await.0, EventPayload::Joined);
});

both!(a_page_from_before_a_change_of_rights_starts_anew, async |t| {
    let since = head(t).await;
    join(t, "sam", group::NAVY).await;
    let mut sam = t.person("sam").await.watch(&format!("/live?since={since}")).await;
    assert!(matches!(sam.frame().await, Frame::Reset { .. }));
});

both!(whoever_becomes_a_leader_starts_anew, async |t| {
    let mut sam = t.person("sam").await.watch("/live").await;
    root_does(t, Command::AddLeader { group: GroupId(group::PILOTS), leader: UserId(4) }).await;
    assert!(matches!(sam.frame().await, Frame::Reset { .. }));
    assert_eq!(told(&mut sam).await, (EventPayload::LeaderAdded, "sam".into(), true));
});

both!(a_permission_taken_from_a_group_reaches_its_members, async |t| {
    join(t, "sam", group::NAVY).await;
    let mut sam = t.person("sam").await.watch("/live").await;
    let from = Holder::Group(GroupId(group::NAVY));
    root_does(t, Command::TakePermission { from, permission: Permission::RequestGroups }).await;
    assert!(matches!(sam.frame().await, Frame::Reset { .. }));
    assert!(matches!(sam.frame().await, Frame::Touched { group: GroupId(group::NAVY), .. }));
});

both!(a_group_that_turns_internal_leaves_every_page, async |t| {
    let mut rita = t.person("rita").await.watch("/live").await;
    let mut nils = t.person("nils").await.watch("/live").await;
    let mut lea = t.person("lea").await.watch("/live").await;
    edit(t, group::PILOTS, GroupChange::of_flag(Flag::Internal, true)).await;
    assert!(matches!(lea.frame().await, Frame::Reset { .. }), "she decides there no more");
    assert!(matches!(nils.frame().await, Frame::Touched { group: GroupId(group::PILOTS), .. }));
    assert!(matches!(rita.frame().await, Frame::Touched { group: GroupId(group::PILOTS), .. }));
    let Frame::Event { logged, .. } = rita.frame().await else { panic!("her request is closed") };
    assert_eq!(
        (logged.event.what, logged.event.cause),
        (EventPayload::Closed(RequestKind::Join), Some(Cause::GroupInternal))
    );
    assert!(matches!(rita.frame().await, Frame::Notified(_)));
    assert_eq!(rita.frame().await, Frame::Unread(1));
});

both!(a_group_nobody_may_see_changes_unheard, async |t| {
    let mut nils = t.person("nils").await.watch("/live").await;
    edit(t, group::SHADOW, GroupChange::of_flag(Flag::Open, true)).await;
    edit(t, group::LOUNGE, GroupChange::of_flag(Flag::Restricted, true)).await;
    assert!(matches!(nils.frame().await, Frame::Touched { group: GroupId(group::LOUNGE), .. }));
});

/// How a row of the groups page, the page of the group, its members and its button answer, one after the other.
async fn answers(t: &TestServer, name: &str, group: i64) -> [u16; 4] {
    let (mut person, group) = (t.person(name).await, group.to_string());
    let mut statuses = [0; 4];
    let reads = ["/api/groups/row", "/api/groups/page", "/api/managing/members/list"];
    for (path, status) in reads.iter().zip(&mut statuses) {
        *status = person.fetch(Method::GET, path, &[("group", &group)]).await.status();
    }
    statuses[3] = person.fetch(Method::POST, "/api/groups/join", &[("group", &group)]).await.status();
    statuses
}

both!(a_group_out_of_reach_is_told_to_nobody_until_they_come_into_reach_of_it, async |t| {
    let mut nils = t.person("nils").await.watch("/live").await;
    let mut mia = t.person("mia").await.watch("/live").await;
    edit(t, group::PILOTS, GroupChange::of_flag(Flag::Public, false)).await;
    let touched = |frame| matches!(frame, Frame::Touched { group: GroupId(group::PILOTS), .. });
    assert!(touched(nils.frame().await), "it leaves their page");
    assert_eq!(answers(t, "nils", group::PILOTS).await, [404; 4]);
    assert!(touched(mia.frame().await));
    // Nobody hears of it any more whose it is not.
    edit(t, group::PILOTS, GroupChange::of_flag(Flag::Restricted, true)).await;
    let given = Command::GivePermission { to: Holder::User(UserId(10)), permission: Permission::RequestGroups };
    root_does(t, given).await;
    assert!(matches!(nils.frame().await, Frame::Reset { .. }), "the first he hears is of his own rights");
    assert_eq!(answers(t, "nils", group::PILOTS).await, [200, 200, 403, 200]);

    assert_eq!(answers(t, "sam", group::PILOTS).await, [404; 4]);
    let mut sam = t.person("sam").await.watch("/live").await;
    let shown = SettingsChange { show_unavailable_groups: Some(true), ..SettingsChange::default() };
    root_does(t, Command::ChangeSettings(shown)).await;
    assert!(matches!(sam.frame().await, Frame::Reset { .. }));
    assert_eq!(answers(t, "sam", group::PILOTS).await, [200, 200, 403, 403], "with the reason");
});

both!(nobody_hears_that_they_were_put_into_an_internal_group, async |t| {
    let mut mia = t.person("mia").await.watch("/live").await;
    let (group, member) = (GroupId(group::CORE), UserId(3));
    root_does(t, Command::Add { group, member, reason: None }).await;
    root_does(t, Command::Remove { group, member, reason: None }).await;
    join(t, "mia", group::LOUNGE).await;
    assert_eq!(
        told(&mut mia).await,
        (EventPayload::Joined, "mia".into(), false),
        "the first she hears is her own doing"
    );
});

both!(a_group_that_is_deleted_leaves_every_page, async |t| {
    join(t, "sam", group::PILOTS).await;
    let mut nils = t.person("nils").await.watch("/live").await;
    let mut mia = t.person("mia").await.watch("/live").await;
    root_does(t, Command::DeleteGroup { group: GroupId(group::PILOTS) }).await;
    assert!(matches!(nils.frame().await, Frame::Touched { group: GroupId(group::PILOTS), .. }));
    assert!(matches!(mia.frame().await, Frame::Touched { group: GroupId(group::PILOTS), .. }));
    let Frame::Event { logged, .. } = mia.frame().await else { panic!("her membership ends") };
    assert_eq!((logged.event.what, logged.event.cause), (EventPayload::Removed, Some(Cause::GroupDeleted)));
    assert!(matches!(mia.frame().await, Frame::Notified(_)));
    assert_eq!(mia.frame().await, Frame::Unread(1));
});

both!(a_setting_that_concerns_every_button_starts_every_page_anew, async |t| {
    let mut nils = t.person("nils").await.watch("/live").await;
    let change = SettingsChange { auto_leave: Some(true), ..SettingsChange::default() };
    root_does(t, Command::ChangeSettings(change)).await;
    assert!(matches!(nils.frame().await, Frame::Reset { .. }));
});

both!(the_stream_ends_when_the_account_is_deactivated, async |t| {
    let mut mia = t.person("mia").await.watch("/live").await;
    let change = Box::new(UserChange { active: Some(false), ..UserChange::default() });
    root_does(t, Command::EditUser { user: UserId(3), change }).await;
    assert_eq!(mia.frame().await, Frame::SignedOut);
});

both!(the_stream_ends_with_the_session, async |t| {
    let mut mia = t.person("mia").await;
    let mut stream = mia.watch("/live").await;
    mia.post("/logout", &[]).await;
    assert_eq!(stream.frame().await, Frame::SignedOut);
    assert!(stream.message().await.is_none(), "and is closed");
});

both!(the_stream_ends_with_a_session_that_ended_elsewhere, async |t| {
    let mut stream = t.person("mia").await.watch("/live").await;
    let mia = t.store().credentials("mia").await.expect("the database answers").expect("is there");
    let command = Command::EndSessions { user: mia.user, tokens: false };
    let order = Order::new(CallerId::System, command, START);
    t.store().execute(order).await.expect("the database answers");
    assert_eq!(stream.frame().await, Frame::SignedOut, "the next beat finds out");
});

both!(a_session_has_only_so_many_streams, async |t| {
    let mia = t.person("mia").await;
    let mut streams = Vec::new();
    for _ in 0..16 {
        streams.push(mia.watch("/live").await);
    }
    let refused = mia.open("/live").await;
    assert_eq!(refused.status(), 429);
    assert!(refused.headers().contains_key("retry-after"));
    streams.pop();
    assert_eq!(mia.open("/live").await.status(), 200);
});

both!(visitors_have_no_stream, async |t| {
    assert_eq!(t.visitor().open("/live").await.status(), 401);
});

both!(a_stream_shows_that_it_lives, async |t| {
    let mut stream = t.person("mia").await.watch("/live").await;
    for _ in 0..2 {
        let beat = stream.message().await.expect("the stream goes on");
        assert_eq!((beat.event.as_str(), beat.frame()), ("beat", None));
    }
});

/// Passes everything over until this comes; then as many are told to be unread. A beat may have said so before.
async fn and_unread(stream: &mut Stream, wanted: fn(&Frame) -> bool, unread: u32) -> Frame {
    let mut said = None;
    loop {
        match stream.frame().await {
            Frame::Unread(now) => said = Some(now),
            frame if wanted(&frame) => {
                if said != Some(unread) {
                    assert_eq!(stream.frame().await, Frame::Unread(unread));
                }
                return frame;
            }
            _ => {}
        }
    }
}

both!(what_is_decided_elsewhere_is_read_on_every_page_and_gone_with_the_lead, async |t| {
    let change = SettingsChange { requests_notification: Some(true), ..SettingsChange::default() };
    root_does(t, Command::ChangeSettings(change)).await;
    root_does(t, Command::AddLeader { group: GroupId(group::PILOTS), leader: UserId(3) }).await;
    let mut mias = t.person("mia").await.watch(&format!("/live?since={}", head(t).await)).await;
    join(t, "sam", group::PILOTS).await;
    let notified = |frame: &Frame| matches!(frame, Frame::Notified(_));
    let Frame::Notified(row) = and_unread(&mut mias, notified, 1).await else { panic!("it is told to mia") };
    assert_eq!((row.subject, row.read_at), (Subject::RequestWaits(RequestKind::Join), None));
    let request = row.logged.event.request.expect("names the request").to_string();
    let mut lea = t.person("lea").await;
    assert_eq!(lea.fetch(Method::POST, "/api/requests/reject", &[("request", &request)]).await.status(), 200);
    let Frame::Notified(settled) = and_unread(&mut mias, notified, 0).await else { panic!("in the same place") };
    assert_eq!(settled.id, row.id);
    assert_eq!(settled.subject, Subject::RequestEnded(RequestKind::Join, RequestStatus::Rejected));
    assert!(settled.read_at.is_some());
    // Another waits; then mia leads no more, and it is not hers to read.
    join(t, "nils", group::PILOTS).await;
    and_unread(&mut mias, notified, 1).await;
    root_does(t, Command::RemoveLeader { group: GroupId(group::PILOTS), leader: UserId(3) }).await;
    and_unread(&mut mias, |frame| matches!(frame, Frame::Reset { .. }), 0).await;
});
