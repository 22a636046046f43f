//! Users as the admin area and the API list them.

use super::{
    Fault, admin,
    character::{self, CharacterRow},
    code, group, name_word,
    paging::{self, next_cursor, push_limit},
    person::{PERSON, PersonRow},
};
use crate::{Conn, Db, dialect};
use domain::{
    Character, GroupId, Listing, Permission, StateId, StateRef, Timestamp, UserId, UserQuery, UserRow, WantedGroup,
};
use sqlx::{FromRow, QueryBuilder};
use std::collections::HashMap;

/// Up to so many users are sorted once they are found by name. Where more have the name, those who do not have it are
/// passed over in the order of the list: they are few then, between two who do.
const SORTED: i64 = 5000;

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    person: PersonRow,
    email: Option<String>,
    is_active: bool,
    is_staff: bool,
    is_superuser: bool,
    state_id: i64,
    state_name: String,
    own: i64,
    sort_key: String,
    created_at: i64,
    last_seen_at: Option<i64>,
}

impl Row {
    fn with(self, characters: Vec<Character>) -> UserRow {
        UserRow {
            person: self.person.into(),
            email: self.email,
            active: self.is_active,
            staff: self.is_staff,
            superuser: self.is_superuser,
            state: StateRef { id: StateId(self.state_id), name: self.state_name },
            characters,
            permissions: code::permissions(self.own),
            created_at: Timestamp(self.created_at),
            last_seen_at: self.last_seen_at.map(Timestamp),
        }
    }
}

/// A page of the list, in the order of the names people are shown under.
pub(crate) async fn list(conn: &mut Conn, viewer: UserId, wanted: &UserQuery) -> Result<Listing<UserRow>, Fault> {
    let seq = admin::enter(conn, viewer, Permission::ManageUsers).await?.seq;
    let found = Found::of(conn, &wanted.search).await?;
    let group = match &wanted.group {
        Some(WantedGroup::Id(id)) => Some(*id),
        // A name that no group has names one that nobody is in.
        Some(WantedGroup::Named(name)) => Some(group::find_named(conn, name).await?.unwrap_or(GroupId::UNASSIGNED)),
        None => None,
    };
    let mut rows = select(conn, |query| push_page(query, wanted, group, &found)).await?;
    let next_cursor = next_cursor(&mut rows, wanted.limit, |row| paging::cursor(row.person.user_id, &row.sort_key));
    Ok(Listing { items: complete(conn, rows).await?, next_cursor, seq })
}

/// One user.
pub(crate) async fn find(conn: &mut Conn, id: UserId) -> Result<Option<UserRow>, Fault> {
    let rows = select(conn, |query| {
        query.push("SELECT u.id, u.sort_key FROM users u WHERE u.deleted_at IS NULL AND u.id = ").push_bind(id.0);
    })
    .await?;
    Ok(complete(conn, rows).await?.pop())
}

/// The rows of a page. First its ids, by one index; then what is joined to them.
async fn select(conn: &mut Conn, push_page: impl FnOnce(&mut QueryBuilder<Db>)) -> Result<Vec<Row>, Fault> {
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query.push(PERSON).push(
        ", u.email, u.is_active, u.is_staff, u.is_superuser, u.state_id, s.name AS state_name, u.sort_key, \
         u.created_at, u.last_seen_at, \
         COALESCE(CAST((SELECT sum(CAST(1 AS BIGINT) << CAST(permission AS INTEGER)) FROM user_permissions \
         WHERE user_id = u.id) AS BIGINT), 0) AS own FROM (",
    );
    push_page(&mut query);
    query.push(
        ") AS page JOIN users u ON u.id = page.id JOIN states s ON s.id = u.state_id \
         LEFT JOIN characters c ON c.id = u.main_character_id ORDER BY u.sort_key, u.id",
    );
    Ok(query.build_query_as().fetch_all(conn).await?)
}

/// How users are found by name.
enum Found {
    /// Everybody is.
    All,
    /// By this range of words, and they are few.
    Few(String, String),
    /// By this range of words, and they are many.
    Many(String, String),
}

