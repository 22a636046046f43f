//! Brings the stored keys of names into the form that this program compares them by (R16).
//!
//! Where another form makes two names the same that were not, the one that was written in it, else the older one, has the
//! key. The other is displaced: it keeps its name, and as its key it has one that no name can have, until the name is
//! free. People find both and tell them apart; nothing is renamed.
//!
//! A username or an address that is free of its own kind may still be how somebody else signs in. It stays displaced then:
//! no key that is given here is one that R17 forbids.

use super::{
    Fault, name, name_word,
    person::{PERSON, PersonRow},
};
use crate::{Conn, Db, dialect};
use domain::{NameOf, Namesake, Person};
use sqlx::{Connection, FromRow, QueryBuilder};
use std::collections::HashMap;

/// The number of the form. A change of `domain::name::key` or `domain::name::order` counts it up.
const FORM: i64 = 2;

/// Stands before the key of a displaced name and ends it: no key holds it, as none holds what is not seen.
const DISPLACED: char = '\u{ad}';

/// Stands behind every key of a displaced name.
const BEHIND_DISPLACED: char = '\u{ae}';

/// How many rows are looked through at a time.
const CHUNK: i64 = 500;

/// Where the key of a name is kept. Those of one table are of one name space: two of its rows may share no key, wherever
/// in them it stands (R17).
#[derive(Clone, Copy)]
struct Place {
    /// Whose names are there.
    of: NameOf,
    table: &'static str,
    name: &'static str,
    key: &'static str,
    living: &'static str,
}

const LIVING: &str = "deleted_at IS NULL";

const USERNAMES: Place =
    Place { of: NameOf::User, table: "users", name: "username", key: "username_key", living: LIVING };
const EMAILS: Place = Place { of: NameOf::Email, table: "users", name: "email", key: "email_key", living: LIVING };
const OF_GROUPS: Place = Place { of: NameOf::Group, table: "groups", name: "name", key: "name_key", living: LIVING };
const OF_STATES: Place = Place { of: NameOf::State, table: "states", name: "name", key: "name_key", living: LIVING };
const OF_RESERVED: Place =
    Place { of: NameOf::ReservedName, table: "reserved_names", name: "name", key: "name_key", living: "TRUE" };

const PLACES: [Place; 5] = [USERNAMES, EMAILS, OF_GROUPS, OF_STATES, OF_RESERVED];

/// The places of one table. A username goes before an address, as where somebody signs in.
#[derive(Clone, Copy)]
pub(crate) struct Space(&'static [Place]);

/// The keys of usernames and of e-mail addresses.
pub(crate) const ACCOUNTS: Space = Space(&[USERNAMES, EMAILS]);
/// The keys of groups.
pub(crate) const GROUPS: Space = Space(&[OF_GROUPS]);
/// The keys of states.
pub(crate) const STATES: Space = Space(&[OF_STATES]);
/// The keys of reserved names.
pub(crate) const RESERVED: Space = Space(&[OF_RESERVED]);

/// A name with the key that is stored of it.
#[derive(FromRow)]
struct Stored {
    /// Which of the places it was looked for in.
    place: i64,
    id: i64,
    name: String,
    key: String,
}

impl Stored {
    fn place(&self, places: &[Place]) -> Option<Place> {
        places.get(usize::try_from(self.place).ok()?).copied()
    }
}

impl Place {
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
        if is_living && list_holders(conn, &[self], &[&key]).await?.iter().any(|holder| holder.id != id) {
            return self.set(conn, id, &displaced(&key, id)).await;
        }
        self.set(conn, id, &key).await
    }

    fn push_columns(self, query: &mut QueryBuilder<Db>, place: usize) {
        query.push("SELECT CAST(").push(place).push(" AS BIGINT) AS place, id, ");
        query.push(self.name).push(" AS name, ").push(self.key).push(" AS key FROM ").push(self.table);
        query.push(" WHERE ").push(self.living).push(" AND ").push(self.key);
    }
}

