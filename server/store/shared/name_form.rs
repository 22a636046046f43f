//! Brings the stored keys of names into the form that this program compares them by (R16).
//!
//! Where another form makes two names the same that were not, the one that was written in it, else the older one, has the
//! key. The other is displaced: it keeps its name, and as its key it has one that no name can have, until the name is
//! free. People find both and tell them apart; nothing is renamed.

use super::{
    Fault, name, name_word,
    person::{PERSON, PersonRow},
};
use crate::{Conn, Db, dialect};
use domain::{NameOf, Namesake, Person};
use sqlx::{Connection, FromRow, QueryBuilder};

/// The number of the form. A change of `domain::name::key` or `domain::name::order` counts it up.
const FORM: i64 = 1;

/// Stands before the key of a displaced name and ends it: no key holds it, as none holds what is not seen.
const DISPLACED: char = '\u{ad}';

/// How many rows are looked through at a time.
const CHUNK: i64 = 500;

/// Where the key of a name is kept, and must be unique among the living.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// Whose names are there.
    pub(crate) of: NameOf,
    table: &'static str,
    name: &'static str,
    key: &'static str,
    living: &'static str,
}

const LIVING: &str = "deleted_at IS NULL";

/// The keys of usernames.
pub(crate) const USERNAMES: Place =
    Place { of: NameOf::User, table: "users", name: "username", key: "username_key", living: LIVING };
/// The keys of e-mail addresses.
pub(crate) const EMAILS: Place =
    Place { of: NameOf::Email, table: "users", name: "email", key: "email_key", living: LIVING };
/// The keys of groups.
pub(crate) const GROUPS: Place =
    Place { of: NameOf::Group, table: "groups", name: "name", key: "name_key", living: LIVING };
/// The keys of states.
pub(crate) const STATES: Place =
    Place { of: NameOf::State, table: "states", name: "name", key: "name_key", living: LIVING };
/// The keys of reserved names.
pub(crate) const RESERVED: Place =
    Place { of: NameOf::ReservedName, table: "reserved_names", name: "name", key: "name_key", living: "TRUE" };

const PLACES: [Place; 5] = [USERNAMES, EMAILS, GROUPS, STATES, RESERVED];

impl Place {
    async fn holder(self, conn: &mut Conn, key: &str, except: i64) -> sqlx::Result<Option<(i64, String)>> {
        let mut query = QueryBuilder::<Db>::new("SELECT id, ");
        query.push(self.name).push(" FROM ").push(self.table).push(" WHERE ").push(self.key).push(" = ");
        query.push_bind(key).push(" AND ").push(self.living).push(" AND id <> ").push_bind(except);
        query.build_query_as().fetch_optional(conn).await
    }

    async fn set(self, conn: &mut Conn, id: i64, key: &str) -> sqlx::Result<()> {
        let mut query = QueryBuilder::<Db>::new("UPDATE ");
        query.push(self.table).push(" SET ").push(self.key).push(" = ").push_bind(key);
        query.push(" WHERE id = ").push_bind(id).build().execute(conn).await?;
        Ok(())
    }

    /// Gives a name its key, or one of the displaced.
    async fn renew(self, conn: &mut Conn, id: i64, name: &str, stored: &str, is_living: bool) -> sqlx::Result<()> {
        let key = name::key(name);
        if key == stored {
            return Ok(());
        }
        if is_living && self.holder(conn, &key, id).await?.is_some() {
            return self.set(conn, id, &displaced(&key, id)).await;
        }
        self.set(conn, id, &key).await
    }

    /// The displaced names: a range of the index that keeps the keys unique.
    async fn list_displaced(self, conn: &mut Conn) -> sqlx::Result<Vec<(i64, String, String)>> {
        let mut query = QueryBuilder::<Db>::new("SELECT id, ");
        query.push(self.name).push(", ").push(self.key).push(" FROM ").push(self.table).push(" WHERE ");
        query.push(self.key).push(" >= ").push_bind(DISPLACED.to_string()).push(" AND ").push(self.key);
        query.push(" < ").push_bind('\u{ae}'.to_string()).push(" AND ").push(self.living);
        query.push(" ORDER BY ").push(self.key).build_query_as().fetch_all(conn).await
    }

    /// Gives their keys to displaced names whose namesakes are gone.
    pub(crate) async fn release(self, conn: &mut Conn) -> sqlx::Result<()> {
        for (id, _, stored) in self.list_displaced(conn).await? {
            let key = plain(&stored);
            if self.holder(conn, key, id).await?.is_none() {
                self.set(conn, id, key).await?;
            }
        }
        Ok(())
    }
}

fn displaced(key: &str, id: i64) -> String {
    format!("{DISPLACED}{key}{DISPLACED}{id}")
}

/// The key that a displaced name would have.
fn plain(stored: &str) -> &str {
    stored.strip_prefix(DISPLACED).unwrap_or(stored).split(DISPLACED).next().unwrap_or_default()
}

/// The beginnings of the stored keys of displaced names that have this key: a range, without its end.
pub(crate) fn displaced_by(key: &str) -> (String, String) {
    (format!("{DISPLACED}{key}{DISPLACED}"), format!("{DISPLACED}{key}\u{ae}"))
}

