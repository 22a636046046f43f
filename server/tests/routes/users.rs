//! Looking after users, by the pages and by the server functions behind them.

use crate::api::program::acting_as;
use crate::harness::{PASSWORD, Person, START, TestServer, both};
use axum::http::Method;
use domain::{
    AccountFields, Command, Conflict, Denial, EventPayload, Flaw, FreshLink, FreshUser, Listing, Permission,
    Permissions, Problem, Seq, TokenName, UserChange, UserChoices, UserId, UserRow,
};
use serde_json::Value;
use store::{CallerId, Order};

const MIA: UserId = UserId(3);
const SAM: UserId = UserId(4);

async fn system_does(t: &TestServer, command: Command) {
    t.store().execute(Order::new(CallerId::System, command, START)).await.expect("the system may");
}

/// Makes sam staff who holds nothing but `manage_users`.
async fn staff(t: &TestServer) -> Person<'_> {
    let change = UserChange {
        staff: Some(true),
        permissions: Some(Permissions::NONE.with(Permission::ManageUsers)),
        ..UserChange::default()
    };
    system_does(t, Command::EditUser { user: SAM, change: Box::new(change) }).await;
    t.person("sam").await
}

/// What has happened, once it is at least this much: PostgreSQL numbers what is committed a moment later.
async fn whats(t: &TestServer, least: usize) -> Vec<EventPayload> {
    let mut head = t.store().watch();
    loop {
        let feed = t.store().feed_after(Seq(0)).await.expect("is read");
        if feed.len() >= least {
            return feed.iter().map(|logged| logged.event.what.clone()).collect();
        }
        let moved = tokio::time::timeout(std::time::Duration::from_secs(5), head.changed()).await;
        moved.expect("more happens").expect("the store is open");
    }
}

/// What a draft is confirmed by, as its page tells it.
async fn fingerprint(person: &mut Person<'_>, draft: &[(&str, &str)]) -> String {
    let answer = person.fetch(Method::POST, "/api/users/look", draft).await;
    let page: Value = answer.json();
    page["preview"]["Ok"]["fingerprint"].as_str().unwrap_or_else(|| panic!("{}", answer.body)).to_owned()
}

both!(staff_set_the_password_of_others_and_never_their_own, async |t| {
    let mut root = t.person("root").await;
    let mut sam = staff(t).await;
    let mut mia = t.person("mia").await;
    let path = "/api/users/set_password";
    let answer = sam.fetch(Method::POST, path, &[("user", "3"), ("password", "short")]).await;
    let short = app::error::AppError::Invalid(vec![Problem::new("password", Flaw::TooShort(12))]);
    assert_eq!((answer.status(), answer.json::<app::error::AppError>()), (422, short));
    assert_eq!(mia.get("/me").await.status(), 200, "nothing has happened");
    let form = [("user", "3"), ("password", "another of hers")];
    assert_eq!(sam.fetch(Method::POST, path, &form).await.status(), 200);
    assert_eq!(mia.get("/me").await.status(), 303, "her session has ended");
    assert!(t.visitor().sign_in("mia", PASSWORD).await.location().contains("problem=wrong"));
    assert_eq!(t.visitor().sign_in("mia", "another of hers").await.location(), "/groups");
    // Nobody sets their own without the old one, and staff none of whoever reaches further.
    let own = root.fetch(Method::POST, path, &[("user", "1"), ("password", "another of mine")]).await;
    let missing = app::error::AppError::Invalid(vec![Problem::new("old", Flaw::Missing)]);
    assert_eq!((own.status(), own.json::<app::error::AppError>()), (422, missing));
    let above = sam.fetch(Method::POST, path, &[("user", "1"), ("password", "another of mine")]).await;
    assert_eq!(above.json::<app::error::AppError>(), app::error::AppError::Denied(Denial::SuperuserRequired));
    let link = sam.fetch(Method::POST, "/api/users/make_reset_link", &[("user", "1")]).await;
    assert_eq!(link.json::<app::error::AppError>(), app::error::AppError::Denied(Denial::SuperuserRequired));
    assert_eq!(root.get("/me").await.status(), 200);
    assert_eq!(whats(t, 3).await.into_iter().filter(|what| *what == EventPayload::PasswordSet).count(), 1);
});