impl Found {
    async fn of(conn: &mut Conn, search: &str) -> Result<Self, Fault> {
        let Some((first, end)) = name_word::range(search) else { return Ok(Self::All) };
        let mut query = QueryBuilder::<Db>::new("SELECT count(*) FROM (SELECT 1 FROM name_words WHERE word >= ");
        query.push_bind(first.clone()).push(" AND word < ").push_bind(end.clone());
        query.push(" LIMIT ").push(SORTED + 1).push(") AS found");
        let count: i64 = query.build_query_scalar().fetch_one(conn).await?;
        Ok(if count > SORTED { Self::Many(first, end) } else { Self::Few(first, end) })
    }
}

/// The ids of a page, one more, and what they are sorted by.
fn push_page(query: &mut QueryBuilder<Db>, wanted: &UserQuery, group: Option<GroupId>, found: &Found) {
    match group {
        // Memberships repeat the key that users are sorted by.
        Some(group) => {
            query.push("SELECT m.user_id AS id, m.sort_key FROM memberships m JOIN users u ON u.id = m.user_id");
            query.push(" WHERE m.group_id = ").push_bind(group.0).push(" AND u.deleted_at IS NULL");
        }
        None => {
            query.push("SELECT u.id, u.sort_key FROM users u WHERE u.deleted_at IS NULL");
        }
    }
    let (key, id) = if group.is_some() { ("m.sort_key", "m.user_id") } else { ("u.sort_key", "u.id") };
    match found {
        Found::All => {}
        Found::Few(first, end) => {
            query.push(" AND u.id IN (SELECT user_id FROM name_words WHERE word >= ").push_bind(first.clone());
            query.push(" AND word < ").push_bind(end.clone()).push(")");
        }
        Found::Many(first, end) => {
            query.push(" AND EXISTS (SELECT 1 FROM name_words w WHERE w.user_id = u.id AND w.word >= ");
            query.push_bind(first.clone()).push(" AND w.word < ").push_bind(end.clone()).push(")");
        }
    }
    if let Some(state) = wanted.state {
        query.push(" AND u.state_id = ").push_bind(state.0);
    }
    // Written out: each has an index of its own, which a bound value would not be seen to fit.
    let flags = [
        (wanted.active, " AND u.is_active", " AND NOT u.is_active"),
        (wanted.staff, " AND u.is_staff", " AND NOT u.is_staff"),
        (wanted.superuser, " AND u.is_superuser", " AND NOT u.is_superuser"),
    ];
    for (flag, set, unset) in flags {
        match flag {
            Some(true) => query.push(set),
            Some(false) => query.push(unset),
            None => query,
        };
    }
    if let Some((last, name)) = paging::place(wanted.cursor.as_deref()) {
        query
            .push(" AND (")
            .push(key)
            .push(", ")
            .push(id)
            .push(") > (")
            .push_bind(name)
            .push(", ")
            .push_bind(last)
            .push(")");
    }
    query.push(" ORDER BY ").push(key).push(", ").push(id);
    push_limit(query, wanted.limit);
}

/// Adds the characters.
async fn complete(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<UserRow>, Fault> {
    let ids: Vec<i64> = rows.iter().map(|row| row.person.user_id).collect();
    let mut characters = list_characters(conn, &ids).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let characters = characters.remove(&row.person.user_id).unwrap_or_default();
            row.with(characters)
        })
        .collect())
}

/// The characters of these users, by name.
async fn list_characters(conn: &mut Conn, users: &[i64]) -> Result<HashMap<i64, Vec<Character>>, Fault> {
    #[derive(FromRow)]
    struct Owned {
        user_id: i64,
        #[sqlx(flatten)]
        character: CharacterRow,
    }
    let mut characters: HashMap<i64, Vec<Character>> = HashMap::new();
    if users.is_empty() {
        return Ok(characters);
    }
    let mut query = QueryBuilder::<Db>::new("SELECT user_id, ");
    query.push(character::CHARACTER).push(" FROM characters WHERE deleted_at IS NULL AND user_id");
    dialect::push_is_any_of(&mut query, users);
    let rows: Vec<Owned> = query.build_query_as().fetch_all(conn).await?;
    for row in rows {
        characters.entry(row.user_id).or_default().push(row.character.into());
    }
    for of_user in characters.values_mut() {
        character::sort(of_user);
    }
    Ok(characters)
}
