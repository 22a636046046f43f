//! Accounts with their rights.

use super::{
    Fault,
    cascade::live::{self, PendingRights},
    character,
    code::{self, Code},
    group as groups, name, name_form, name_word,
    person::PersonRow,
};
use crate::{Conn, Db};
use domain::{
    Account, AccountFields, Actor, Email, FoundBy, GroupId, NameFacts, Person, Seq, SharedKey, Standing, StateId,
    Timestamp, UserDraft, UserId,
};
use sqlx::QueryBuilder;
use store_model::{CallerId, UserLine};

/// An account as one row, its permissions added up to bits.
#[derive(sqlx::FromRow)]
pub(crate) struct AccountRow {
    /// Who.
    #[sqlx(flatten)]
    pub(crate) person: PersonRow,
    is_active: bool,
    is_staff: bool,
    is_superuser: bool,
    state_id: i64,
    granted: i64,
}

impl From<AccountRow> for Account {
    fn from(row: AccountRow) -> Self {
        Self {
            person: row.person.into(),
            active: row.is_active,
            staff: row.is_staff,
            superuser: row.is_superuser,
            granted: code::permissions(row.granted),
            state: StateId(row.state_id),
        }
    }
}

/// Somebody as they were found, with what else was true at that moment.
pub(crate) struct ViewerRow {
    /// Their account.
    pub(crate) account: Account,
    /// How they stand to the group that was named.
    pub(crate) standing: Standing,
    /// How far the feed went.
    pub(crate) seq: Seq,
    /// By what they come upon groups.
    pub(crate) way: FoundBy,
    /// While a job is open: what it will leave them.
    pub(crate) held: Option<PendingRights>,
}

/// Loads up to two accounts by one statement; deleted ones are absent. Effective permissions: the user's own, those of
/// all their groups, those of their state. With each goes how it stands to a group, where one is named.
///
/// While a job is open, they hold what it will leave them.
async fn list_two(
    conn: &mut Conn,
    one: UserId,
    other: UserId,
    group: Option<GroupId>,
) -> Result<Vec<ViewerRow>, Fault> {
    let rows = sqlx::query!(
        r#"SELECT u.id, u.username, u.is_active, u.is_staff, u.is_superuser, u.state_id,
                c.id AS "character_id?", c.name AS "character_name?",
                c.corporation_name AS "corporation?", c.alliance_name AS "alliance?",
                COALESCE(CAST((
                    SELECT sum(DISTINCT CAST(1 AS BIGINT) << CAST(p.permission AS INTEGER)) FROM (
                        SELECT permission FROM user_permissions WHERE user_id = u.id
                        UNION ALL SELECT permission FROM state_permissions WHERE state_id = u.state_id
                        UNION ALL SELECT gp.permission FROM memberships m
                            JOIN group_permissions gp ON gp.group_id = m.group_id WHERE m.user_id = u.id
                    ) AS p
                ) AS BIGINT), 0) AS "granted!: i64",
                EXISTS (SELECT 1 FROM memberships m WHERE m.group_id = $3 AND m.user_id = u.id) AS "member!: bool",
                EXISTS (SELECT 1 FROM leaders l WHERE l.user_id = u.id AND l.group_id = $3) AS "leader!: bool",
                EXISTS (SELECT 1 FROM leader_groups lg
                    JOIN memberships m ON m.group_id = lg.leader_group_id AND m.user_id = u.id
                    WHERE lg.group_id = $3) AS "leader_through_group!: bool",
                EXISTS (SELECT 1 FROM jobs) AS "unsettled!: bool",
                (SELECT seq FROM feed_head) AS "seq!: i64",
                (SELECT show_unavailable_groups FROM settings) AS "show_unavailable_groups!: bool"
            FROM users u LEFT JOIN characters c ON c.id = u.main_character_id
            WHERE u.id IN ($1, $2) AND u.deleted_at IS NULL"#,
        one.0,
        other.0,
        group.unwrap_or(GroupId::UNASSIGNED).0
    )
    .fetch_all(&mut *conn)
    .await?;
    let unsettled = rows.iter().any(|row| row.unsettled);
    let mut viewer_rows: Vec<ViewerRow> = rows
        .into_iter()
        .map(|row| {
            let person = PersonRow {
                user_id: row.id,
                username: row.username,
                character_id: row.character_id,
                character_name: row.character_name,
                corporation: row.corporation,
                alliance: row.alliance,
            };
            let (member, leader, leader_through_group) = (row.member, row.leader, row.leader_through_group);
            let account = AccountRow {
                person,
                is_active: row.is_active,
                is_staff: row.is_staff,
                is_superuser: row.is_superuser,
                state_id: row.state_id,
                granted: row.granted,
            };
            let standing = Standing { member, leader, leader_through_group };
            let way = if row.show_unavailable_groups { FoundBy::Setting } else { FoundBy::Use };
            ViewerRow { account: account.into(), standing, seq: Seq(row.seq), way, held: None }
        })
        .collect();
    if unsettled {
        let mut held = live::list(conn, &[one.0, other.0]).await?;
        for viewer_row in &mut viewer_rows {
            let Some(held) = held.remove(&viewer_row.account.person.id) else { continue };
            if let Some(group) = group {
                viewer_row.standing = groups::standing_as_held(conn, group, viewer_row.standing, &held).await?;
            }
            viewer_row.account = held.applied_to(viewer_row.account.clone());
            viewer_row.held = Some(held);
        }
    }
    Ok(viewer_rows)
}