both!(a_password_of_ones_own_is_changed_with_the_old_one, async |t| {
    let mut mia = t.person("mia").await;
    let mut elsewhere = t.person("mia").await;
    let path = "/api/account/password";
    let form = |old: &'static str, new: &'static str| [("old", old), ("new", new), ("again", new)];
    let wrong = mia.fetch(Method::POST, path, &form("not hers at all", "another of hers")).await;
    let flaw = app::error::AppError::Invalid(vec![Problem::new("old", Flaw::Wrong)]);
    assert_eq!((wrong.status(), wrong.json::<app::error::AppError>()), (422, flaw));
    assert_eq!(mia.fetch(Method::POST, path, &form(PASSWORD, "too short")).await.status(), 422);
    assert_eq!(elsewhere.get("/me").await.status(), 200, "nothing has happened");
    let plain =
        mia.with("referer", "http://muster.test/me/profile").post(path, &form(PASSWORD, "another of hers")).await;
    assert_eq!((plain.status(), plain.location().trim_end_matches('?')), (302, "http://muster.test/me/profile"));
    assert_eq!(mia.get("/me").await.status(), 200, "this session stays");
    assert_eq!(elsewhere.get("/me").await.status(), 303, "every other has ended");
    assert!(t.visitor().sign_in("mia", PASSWORD).await.location().contains("problem=wrong"));
    assert_eq!(t.visitor().sign_in("mia", "another of hers").await.location(), "/groups");
});

both!(a_secret_is_the_answer_to_a_plain_form_and_in_no_address, async |t| {
    let mut mia = t.person("mia").await.with("referer", "http://muster.test/me/profile");
    let answer = mia.post("/api/tokens/create", &[("name", "roster bot"), ("password", PASSWORD)]).await;
    assert_eq!((answer.status(), answer.header("location")), (200, None), "{}", answer.body);
    assert_eq!(answer.header("cache-control"), Some("private, no-store"));
    assert!(answer.body.contains("Your new token") && answer.body.contains("href=\"/me/profile\""));
    assert!(!answer.body.contains("hydrate()"), "no script has anything to do with it");
    let secret = answer.body.split("<textarea").nth(1).and_then(|rest| rest.split('>').nth(1)).expect("a field");
    let secret = secret.split('<').next().expect("a text").trim().to_owned();
    let mut program = t.visitor().with("authorization", &format!("Bearer {secret}"));
    assert_eq!(program.fetch(Method::GET, "/api/v1/me", &[]).await.json::<Value>()["username"], "mia");
    assert_eq!(mia.get("/once").await.status(), 404, "it is shown this once");
    assert!(!mia.get("/me/profile").await.body.contains(&secret));
    // A refusal leads back to the page.
    let refused = mia.post("/api/tokens/create", &[("name", ""), ("password", PASSWORD)]).await;
    assert!(refused.status() == 303 && refused.location().starts_with("http://muster.test/me/profile?"));
    assert!(mia.get(refused.location().trim_start_matches("http://muster.test")).await.body.contains("is missing"));
    // Scripts get the secret alone.
    let fetched = mia.fetch(Method::POST, "/api/tokens/create", &[("name", "another"), ("password", PASSWORD)]).await;
    assert!(fetched.json::<String>().len() > 30);
});