impl Space {
    /// Gives their keys to displaced names whose namesakes are gone.
    pub(crate) async fn release(self, conn: &mut Conn) -> sqlx::Result<()> {
        let mut waiting = list_displaced(conn, self.0, None).await?;
        if waiting.is_empty() {
            return Ok(());
        }
        waiting.sort_by_key(|found| (found.place, found.id));
        let keys: Vec<&str> = waiting.iter().map(|found| plain(&found.key)).collect();
        let mut held: Vec<(String, i64)> =
            list_holders(conn, self.0, &keys).await?.into_iter().map(|holder| (holder.key, holder.id)).collect();
        for found in &waiting {
            let key = plain(&found.key);
            let is_taken = held.iter().any(|(held, id)| held == key && *id != found.id);
            if let (false, Some(place)) = (is_taken, found.place(self.0)) {
                place.set(conn, found.id, key).await?;
                held.push((key.to_owned(), found.id));
            }
        }
        Ok(())
    }
}

/// The displaced names of these places, so many of each: ranges of the indices that keep the keys unique.
async fn list_displaced(conn: &mut Conn, places: &[Place], most: Option<i64>) -> sqlx::Result<Vec<Stored>> {
    let mut query = QueryBuilder::<Db>::new("");
    for (number, place) in places.iter().enumerate() {
        query.push(if number == 0 { "SELECT * FROM (" } else { " UNION ALL SELECT * FROM (" });
        place.push_columns(&mut query, number);
        query.push(" >= ").push_bind(DISPLACED.to_string()).push(" AND ").push(place.key);
        query.push(" < ").push_bind(BEHIND_DISPLACED.to_string()).push(" ORDER BY ").push(place.key);
        if let Some(most) = most {
            query.push(" LIMIT ").push(most);
        }
        query.push(") AS displaced");
    }
    query.build_query_as().fetch_all(conn).await
}

/// Who has one of these keys, in the name spaces of these places.
async fn list_holders(conn: &mut Conn, places: &[Place], keys: &[&str]) -> sqlx::Result<Vec<Stored>> {
    let mut query = QueryBuilder::<Db>::new("");
    let mut before = "";
    for (number, place) in PLACES.iter().enumerate() {
        if places.iter().any(|wanted| wanted.table == place.table) {
            query.push(before);
            place.push_columns(&mut query, number);
            dialect::push_is_any_of_texts(&mut query, keys);
            before = " UNION ALL ";
        }
    }
    query.build_query_as().fetch_all(conn).await
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
    (format!("{DISPLACED}{key}{DISPLACED}"), format!("{DISPLACED}{key}{BEHIND_DISPLACED}"))
}

/// The names of these kinds whose key another has, so many of each at most; by kind and by key.
pub(crate) async fn list(conn: &mut Conn, kinds: &[NameOf], most: Option<i64>) -> sqlx::Result<Vec<Namesake>> {
    let places: Vec<Place> = PLACES.into_iter().filter(|place| kinds.contains(&place.of)).collect();
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let displaced = list_displaced(conn, &places, most).await?;
    if displaced.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<&str> = displaced.iter().map(|found| plain(&found.key)).collect();
    let mut holders: HashMap<(&str, String), Vec<(i64, String)>> = HashMap::new();
    for holder in list_holders(conn, &places, &keys).await? {
        let Some(place) = holder.place(&PLACES) else { continue };
        holders.entry((place.table, holder.key)).or_default().push((holder.id, holder.name));
    }
    let told = displaced.into_iter().filter_map(|found| {
        let place = found.place(&places)?;
        let sharing = holders.get(&(place.table, plain(&found.key).to_owned()))?;
        let (other_id, other) = sharing.iter().find(|(id, _)| *id != found.id)?.clone();
        Some(Namesake { of: place.of, id: found.id, name: found.name, other_id, other })
    });
    Ok(told.collect())
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
        for place in [OF_GROUPS, OF_STATES, OF_RESERVED] {
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
