//! Names: the same whatever their case and form (R12).

use crate::{harness::*, write::new_group};
use domain::{
    Command, Conflict, Flag, GroupChange, GroupId, GroupName, GroupQuery, GroupScope, MemberQuery, NameOf, Namesake,
    Note, PageSize, Refusal, State, UserChange, UserId, UserQuery,
};
use sqlx::{Connection, Executor};
use store_testing::both;

/// Says something to the database that the store has no words for.
pub async fn say(url: &str, statement: &'static str) {
    if url.starts_with("sqlite") {
        let mut conn = sqlx::SqliteConnection::connect(url).await.unwrap();
        conn.execute(statement).await.unwrap();
        conn.close().await.unwrap();
    } else {
        let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
        conn.execute(statement).await.unwrap();
        conn.close().await.unwrap();
    }
}

both!(a_name_is_taken_in_every_spelling, |t| async move {
    t.settle().await;
    for name in ["closed", "  CLOSED ", "Ｃｌｏｓｅｄ"] {
        let answer = t.orders(new_group(name)).await;
        assert_eq!(answer, Err(Refusal::Conflict(Conflict::NameTaken)), "{name}");
    }
});

both!(a_reserved_name_is_refused_in_every_spelling, |t| async move {
    t.settle().await;
    say(
        &t.url,
        "INSERT INTO reserved_names (name, name_key, reason, created_at) VALUES ('Straße', 'strasse', 'ours', 1)",
    )
    .await;
    for name in ["Straße", "STRASSE"] {
        let answer = t.orders(new_group(name)).await;
        assert_eq!(answer, Err(Refusal::Conflict(Conflict::NameReserved)), "{name}");
    }
});

both!(a_name_is_taken_whatever_in_it_is_not_seen, |t| async move {
    t.settle().await;
    let reserve =
        Command::ReserveName { name: GroupName::parse("Admins").unwrap(), reason: Note::parse("ours").unwrap() };
    t.does(ROOT, reserve).await.unwrap();
    assert_eq!(t.orders(new_group("Ad\u{ad}mins")).await, Err(Refusal::Conflict(Conflict::NameReserved)));
    for name in ["Clo\u{200b}sed", "\u{202e}Closed\u{202c}", "C\u{34f}losed"] {
        let answer = t.orders(new_group(name)).await;
        assert_eq!(answer, Err(Refusal::Conflict(Conflict::NameTaken)), "{}", name.escape_unicode());
    }
    t.orders(new_group("Staff  only 2")).await.unwrap();
    let answer = t.orders(new_group("Staff\u{a0}only\u{3000}2")).await;
    assert_eq!(answer, Err(Refusal::Conflict(Conflict::NameTaken)), "white space is one blank");
});