both!(a_link_to_set_a_password_is_shown_once, async |t| {
    let mut sam = staff(t).await.with("referer", "http://muster.test/admin/users/3?done=saved");
    let answer = sam.post("/api/users/make_reset_link", &[("user", "3")]).await;
    assert_eq!((answer.status(), answer.header("location")), (200, None), "{}", answer.body);
    assert!(answer.body.contains("href=\"/admin/users/3\""));
    let place = answer.body.split("/reset/").nth(1).and_then(|rest| rest.split('<').next()).expect("a link").trim();
    let form = [("password", "twelve or more"), ("password_again", "twelve or more")];
    let done = t.visitor().post(&format!("/reset/{place}"), &form).await;
    assert_eq!(done.location(), "/login?done=password&username=mia");
    let link: FreshLink = sam.fetch(Method::POST, "/api/users/make_reset_link", &[("user", "3")]).await.json();
    assert_eq!(link.ends_at, START.plus_seconds(24 * 3600));
});

both!(an_account_is_made_with_a_way_in, async |t| {
    let mut sam = staff(t).await;
    let path = "/api/users/create";
    let form = |name: &'static str, way_in: &'static str, password: &'static str| {
        [("username", name), ("email", ""), ("way_in", way_in), ("password", password)]
    };
    let by_link: FreshUser = sam.fetch(Method::POST, path, &form("uma", "link", "")).await.json();
    let token = by_link.link.expect("a link").token;
    let set = [("password", "twelve or more"), ("password_again", "twelve or more")];
    assert!(t.visitor().post(&format!("/reset/{token}"), &set).await.location().contains("done=password"));
    assert_eq!(t.visitor().sign_in("uma", "twelve or more").await.location(), "/groups");
    let by_password: FreshUser = sam.fetch(Method::POST, path, &form("una", "password", "twelve or so")).await.json();
    assert_eq!(by_password.link, None);
    assert_eq!(t.visitor().sign_in("una", "twelve or so").await.location(), "/groups");
    let without: FreshUser = sam.fetch(Method::POST, path, &form("ute", "none", "")).await.json();
    assert_eq!((without.link, sam.get(&format!("/admin/users/{}", without.user)).await.status()), (None, 200));
    // Flags are a superuser's to give.
    let promoted = [("username", "ugo"), ("staff", "yes")];
    let answer = sam.fetch(Method::POST, path, &promoted).await;
    assert_eq!(answer.json::<app::error::AppError>(), app::error::AppError::Denied(Denial::SuperuserRequired));
    assert_eq!(t.person("root").await.fetch(Method::POST, path, &promoted).await.status(), 200);
});

both!(a_plain_form_that_is_refused_comes_back_with_what_was_typed_but_the_password, async |t| {
    let mut sam = staff(t).await.with("referer", "http://muster.test/admin/users/new");
    let form = [
        ("username", "two words"),
        ("email", "uma@example.org"),
        ("way_in", "password"),
        ("password", "a secret of hers"),
        ("command_id", "abc"),
    ];
    let page = sam.post("/api/users/create", &form).await;
    assert_eq!((page.status(), page.header("location")), (200, None), "an e-mail address stands in no other");
    assert!(page.body.contains("value=\"two words\"") && page.body.contains("value=\"uma@example.org\""));
    assert!(page.body.contains("aria-invalid=\"true\"") && !page.body.contains("a secret of hers"));
    let form = form.map(|(name, typed)| (name, if name == "email" { "" } else { typed }));
    let answer = sam.post("/api/users/create", &form).await;
    let place = answer.location().trim_start_matches("http://muster.test").to_owned();
    assert!(answer.status() == 303 && place.starts_with("/admin/users/new?username=two"), "{place}");
    assert!(!place.contains("secret") && !place.contains("abc"), "{place}");
    let fine = sam.post("/api/users/create", &[("username", "uma"), ("way_in", "none")]).await;
    assert!(fine.status() == 303 && fine.location().starts_with("/admin/users/"), "{}", fine.location());
    let linked = sam.post("/api/users/create", &[("username", "una"), ("way_in", "link")]).await;
    assert!(linked.status() == 200 && linked.body.contains("http://muster.test/reset/"), "{}", linked.body);
});

