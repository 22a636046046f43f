//! What is nobody else's business stands in no address, whichever way without script leads to it, and in no log.

use crate::{
    command_line::{Instance, Serving, read},
    harness::{Answer, START, both},
};
use axum::http::Method;
use domain::{Command, Email, Permissions, UserDraft, Username};
use std::{
    io::{Read, Write},
    net::TcpStream,
    process::Stdio,
};
use store::{CallerId, Order};

const MIA: &str = "mia@example.org";

/// Everywhere that an answer leads to.
fn places(answer: &Answer) -> Vec<String> {
    let attributes = ["href", "action", "formaction", "src"].map(|name| format!(" {name}=\""));
    let of_page = attributes.iter().flat_map(|attribute| answer.body.split(attribute.as_str()).skip(1));
    let of_page = of_page.filter_map(|rest| rest.split('"').next());
    of_page.chain([answer.location()]).map(str::to_owned).collect()
}

/// Fails where an answer leads to an address that tells an e-mail address.
fn leads_nowhere_private(answer: &Answer, what: &str) {
    for place in places(answer) {
        assert!(!place.contains('@') && !place.to_ascii_uppercase().contains("%40"), "{what} leads to {place}");
    }
}

both!(a_draft_with_an_address_has_its_page_for_an_answer_and_a_form_leads_back, async |t| {
    let mut root = t.person("root").await;
    let draft = [
        ("draft", "look"),
        ("deed", "edit"),
        ("fields", "username,email"),
        ("username", "mia"),
        ("email", "mia.vex@example.org"),
    ];
    let looked = root.post("/admin/users/3", &draft).await;
    assert!(looked.status() == 200 && looked.body.contains("id=\"foreseen\""), "{}", looked.body);
    leads_nowhere_private(&looked, "what a draft would do");
    let edited = [&[("draft", "edit")][..], &draft[1..]].concat();
    let form = root.post("/admin/users/3", &edited).await;
    assert!(form.status() == 200 && form.body.contains("value=\"mia.vex@example.org\""), "{}", form.body);
    leads_nowhere_private(&form, "the form of a draft");
    // Whom a new group is led by may be said by their e-mail address.
    let made = root
        .post(
            "/admin/groups/new",
            &[("draft", "look"), ("name", "Scouts"), ("auto_leave", "inherit"), ("leaders", MIA)],
        )
        .await;
    assert!(made.status() == 200 && made.body.contains("id=\"foreseen\""), "{}", made.body);
    leads_nowhere_private(&made, "a new group");
});

both!(a_refused_draft_that_no_address_tells_comes_back_whole, async |t| {
    let draft =
        [("user", "3"), ("draft", "look"), ("deed", "edit"), ("fields", "email"), ("email", "other@example.org")];
    let form = [&draft[..], &[("fingerprint", "0000000000000000")]].concat();
    let root = t.person("root").await;
    let answer = root.with("referer", "http://muster.test/admin/users/3").post("/api/users/change", &form).await;
    assert_eq!((answer.status(), answer.location()), (200, ""), "{}", answer.body);
    assert!(answer.body.contains("other@example.org") && answer.body.contains("id=\"foreseen\""), "{}", answer.body);
    leads_nowhere_private(&answer, "a refused draft");
});

both!(a_roll_of_addresses_stands_in_no_address, async |t| {
    let root = t.person("root").await;
    let form = [("group", "2"), ("verb", "add"), ("names", MIA)];
    for path in ["/api/admin/groups/roll/look", "/api/admin/groups/roll/call"] {
        let page = root.with("referer", "http://muster.test/admin/groups/2/roll").post(path, &form).await;
        assert_eq!((page.status(), page.location()), (200, ""), "{path} {}", page.body);
        assert!(page.body.contains(MIA));
        leads_nowhere_private(&page, path);
    }
});

both!(people_are_looked_for_by_e_mail_in_a_body, async |t| {
    let mut root = t.person("root").await;
    let list = root.get("/admin/users").await;
    let (before, _) = list.body.split_once("name=\"search\"").expect("there is a search");
    let (_, form) = before.rsplit_once("<form").expect("it is in a form");
    assert!(form.contains("method=\"post\"") && form.contains("action=\"/admin/users\""), "{form}");
    // What anybody may read goes on into the address.
    let by_name = root.post("/admin/users", &[("search", "mia"), ("active", "yes")]).await;
    assert_eq!((by_name.status(), by_name.location()), (303, "/admin/users?search=mia&active=yes"));
    let found = root.post("/admin/users", &[("search", MIA), ("group", "1")]).await;
    assert!(found.status() == 200 && found.body.contains("/admin/users/3\""), "{}", found.body);
    assert!(!found.body.contains("/admin/users/2\"") && found.body.contains(&format!("value=\"{MIA}\"")));
    leads_nowhere_private(&found, "who was found");
    // The way out of the group goes by the same form: of two values the last one counts.
    let whoever = root.post("/admin/users", &[("search", "root@example.org"), ("group", "1"), ("group", "")]).await;
    assert!(whoever.body.contains("root@example.org</td>"), "{}", whoever.body);
    let people = [("search", MIA)];
    for (path, query) in [("/api/users/search", &people[..]), ("/api/users/look", &[("user", "3"), ("email", MIA)])] {
        assert_ne!(root.fetch(Method::GET, path, query).await.status(), 200, "{path}");
        let answer = root.fetch(Method::POST, path, query).await;
        assert!(answer.status() == 200 && answer.body.contains(MIA), "{path} {}", answer.body);
    }
    // Nobody posts their way into what they do not see.
    assert_eq!(t.person("mia").await.post("/admin/users", &people).await.status(), 404);
});

