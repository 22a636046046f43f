//! By what users are found: the beginnings of the words of their usernames, e-mail addresses and characters' names.
//!
//! Each name is kept from every beginning of a word to its end, so that whatever somebody types first is a range of one
//! index, however many users there are.

use super::{Fault, name};
use crate::{Conn, Db, dialect};
use domain::{Actor, Permission, UserId, name::plain_order};
use sqlx::{Connection, QueryBuilder};
use std::collections::{BTreeMap, HashMap};

/// How many characters of a name are kept from each beginning.
const LONGEST: usize = 60;
/// How many beginnings one name has at most.
const MOST: usize = 12;
/// How many users are filled in at a time.
const CHUNK: usize = 500;

/// Whether a character is a word of its own, as in scripts that put no spaces between words.
const fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}')
}

fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}

/// The folded name from each beginning of a word.
fn beginnings(key: &str) -> impl Iterator<Item = &str> {
    let mut before = None;
    let starts = key.char_indices().filter(move |(_, c)| {
        let first = before.is_none_or(|before: char| !before.is_alphanumeric() || stands_alone(*c));
        let is_start = before.is_none() || (first && c.is_alphanumeric());
        before = Some(*c);
        is_start
    });
    starts.take(MOST).map(|(start, _)| cut(&key[start..]))
}

/// The range of words that begin with what somebody looks for; `None` to find all.
pub(crate) fn range(search: &str) -> Option<(String, String)> {
    let key = name::order(search);
    let first = cut(&key);
    (!first.is_empty()).then(|| (first.to_owned(), format!("{first}{}", char::MAX)))
}

/// The users who are called exactly like this, by the key of the name: their usernames and characters; their addresses
/// for those who look after accounts alone, or others would learn by them whose an address is.
pub(crate) async fn list_called(
    conn: &mut Conn,
    actor: &Actor,
    keys: &[String],
) -> Result<HashMap<String, Vec<UserId>>, Fault> {
    let mut called: HashMap<String, Vec<UserId>> = HashMap::new();
    let mut words: Vec<&str> = keys.iter().map(|key| cut(key)).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    if words.is_empty() {
        return Ok(called);
    }
    let mut query = QueryBuilder::<Db>::new("SELECT DISTINCT user_id FROM name_words WHERE is_whole AND word IN (");
    let mut list = query.separated(", ");
    for word in words {
        list.push_bind(word.to_owned());
    }
    query.push(") ORDER BY user_id");
    let users: Vec<i64> = query.build_query_scalar().fetch_all(&mut *conn).await?;
    // Names are cut, so that whole ones are compared here.
    let by_address = actor.administers(Permission::ManageUsers);
    let mut names: Vec<(i64, Vec<String>)> = list_names(conn, &users, by_address).await?.into_iter().collect();
    names.iter_mut().flat_map(|(_, names)| names).for_each(|text| *text = name::key(text));
    names.sort_unstable_by_key(|(user, _)| *user);
    for key in keys {
        let of_key = names.iter().filter(|(_, names)| names.contains(key)).map(|(user, _)| UserId(*user));
        called.entry(key.clone()).or_insert_with(|| of_key.collect());
    }
    Ok(called)
}

/// Writes down anew by what a user is found.
pub(crate) async fn renew(conn: &mut Conn, user: UserId) -> Result<(), Fault> {
    sqlx::query!("DELETE FROM name_words WHERE user_id = $1", user.0).execute(&mut *conn).await?;
    insert(conn, &[user.0]).await
}

/// Writes it down anew for those of many whose names may be folded otherwise now.
pub(crate) async fn renew_folded(conn: &mut Conn, users: &[i64]) -> Result<(), Fault> {
    // What is folded by case alone is folded as it was before there were two keys.
    let is_simple = |name: &String| plain_order(name) == Some(name.to_ascii_lowercase());
    let names = list_names(conn, users, true).await?;
    let users: Vec<i64> =
        names.into_iter().filter(|(_, names)| !names.iter().all(is_simple)).map(|(user, _)| user).collect();
    if users.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::<Db>::new("DELETE FROM name_words WHERE user_id");
    dialect::push_is_any_of(&mut query, &users);
    query.build().execute(&mut *conn).await?;
    insert(conn, &users).await
}

/// A user is found no more.
pub(crate) async fn delete(conn: &mut Conn, user: UserId) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM name_words WHERE user_id = $1", user.0).execute(conn).await?;
    Ok(())
}