both!(who_may_look_after_users_finds_what_to_choose_from, async |t| {
    let mut sam = staff(t).await;
    let choices: UserChoices = sam.fetch(Method::GET, "/api/users/choices", &[]).await.json();
    let states: Vec<&str> = choices.states.iter().map(|state| state.name.as_str()).collect();
    assert_eq!(states, ["Member", "Blue", "Guest"]);
    let groups: Vec<&str> = choices.groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(groups, ["Core", "Lounge", "Navy", "Pilots", "Shadow"]);
    assert_eq!(choices.promotion, Some(Denial::SuperuserRequired));
    let found = async |sam: &mut Person<'_>, filter: (&str, &str)| {
        let users: Listing<UserRow> = sam.fetch(Method::POST, "/api/users/search", &[filter]).await.json();
        users.items.into_iter().map(|row| row.person.username).collect::<Vec<_>>()
    };
    assert_eq!(found(&mut sam, ("group", "pilots")).await, ["mia"]);
    assert_eq!(found(&mut sam, ("group", "3")).await, ["mia"]);
    assert_eq!(found(&mut sam, ("group", "No such group")).await, Vec::<String>::new());
    assert_eq!(found(&mut sam, ("staff", "yes")).await, ["sam"]);
    assert_eq!(found(&mut sam, ("active", "no")).await, ["nora"]);
    assert_eq!(found(&mut sam, ("search", "mi")).await, ["mia"]);
    let page = sam.get("/admin/users?group=pilots").await;
    assert!(page.status() == 200 && page.body.contains(">mia<") && !page.body.contains(">rita<"));
    let root: UserChoices = t.person("root").await.fetch(Method::GET, "/api/users/choices", &[]).await.json();
    assert_eq!(root.promotion, None);
});

both!(a_change_is_seen_before_it_is_made_and_told_with_old_and_new_values, async |t| {
    let mut root = t.person("root").await;
    let path = "/api/users/change";
    let draft = [
        ("user", "3"),
        ("deed", "edit"),
        ("fields", "username,email,staff,superuser,permissions"),
        ("username", "mia.vex"),
        ("staff", "yes"),
        ("permissions[]", "view_audit"),
        ("permissions[]", "manage_users"),
        ("draft", "look"),
    ];
    let seen = fingerprint(&mut root, &draft).await;
    let confirmed: Vec<_> = draft.into_iter().chain([("fingerprint", seen.as_str())]).collect();
    let answer = root.with("referer", "http://muster.test/admin/users/3").post(path, &confirmed).await;
    assert!(answer.location().starts_with("/admin/users/3?"), "{} {}", answer.location(), answer.body);
    let fields = |username: &str, email: Option<&str>, staff| {
        let (username, email) = (username.to_owned(), email.map(str::to_owned));
        Box::new(AccountFields { username, email, active: true, staff, superuser: false })
    };
    let holder = domain::Holder::User(MIA);
    let expected = [
        EventPayload::AccountEdited {
            before: fields("mia", Some("mia@example.org"), false),
            after: fields("mia.vex", None, true),
        },
        EventPayload::PermissionGiven(holder, Permission::ManageUsers),
        EventPayload::PermissionGiven(holder, Permission::ViewAudit),
    ];
    assert_eq!(whats(t, expected.len()).await, expected);
    let log = root.get("/audit?requestor=3").await.body;
    assert!(log.contains("Username changed from “mia” to “mia.vex”."), "{log}");
    assert!(log.contains("E-mail changed from “mia@example.org” to none."));
    let page = root.get("/admin/users/3").await.body;
    assert!(page.contains("held directly") && page.contains("Username changed from “mia” to “mia.vex”."));
});

