//! The admin area: a change is looked at first, and then carried out as it was seen.

use crate::harness::{Answer, Person, START, both, group};
use app::{api::draft::Drafted, error::AppError, input::SettingsForm};
use axum::http::Method;
use domain::{
    AdminPage, Cause, Command, Conflict, Fingerprint, Outcome, Permission, Permissions, Preview, PreviewEffect,
    Receipt, RequestKind, Settings, UserChange, UserId, Viewer,
};
use store::{CallerId, Order};

/// A draft of settings by which leaving is at once.
const AT_ONCE: [(&str, &str); 3] =
    [("registration", "closed"), ("notifications_max_per_user", "50"), ("auto_leave", "yes")];

const PAGE: &str = "/admin/settings?draft=look&registration=closed&notifications_max_per_user=50&auto_leave=yes";

/// What a draft of settings would do.
async fn look(person: &mut Person<'_>, draft: &[(&str, &str)]) -> Result<Preview, AppError> {
    let fields: Vec<_> = draft.iter().copied().chain([("draft", "look")]).collect();
    let answer = person.fetch(Method::GET, "/api/admin/settings/page", &fields).await;
    assert_eq!(answer.status(), 200, "{}", answer.body);
    answer.json::<Drafted<Settings, SettingsForm>>().preview.expect("was looked at")
}

/// The settings as they are.
async fn settings(person: &mut Person<'_>) -> Settings {
    let answer = person.fetch(Method::GET, "/api/admin/settings/page", &[]).await;
    let page: Drafted<Settings, SettingsForm> = answer.json();
    assert_eq!(page.preview, None, "nothing was asked for");
    page.subject
}

fn confirmed<'a>(draft: &[(&'a str, &'a str)], fingerprint: &'a str) -> Vec<(&'a str, &'a str)> {
    draft.iter().copied().chain([("draft", "look"), ("fingerprint", fingerprint)]).collect()
}

async fn save(person: &mut Person<'_>, draft: &[(&str, &str)], seen: Fingerprint) -> Answer {
    person.fetch(Method::POST, "/api/admin/settings/save", &confirmed(draft, &seen.to_string())).await
}

async fn asks_to_leave(person: &mut Person<'_>, group: i64) {
    let answer = person.fetch(Method::POST, "/api/groups/leave", &[("group", &group.to_string())]).await;
    assert!(matches!(answer.json::<Receipt>().outcome, Outcome::Requested(_)), "{}", answer.body);
}

both!(the_pages_that_open_are_those_that_the_navigation_is_told_of, async |t| {
    let mut sam = t.person("sam").await;
    for permission in Permission::ALL {
        let change = UserChange {
            staff: Some(true),
            permissions: Some(Permissions::NONE.with(permission)),
            ..UserChange::default()
        };
        let command = Command::EditUser { user: UserId(4), change: Box::new(change) };
        t.store().execute(Order::new(CallerId::User(UserId(1)), command, START)).await.expect("a superuser may");
        let told: Viewer = sam.fetch(Method::GET, "/api/account/viewer", &[]).await.json();
        for page in AdminPage::ALL {
            let below = if page == AdminPage::Overview { String::new() } else { format!("/{}", page.code()) };
            let opens = sam.get(&format!("/admin{below}")).await.status() == 200;
            assert_eq!(told.opens(page), opens, "{page:?} for staff with {permission:?}");
        }
    }
});

