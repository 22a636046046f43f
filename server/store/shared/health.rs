//! How the instance is doing: what needs somebody to look after it, and how far the machinery is.

use super::{
    Fault, account,
    care::LONG_WAIT,
    cascade::job,
    code::decode,
    event::{EVENT, EventRow},
    leader, name_form,
    person::{PERSON, PersonRow},
};
use crate::{Conn, Db, dialect};
use domain::{
    Account, Actor, Backup, Denial, EventId, FeedHealth, Findings, GroupHealth, GroupId, GroupRef, Health,
    InactiveLeader, LeaderlessGroup, NameClash, NameOf, Namesake, OldRequest, OpenJob, Permission, RecordedEvent,
    Refusal, RequestId, ReservedNameId, Seq, SharedKey, Timestamp, UserId, authority,
};
use sqlx::{FromRow, QueryBuilder};

/// No more names that are the same are counted, of each kind: they are to be looked at one by one, and more come then.
const MOST_COUNTED: i64 = 1000;

/// Everything about the instance that the viewer may know; a refusal comes as a fault. The caller names the version.
pub(crate) async fn find(conn: &mut Conn, viewer: UserId, now: Timestamp) -> Result<Health, Fault> {
    let account = account::look(conn, viewer).await?.ok_or(Refusal::Unseen)?.account;
    if !account.enters_admin_area() {
        return Err(Refusal::from(Denial::StaffPermissionRequired).into());
    }
    let names = account.administers(Permission::ManageReservedNames) || account.administers(Permission::ManageGroups);
    let people = account.administers(Permission::ManageUsers);
    let (database, database_bytes) = dialect::database(conn).await?;
    Ok(Health {
        version: String::new(),
        database,
        database_bytes: u64::try_from(database_bytes).unwrap_or(0),
        last_backup: last_backup(conn).await?,
        feed: feed(conn).await?,
        jobs: list_jobs(conn).await?,
        groups: if administers_groups(&account) { Some(groups(conn, now).await?) } else { None },
        clashes: if names { Some(clashes(conn).await?) } else { None },
        shared_keys: if people { Some(shared_keys(conn).await?) } else { None },
        namesakes: namesakes(conn, &account).await?,
        read_at: now,
    })
}

fn administers_groups(account: &Account) -> bool {
    authority::administers_groups(&Actor::User(account.clone()))
}

/// Whether the database answers.
pub(crate) async fn ping(conn: &mut Conn) -> sqlx::Result<()> {
    sqlx::query("SELECT 1").execute(conn).await?;
    Ok(())
}

/// Notes that a copy of the database was made.
pub(crate) async fn insert_backup(conn: &mut Conn, backup: &Backup) -> Result<(), Fault> {
    let bytes = i64::try_from(backup.bytes).unwrap_or(i64::MAX);
    sqlx::query!("INSERT INTO backups (at, bytes) VALUES ($1, $2)", backup.at.0, bytes).execute(conn).await?;
    Ok(())
}

async fn last_backup(conn: &mut Conn) -> sqlx::Result<Option<Backup>> {
    let row = sqlx::query!("SELECT at, bytes FROM backups ORDER BY id DESC LIMIT 1").fetch_optional(conn).await?;
    Ok(row.map(|row| Backup { at: Timestamp(row.at), bytes: u64::try_from(row.bytes).unwrap_or(0) }))
}