both!(the_next_page_of_who_was_found_by_e_mail_is_asked_for_by_a_form, async |t| {
    for n in 0..101 {
        let draft = UserDraft {
            username: Username::parse(&format!("many-{n}")).expect("a name"),
            email: Some(Email::parse(&format!("same@n{n}.example.org")).expect("an address")),
            staff: false,
            superuser: false,
            permissions: Permissions::NONE,
        };
        let order = Order::new(CallerId::System, Command::CreateUser(Box::new(draft)), START);
        t.store().execute(order).await.expect("the system may");
    }
    let mut root = t.person("root").await;
    let first = root.post("/admin/users", &[("search", "same@n")]).await;
    leads_nowhere_private(&first, "the first page");
    let (_, pager) = first.body.split_once("class=\"pager\"").expect("there are more");
    let field = |name: &str| {
        let (_, rest) = pager.split_once(&format!("name=\"{name}\" value=\"")).expect("is a field of the form");
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    assert!(pager.contains("<form method=\"post\" action=\"/admin/users\""), "{pager}");
    let next = root.post("/admin/users", &[("search", &field("search")), ("cursor", &field("cursor"))]).await;
    assert_eq!(next.body.matches("class=\"who-name\"").count(), 1, "one is left: {}", next.body);
    leads_nowhere_private(&next, "the next page");
});

/// Sends a request and reads the answer.
fn ask(serving: &Serving, method: &str, path: &str, cookie: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(serving.address()).expect("listens");
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\ncookie: {cookie}\r\n\
         accept: text/html\r\nreferer: http://{address}/admin/users?search=private%40example.org\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len(),
        address = serving.address(),
    );
    stream.write_all(head.as_bytes()).expect("takes the request");
    read(stream)
}

#[test]
fn no_log_tells_an_e_mail_address_or_an_invitation_however_much_is_logged() {
    let instance = Instance::new();
    assert!(instance.run(&["migrate"]).status.success());
    let boss = ["user", "create", "boss", "--email", "private-boss@example.org", "--superuser", "--password-stdin"];
    assert!(instance.run_with_input(&boss, "a password for this test").status.success());
    let mut command = instance.command(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("MUSTER_LOG", "trace").stderr(Stdio::piped());
    let mut serving = Serving::begin(command);
    let mut log = serving.take_stderr().expect("is piped");
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        log.read_to_string(&mut text).map(|_| text)
    });
    let cookie = serving.sign_in("private-boss@example.org", "a+password+for+this+test");
    let search = "search=private%40example.org";
    let edit = "draft=look&deed=edit&fields=email&email=private%40example.org";
    let asked = [
        ("GET", format!("/admin/users?{search}"), String::new()),
        ("POST", "/admin/users".to_owned(), search.to_owned()),
        ("POST", "/admin/users/1".to_owned(), edit.to_owned()),
        ("POST", "/api/users/search".to_owned(), search.to_owned()),
        ("GET", "/api/v1/users?q=private%40example.org".to_owned(), String::new()),
        ("GET", "/register?invitation=private-token".to_owned(), String::new()),
        ("POST", "/register".to_owned(), "invitation=private-token&email=private%40example.org".to_owned()),
        ("POST", "/login".to_owned(), "username=private%40example.org&password=wrong".to_owned()),
        ("GET", "/reset/private-token".to_owned(), String::new()),
        ("GET", "/join/private-token".to_owned(), String::new()),
    ];
    for (method, path, body) in &asked {
        let answer = ask(&serving, method, path, &cookie, body);
        assert!(answer.starts_with("HTTP/1.1 ") && !answer.starts_with("HTTP/1.1 5"), "{method} {path}: {answer}");
    }
    serving.terminate();
    let log = reader.join().expect("does not panic").expect("is text");
    assert!(log.matches("answered").count() >= asked.len(), "each request has its line: {log}");
    for line in log.lines() {
        assert!(!line.contains("private"), "{line}");
    }
}