/// Fills in a database from before there were words, in one transaction.
pub(crate) async fn fill_old(conn: &mut Conn) -> Result<(), Fault> {
    let mut tx = conn.begin_with(dialect::BEGIN_WRITE).await?;
    fill(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Fills in a database that was filled whole.
pub(crate) async fn fill(conn: &mut Conn) -> Result<(), Fault> {
    let filled = sqlx::query_scalar!(r#"SELECT EXISTS (SELECT 1 FROM name_words) AS "filled!: bool""#)
        .fetch_one(&mut *conn)
        .await?;
    if filled {
        return Ok(());
    }
    fill_after(conn, UserId(0), &mut |_| {}).await
}

/// Fills in everybody after this user, who have no words yet. Tells of how many, again and again.
pub(crate) async fn fill_after(conn: &mut Conn, user: UserId, tell: &mut (dyn FnMut(u64) + Send)) -> Result<(), Fault> {
    let mut last = user.0;
    loop {
        let users = sqlx::query_scalar!(
            "SELECT id FROM users WHERE id > $1 AND deleted_at IS NULL ORDER BY id LIMIT 500",
            last
        )
        .fetch_all(&mut *conn)
        .await?;
        let Some(end) = users.last() else { return Ok(()) };
        last = *end;
        insert(conn, &users).await?;
        tell(users.len() as u64);
    }
}

async fn insert(conn: &mut Conn, users: &[i64]) -> Result<(), Fault> {
    for users in users.chunks(CHUNK) {
        // A word that ends one name may be the whole of another.
        let mut words: BTreeMap<(i64, String), bool> = BTreeMap::new();
        for (user, names) in list_names(conn, users, true).await? {
            for text in names {
                // By its key it is named, by its words it is found.
                words.insert((user, cut(&name::key(&text)).to_owned()), true);
                for word in beginnings(&name::order(&text)) {
                    words.entry((user, word.to_owned())).or_default();
                }
            }
        }
        let words: Vec<((i64, String), bool)> = words.into_iter().collect();
        for rows in words.chunks(5000) {
            QueryBuilder::<Db>::new("INSERT INTO name_words (user_id, word, is_whole) ")
                .push_values(rows, |mut row, ((user, word), is_whole)| {
                    row.push_bind(*user).push_bind(word.as_str()).push_bind(*is_whole);
                })
                .push(" ON CONFLICT DO NOTHING")
                .build()
                .execute(&mut *conn)
                .await?;
        }
    }
    Ok(())
}

/// Everything these users are called, with their addresses or without. Deleted users are called nothing any more.
async fn list_names(conn: &mut Conn, users: &[i64], with_address: bool) -> Result<HashMap<i64, Vec<String>>, Fault> {
    let mut query = QueryBuilder::<Db>::new("SELECT id, username, email FROM users WHERE deleted_at IS NULL AND id");
    dialect::push_is_any_of(&mut query, users);
    let rows: Vec<(i64, String, Option<String>)> = query.build_query_as().fetch_all(&mut *conn).await?;
    let mut names: HashMap<i64, Vec<String>> = rows
        .into_iter()
        .map(|(user, username, email)| {
            let email = email.filter(|_| with_address);
            (user, [Some(username), email].into_iter().flatten().collect())
        })
        .collect();
    let mut query =
        QueryBuilder::<Db>::new("SELECT user_id, name FROM characters WHERE deleted_at IS NULL AND user_id");
    dialect::push_is_any_of(&mut query, users);
    let rows: Vec<(i64, String)> = query.build_query_as().fetch_all(conn).await?;
    for (user, character) in rows {
        if let Some(names) = names.get_mut(&user) {
            names.push(character);
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Vec<String> {
        beginnings(&name::order(name)).map(str::to_owned).collect()
    }

    #[test]
    fn a_name_is_found_by_the_beginning_of_each_of_its_words() {
        assert_eq!(of("Ana Vex-Orr"), ["ana vex-orr", "vex-orr", "orr"]);
        assert_eq!(of("_ana@example.org"), ["_ana@example.org", "ana@example.org", "example.org", "org"]);
        assert_eq!(of("Élise O’Neil"), ["elise o'neil", "o'neil", "neil"]);
        assert_eq!(of("艾安娜"), ["艾安娜", "安娜", "娜"]);
        assert_eq!(of(&"a ".repeat(40)).len(), MOST);
        assert!(of(&"ж".repeat(150)).iter().all(|word| word.chars().count() == LONGEST));
    }

    #[test]
    fn what_is_looked_for_is_a_range() {
        assert_eq!(range("  "), None);
        assert_eq!(range(" VÉX"), Some(("vex".to_owned(), "vex\u{10ffff}".to_owned())));
        let (first, end) = range("ana v").expect("a range");
        assert!(of("Ana Vex").iter().any(|word| *word >= first && *word < end));
        assert!(!of("Bo Vex").iter().any(|word| *word >= first && *word < end));
    }
}