both!(what_would_do_something_else_by_now_is_not_done, async |t| {
    let mut root = t.person("root").await;
    let draft = [("user", "3"), ("deed", "deactivate"), ("draft", "look")];
    let page = root.get("/admin/users/3?deed=deactivate&draft=look").await;
    assert!(page.status() == 200 && page.body.contains("Pilots") && page.body.contains("Shadow"), "{}", page.body);
    let seen = fingerprint(&mut root, &draft).await;
    // Meanwhile she leaves one of the groups.
    assert_eq!(
        root.fetch(Method::POST, "/api/managing/members/remove", &[("group", "1"), ("member", "3")]).await.status(),
        200
    );
    let confirmed = |seen| draft.into_iter().chain([("fingerprint", seen)]).collect::<Vec<_>>();
    let answer = root.fetch(Method::POST, "/api/users/change", &confirmed(&seen)).await;
    let outdated = app::error::AppError::Conflict(Conflict::PreviewOutdated);
    assert_eq!((answer.status(), answer.json::<app::error::AppError>()), (409, outdated));
    assert_eq!(t.person("mia").await.get("/me").await.status(), 200, "nothing was done");
    let anew = fingerprint(&mut root, &draft).await;
    assert_eq!(root.fetch(Method::POST, "/api/users/change", &confirmed(&anew)).await.status(), 200);
    assert!(t.visitor().sign_in("mia", PASSWORD).await.location().contains("problem=wrong"));
});

both!(members_are_not_told_that_there_are_such_pages, async |t| {
    let mut mia = t.person("mia").await;
    for path in ["/admin/users", "/admin/users/new", "/admin/users/4", "/admin/invitations"] {
        assert_eq!(mia.get(path).await.status(), 404, "{path}");
    }
});

both!(a_taken_name_is_told_under_the_name_and_a_taken_address_under_the_address, async |t| {
    let mut sam = staff(t).await.with("referer", "http://muster.test/admin/users/new");
    let is_told = |page: &str, field: &str, other: &str| {
        page.contains(&format!("id=\"{field}-problem\"")) && !page.contains(&format!("id=\"{other}-problem\""))
    };
    for (username, email, field, other) in
        [("MIA", "new@example.org", "username", "email"), ("new", "Mia@Example.org", "email", "username")]
    {
        // Making an account, changing one, and the same by a script.
        let form = [("username", username), ("email", email), ("way_in", "none")];
        let made = sam.post("/api/users/create", &form).await;
        assert!(is_told(&made.body, field, other), "{}", made.body);
        let draft = format!("fields=username,email&username={username}&email={email}");
        let changed = sam.get(&format!("/admin/users/10?draft=look&deed=edit&{draft}")).await;
        assert!(is_told(&changed.body, field, other) && changed.body.contains(email), "{}", changed.body);
        let conflict = if field == "email" { Conflict::EmailTaken } else { Conflict::NameTaken };
        let fetched = sam.fetch(Method::POST, "/api/users/create", &form).await;
        assert_eq!(fetched.json::<app::error::AppError>(), app::error::AppError::Conflict(conflict));
    }
    let root = acting_as(t, "root").await;
    let code = |body: Value| {
        let root = &root;
        async move {
            let made = root.post("/users", &body).await;
            let changed = root.call("PATCH", "/users/10", Some(&body)).await;
            assert_eq!((made.status, changed.status, made.code()), (409, 409, changed.code()));
            made.code()
        }
    };
    assert_eq!(code(serde_json::json!({ "username": "Mia" })).await, "name_taken");
    assert_eq!(code(serde_json::json!({ "username": "new", "email": "MIA@example.org" })).await, "email_taken");
    assert_eq!(code(serde_json::json!({ "username": "Mia", "email": "mia@example.org" })).await, "name_taken");
    // One's own is not taken.
    let own = root.call("PATCH", "/users/3", Some(&serde_json::json!({ "email": "MIA@example.org" }))).await;
    assert_eq!(own.status, 200, "{}", own.text);
});