both!(what_was_seen_is_what_happens, async |t| {
    let (mut root, mut mia) = (t.person("root").await, t.person("mia").await);
    asks_to_leave(&mut mia, group::PILOTS).await;
    let seen = look(&mut root, &AT_ONCE).await.expect("may be done");
    assert_eq!((seen.changes, seen.people, seen.complete), (true, 1, true));
    assert_eq!(seen.shown[0].person.username, "mia");
    let fates: Vec<_> = seen.tallies.iter().map(|tally| (tally.fate.clone(), tally.cause, tally.count)).collect();
    assert!(
        fates.contains(&(PreviewEffect::RequestEnds(RequestKind::Leave), Some(Cause::AutoLeaveEnabled), 1)),
        "{fates:?}"
    );
    assert!(!settings(&mut root).await.auto_leave, "to look changes nothing");

    let answer = save(&mut root, &AT_ONCE, seen.fingerprint).await;
    assert_eq!(answer.status(), 200, "{}", answer.body);
    assert!(settings(&mut root).await.auto_leave);
    let row = mia.fetch(Method::GET, "/api/groups/row", &[("group", "1")]).await;
    assert!(row.body.contains("\"my_status\":\"none\""), "{}", row.body);
    let log = root.fetch(Method::GET, "/api/audit/list", &[("kind", "setting")]).await;
    assert!(log.body.contains("settings_changed"), "old and new values are told: {}", log.body);

    let again = look(&mut root, &AT_ONCE).await.expect("may be done");
    assert_eq!((again.changes, again.people), (false, 0), "it is so already");
});

both!(what_would_do_something_else_by_now_is_not_done, async |t| {
    let (mut root, mut mia) = (t.person("root").await, t.person("mia").await);
    let seen = look(&mut root, &AT_ONCE).await.expect("may be done");
    asks_to_leave(&mut mia, group::PILOTS).await;
    let answer = save(&mut root, &AT_ONCE, seen.fingerprint).await;
    assert_eq!(answer.status(), 409, "{}", answer.body);
    assert_eq!(answer.json::<AppError>(), AppError::Conflict(Conflict::PreviewOutdated));
    assert!(!settings(&mut root).await.auto_leave, "nothing was changed");
    let anew = look(&mut root, &AT_ONCE).await.expect("may be done");
    assert_ne!(anew.fingerprint, seen.fingerprint);
    assert_eq!(save(&mut root, &AT_ONCE, anew.fingerprint).await.status(), 200);
});

both!(a_plain_form_goes_on_or_comes_back_to_its_draft, async |t| {
    let mut root = t.person("root").await.with("referer", &format!("http://muster.test{PAGE}"));
    let mut mia = t.person("mia").await;
    let page = root.get(PAGE).await;
    assert_eq!(page.status(), 200);
    let (_, rest) = page.body.split_once("name=\"fingerprint\" value=\"").expect("the form is there");
    let fingerprint = rest[..16].to_owned();
    asks_to_leave(&mut mia, group::SHADOW).await;

    let answer = root.post("/api/admin/settings/save", &confirmed(&AT_ONCE, &fingerprint)).await;
    assert_eq!(answer.status(), 302, "{}", answer.body);
    let back = answer.location().strip_prefix("http://muster.test").expect("one comes back").to_owned();
    assert!(back.starts_with(PAGE) && back.contains("__err="), "{back}");
    let page = root.get(&back).await;
    assert!(page.body.contains("Things have changed since you looked"), "{}", page.body);
    let (_, rest) = page.body.split_once("name=\"fingerprint\" value=\"").expect("the form is there");
    assert_ne!(&rest[..16], fingerprint, "it is another preview");

    let answer = root.post("/api/admin/settings/save", &confirmed(&AT_ONCE, &rest[..16])).await;
    assert_eq!((answer.status(), answer.location()), (302, "/admin/settings?done=saved"), "{}", answer.body);
    assert!(settings(&mut root).await.auto_leave);
});

both!(a_draft_that_cannot_be_read_keeps_what_was_entered, async |t| {
    let mut root = t.person("root").await;
    let page = root.get("/admin/settings?draft=look&registration=open&notifications_max_per_user=5000").await;
    assert_eq!(page.status(), 200);
    assert!(page.body.contains("has to lie between 1 and 1,000"), "{}", page.body);
    assert!(page.body.contains("value=\"5000\"") && !page.body.contains("name=\"fingerprint\""), "{}", page.body);
    let refused = look(&mut root, &[("registration", "nobody")]).await;
    let Err(AppError::Invalid(problems)) = refused else { panic!("{refused:?}") };
    assert_eq!(problems.len(), 2, "all at once: {problems:?}");
});
