//! Lists as files for spreadsheets.

use crate::harness::{both, group};
use axum::http::Method;

const MARK: &str = "\u{feff}";

both!(the_members_come_as_a_file, async |t| {
    let mut lea = t.person("lea").await;
    let answer = lea.get(&format!("/manage/{}/members.csv", group::PILOTS)).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"members-1.csv\""));
    let expected = format!(
        "{MARK}Member,Username,Organisation,Since (EVE/UTC),Leads,How they got in,Comment\r\n\
         mia,mia,,2023-11-14T22:13:20Z,,Joined,\r\n"
    );
    assert_eq!(answer.body, expected);
    let searched = lea.get(&format!("/manage/{}/members.csv?search=nobody", group::PILOTS)).await;
    assert_eq!(searched.body.lines().count(), 1, "the filters of the page count: {}", searched.body);
});

both!(a_file_is_of_what_its_page_shows, async |t| {
    let mut lea = t.person("lea").await;
    for value in ["%2541", "100%25", "a%26b%3Dc", "a%20b%2Bc", "%C3%A4%22%3C%27"] {
        let page = lea.get(&format!("/manage/1/members?search={value}&order=newest")).await;
        let file = format!("href=\"/manage/1/members.csv?search={value}&amp;order=newest\"");
        assert!(page.body.contains(&file), "{value}: {}", page.body);
        let page = lea.get(&format!("/manage/1/audit?requestor={value}")).await;
        assert!(
            page.body.contains(&format!("href=\"/manage/1/audit.csv?requestor={value}\"")),
            "{value}: {}",
            page.body
        );
    }
    // The same is read from whatever is written.
    for query in ["search=nobody&search=mia", "search=+m%69a&x=%C3%BF&&=", "%73earch=mia&order="] {
        let page = lea.get(&format!("/manage/1/members?{query}")).await;
        let file = lea.get(&format!("/manage/1/members.csv?{query}")).await;
        assert_eq!((page.status(), file.status()), (200, 200), "{query}");
        assert!(page.body.contains("id=\"member-") && file.body.contains("mia,mia"), "{query}: {}", file.body);
    }
});

both!(a_file_is_longer_than_any_page, async |t| {
    // Each of them joins the lounge and leaves it again, which is two rows of its log.
    let mut root = t.person("root").await;
    for person in ["sam", "mia", "max", "rita", "ron", "nils"] {
        let mut person = t.person(person).await;
        for _ in 0..20 {
            person.fetch(Method::POST, "/api/groups/join", &[("group", "2")]).await;
            person.fetch(Method::POST, "/api/groups/leave", &[("group", "2")]).await;
        }
    }
    let rows = async |root: &mut crate::harness::Person<'_>, path: &str| {
        root.get(path).await.body.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let all = rows(&mut root, "/manage/2/audit.csv").await;
    assert_eq!(all.len(), 240);
    let mut newest_first = all.clone();
    newest_first.sort_unstable_by(|one, other| other.cmp(one));
    assert_eq!(
        all.iter().map(|row| &row[..20]).collect::<Vec<_>>(),
        newest_first.iter().map(|row| &row[..20]).collect::<Vec<_>>()
    );
    let left = rows(&mut root, "/manage/2/audit.csv?kind=leave&requestor=sam").await;
    assert_eq!(left.len(), 20, "type and name narrow it");
    assert!(left.iter().all(|row| row.contains(",Lounge,sam,,Leave,Accepted,sam,")), "{left:?}");
    assert_eq!(rows(&mut root, "/audit.csv?group=Lounge&actor=rita").await.len(), 40);
    assert_eq!(rows(&mut root, "/audit.csv?group=Lounge&actor=nobody").await.len(), 0);
    assert_eq!(rows(&mut root, "/audit.csv?group=2&from=2023-11-15").await.len(), 0);
    assert_eq!(rows(&mut root, "/audit.csv?group=2&from=2023-11-14&to=2023-11-14").await.len(), 240);
});

both!(no_cell_of_a_file_starts_a_formula, async |t| {
    let mut lea = t.person("lea").await;
    let form = [("request", "1"), ("comment", "=HYPERLINK(\"http://evil\",\"x\"), thanks")];
    assert_eq!(lea.fetch(Method::POST, "/api/requests/reject", &form).await.status(), 200);
    let file = lea.get("/manage/1/audit.csv").await.body;
    assert!(file.contains(",\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\"), thanks\"\r\n"), "{file}");
});

both!(a_file_is_not_for_everybody, async |t| {
    let mut sam = t.person("sam").await;
    let hidden = sam.get(&format!("/manage/{}/members.csv", group::SHADOW)).await;
    let absent = sam.get("/manage/4000/members.csv").await;
    assert_eq!((hidden.status(), absent.status()), (404, 404));
    assert_eq!(t.visitor().get("/audit.csv?kind=join").await.location(), "/login?next=%2Faudit.csv%3Fkind%3Djoin");
});

both!(a_leader_finds_by_name_who_stands_in_their_log, async |t| {
    let mut sam = t.person("sam").await;
    assert_eq!(sam.fetch(Method::POST, "/api/groups/join", &[("group", "1")]).await.status(), 200);
    let mut lea = t.person("lea").await;
    for filter in ["actor=sam", "requestor=SAM"] {
        let file = lea.get(&format!("/manage/1/audit.csv?{filter}")).await;
        assert_eq!((file.status(), file.body.lines().count()), (200, 2), "{filter}: {}", file.body);
        let page = lea.get(&format!("/manage/1/audit?{filter}")).await;
        assert!(page.body.contains("data-event") || page.body.contains("sam"), "{filter}");
    }
    for filter in ["actor=max", "requestor=nobody", "actor=sam%40example.org"] {
        let file = lea.get(&format!("/manage/1/audit.csv?{filter}")).await;
        assert_eq!(file.status(), 422, "{filter}: {}", file.body);
    }
});
