//! The list of the groups one decides for.

use crate::harness::{START, both};
use axum::http::Method;
use domain::{
    AutoLeave, Command, Description, Flag, Flags, GroupDraft, GroupName, Listing, ManagedGroup, Permissions, UserId,
};
use std::collections::BTreeSet;
use store::{CallerId, Order};

both!(what_a_manager_looks_after_comes_page_by_page, async |t| {
    // Sixty led by lea, seventy by nobody: those need care.
    for number in 0..130 {
        let draft = GroupDraft {
            name: GroupName::parse(&format!("Wing {number:03}")).expect("a name"),
            description: Description::parse("").expect("may be empty"),
            flags: Flags::NONE.with(Flag::Public, true),
            auto_leave: AutoLeave::Inherit,
            states: Vec::new(),
            permissions: Permissions::NONE,
            leaders: if number < 60 { vec![UserId(2)] } else { Vec::new() },
            leader_groups: Vec::new(),
        };
        let command = Command::CreateGroup(Box::new(draft));
        let order = Order::new(CallerId::User(UserId(1)), command, START);
        let order = Order { join_token: Some(format!("wing-{number}")), ..order };
        t.store().execute(order).await.expect("is allowed");
    }
    let mut max = t.person("max").await;
    let (mut cursor, mut sizes, mut names, mut cares) = (String::new(), Vec::new(), Vec::new(), Vec::new());
    loop {
        let answer = max.fetch(Method::GET, "/api/managing/list", &[("cursor", &cursor)]).await;
        let page: Listing<ManagedGroup> = answer.json();
        sizes.push(page.items.len());
        names.extend(page.items.iter().map(|group| group.row.name.clone()));
        cares.extend(page.items.iter().map(|group| !group.cares.is_empty()));
        // The page without script leads to the next one, and back to the first.
        let plain = max.get(&format!("/manage?cursor={}", cursor.replace(' ', "%20"))).await.body;
        assert!(plain.matches("href=\"/groups/").count() >= page.items.len());
        match page.next_cursor {
            Some(next) => {
                assert!(plain.contains("/manage?cursor="), "leads on");
                cursor = next;
            }
            None => break,
        }
    }
    assert_eq!(sizes, [50, 50, 34], "130, and the four that were there");
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 134, "each once");
    assert!(cares.is_sorted_by(|one, next| one >= next), "what needs care comes first");
    assert_eq!(cares.iter().filter(|cares| **cares).count(), 72, "seventy, and the two that nobody leads");
    let caring = &names[..72];
    assert!(
        caring.is_sorted_by_key(|name| name.to_lowercase()) && names[72..].is_sorted_by_key(|name| name.to_lowercase())
    );
    let odd: Listing<ManagedGroup> = max.fetch(Method::GET, "/api/managing/list", &[("cursor", "%")]).await.json();
    assert_eq!(odd.items.len(), 50, "any text is a cursor");
    let found: Listing<ManagedGroup> =
        max.fetch(Method::GET, "/api/managing/list", &[("search", "wing 12")]).await.json();
    assert_eq!(found.items.len(), 12, "012, 112 and 120 to 129");
});