/// The account, if it is there.
pub(crate) async fn find(conn: &mut Conn, id: UserId) -> Result<Option<Account>, Fault> {
    Ok(list_two(conn, id, id, None).await?.pop().map(|viewer_row| viewer_row.account))
}

/// Whoever may look at pages: their account is there, and active.
pub(crate) async fn look(conn: &mut Conn, id: UserId) -> Result<Option<ViewerRow>, Fault> {
    Ok(list_two(conn, id, id, None).await?.pop().filter(|viewer_row| viewer_row.account.active))
}

/// As `look`, and how they stand to a group.
pub(crate) async fn look_at(conn: &mut Conn, id: UserId, group: GroupId) -> Result<Option<ViewerRow>, Fault> {
    Ok(list_two(conn, id, id, Some(group)).await?.pop().filter(|viewer_row| viewer_row.account.active))
}

/// The caller as the rules know it, and the account of whom the command is about.
///
/// A caller whose account is gone is nobody.
pub(crate) async fn find_actor_and(
    conn: &mut Conn,
    caller: CallerId,
    subject: Option<UserId>,
) -> Result<(Actor, Option<Account>), Fault> {
    let ((actor, _), subject) = find_actor_and_in(conn, caller, subject, None).await?;
    Ok((actor, subject.map(|(account, _)| account)))
}

/// Both as `find_actor_and` finds them, and how they stand to a group, where one is named.
pub(crate) async fn find_actor_and_in(
    conn: &mut Conn,
    caller: CallerId,
    subject: Option<UserId>,
    group: Option<GroupId>,
) -> Result<((Actor, Standing), Option<(Account, Standing)>), Fault> {
    let mine = match caller {
        CallerId::User(id) => Some(id),
        CallerId::Nobody | CallerId::System => None,
    };
    let found = match mine.or(subject) {
        Some(one) => list_two(conn, one, subject.unwrap_or(one), group).await?,
        None => Vec::new(),
    };
    let of = |id: UserId| {
        let found = found.iter().find(|viewer_row| viewer_row.account.person.id == id)?;
        Some((found.account.clone(), found.standing))
    };
    let actor = match caller {
        CallerId::Nobody => (Actor::Nobody, Standing::default()),
        CallerId::System => (Actor::System, Standing::default()),
        CallerId::User(id) => match of(id) {
            Some((account, standing)) => (Actor::User(account), standing),
            None => (Actor::Nobody, Standing::default()),
        },
    };
    Ok((actor, subject.and_then(of)))
}