both!(permissions_are_set_whole_by_the_api, async |t| {
    let root = acting_as(t, "root").await;
    let permissions = serde_json::json!(["view_audit", "request_groups"]);
    let made = root.post("/users", &serde_json::json!({ "username": "uma", "permissions": permissions })).await;
    assert_eq!((made.status, &made.json()["permissions"]), (201, &serde_json::json!(["request_groups", "view_audit"])));
    let path = format!("/users/{}", made.json()["id"]);
    let changed = root.call("PATCH", &path, Some(&serde_json::json!({ "permissions": ["manage_users"] }))).await;
    assert_eq!((changed.status, &changed.json()["permissions"]), (200, &serde_json::json!(["manage_users"])));
});

both!(who_comes_back_leads_again_only_where_nobody_takes_it_away, async |t| {
    const LEA: UserId = UserId(2);
    let switch = |active| UserChange { active: Some(active), ..UserChange::default() };
    let leads = async || t.store().named_leads(LEA).await.expect("is read").len();
    let mut root = t.person("root").await;
    system_does(t, Command::EditUser { user: LEA, change: Box::new(switch(false)) }).await;
    assert_eq!(leads().await, 3, "she stays named");
    // The way there names what she would lead, with and without script, and has a box to take it away.
    let page = root.get("/admin/users/2").await.body;
    assert!(page.contains("draft=edit&amp;deed=activate"), "the way leads by what she would lead");
    let page = root.get("/admin/users/2?draft=edit&deed=activate").await.body;
    assert!(page.contains("Leads again, by being named: Core, Pilots, Shadow."), "{page}");
    assert!(page.contains("name=\"drop_leads\""));
    let looked = root.get("/admin/users/2?draft=look&deed=activate&drop_leads=yes").await.body;
    assert!(looked.contains("Is named to lead no more: Core, Pilots, Shadow."), "{looked}");
    let kept = [("user", "2"), ("deed", "activate"), ("draft", "look")];
    let dropped = [kept[0], kept[1], ("drop_leads", "yes"), kept[2]];
    for (draft, left) in [(&kept[..], 3), (&dropped[..], 0)] {
        let fingerprint = fingerprint(&mut root, draft).await;
        let form: Vec<_> = draft.iter().copied().chain([("fingerprint", fingerprint.as_str())]).collect();
        let done = root.fetch(Method::POST, "/api/users/change", &form).await;
        assert_eq!((done.status(), leads().await), (200, left), "{}", done.body);
        system_does(t, Command::EditUser { user: LEA, change: Box::new(switch(false)) }).await;
    }
    let events = whats(t, 6).await;
    assert_eq!(
        events.iter().filter(|what| **what == EventPayload::LeaderRemoved).count(),
        3,
        "each group has its event"
    );
    // Nobody is named any more: there is nothing to ask.
    assert!(root.get("/admin/users/2").await.body.contains("draft=look&amp;deed=activate"));
});

both!(a_program_takes_the_lead_away_with_the_activation, async |t| {
    let root = acting_as(t, "root").await;
    let body = serde_json::json!({ "is_active": true, "keeps_leads": false });
    let changed = root.call("PATCH", "/users/2", Some(&body)).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    assert!(t.store().named_leads(UserId(2)).await.expect("is read").is_empty());
    // R5: of a restricted group it is a superuser's to do.
    let restrict = domain::GroupChange::of_flag(domain::Flag::Restricted, true);
    let group = domain::GroupId(crate::harness::group::PILOTS);
    system_does(t, Command::AddLeader { group, leader: UserId(3) }).await;
    system_does(t, Command::EditGroup { group, change: Box::new(restrict) }).await;
    staff(t).await;
    let refused = acting_as(t, "sam").await.call("PATCH", "/users/3", Some(&body)).await;
    assert_eq!((refused.status, refused.code().as_str()), (403, "superuser_required"));
    assert_eq!(t.store().named_leads(UserId(3)).await.expect("is read").len(), 1);
});