both!(lists_stand_and_are_searched_without_what_keyboards_lack, |t| async move {
    let mut town = town();
    let names = ["Zebra", "Äpfel", "Apfel", "Birne", "Łódź", "Ölberg", "Zoë", "Lotus", "Ærø", "Otter", "Adler"];
    for (name, id) in names.into_iter().zip(10..) {
        town.groups.push(group(GroupId(id), name, PLAIN));
        town.users.push(user(UserId(id), name, State::GUEST));
        town.memberships.push(membership(UserId(id), CLOSED));
    }
    t.fill(&town).await;
    let sorted = ["Adler", "Ærø", "Äpfel", "Apfel", "Birne", "Łódź", "Lotus", "Ölberg", "Otter", "Zebra", "Zoë"];
    let limit = PageSize::new(2).unwrap();
    let mut groups = GroupQuery { limit, scope: GroupScope::All, ..GroupQuery::default() };
    let mut found = Vec::new();
    loop {
        let page = t.store.groups(ROOT, &groups, NOW).await.unwrap().unwrap();
        for row in &page.items {
            assert_eq!(row.order_key(), domain::name::order(&row.name), "the browser is told");
        }
        found.extend(page.items.into_iter().map(|row| row.name).filter(|name| sorted.contains(&name.as_str())));
        groups.cursor = page.next_cursor;
        if groups.cursor.is_none() {
            break;
        }
    }
    assert_eq!(found, sorted, "groups");
    let mut members = MemberQuery { limit, ..MemberQuery::default() };
    let mut found = Vec::new();
    loop {
        let listing = t.store.members(LEA, CLOSED, &members).await.unwrap().unwrap().listing;
        for row in &listing.items {
            assert_eq!(row.order_key(), domain::name::order(row.person.display_name()), "the browser is told");
        }
        found.extend(listing.items.into_iter().map(|row| row.person.username).filter(|name| name != "max"));
        members.cursor = listing.next_cursor;
        if members.cursor.is_none() {
            break;
        }
    }
    assert_eq!(found, sorted, "members");
    for (text, name) in [("zoe", "Zoë"), ("ZOË", "Zoë"), ("lodz", "Łódź"), ("aer", "Ærø"), ("olb", "Ölberg")] {
        let expected = vec![name];
        let query = GroupQuery { search: text.to_owned(), scope: GroupScope::All, ..GroupQuery::default() };
        let page = t.store.groups(ROOT, &query, NOW).await.unwrap().unwrap();
        assert_eq!(page.items.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), expected, "{text}");
        let query = MemberQuery { search: text.to_owned(), ..MemberQuery::default() };
        let page = t.store.members(LEA, CLOSED, &query).await.unwrap().unwrap();
        let names: Vec<&str> = page.listing.items.iter().map(|row| row.person.username.as_str()).collect();
        assert_eq!(names, expected, "{text}");
        let query = UserQuery { search: text.to_owned(), ..UserQuery::default() };
        let page = t.store.users(ROOT, &query).await.unwrap().unwrap();
        assert_eq!(page.items.iter().map(|row| row.person.username.as_str()).collect::<Vec<_>>(), expected, "{text}");
        let found = t.store.search(ROOT, text).await.unwrap();
        assert_eq!(found.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), expected, "{text}");
        let people: Vec<&str> = found.people.iter().map(|found| found.person.username.as_str()).collect();
        assert_eq!(people, expected, "{text}");
    }
    t.is_sound().await;
});

both!(old_names_that_become_one_are_kept_and_told, |t| async move {
    let mut town = town();
    town.users.push(user(UserId(6), "zoë", State::MEMBER));
    town.groups.push(group(GroupId(5), "Äpfel", PLAIN));
    town.memberships.push(membership(UserId(6), OPEN));
    t.fill(&town).await;
    // As they were written before: by the form of then, which kept what is not seen.
    for statement in [
        "UPDATE users SET username = 'b\u{ad}o', username_key = 'b\u{ad}o', search_key = 'b\u{ad}o', sort_key = 'b\u{ad}o' WHERE id = 5",
        "UPDATE users SET search_key = username_key, sort_key = 'zoë vex' WHERE id = 6",
        "UPDATE memberships SET sort_key = 'zoë vex' WHERE user_id = 6",
        "UPDATE memberships SET sort_key = 'b\u{ad}o' WHERE user_id = 5",
        "UPDATE groups SET name = 'O\u{200b}pen', name_key = 'o\u{200b}pen', sort_key = 'o\u{200b}pen' WHERE id = 1",
        "UPDATE groups SET sort_key = name_key WHERE id = 5",
        "DELETE FROM name_words",
        "UPDATE name_form SET form = 0",
    ] {
        say(&t.url, statement).await;
    }
    t.store.migrate().await.unwrap();
    t.store.migrate().await.unwrap();
    t.is_sound().await;
    let told = |namesakes: Vec<Namesake>| -> Vec<(NameOf, i64, i64)> {
        namesakes.into_iter().map(|found| (found.of, found.id, found.other_id)).collect()
    };
    let expected = [(NameOf::User, MAX.0, BO.0), (NameOf::Group, CLOSED.0, OPEN.0)];
    assert_eq!(told(t.store.namesakes().await.unwrap()), expected);
    let health = t.store.health(ROOT, NOW).await.unwrap().unwrap();
    assert_eq!((told(health.namesakes.first), health.namesakes.total), (expected.to_vec(), 2));
    // Nobody is locked out, nobody takes the other's place, and what else is theirs can be changed.
    let signs_in = async |login: &str| t.store.credentials(login).await.unwrap().map(|found| found.user);
    assert_eq!((signs_in("bo").await, signs_in("b\u{ad}o").await), (Some(BO), Some(MAX)));
    assert_eq!(signs_in("B\u{200b}O").await, Some(BO));
    let staff = UserChange { staff: Some(true), ..UserChange::default() };
    t.does(ROOT, Command::EditUser { user: MAX, change: Box::new(staff) }).await.unwrap();
    let open = GroupChange::of_flag(Flag::Open, true);
    t.does(ROOT, Command::EditGroup { group: CLOSED, change: Box::new(open) }).await.unwrap();
    assert_eq!(told(t.store.namesakes().await.unwrap()), expected);
    // What was folded in the old way is found and stands in the new one.
    let users = UserQuery { search: "zoe".to_owned(), ..UserQuery::default() };
    assert_eq!(t.store.users(ROOT, &users).await.unwrap().unwrap().items.len(), 1);
    let groups = GroupQuery { search: "apfel".to_owned(), scope: GroupScope::All, ..GroupQuery::default() };
    assert_eq!(t.store.groups(ROOT, &groups, NOW).await.unwrap().unwrap().items.len(), 1);
    // Whoever is left has the name.
    t.does(ROOT, Command::DeleteUser { user: BO }).await.unwrap();
    t.does(ROOT, Command::DeleteGroup { group: OPEN }).await.unwrap();
    assert!(told(t.store.namesakes().await.unwrap()).is_empty());
    assert_eq!(signs_in("bo").await, Some(MAX));
    assert_eq!(t.orders(new_group("Open")).await, Err(Refusal::Conflict(Conflict::NameTaken)));
    t.is_sound().await;
});

