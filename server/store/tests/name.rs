//! Names: the same whatever their case and form (R12).

use crate::{harness::*, write::new_group};
use domain::{Conflict, Refusal};
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
