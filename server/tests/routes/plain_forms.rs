//! Every page that shows what a draft would do, as a browser without script uses it: the form on it is sent as it stands
//! there, and does what was shown. Drafts too long for an address have their page for an answer.

use crate::harness::{Answer, Person, TestServer, both, group};
use axum::http::Method;
use domain::{CharacterDraft, CharacterName, Command, GroupName, Note, UserId};
use store::{CallerId, Order};

const SITE: &str = "http://muster.test";

/// The text of an attribute.
fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| unescaped(value))
}

/// The fields of the form that goes to this place, with their values, as a browser reads them off the page.
pub(super) fn form_to(page: &str, action: &str) -> Vec<(String, String)> {
    let forms = page.split("<form").skip(1).filter_map(|rest| rest.split_once("</form>")).map(|(form, _)| form);
    let mut wanted =
        forms.filter(|form| form.split('>').next().is_some_and(|tag| tag.contains(&format!("\"{action}\""))));
    let form = wanted.next().unwrap_or_else(|| panic!("no form goes to {action}: {page}"));
    let inputs = form.split("<input").skip(1).filter_map(|rest| rest.split('>').next());
    inputs.filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()))).collect()
}

/// Sends the form of a page as a browser does, which says what page it stood on.
async fn confirm(person: &mut Person<'_>, page: &Answer, path: &str, action: &str) -> Answer {
    let form = form_to(&page.body, action);
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    person.with("referer", &format!("{SITE}{path}")).post(action, &form).await
}

async fn system_does(t: &TestServer, command: Command) {
    t.store().execute(Order::new(CallerId::System, command, crate::harness::START)).await.expect("the system may");
}

/// Looks at a draft, confirms it by the form on its page, and answers the page one is led to.
async fn carried_out(person: &mut Person<'_>, draft: &str, action: &str, onward: &str) -> Answer {
    let page = person.get(draft).await;
    assert_eq!(page.status(), 200, "{draft}");
    let answer = confirm(person, &page, draft, action).await;
    let place = answer.location().trim_start_matches(SITE).to_owned();
    assert!(matches!(answer.status(), 302 | 303) && !place.contains("__err"), "{draft}: {place} {}", answer.body);
    assert!(place.starts_with(onward) && place.contains("done=saved"), "{draft} leads to {place}");
    let page = person.get(&place).await;
    assert_eq!(page.status(), 200, "{place}");
    page
}

both!(groups_are_made_changed_and_deleted_by_the_form_of_their_preview, async |t| {
    let mut root = t.person("root").await;
    let save = "/api/admin/groups/save";
    let made = "/admin/groups/new?draft=look&name=Scouts+%26+%22Co%22&description=a%0Ab&auto_leave=on&leaders=lea";
    let page = carried_out(&mut root, made, "/api/admin/groups/create", "/admin/groups/").await;
    assert!(page.body.contains("Scouts &amp; \"Co\"</h1>"), "{}", page.body);
    let changed = "/admin/groups/1?draft=look&name=Wings&description=x&internal=yes&auto_leave=inherit";
    let page = carried_out(&mut root, changed, save, "/admin/groups/1?").await;
    assert!(page.body.contains("Wings</h1>"), "{}", page.body);
    let gone = "/admin/groups/1?draft=delete&called=Wings&typed=Wings";
    let page = carried_out(&mut root, gone, save, "/admin/groups?").await;
    assert!(page.body.contains("Scouts") && !page.body.contains("Wings"), "{}", page.body);
});

both!(states_are_made_changed_and_deleted_by_the_form_of_their_preview, async |t| {
    let mut root = t.person("root").await;
    let (save, list) = ("/api/admin/states/save", "/admin/states");
    let made = "/admin/states/new?draft=look&name=Recruits&priority=70&corporations=5+7&permissions%5B%5D=view_audit";
    let page = carried_out(&mut root, made, save, list).await;
    assert!(page.body.contains("Recruits</h1>") && page.body.contains("5 7"), "{}", page.body);
    // A preview may use an id up.
    let all = root.get(list).await.body;
    let (before, _) = all.split_once(">Recruits<").expect("is in the list");
    let (_, id) = before.rsplit_once("/admin/states/").expect("leads to it");
    let own = format!("{list}/{}", id.trim_end_matches('"'));
    let changed = format!("{own}?draft=look&name=Novices&priority=71");
    let page = carried_out(&mut root, &changed, save, &own).await;
    assert!(page.body.contains("Novices</h1>") && !page.body.contains("5 7"), "{}", page.body);
    let page = carried_out(&mut root, &format!("{own}?draft=delete"), save, "/admin/states?").await;
    assert!(!page.body.contains("Novices"), "{}", page.body);
});