both!(no_key_that_is_given_shadows_how_another_signs_in, |t| async move {
    t.settle().await;
    // As they were written before R17, and in the form of then: the username of one is the address of another.
    for statement in [
        "UPDATE users SET username = 'mail@example.org', username_key = 'mail@example.org' WHERE id = 4",
        "UPDATE users SET email = 'Mail@example.org', email_key = 'mail@example.org' WHERE id = 3",
        "UPDATE users SET username = 'm\u{ad}ail@example.org', username_key = 'm\u{ad}ail@example.org' WHERE id = 5",
        "UPDATE users SET email = 'root\u{ad}@lea.org', email_key = 'root\u{ad}@lea.org' WHERE id = 5",
        "UPDATE users SET username = 'root@lea.org', username_key = 'root@lea.org' WHERE id = 2",
        "DELETE FROM name_words",
        "UPDATE name_form SET form = 0",
    ] {
        say(&t.url, statement).await;
    }
    t.store.migrate().await.unwrap();
    let signs_in = async |login: &str| t.store.credentials(login).await.unwrap().map(|found| found.user);
    let shared = async || t.store.shared_account_keys().await.unwrap().len();
    let told = async || -> Vec<(NameOf, i64, i64)> {
        let namesakes = t.store.namesakes().await.unwrap();
        let shown = t.store.health(ROOT, NOW).await.unwrap().unwrap().namesakes;
        assert_eq!(shown.first, namesakes);
        namesakes.into_iter().map(|found| (found.of, found.id, found.other_id)).collect()
    };
    assert_eq!(shared().await, 1, "the form adds none to those that there were");
    assert_eq!(told().await, [(NameOf::User, MAX.0, BO.0), (NameOf::Email, MAX.0, LEA.0)]);
    assert_eq!(signs_in("ROOT@lea.org").await, Some(LEA));
    // Free as a username, yet how another signs in.
    t.does(ROOT, Command::DeleteUser { user: BO }).await.unwrap();
    assert_eq!(signs_in("MAIL@example.org").await, Some(ANA));
    assert_eq!(signs_in("m\u{ad}ail@example.org").await, Some(MAX));
    assert_eq!((shared().await, told().await), (0, vec![(NameOf::User, MAX.0, ANA.0), (NameOf::Email, MAX.0, LEA.0)]));
    let address = |text| UserChange { email: Some(domain::Email::parse(text).ok()), ..UserChange::default() };
    t.does(ROOT, Command::EditUser { user: ANA, change: Box::new(address("ana@example.org")) }).await.unwrap();
    assert_eq!(signs_in("MAIL@example.org").await, Some(MAX), "free in both ways");
    // The other way round: an address that is another's username, and is when a second address like it goes.
    let name = |text| UserChange { username: domain::Username::parse(text).ok(), ..UserChange::default() };
    t.does(ROOT, Command::EditUser { user: LEA, change: Box::new(name("lea")) }).await.unwrap();
    assert_eq!((signs_in("root@LEA.org").await, told().await), (Some(MAX), Vec::new()));
    t.is_sound().await;
});