/// How far the feed is behind what is committed.
async fn feed(conn: &mut Conn) -> Result<FeedHealth, Fault> {
    let Seq(head) = dialect::head(conn).await?;
    let waiting =
        sqlx::query_scalar!(r#"SELECT count(*) AS "waiting!: i64" FROM unnumbered"#).fetch_one(&mut *conn).await?;
    let waiting_since = sqlx::query_scalar!(
        r#"SELECT e.at AS "at!: i64" FROM events e WHERE e.id = (SELECT min(u.id) FROM unnumbered u)"#
    )
    .fetch_optional(conn)
    .await?;
    Ok(FeedHealth {
        head: Seq(head),
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
        waiting_since: waiting_since.map(Timestamp),
    })
}

/// The jobs that are not done, with what set them off.
async fn list_jobs(conn: &mut Conn) -> Result<Vec<OpenJob>, Fault> {
    let jobs = job::list(conn).await?;
    if jobs.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = jobs.iter().map(|job| job.event.0).collect();
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query.push(EVENT).push(" FROM feed WHERE id");
    dialect::push_is_any_of(&mut query, &ids);
    let rows: Vec<EventRow> = query.build_query_as().fetch_all(conn).await?;
    let mut events = rows.into_iter().map(RecordedEvent::try_from).collect::<Result<Vec<_>, _>>()?;
    let whole = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    let mut take =
        |id: EventId| events.iter().position(|logged| logged.id == id).map(|place| events.swap_remove(place));
    Ok(jobs
        .into_iter()
        .map(|job| OpenJob {
            event: take(job.event),
            done: whole(job.done),
            total: whole(job.total),
            started_at: job.started_at,
        })
        .collect())
}

async fn groups(conn: &mut Conn, now: Timestamp) -> Result<GroupHealth, Fault> {
    Ok(GroupHealth {
        leaderless: leaderless(conn).await?,
        old_requests: old_requests(conn, now.plus_seconds(-LONG_WAIT)).await?,
        inactive_leaders: inactive_leaders(conn).await?,
    })
}

fn findings<T>(first: Vec<T>, total: i64) -> Findings<T> {
    Findings { first, total: u32::try_from(total).unwrap_or(u32::MAX) }
}

/// Groups that nobody leads.
async fn leaderless(conn: &mut Conn) -> Result<Findings<LeaderlessGroup>, Fault> {
    const LEADERLESS: &str = " FROM groups g WHERE g.deleted_at IS NULL AND NOT g.internal AND NOT ";
    let mut query = QueryBuilder::<Db>::new("SELECT count(*)");
    let total: i64 = query.push(LEADERLESS).push(leader::IS_LED).build_query_scalar().fetch_one(&mut *conn).await?;
    let mut query = QueryBuilder::<Db>::new(
        "SELECT g.id, g.name, (SELECT count(*) FROM requests r WHERE r.group_id = g.id AND r.status = 0)",
    );
    query.push(LEADERLESS).push(leader::IS_LED).push(" ORDER BY g.sort_key, g.id LIMIT ").push(Health::SHOWN);
    let rows: Vec<(i64, String, i64)> = query.build_query_as().fetch_all(conn).await?;
    let first = rows.into_iter().map(|(id, name, waiting)| LeaderlessGroup {
        group: GroupRef { id: GroupId(id), name },
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
    });
    Ok(findings(first.collect(), total))
}

/// Open requests from before a moment.
async fn old_requests(conn: &mut Conn, before: Timestamp) -> Result<Findings<OldRequest>, Fault> {
    #[derive(FromRow)]
    struct Row {
        request_id: i64,
        kind: i64,
        created_at: i64,
        group_id: i64,
        group_name: String,
        #[sqlx(flatten)]
        applicant: PersonRow,
    }
    let total = sqlx::query_scalar!(
        r#"SELECT count(*) AS "total!: i64" FROM requests WHERE status = 0 AND created_at < $1"#,
        before.0
    )
    .fetch_one(&mut *conn)
    .await?;
    let mut query = QueryBuilder::<Db>::new("SELECT r.id AS request_id, r.kind, r.created_at, r.group_id, ");
    query.push("g.name AS group_name, ").push(PERSON).push(
        " FROM requests r JOIN groups g ON g.id = r.group_id JOIN users u ON u.id = r.user_id \
         LEFT JOIN characters c ON c.id = u.main_character_id WHERE r.status = 0 AND r.created_at < ",
    );
    query.push_bind(before.0).push(" ORDER BY r.created_at, r.id LIMIT ").push(Health::SHOWN);
    let rows: Vec<Row> = query.build_query_as().fetch_all(conn).await?;
    let first = rows.into_iter().map(|row| {
        Ok(OldRequest {
            id: RequestId(row.request_id),
            applicant: row.applicant.into(),
            group: GroupRef { id: GroupId(row.group_id), name: row.group_name },
            kind: decode("requests", "kind", row.request_id, row.kind)?,
            created_at: Timestamp(row.created_at),
        })
    });
    Ok(findings(first.collect::<Result<_, Fault>>()?, total))
}

/// Leaders who can do nothing.
async fn inactive_leaders(conn: &mut Conn) -> Result<Findings<InactiveLeader>, Fault> {
    #[derive(FromRow)]
    struct Row {
        #[sqlx(flatten)]
        person: PersonRow,
        group_id: i64,
        group_name: String,
    }
    const INACTIVE: &str = " FROM leaders l JOIN users u ON u.id = l.user_id JOIN groups g ON g.id = l.group_id \
         LEFT JOIN characters c ON c.id = u.main_character_id \
         WHERE NOT u.is_active AND u.deleted_at IS NULL AND g.deleted_at IS NULL";
    let mut query = QueryBuilder::<Db>::new("SELECT count(*)");
    let total: i64 = query.push(INACTIVE).build_query_scalar().fetch_one(&mut *conn).await?;
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query.push(PERSON).push(", g.id AS group_id, g.name AS group_name").push(INACTIVE);
    query.push(" ORDER BY u.sort_key, u.id, g.sort_key, g.id LIMIT ").push(Health::SHOWN);
    let rows: Vec<Row> = query.build_query_as().fetch_all(conn).await?;
    let first = rows.into_iter().map(|row| InactiveLeader {
        person: row.person.into(),
        group: GroupRef { id: GroupId(row.group_id), name: row.group_name },
    });
    Ok(findings(first.collect(), total))
}

/// Accounts that share a name with the address of another: the first of them, and how many there are, to a bound.
async fn shared_keys(conn: &mut Conn) -> Result<Findings<SharedKey>, Fault> {
    let mut first = account::list_shared_keys(conn, MOST_COUNTED).await?;
    let total = i64::try_from(first.len()).unwrap_or(i64::MAX);
    first.truncate(Health::SHOWN);
    Ok(findings(first, total))
}

/// Names that are the same as others: of those whom the viewer administers.
async fn namesakes(conn: &mut Conn, viewer: &Account) -> Result<Findings<Namesake>, Fault> {
    let offices = [
        (NameOf::User, Permission::ManageUsers),
        (NameOf::Email, Permission::ManageUsers),
        (NameOf::Group, Permission::ManageGroups),
        (NameOf::State, Permission::ManageStates),
        (NameOf::ReservedName, Permission::ManageReservedNames),
    ];
    let administered = offices.into_iter().filter(|(_, office)| viewer.administers(*office));
    let kinds: Vec<NameOf> = administered.map(|(of, _)| of).collect();
    let mut all = name_form::list(conn, &kinds, Some(MOST_COUNTED)).await?;
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    all.truncate(Health::SHOWN);
    Ok(findings(all, total))
}

/// Groups whose names are reserved. The rules let none come to be (R12); what was put there past them does.
async fn clashes(conn: &mut Conn) -> Result<Findings<NameClash>, Fault> {
    let rows = sqlx::query!(
        r#"SELECT g.id AS "group!: i64", g.name, r.id AS "reserved!: i64"
            FROM reserved_names r JOIN groups g ON g.name_key = r.name_key WHERE g.deleted_at IS NULL ORDER BY g.sort_key, g.id"#
    )
    .fetch_all(conn)
    .await?;
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let first = rows.into_iter().take(Health::SHOWN).map(|row| NameClash {
        group: GroupRef { id: GroupId(row.group), name: row.name },
        reserved: ReservedNameId(row.reserved),
    });
    Ok(findings(first.collect(), total))
}