both!(names_are_reserved_and_freed_by_the_form_of_their_preview, async |t| {
    let mut root = t.person("root").await;
    let save = "/api/admin/reserved_names/save";
    let path = "/admin/reserved-names";
    let page = carried_out(&mut root, &format!("{path}?draft=look&name=Board&reason=Ours"), save, path).await;
    assert!(page.body.contains("Board") && page.body.contains("Ours"), "{}", page.body);
    let form = root.get(&format!("{path}?draft=edit&reserved=1")).await;
    assert!(form.body.contains("name=\"reason\"") && form.body.contains("name=\"reserved\""), "{}", form.body);
    let freed = format!("{path}?draft=look&reserved=1&reason=Used+no+more");
    let page = carried_out(&mut root, &freed, save, path).await;
    assert!(!page.body.contains("Board"), "{}", page.body);
    let log = root.get("/audit?kind=reserved_name").await;
    assert!(log.body.contains("Used no more"), "why is in the log: {}", log.body);
});

both!(settings_are_changed_by_the_form_of_their_preview, async |t| {
    let mut root = t.person("root").await;
    let draft = "/admin/settings?draft=look&registration=open&notifications_max_per_user=70";
    let page = carried_out(&mut root, draft, "/api/admin/settings/save", "/admin/settings?").await;
    assert!(page.body.contains("value=\"70\""), "{}", page.body);
});

both!(accounts_are_changed_by_the_form_of_their_preview, async |t| {
    let mut root = t.person("root").await;
    let character =
        CharacterDraft { external_id: 77, name: CharacterName::parse("Mia Vex").expect("a name"), ..some() };
    system_does(t, Command::AddCharacter { user: UserId(3), character: Box::new(character) }).await;
    let change = "/api/users/change";
    let drafts = [
        ("deed=edit&fields=username&username=mia.vex", "mia.vex"),
        ("deed=main&character=1", "Mia Vex"),
        ("deed=edit_character&character=1&character_name=Mia+Vax", "Mia Vax"),
        ("deed=add_character&external_id=78&character_name=Mia+Two", "Mia Two"),
        ("deed=main", "mia.vex</h1>"),
        ("deed=remove_character&character=1", "Mia Two"),
        ("deed=deactivate", "Inactive"),
        ("deed=activate", "Deactivate the account"),
    ];
    for (draft, shown) in drafts {
        let page =
            carried_out(&mut root, &format!("/admin/users/3?draft=look&{draft}"), change, "/admin/users/3?").await;
        assert!(page.body.contains(shown), "{draft}: {}", page.body);
    }
    let gone = "/admin/users/3?draft=look&deed=delete&expected=mia.vex&confirmation=mia.vex";
    let page = carried_out(&mut root, gone, change, "/admin/users?").await;
    assert!(!page.body.contains("mia.vex"), "{}", page.body);
});

both!(a_roll_is_called_by_the_form_of_its_lines, async |t| {
    let mut root = t.person("root").await;
    let lines = "/admin/groups/1/roll?draft=look&verb=add&names=sam%0Aboris&reason=Ours";
    let page = root.get(lines).await;
    assert!(page.body.contains("Would be added.") && page.body.contains("Nobody has this name."), "{}", page.body);
    let answer = confirm(&mut root, &page, lines, "/api/admin/groups/roll/call").await;
    assert_eq!(answer.status(), 302, "{}", answer.body);
    let place = answer.location().to_owned();
    assert!(root.get(&place).await.body.contains("Is a member already."), "{place}");
});