both!(an_address_that_is_free_of_another_is_no_username, |t| async move {
    t.settle().await;
    for statement in [
        "UPDATE users SET username = 'lea@home.org', username_key = 'lea@home.org' WHERE id = 2",
        "UPDATE users SET email = 'Lea@home.org', email_key = 'lea@home.org' WHERE id = 4",
        "UPDATE users SET email = 'lea\u{ad}@home.org', email_key = 'lea\u{ad}@home.org' WHERE id = 5",
        "DELETE FROM name_words",
        "UPDATE name_form SET form = 0",
    ] {
        say(&t.url, statement).await;
    }
    t.store.migrate().await.unwrap();
    assert_eq!(t.store.namesakes().await.unwrap().len(), 1);
    t.does(ROOT, Command::DeleteUser { user: BO }).await.unwrap();
    assert_eq!(t.store.shared_account_keys().await.unwrap(), []);
    let namesakes = t.store.namesakes().await.unwrap();
    assert_eq!(
        namesakes.iter().map(|found| (found.of, found.id, found.other_id)).collect::<Vec<_>>(),
        [(NameOf::Email, MAX.0, LEA.0)]
    );
    t.is_sound().await;
});

both!(people_sign_in_by_username_or_address, |t| async move {
    t.settle().await;
    for login in ["ana", "ANA", " Ana@Example.org "] {
        assert_eq!(t.store.credentials(login).await.unwrap().unwrap().user, ANA, "{login}");
    }
    assert!(t.store.credentials("nobody").await.unwrap().is_none());
});

both!(search_takes_what_like_would_not_literally, |t| async move {
    let mut town = town();
    town.groups.push(group(domain::GroupId(5), "100% sure", PLAIN));
    town.groups.push(group(domain::GroupId(6), "snake_case", PLAIN));
    town.groups.push(group(domain::GroupId(7), "back\\slash", PLAIN));
    t.fill(&town).await;
    for (search, found) in
        [("%", vec!["100% sure"]), ("_", vec!["snake_case"]), ("\\", vec!["back\\slash"]), ("x%", vec![])]
    {
        let query = domain::GroupQuery { search: search.to_owned(), ..domain::GroupQuery::default() };
        let names: Vec<String> =
            t.store.groups(ANA, &query, NOW).await.unwrap().unwrap().items.into_iter().map(|row| row.name).collect();
        assert_eq!(names, found, "{search}");
    }
});

both!(a_nul_finds_nothing_and_breaks_nothing, |t| async move {
    t.settle().await;
    let search = domain::GroupQuery { search: "\0".to_owned(), ..domain::GroupQuery::default() };
    assert_eq!(t.store.groups(ANA, &search, NOW).await.unwrap().unwrap().items.len(), 0);
    let cursor = domain::GroupQuery { cursor: Some("\0".to_owned()), ..domain::GroupQuery::default() };
    t.store.groups(ANA, &cursor, NOW).await.unwrap().unwrap();
    assert!(t.store.credentials("an\0a").await.unwrap().is_none());
    let link = domain::Command::Join { group: domain::GroupKey::Link("token\0".to_owned()), reason: None };
    assert_eq!(t.does(ANA, link).await, Err(Refusal::Unseen));
});
