//! What the palette finds, word by word: groups by parts of their name, people by how a word of their name begins.

use super::{
    Fault,
    account::{self, ViewerRow},
    counts::Scope,
    name, name_word,
    person::{PERSON, PersonRow},
    sight::narrow_to_seen,
};
use crate::{Conn, Db};
use domain::{Account, Found, FoundPerson, GroupId, GroupRef, Permission, Person, UserId};
use sqlx::{FromRow, QueryBuilder};

/// What the user may know of, by name.
pub(crate) async fn find(conn: &mut Conn, user: UserId, text: &str) -> Result<Found, Fault> {
    let Some(viewer_row) = account::look(conn, user).await? else { return Ok(Found::default()) };
    let patterns = name::patterns(text);
    if patterns.is_empty() {
        return Ok(Found::default());
    }
    Ok(Found {
        groups: list_groups(conn, &viewer_row, &patterns).await?,
        people: list_people(conn, &viewer_row.account, &Scope::of(&viewer_row), text, &patterns).await?,
    })
}

/// The groups the viewer sees.
async fn list_groups(conn: &mut Conn, viewer_row: &ViewerRow, patterns: &[String]) -> sqlx::Result<Vec<GroupRef>> {
    let mut query = QueryBuilder::<Db>::new("SELECT g.id, g.name FROM (SELECT CAST(");
    query.push_bind(viewer_row.account.person.id.0);
    query.push(" AS BIGINT) AS id) AS v CROSS JOIN groups g WHERE g.deleted_at IS NULL");
    for pattern in patterns {
        query.push(" AND g.sort_key LIKE ").push_bind(pattern).push(" ESCAPE '\\'");
    }
    narrow_to_seen(&mut query, viewer_row);
    query.push(" ORDER BY g.sort_key, g.id LIMIT ").push(Found::MOST);
    let rows: Vec<(i64, String)> = query.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(id, name)| GroupRef { id: GroupId(id), name }).collect())
}

/// A person with one of the groups through which they are known.
#[derive(FromRow)]
struct Row {
    known_group_id: Option<i64>,
    known_group_name: Option<String>,
    #[sqlx(flatten)]
    person: PersonRow,
}

/// How many beginnings of names are looked through for so many people: one may be found by several words of a name.
const BEGINNINGS: usize = 4 * Found::MOST;

/// Who administers users knows everybody, deciders the members of their groups, everybody themselves. A word of the name
/// begins with the first that was typed, and holds the others; e-mail addresses are words too, and lead to nobody.
async fn list_people(
    conn: &mut Conn,
    account: &Account,
    scope: &Scope,
    text: &str,
    patterns: &[String],
) -> sqlx::Result<Vec<FoundPerson>> {
    let Some((first, end)) = name::words(text).first().and_then(|word| name_word::range(word)) else {
        return Ok(Vec::new());
    };
    let knows_all = account.administers(Permission::ManageUsers);
    let me = account.person.id;
    let mut query = QueryBuilder::<Db>::new("SELECT p.group_id AS known_group_id, kg.name AS known_group_name, ");
    query.push(PERSON).push(" FROM (SELECT w.word, u.id, ");
    if knows_all {
        query.push("CAST(NULL AS BIGINT) AS group_id");
    } else {
        query.push("(");
        push_group_of(&mut query, scope);
        query.push(") AS group_id");
    }
    // A range of an index, which `LIKE` is on neither database, in its order.
    query.push(" FROM name_words w CROSS JOIN users u WHERE u.id = w.user_id AND u.deleted_at IS NULL AND w.word >= ");
    query.push_bind(first).push(" AND w.word < ").push_bind(end);
    for pattern in patterns {
        query.push(" AND (u.sort_key LIKE ").push_bind(pattern).push(" ESCAPE '\\' OR u.search_key LIKE ");
        query.push_bind(pattern).push(" ESCAPE '\\')");
    }
    if !knows_all {
        query.push(" AND (u.id = ").push_bind(me.0).push(" OR EXISTS (");
        push_group_of(&mut query, scope);
        query.push("))");
    }
    query.push(" ORDER BY w.word, w.user_id LIMIT ").push(BEGINNINGS);
    query.push(
        ") AS p JOIN users u ON u.id = p.id LEFT JOIN characters c ON c.id = u.main_character_id \
         LEFT JOIN groups kg ON kg.id = p.group_id ORDER BY p.word, u.id",
    );
    let rows: Vec<Row> = query.build_query_as().fetch_all(conn).await?;
    let mut found: Vec<FoundPerson> = Vec::new();
    for row in rows {
        let group = row.known_group_id.zip(row.known_group_name).map(|(id, name)| GroupRef { id: GroupId(id), name });
        let person = Person::from(row.person);
        if found.len() < Found::MOST && found.iter().all(|other| other.person.id != person.id) {
            let is_me = person.id == me;
            found.push(FoundPerson { person, group: group.filter(|_| !is_me) });
        }
    }
    Ok(found)
}

/// Selects one of the groups in scope that the user `u` is in.
fn push_group_of(query: &mut QueryBuilder<Db>, scope: &Scope) {
    query.push("SELECT m.group_id FROM memberships m JOIN groups g ON g.id = m.group_id WHERE m.user_id = u.id");
    scope.narrow(query);
    query.push(" LIMIT 1");
}