/// Every name whose key another has.
pub(crate) async fn list(conn: &mut Conn) -> sqlx::Result<Vec<Namesake>> {
    let mut all = Vec::new();
    for Place { of, .. } in PLACES {
        all.extend(list_of(conn, of).await?);
    }
    Ok(all)
}

/// Every name of this kind whose key another has.
pub(crate) async fn list_of(conn: &mut Conn, of: NameOf) -> sqlx::Result<Vec<Namesake>> {
    let mut all = Vec::new();
    for place in PLACES.into_iter().filter(|place| place.of == of) {
        for (id, name, stored) in place.list_displaced(conn).await? {
            if let Some((other_id, other)) = place.holder(conn, plain(&stored), id).await? {
                all.push(Namesake { of, id, name, other_id, other });
            }
        }
    }
    Ok(all)
}

/// Brings everything into the form, in one transaction, where it is in an older one.
pub(crate) async fn renew(conn: &mut Conn) -> Result<(), Fault> {
    let mut tx = conn.begin_with(dialect::BEGIN_WRITE).await?;
    // Whoever comes second waits for the row, and finds nothing left to do.
    let is_old =
        sqlx::query!("UPDATE name_form SET form = $1 WHERE form < $1", FORM).execute(&mut *tx).await?.rows_affected()
            > 0;
    if is_old {
        renew_users(&mut tx).await?;
        for place in [GROUPS, STATES, RESERVED] {
            renew_place(&mut tx, place).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

async fn renew_place(conn: &mut Conn, place: Place) -> Result<(), Fault> {
    let mut query = QueryBuilder::<Db>::new("SELECT id, name, name_key, ");
    query.push(place.living).push(" FROM ").push(place.table).push(" ORDER BY id");
    let rows: Vec<(i64, String, String, bool)> = query.build_query_as().fetch_all(&mut *conn).await?;
    for (id, text, stored, is_living) in rows {
        place.renew(conn, id, &text, &stored, is_living).await?;
        if place.of != NameOf::State {
            let order = name::order(&text);
            let mut query = QueryBuilder::<Db>::new("UPDATE ");
            query.push(place.table).push(" SET sort_key = ").push_bind(order.clone()).push(" WHERE id = ");
            query.push_bind(id).push(" AND sort_key <> ").push_bind(order).build().execute(&mut *conn).await?;
        }
    }
    Ok(())
}

#[derive(FromRow)]
struct UserRow {
    username_key: String,
    email: Option<String>,
    email_key: Option<String>,
    sort_key: String,
    search_key: String,
    is_living: bool,
    #[sqlx(flatten)]
    person: PersonRow,
}

async fn renew_users(conn: &mut Conn) -> Result<(), Fault> {
    let mut last = 0;
    loop {
        let mut query =
            QueryBuilder::<Db>::new("SELECT u.username_key, u.email, u.email_key, u.sort_key, u.search_key, ");
        query.push("u.deleted_at IS NULL AS is_living, ").push(PERSON);
        query.push(" FROM users u LEFT JOIN characters c ON c.id = u.main_character_id WHERE u.id > ");
        query.push_bind(last).push(" ORDER BY u.id LIMIT ").push(CHUNK);
        let rows: Vec<UserRow> = query.build_query_as().fetch_all(&mut *conn).await?;
        let Some(end) = rows.last() else { return Ok(()) };
        last = end.person.user_id;
        let ids: Vec<i64> = rows.iter().filter(|row| row.is_living).map(|row| row.person.user_id).collect();
        for row in rows {
            renew_user(conn, row).await?;
        }
        name_word::renew_folded(conn, &ids).await?;
    }
}

async fn renew_user(conn: &mut Conn, row: UserRow) -> Result<(), Fault> {
    let person = Person::from(row.person);
    let id = person.id.0;
    USERNAMES.renew(conn, id, &person.username, &row.username_key, row.is_living).await?;
    if let (Some(email), Some(stored)) = (&row.email, &row.email_key) {
        EMAILS.renew(conn, id, email, stored, row.is_living).await?;
    }
    let (shown, found) = (name::order(person.display_name()), name::order(&person.username));
    if (&shown, &found) != (&row.sort_key, &row.search_key) {
        sqlx::query!("UPDATE users SET sort_key = $2, search_key = $3 WHERE id = $1", id, shown, found)
            .execute(&mut *conn)
            .await?;
    }
    if shown != row.sort_key {
        sqlx::query!("UPDATE memberships SET sort_key = $2 WHERE user_id = $1", id, shown).execute(conn).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_displaced_name_is_none_of_a_name_and_says_whose_it_would_be() {
        let stored = displaced("ad min", 7);
        assert_ne!(name::key(&stored), stored);
        assert_eq!(plain(&stored), "ad min");
        assert_eq!(plain(&displaced("", 7)), "", "there were names of which nothing is seen");
        let (first, end) = displaced_by("ad min");
        assert!(first <= stored && stored < end);
        let other = displaced("ad mine", 7);
        assert!(!(first <= other && other < end));
    }
}
