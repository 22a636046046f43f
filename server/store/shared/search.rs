//! What the palette finds: groups by a part of their name, people by how the name they are shown under begins.

use super::{
    Fault, account,
    counts::Scope,
    group::IS_MEMBER,
    name,
    person::{PERSON, PersonRow},
};
use crate::{Conn, Db};
use domain::{Account, Actor, Found, FoundPerson, GroupId, GroupRef, Permission, UserId, sight};
use sqlx::{FromRow, QueryBuilder};

/// What the user may know of, by name.
pub(crate) async fn find(conn: &mut Conn, user: UserId, text: &str) -> Result<Found, Fault> {
    let Some(account) = account::find_active(conn, user).await? else { return Ok(Found::default()) };
    let Some(pattern) = name::pattern(text) else { return Ok(Found::default()) };
    let scope = Scope::of(conn, &account).await?;
    Ok(Found {
        groups: list_groups(conn, &account, &scope, pattern).await?,
        people: list_people(conn, &account, &scope, &name::key(text)).await?,
    })
}

/// `sight::group` in SQL: admins see all; others what is listed, and what they decide for.
async fn list_groups(
    conn: &mut Conn,
    account: &Account,
    scope: &Scope,
    pattern: String,
) -> sqlx::Result<Vec<GroupRef>> {
    let mut query = QueryBuilder::<Db>::new("SELECT g.id, g.name FROM (SELECT CAST(");
    query.push_bind(account.person.id.0);
    query.push(" AS BIGINT) AS id) AS v CROSS JOIN groups g WHERE g.deleted_at IS NULL AND g.name_key LIKE ");
    query.push_bind(pattern).push(" ESCAPE '\\'");
    if !sight::administers_groups(&Actor::User(account.clone())) {
        query.push(" AND NOT g.internal AND (NOT g.hidden OR ").push(IS_MEMBER);
        query.push(" OR g.id IN (SELECT g.id FROM groups g WHERE TRUE");
        scope.narrow(&mut query);
        query.push("))");
    }
    query.push(" ORDER BY g.name_key LIMIT ").push(Found::MOST);
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

/// Who administers users knows everybody, deciders the members of their groups, everybody themselves.
async fn list_people(conn: &mut Conn, account: &Account, scope: &Scope, start: &str) -> sqlx::Result<Vec<FoundPerson>> {
    let knows_all = account.administers(Permission::ManageUsers);
    let me = account.person.id;
    let mut query = QueryBuilder::<Db>::new("SELECT p.group_id AS known_group_id, kg.name AS known_group_name, ");
    query.push(PERSON).push(" FROM (");
    for (place, key) in ["sort_key", "username_key"].into_iter().enumerate() {
        query.push(if place == 0 { "SELECT * FROM (SELECT u.id, " } else { " UNION SELECT * FROM (SELECT u.id, " });
        if knows_all {
            query.push("CAST(NULL AS BIGINT) AS group_id");
        } else {
            query.push("(");
            push_group_of(&mut query, scope);
            query.push(") AS group_id");
        }
        // A range of an index, which `LIKE` is on neither database.
        query.push(" FROM users u WHERE u.deleted_at IS NULL AND u.").push(key).push(" >= ");
        query.push_bind(start.to_owned()).push(" AND u.").push(key).push(" < ");
        query.push_bind(format!("{start}{}", char::MAX));
        if !knows_all {
            query.push(" AND (u.id = ").push_bind(me.0).push(" OR EXISTS (");
            push_group_of(&mut query, scope);
            query.push("))");
        }
        query.push(" ORDER BY u.").push(key).push(", u.id LIMIT ").push(Found::MOST).push(") AS by_one_name");
    }
    query.push(
        ") AS p JOIN users u ON u.id = p.id LEFT JOIN characters c ON c.id = u.main_character_id \
         LEFT JOIN groups kg ON kg.id = p.group_id ORDER BY u.sort_key, u.id LIMIT ",
    );
    query.push(Found::MOST);
    let rows: Vec<Row> = query.build_query_as().fetch_all(conn).await?;
    let found = rows.into_iter().map(|row| {
        let group = row.known_group_id.zip(row.known_group_name).map(|(id, name)| GroupRef { id: GroupId(id), name });
        let is_me = UserId(row.person.user_id) == me;
        FoundPerson { person: row.person.into(), group: group.filter(|_| !is_me) }
    });
    Ok(found.collect())
}

/// Selects one of the groups in scope that the user `u` is in.
fn push_group_of(query: &mut QueryBuilder<Db>, scope: &Scope) {
    query.push("SELECT m.group_id FROM memberships m JOIN groups g ON g.id = m.group_id WHERE m.user_id = u.id");
    scope.narrow(query);
    query.push(" LIMIT 1");
}