/// Whether there is any user, deleted ones counted: whoever deletes the last one does not open `/setup` again.
pub(crate) async fn any_exists(conn: &mut Conn) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"SELECT EXISTS (SELECT 1 FROM users) AS "exists!: bool""#).fetch_one(conn).await
}

/// How a username and an address that an account wants stand to those of others: both sign in, so both are of one name
/// space (R17). What the account has already is no wish: where two came to share a key before that was a rule, each may
/// still be changed otherwise.
///
/// On PostgreSQL whoever believes this holds `dialect::lock_account_keys`, or the instance alone.
pub(crate) async fn name_facts(
    conn: &mut Conn,
    username: Option<&str>,
    email: Option<&Email>,
    own: UserId,
) -> sqlx::Result<NameFacts> {
    let username = username.map(name::key);
    let email = email.map(|email| name::key(email.as_str()));
    // A look into an index for each: for either of two columns in one condition SQLite reads all users.
    let row = sqlx::query!(
        r#"SELECT NOT EXISTS (SELECT 1 FROM users WHERE id = $3 AND username_key = $1) AND (
                EXISTS (SELECT 1 FROM users WHERE username_key = $1 AND id <> $3 AND deleted_at IS NULL)
                OR EXISTS (SELECT 1 FROM users WHERE email_key = $1 AND id <> $3 AND deleted_at IS NULL))
                AS "taken!: bool",
            NOT EXISTS (SELECT 1 FROM users WHERE id = $3 AND email_key = $2) AND (
                EXISTS (SELECT 1 FROM users WHERE email_key = $2 AND id <> $3 AND deleted_at IS NULL)
                OR EXISTS (SELECT 1 FROM users WHERE username_key = $2 AND id <> $3 AND deleted_at IS NULL))
                AS "email_taken!: bool""#,
        username,
        email,
        own.0
    )
    .fetch_one(conn)
    .await?;
    Ok(NameFacts { taken: row.taken, email_taken: row.email_taken, reserved: false })
}

/// Pairs of accounts of which one is called what is the other's address, the first of them: each with the name they share.
/// The rules let none come to be (R17); what was there before them stays until somebody renames one.
pub(crate) async fn list_shared_keys(conn: &mut Conn, limit: i64) -> sqlx::Result<Vec<SharedKey>> {
    let rows = sqlx::query!(
        r#"SELECT n.id AS "named!: i64", n.username, m.id AS "mailed!: i64", m.username AS mailed_name
            FROM users n CROSS JOIN users m WHERE m.email_key = n.username_key AND m.id <> n.id
                AND n.username_key LIKE '%@%' AND n.deleted_at IS NULL AND m.deleted_at IS NULL
            ORDER BY n.username_key LIMIT $1"#,
        limit
    )
    .fetch_all(conn)
    .await?;
    let person = |id: i64, username: String| Person { id: UserId(id), username, main_character: None };
    Ok(rows
        .into_iter()
        .map(|row| SharedKey { named: person(row.named, row.username), addressed: person(row.mailed, row.mailed_name) })
        .collect())
}

/// How many active superusers there are.
pub(crate) async fn count_superusers(conn: &mut Conn) -> sqlx::Result<usize> {
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: i64" FROM users WHERE is_superuser AND is_active AND deleted_at IS NULL"#
    )
    .fetch_one(conn)
    .await?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// The e-mail address of a user, if they have one.
pub(crate) async fn find_email(conn: &mut Conn, id: UserId) -> sqlx::Result<Option<String>> {
    let email = sqlx::query_scalar!("SELECT email FROM users WHERE id = $1", id.0).fetch_optional(conn).await?;
    Ok(email.flatten())
}