both!(a_draft_that_is_posted_goes_on_into_the_address, async |t| {
    let mut root = t.person("root").await;
    let answer = root.post("/admin/states/3", &[("draft", "look"), ("name", "Crew & co"), ("priority", "100")]).await;
    assert_eq!(
        (answer.status(), answer.location()),
        (303, "/admin/states/3?draft=look&name=Crew%20%26%20co&priority=100")
    );
    assert!(root.get(answer.location()).await.body.contains("Crew &amp; co"));
    // Nobody posts their way into what they do not see.
    let mut mia = t.person("mia").await;
    let answer = mia.post("/admin/states/3", &[("draft", "look"), ("name", "Crew")]).await;
    assert_eq!(mia.get(answer.location()).await.status(), 404);
    let long = "8".repeat(3_000);
    assert_eq!(mia.post("/admin/states/3", &[("draft", "look"), ("alliances", &long)]).await.status(), 404);
    assert_eq!(t.visitor().post("/admin/states/3", &[("draft", "look"), ("alliances", &long)]).await.status(), 401);
});

both!(a_long_list_stands_in_no_address, async |t| {
    let mut root = t.person("root").await;
    let ids: Vec<String> = (0..1_500).map(|n| (98_000_000 + n).to_string()).collect();
    let (ids, path) = (ids.join(" "), "/admin/states/3");
    let page =
        root.post(path, &[("draft", "look"), ("name", "Crew"), ("priority", "100"), ("corporations", &ids)]).await;
    assert_eq!((page.status(), page.header("location")), (200, None), "{}", page.body);
    assert!(page.body.contains("id=\"foreseen\"") && !page.body.contains("hydrate()"), "{}", page.body);
    assert!(longest_link(&page.body) < 3_000);
    // Back to the form, where nothing is lost.
    let back: Vec<(String, String)> = form_to(&page.body, path);
    let back: Vec<(&str, &str)> = back.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let form = root.post(path, &back).await;
    assert!(form.status() == 200 && form.body.contains(&ids) && !form.body.contains("id=\"foreseen\""));
    // What is not true any more comes back with all of it.
    system_does(t, Command::ReserveName { name: name("Board"), reason: Note::parse("ours").expect("a note") }).await;
    let taken = [("draft", "look"), ("name", "Blue"), ("priority", "100"), ("corporations", ids.as_str())];
    let refused: Vec<_> = taken.into_iter().chain([("state", "3"), ("fingerprint", "0123456789abcdef")]).collect();
    let referer = format!("{SITE}{path}");
    let answer = root.with("referer", &referer).post("/api/admin/states/save", &refused).await;
    assert!(answer.status() == 200 && answer.body.contains(&ids), "{}", answer.body);
    assert!(answer.body.contains("This name is in use"), "{}", answer.body);
    let done = confirm(&mut root, &page, path, "/api/admin/states/save").await;
    assert_eq!((done.status(), done.location()), (302, "/admin/states/3?done=saved"), "{}", done.body);
    let list: serde_json::Value = root.fetch(Method::GET, "/api/admin/states/list", &[]).await.json();
    assert_eq!(list["items"][0]["state"]["scope"]["corporations"].as_array().map(Vec::len), Some(1_500));
});

both!(a_long_roll_stands_in_no_address, async |t| {
    let mut root = t.person("root").await;
    let names: Vec<String> = (0..400).map(|n| format!("nobody-{n}")).chain(["sam".to_owned()]).collect();
    let (names, path) = (names.join("\n"), format!("/admin/groups/{}/roll", group::LOUNGE));
    let (look, call) = ("/api/admin/groups/roll/look", "/api/admin/groups/roll/call");
    let form = [("group", "2"), ("verb", "add"), ("names", names.as_str())];
    let page = root.with("referer", &format!("{SITE}{path}")).post(look, &form).await;
    assert_eq!((page.status(), page.header("location")), (200, None), "{}", page.body);
    assert!(page.body.contains("1 of 401 lines") && longest_link(&page.body) < 3_000, "{}", page.body);
    let back = form_to(&page.body, &path);
    assert!(back.iter().any(|(name, value)| name == "names" && value.contains("nobody-399")));
    let called = confirm(&mut root, &page, &path, call).await;
    assert!(called.status() == 200 && called.body.contains("Is a member already."), "{}", called.body);
});

fn some() -> CharacterDraft {
    CharacterDraft {
        external_id: 1,
        name: CharacterName::parse("Some").expect("a name"),
        corporation: None,
        alliance: None,
        faction: None,
    }
}

fn name(text: &str) -> GroupName {
    GroupName::parse(text).expect("a name")
}

/// How long the longest link on a page is.
fn longest_link(page: &str) -> usize {
    page.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::len).max().unwrap_or_default()
}
