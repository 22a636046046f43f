//! Every endpoint as everybody: a server function or route without a row here fails the test.

use crate::harness::{Person, TestServer, both};
use axum::http::Method;
use std::collections::BTreeSet;

/// A call, and the status for nobody, a stranger, a member, a leader, and an administrator.
type Row = (&'static str, &'static str, &'static str, [u16; 5]);

/// Server functions, called as scripts call them. The rows change things, from the first to the last.
const FUNCTIONS: &[Row] = &[
    ("GET", "/api/account/viewer", "", [401, 200, 200, 200, 200]),
    ("POST", "/api/account/theme", "theme=dark", [401, 200, 200, 200, 200]),
    ("POST", "/api/account/theme", "theme=pink", [422, 422, 422, 422, 422]),
    ("GET", "/api/admin/groups/list", "", [401, 404, 404, 404, 200]),
    ("GET", "/api/admin/groups/list", "internal=yes&has_leader=no", [401, 404, 404, 404, 200]),
    ("POST", "/api/admin/groups/look", "", [401, 404, 404, 404, 200]),
    ("POST", "/api/admin/groups/look_at", "group=1", [401, 404, 404, 404, 200]),
    ("POST", "/api/admin/groups/look_at", "group=4", [401, 404, 404, 404, 200]),
    ("POST", "/api/admin/groups/look_at", "group=4000", [401, 404, 404, 404, 404]),
    ("POST", "/api/admin/groups/create", "name=New", [422, 422, 422, 422, 422]),
    (
        "POST",
        "/api/admin/groups/create",
        "name=New&auto_leave=inherit&leaders=mia&fingerprint=0000000000000000",
        [401, 403, 403, 403, 409],
    ),
    ("POST", "/api/admin/groups/save", "group=1", [422, 422, 422, 422, 422]),
    (
        "POST",
        "/api/admin/groups/save",
        "group=1&draft=delete&called=Pilots&typed=Pilots&fingerprint=0000000000000000",
        [401, 403, 403, 403, 409],
    ),
    ("POST", "/api/admin/groups/leaders/add", "group=2&leader=mia", [401, 403, 403, 403, 200]),
    ("POST", "/api/admin/groups/leaders/add", "group=2&leader=nobody", [401, 403, 403, 403, 422]),
    ("POST", "/api/admin/groups/leaders/remove", "group=2&leader=3", [401, 403, 403, 403, 200]),
    ("POST", "/api/admin/groups/leader_groups/add", "group=2&leading=navy", [401, 403, 403, 403, 200]),
    ("POST", "/api/admin/groups/leader_groups/remove", "group=2&leading=5", [401, 403, 403, 403, 200]),
    ("GET", "/api/admin/groups/members/list", "group=1", [401, 404, 404, 404, 200]),
    ("POST", "/api/admin/groups/members/add", "group=2&member=nils", [401, 403, 403, 403, 200]),
    ("POST", "/api/admin/groups/roll/look", "group=1&names=mia", [401, 200, 200, 200, 200]),
    ("POST", "/api/admin/groups/roll/look", "group=4&names=mia", [401, 404, 404, 404, 200]),
    ("POST", "/api/admin/groups/roll/call", "group=1&names=nobody", [401, 200, 200, 200, 200]),
    ("GET", "/api/admin/settings/page", "", [401, 404, 404, 404, 200]),
    ("POST", "/api/admin/settings/save", "registration=closed", [422, 422, 422, 422, 422]),
    (
        "POST",
        "/api/admin/settings/save",
        "registration=closed&notifications_max_per_user=9&fingerprint=0000000000000000",
        [401, 403, 403, 403, 409],
    ),
    ("GET", "/api/admin/states/list", "", [401, 404, 404, 404, 200]),
    ("POST", "/api/admin/states/look", "state=1", [401, 404, 404, 404, 200]),
    ("POST", "/api/admin/states/look", "state=77", [401, 404, 404, 404, 404]),
    ("POST", "/api/admin/states/save", "name=New", [422, 422, 422, 422, 422]),
    ("POST", "/api/admin/states/save", "state=1&draft=delete&fingerprint=0000000000000000", [401, 403, 403, 403, 409]),
    ("POST", "/api/admin/reserved_names/look", "", [401, 404, 404, 404, 200]),
    ("POST", "/api/admin/reserved_names/save", "name=New", [422, 422, 422, 422, 422]),
    (
        "POST",
        "/api/admin/reserved_names/save",
        "name=Pilots&reason=ours&fingerprint=0000000000000000",
        [401, 403, 403, 403, 409],
    ),
    ("GET", "/api/admin/health/page", "", [401, 404, 404, 404, 200]),
    ("POST", "/api/users/search", "", [401, 404, 404, 404, 200]),
    ("POST", "/api/users/search", "search=mi&state=1&active=yes&group=Pilots", [401, 404, 404, 404, 200]),
    ("GET", "/api/users/choices", "", [401, 404, 404, 404, 200]),
    ("POST", "/api/users/look", "user=3", [401, 404, 404, 404, 200]),
    ("POST", "/api/users/look", "user=4000", [401, 404, 404, 404, 404]),
    ("POST", "/api/users/look", "user=x", [404, 404, 404, 404, 404]),
    ("POST", "/api/users/look", "user=10&deed=deactivate&draft=look", [401, 404, 404, 404, 200]),
    ("POST", "/api/users/change", "user=10&deed=deactivate", [422, 422, 422, 422, 422]),
    ("POST", "/api/users/change", "user=10&deed=deactivate&fingerprint=0000000000000000", [401, 403, 403, 403, 409]),
    ("POST", "/api/users/create", "username=two words", [422, 422, 422, 422, 422]),
    ("POST", "/api/users/create", "username=uma&way_in=link", [401, 403, 403, 403, 200]),
    ("POST", "/api/users/create", "username=una&way_in=password&password=short", [422, 422, 422, 422, 422]),
    ("POST", "/api/users/set_password", "user=10&password=twelve or more", [401, 403, 403, 403, 200]),
    ("POST", "/api/users/set_password", "user=4000&password=twelve or more", [401, 403, 403, 403, 404]),
    ("POST", "/api/users/make_reset_link", "user=10", [401, 403, 403, 403, 200]),
    ("POST", "/api/users/make_reset_link", "user=4000", [401, 403, 403, 403, 404]),
    ("POST", "/api/users/end_sessions", "user=10", [401, 403, 403, 403, 200]),
    ("GET", "/api/invitations/list", "show=live", [401, 404, 404, 404, 200]),
    ("POST", "/api/invitations/create", "uses=2&ends=2023-12-01", [401, 403, 403, 403, 200]),
    ("POST", "/api/invitations/create", "uses=2&ends=2033-12-01", [401, 403, 403, 403, 422]),
    ("POST", "/api/invitations/create", "uses=many", [422, 422, 422, 422, 422]),
    ("POST", "/api/invitations/revoke", "invitation=1", [401, 403, 403, 403, 200]),
    ("POST", "/api/invitations/revoke", "invitation=4000", [401, 403, 403, 403, 404]),
    ("POST", "/api/account/language", "language=en", [401, 200, 200, 200, 200]),
    ("POST", "/api/account/language", "language=tlh", [422, 422, 422, 422, 422]),
    ("GET", "/api/account/page", "", [401, 200, 200, 200, 200]),
    ("POST", "/api/account/main", "user=3&character=", [401, 403, 200, 403, 200]),
    ("POST", "/api/account/password", "old=a&new=b&again=c", [422, 422, 422, 422, 422]),
    ("GET", "/api/sessions/list", "", [401, 200, 200, 200, 200]),
    ("POST", "/api/sessions/end", "session=0", [401, 404, 404, 404, 404]),
    ("POST", "/api/sessions/end_others", "", [401, 200, 200, 200, 200]),
    ("GET", "/api/tokens/list", "", [401, 200, 200, 200, 200]),
    ("POST", "/api/tokens/create", "name=bot&password=a password for tests", [401, 200, 200, 200, 200]),
    ("POST", "/api/tokens/revoke", "user=3&token=0", [401, 404, 404, 404, 404]),
    ("GET", "/api/audit/list", "group=1", [401, 403, 403, 200, 200]),
    ("GET", "/api/audit/list", "group=3", [401, 404, 403, 200, 200]),
    ("GET", "/api/audit/list", "group=4", [401, 404, 404, 404, 200]),
    ("GET", "/api/audit/list", "requestor=mia", [401, 403, 403, 403, 200]),
    ("GET", "/api/managing/list", "", [401, 200, 200, 200, 200]),
    ("GET", "/api/managing/row", "group=1", [401, 404, 404, 200, 200]),
    ("GET", "/api/managing/row", "group=4", [401, 404, 404, 404, 404]),
    ("GET", "/api/managing/members/list", "group=1", [401, 403, 403, 200, 200]),
    ("GET", "/api/managing/members/list", "group=3", [401, 404, 403, 200, 200]),
    ("GET", "/api/managing/members/list", "group=x", [404, 404, 404, 404, 404]),
    ("GET", "/api/groups/list", "", [401, 200, 200, 200, 200]),
    ("GET", "/api/groups/row", "group=1", [401, 200, 200, 200, 200]),
    ("GET", "/api/groups/row", "group=3", [401, 404, 200, 404, 404]),
    ("GET", "/api/groups/page", "group=1", [401, 200, 200, 200, 200]),
    ("GET", "/api/groups/page", "group=3", [401, 404, 200, 200, 200]),
    ("GET", "/api/groups/page", "group=4", [401, 404, 404, 404, 200]),
    ("GET", "/api/groups/page", "group=4000", [401, 404, 404, 404, 404]),
    ("GET", "/api/groups/page", "link=token-of-group-3", [401, 200, 200, 200, 200]),
    ("GET", "/api/groups/page", "link=token-of-group-4", [401, 404, 404, 404, 200]),
    ("GET", "/api/groups/page", "link=nothing", [401, 404, 404, 404, 404]),
    ("GET", "/api/groups/link", "group=1", [401, 403, 403, 200, 200]),
    ("GET", "/api/groups/link", "group=3", [401, 404, 403, 200, 200]),
    ("POST", "/api/groups/replace_link", "group=1", [401, 403, 403, 200, 200]),
    ("GET", "/api/my_groups/list", "", [401, 200, 200, 200, 200]),
    ("GET", "/api/my_requests/list", "show=open", [401, 200, 200, 200, 200]),
    ("GET", "/api/notifications/list", "show=unread", [401, 200, 200, 200, 200]),
    ("POST", "/api/notifications/read", "notification=1", [401, 200, 200, 200, 200]),
    ("POST", "/api/notifications/read", "notification=x", [422, 422, 422, 422, 422]),
    ("POST", "/api/search/find", "text=o", [401, 200, 200, 200, 200]),
    ("GET", "/api/requests/queue", "kind=join", [401, 200, 200, 200, 200]),
    ("GET", "/api/requests/choices", "", [401, 200, 200, 200, 200]),
    ("POST", "/api/requests/withdraw", "request=3", [401, 200, 404, 403, 403]),
    ("POST", "/api/requests/approve", "request=1", [401, 404, 404, 200, 409]),
    ("POST", "/api/requests/reject", "request=2", [401, 404, 404, 200, 409]),
    // Each on its own: a refusal is one of the answers.
    ("POST", "/api/requests/approve_each", "requests[]=1&requests[]=2", [401, 200, 200, 200, 200]),
    ("POST", "/api/requests/reject_each", "requests[]=1&requests[]=x", [422, 422, 422, 422, 422]),
    ("POST", "/api/groups/join", "group=1", [401, 200, 409, 200, 200]),
    ("POST", "/api/groups/join", "group=3", [401, 404, 409, 200, 200]),
    ("POST", "/api/groups/join", "group=4", [401, 404, 404, 404, 403]),
    ("POST", "/api/groups/join", "group=5&link=nothing", [401, 404, 404, 404, 404]),
    ("POST", "/api/groups/leave", "group=2", [401, 409, 409, 409, 409]),
    ("POST", "/api/groups/leave", "group=3", [401, 404, 200, 409, 409]),
    ("POST", "/api/managing/members/remove", "group=1&member=3", [401, 403, 403, 200, 409]),
];

/// Pages of `app`, looked at as browsers look.
const PAGES: &[Row] = &[
    ("GET", "/groups", "", [303, 200, 200, 200, 200]),
    ("GET", "/groups/{id}", "1", [303, 200, 200, 200, 200]),
    ("GET", "/groups/{id}", "3", [303, 404, 200, 200, 200]),
    ("GET", "/groups/{id}", "4", [303, 404, 404, 404, 200]),
    ("GET", "/join/{token}", "token-of-group-3", [303, 200, 200, 200, 200]),
    ("GET", "/join/{token}", "nothing", [303, 404, 404, 404, 404]),
    ("GET", "/me", "", [303, 200, 200, 200, 200]),
    ("GET", "/me/profile", "", [303, 200, 200, 200, 200]),
    ("GET", "/notifications", "", [303, 200, 200, 200, 200]),
    ("GET", "/requests", "", [303, 200, 200, 200, 200]),
    ("GET", "/manage", "", [303, 200, 200, 200, 200]),
    ("GET", "/manage/{id}/members", "1", [303, 403, 403, 200, 200]),
    ("GET", "/manage/{id}/members", "3", [303, 404, 403, 200, 200]),
    ("GET", "/audit", "", [303, 403, 403, 403, 200]),
    ("GET", "/admin", "", [303, 404, 404, 404, 200]),
    ("GET", "/admin/groups", "", [303, 404, 404, 404, 200]),
    ("GET", "/admin/groups/new", "", [303, 404, 404, 404, 200]),
    ("GET", "/admin/groups/{id}", "1", [303, 404, 404, 404, 200]),
    ("GET", "/admin/groups/{id}", "4000", [303, 404, 404, 404, 404]),
    ("GET", "/admin/groups/{id}/members", "1", [303, 404, 404, 404, 200]),
    ("GET", "/admin/groups/{id}/roll", "1", [303, 404, 404, 404, 200]),
    ("GET", "/admin/states", "", [303, 404, 404, 404, 200]),
    ("GET", "/admin/states/new", "", [303, 404, 404, 404, 200]),
    ("GET", "/admin/states/{id}", "1", [303, 404, 404, 404, 200]),
    ("GET", "/admin/states/{id}", "77", [303, 404, 404, 404, 404]),
    ("GET", "/admin/reserved-names", "", [303, 404, 404, 404, 200]),
    ("GET", "/admin/users", "", [303, 404, 404, 404, 200]),
    ("GET", "/admin/users/new", "", [303, 404, 404, 404, 200]),
    ("GET", "/admin/users/{id}", "3", [303, 404, 404, 404, 200]),
    ("GET", "/admin/users/{id}", "4000", [303, 404, 404, 404, 404]),
    ("GET", "/admin/invitations", "", [303, 404, 404, 404, 200]),
    ("GET", "/admin/health", "", [303, 404, 404, 404, 200]),
    ("GET", "/admin/settings", "", [303, 404, 404, 404, 200]),
    ("GET", "/manage/{id}/audit", "1", [303, 403, 403, 200, 200]),
    ("GET", "/manage/{id}/audit", "3", [303, 404, 403, 200, 200]),
    ("GET", "/login", "", [200, 303, 303, 303, 303]),
    ("GET", "/setup", "", [303, 303, 303, 303, 303]),
    ("GET", "/register", "", [200, 303, 303, 303, 303]),
    ("GET", "/reset/{token}", "none", [404, 404, 404, 404, 404]),
    ("GET", "/once", "", [303, 404, 404, 404, 404]),
];

/// Routes of the process itself. Signing out comes last.
const ROUTES: &[Row] = &[
    ("GET", "/", "", [303, 303, 303, 303, 303]),
    ("GET", "/manage/{id}/members.csv", "1", [303, 403, 403, 200, 200]),
    ("GET", "/manage/{id}/members.csv", "3", [303, 404, 403, 200, 200]),
    ("GET", "/manage/{id}/audit.csv", "1", [303, 403, 403, 200, 200]),
    ("GET", "/manage/{id}/audit.csv", "3", [303, 404, 403, 200, 200]),
    ("GET", "/audit.csv", "", [303, 403, 403, 403, 200]),
    ("GET", "/live", "", [401, 200, 200, 200, 200]),
    ("GET", "/pkg/{*name}", "nothing.js", [404, 404, 404, 404, 404]),
    ("GET", "/robots.txt", "", [200, 200, 200, 200, 200]),
    ("GET", "/healthz", "", [200, 200, 200, 200, 200]),
    ("GET", "/readyz", "", [200, 200, 200, 200, 200]),
    ("POST", "/setup", "", [303, 303, 303, 303, 303]),
    ("POST", "/register", "", [303, 303, 303, 303, 303]),
    ("POST", "/reset/{token}", "none", [404, 404, 404, 404, 404]),
    ("POST", "/login", "", [303, 303, 303, 303, 303]),
    ("POST", "/logout", "", [303, 303, 303, 303, 303]),
    ("POST", "/logout/everywhere", "", [303, 303, 303, 303, 303]),
];

async fn everybody(t: &TestServer) -> [Person<'_>; 5] {
    [t.visitor(), t.person("sam").await, t.person("mia").await, t.person("lea").await, t.person("root").await]
}

both!(every_server_function_answers_as_its_row_says, async |t| {
    let mut people = everybody(t).await;
    for (method, path, form, expected) in FUNCTIONS {
        let form: Vec<(&str, &str)> = form.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let mut statuses = [0; 5];
        for (person, status) in people.iter_mut().zip(&mut statuses) {
            *status = person.fetch(method.parse().expect("is a method"), path, &form).await.status();
        }
        assert_eq!(&statuses, expected, "{method} {path} {form:?}");
    }
});

both!(every_page_answers_as_its_row_says, async |t| {
    let mut people = everybody(t).await;
    for (_, path, id, expected) in PAGES {
        let path = path.replace("{id}", id).replace("{token}", id);
        let mut statuses = [0; 5];
        for (person, status) in people.iter_mut().zip(&mut statuses) {
            *status = person.get(&path).await.status();
        }
        assert_eq!(&statuses, expected, "{path}");
    }
});

both!(every_route_answers_as_its_row_says, async |t| {
    let mut people = everybody(t).await;
    for (method, path, name, expected) in ROUTES {
        let path = path.replace("{*name}", name).replace("{token}", name).replace("{id}", name);
        let mut statuses = [0; 5];
        for (person, status) in people.iter_mut().zip(&mut statuses) {
            *status = match *method {
                // Its body never ends.
                "GET" if path == "/live" => person.open(&path).await.status().as_u16(),
                "GET" => person.get(&path).await.status(),
                _ => person.post(&path, &[]).await.status(),
            };
        }
        assert_eq!(&statuses, expected, "{method} {path}");
    }
});

#[test]
fn every_server_function_has_a_row() {
    // Names one, so that the linker keeps the crate that registers them all.
    let _ = <app::api::groups::ListGroups as server_fn::ServerFn>::PATH;
    let registered = server_fn::axum::server_fn_paths().map(|(path, method)| (method.to_string(), path.to_owned()));
    assert_eq!(registered.collect::<BTreeSet<_>>(), named(FUNCTIONS));
}

#[tokio::test]
async fn every_page_has_a_row() {
    let pages = server::page_listing();
    let listed: BTreeSet<_> =
        pages.iter().map(|page| ("GET".to_owned(), page.path().to_owned())).filter(|(_, path)| path != "/").collect();
    assert_eq!(listed, named(PAGES));
}

#[test]
fn every_route_has_a_row() {
    let source = include_str!("../src/router.rs");
    let routes = source.split(".route(\"").skip(1).map(|rest| {
        let (path, rest) = rest.split_once("\", ").expect("a path is followed by its methods");
        let method = rest.split_once('(').expect("a method has a handler").0;
        (method.to_uppercase(), path.to_owned())
    });
    assert_eq!(routes.collect::<BTreeSet<_>>(), named(ROUTES));
}

#[test]
fn reads_are_named_as_reads() {
    // The check against other sites lets `GET` pass: what it reaches may not change anything.
    for (path, method) in server_fn::axum::server_fn_paths() {
        let verb = path.rsplit('/').next().unwrap_or_default();
        let reads = ["viewer", "list", "row", "page", "queue", "choices", "link", "found"].contains(&verb);
        assert_eq!(method == Method::GET, reads, "{method} {path}");
    }
}

/// Where something can be sent to.
pub fn posts() -> BTreeSet<String> {
    of_method("POST", FUNCTIONS.iter().chain(ROUTES))
}

/// Where something can be looked at.
pub fn reads() -> BTreeSet<String> {
    of_method("GET", FUNCTIONS.iter().chain(ROUTES).chain(PAGES))
}

/// The forms of all functions, field by field.
pub fn fields() -> impl Iterator<Item = (Method, &'static str, Vec<(&'static str, &'static str)>)> {
    FUNCTIONS.iter().map(|(method, path, form, _)| {
        let form = form.split('&').filter_map(|pair| pair.split_once('=')).collect();
        (method.parse().expect("is a method"), *path, form)
    })
}

fn of_method<'a>(wanted: &str, rows: impl Iterator<Item = &'a Row>) -> BTreeSet<String> {
    let paths = rows.filter(|(method, ..)| *method == wanted);
    paths.map(|(_, path, ..)| path.replace("{*name}", "x").replace("{token}", "x").replace("{id}", "1")).collect()
}

fn named(rows: &[Row]) -> BTreeSet<(String, String)> {
    rows.iter().map(|(method, path, ..)| ((*method).to_owned(), (*path).to_owned())).collect()
}