/// Changes the fields of an account.
pub(crate) async fn update(
    conn: &mut Conn,
    id: UserId,
    before: &AccountFields,
    after: &AccountFields,
) -> Result<(), Fault> {
    let (username_key, email_key) = (name::key(&after.username), after.email.as_deref().map(name::key));
    let search_key = name::order(&after.username);
    sqlx::query!(
        "UPDATE users SET username = $2, username_key = CASE WHEN username = $2 THEN username_key ELSE $3 END,
            email = $4, email_key = CASE WHEN email = $4 THEN email_key ELSE $5 END, is_active = $6, is_staff = $7,
            is_superuser = $8, search_key = $9 WHERE id = $1",
        id.0,
        after.username,
        username_key,
        after.email,
        email_key,
        after.active,
        after.staff,
        after.superuser,
        search_key
    )
    .execute(&mut *conn)
    .await?;
    if after.username != before.username {
        character::sort_again(conn, id).await?;
    }
    if (&after.username, &after.email) != (&before.username, &before.email) {
        name_word::renew(conn, id).await?;
        name_form::ACCOUNTS.release(conn).await?;
    }
    Ok(())
}

/// Deletes an account; its row stays, and its names are free.
pub(crate) async fn delete(conn: &mut Conn, id: UserId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("UPDATE users SET deleted_at = $2 WHERE id = $1", id.0, now.0).execute(&mut *conn).await?;
    name_word::delete(conn, id).await?;
    name_form::ACCOUNTS.release(conn).await
}

/// Puts a user into a state.
pub(crate) async fn set_state(conn: &mut Conn, id: UserId, state: StateId) -> sqlx::Result<()> {
    sqlx::query!("UPDATE users SET state_id = $2 WHERE id = $1", id.0, state.0).execute(conn).await?;
    Ok(())
}

/// Makes a user in the state Guest: without a main character there is no other.
pub(crate) async fn insert(
    conn: &mut Conn,
    draft: &UserDraft,
    password_hash: Option<&str>,
    now: Timestamp,
) -> Result<UserId, Fault> {
    let username = draft.username.as_str();
    let (key, order) = (name::key(username), name::order(username));
    let email = draft.email.as_ref().map(domain::Email::as_str);
    let email_key = email.map(name::key);
    let id = sqlx::query_scalar!(
        r#"INSERT INTO users (username, username_key, email, email_key, password_hash, is_active, is_staff, is_superuser,
                settled_requester, state_id, sort_key, search_key, created_at)
            VALUES ($1, $2, $3, $4, $5, TRUE, $6, $7, $7, $8, $9, $9, $10) RETURNING id AS "id!: i64""#,
        username,
        key,
        email,
        email_key,
        password_hash,
        draft.staff,
        draft.superuser,
        domain::State::GUEST.0,
        order,
        now.0
    )
    .fetch_one(&mut *conn)
    .await?;
    let id = UserId(id);
    name_word::renew(conn, id).await?;
    if !draft.permissions.is_empty() {
        QueryBuilder::<Db>::new("INSERT INTO user_permissions (user_id, permission) ")
            .push_values(draft.permissions.iter(), |mut row, permission| {
                row.push_bind(id.0).push_bind(permission.stored());
            })
            .build()
            .execute(conn)
            .await?;
    }
    Ok(id)
}

/// Users after `after`, oldest first.
pub(crate) async fn list(conn: &mut Conn, after: UserId) -> sqlx::Result<Vec<UserLine>> {
    let rows = sqlx::query!(
        "SELECT id, username, email, is_active, is_staff, is_superuser FROM users
            WHERE id > $1 AND deleted_at IS NULL ORDER BY id LIMIT 500",
        after.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| UserLine {
            id: UserId(row.id),
            username: row.username,
            email: row.email,
            active: row.is_active,
            staff: row.is_staff,
            superuser: row.is_superuser,
        })
        .collect())
}