both!(a_token_is_made_by_whoever_knows_the_password_and_ends_in_a_year, async |t| {
    let mut mia = t.person("mia").await;
    let path = "/api/tokens/create";
    assert_eq!(mia.fetch(Method::POST, path, &[("name", "bot")]).await.status(), 422);
    let wrong = mia.fetch(Method::POST, path, &[("name", "bot"), ("password", "a guess at it")]).await;
    assert!(wrong.status() == 422 && wrong.body.contains("password"), "{}", wrong.body);
    for _ in 0..4 {
        mia.fetch(Method::POST, path, &[("name", "bot"), ("password", "a guess at it")]).await;
    }
    let slow = mia.fetch(Method::POST, path, &[("name", "bot"), ("password", PASSWORD)]).await;
    assert_eq!(slow.status(), 429, "whoever found a browser open guesses slowly");
    t.clock.advance_seconds(30);
    let form = [("name", "bot"), ("password", PASSWORD), ("expires", "")];
    assert_eq!(mia.fetch(Method::POST, path, &form).await.status(), 200);
    let listed = mia.fetch(Method::GET, "/api/tokens/list", &[]).await.json::<Value>();
    let ends_at = listed[0]["expires_at"].as_i64().expect("it ends by itself");
    assert_eq!(ends_at, START.plus_seconds(30 + 365 * 24 * 60 * 60).0);
    for n in 1..50 {
        let name = TokenName::parse("bot").expect("a name");
        let command = Command::CreateToken { user: UserId(3), name, expires_at: None };
        let order = Order::new(CallerId::System, command, START);
        t.store().execute(Order { token_hash: Some([n; 32]), ..order }).await.expect("the system may");
    }
    let many = mia.fetch(Method::POST, path, &form).await;
    assert!(many.status() == 409 && many.body.contains("too_many_tokens"), "{}", many.body);
});

both!(tokens_end_with_what_they_could_have_come_by, async |t| {
    let works = async |secret: &str| {
        let mut program = t.visitor().with("authorization", &format!("Bearer {secret}"));
        program.fetch(Method::GET, "/api/v1/me", &[]).await.status() == 200
    };
    let token = async |who: &mut Person<'_>| {
        let made = who.fetch(Method::POST, "/api/tokens/create", &[("name", "bot"), ("password", PASSWORD)]).await;
        made.json::<String>()
    };
    let mut mia = t.person("mia").await;
    let secret = token(&mut mia).await;
    mia.post("/logout/everywhere", &[]).await;
    assert!(works(&secret).await, "nobody asked for that");
    let mut mia = t.person("mia").await;
    mia.post("/logout/everywhere", &[("tokens", "yes")]).await;
    assert!(!works(&secret).await);

    let mut sam = staff(t).await;
    for (path, field) in [("end_sessions", ("tokens", "yes")), ("set_password", ("password", PASSWORD))] {
        let secret = token(&mut t.person("mia").await).await;
        let answer = sam.fetch(Method::POST, &format!("/api/users/{path}"), &[("user", "3"), field]).await;
        assert_eq!(answer.status(), 200, "{path} {}", answer.body);
        assert!(!works(&secret).await, "{path}");
    }
    let secret = token(&mut t.person("mia").await).await;
    let link = sam.fetch(Method::POST, "/api/users/make_reset_link", &[("user", "3")]).await.json::<Value>();
    let path = format!("/reset/{}", link["token"].as_str().expect("a token"));
    let form = [("password", PASSWORD), ("password_again", PASSWORD)];
    assert_eq!(t.visitor().post(&path, &form).await.location(), "/login?done=password&username=mia");
    assert!(!works(&secret).await, "whoever had the account may have made it");

    let secret = token(&mut t.person("mia").await).await;
    let own = [("old", PASSWORD), ("new", "another of hers"), ("again", "another of hers")];
    let mut mia = t.person("mia").await;
    assert_eq!(mia.fetch(Method::POST, "/api/account/password", &own).await.status(), 200);
    assert!(works(&secret).await, "who knows the old password keeps what is theirs");
});
