//! Rolls: what each line of a pasted list of names would come to. The rules are asked about each person.

use super::{
    Fault,
    account::{self, AccountRow},
    cascade::live,
    group, name, name_word,
    person::PERSON,
    reach,
};
use crate::{Conn, Db, dialect};
use domain::{
    Account, Actor, BulkAction, BulkEdit, BulkLine, BulkPreview, BulkVerdict, Command, Facts, Obstacle, Permissions,
    Person, Reach, Refusal, Sight, Subject, Timestamp, UserId, decide,
};
use sqlx::{FromRow, QueryBuilder};
use std::collections::{HashMap, HashSet};

/// The lines with their verdicts; a refusal of the whole comes as a fault.
pub(crate) async fn preview(
    conn: &mut Conn,
    viewer: UserId,
    bulk_edit: &BulkEdit,
    now: Timestamp,
) -> Result<BulkPreview, Fault> {
    let viewer_row = account::look_at(conn, viewer, bulk_edit.group).await?.ok_or(Refusal::Unseen)?;
    let (group, settings) = group::find(conn, bulk_edit.group).await?.ok_or(Refusal::Unseen)?;
    let (actor, standing) = (Actor::User(viewer_row.account), viewer_row.standing);
    let reference = group.reference();
    let facts = Facts {
        group: Some(group),
        reach: reach::of_group(conn, bulk_edit.group).await?,
        standing,
        settings,
        ..Facts::default()
    };
    if facts.sight_of_group(&actor) == Sight::Hidden {
        return Err(Refusal::Unseen.into());
    }
    let keys: Vec<String> = bulk_edit.names.iter().map(|name| name::key(name)).collect();
    let called = name_word::list_called(conn, &actor, &keys).await?;
    let named: HashSet<i64> = called.values().flatten().map(|user| user.0).collect();
    let people = list_people(conn, bulk_edit, named.into_iter().collect()).await?;
    let mut seen = HashSet::new();
    let mut lines = Vec::with_capacity(bulk_edit.names.len());
    for (text, key) in bulk_edit.names.iter().zip(&keys) {
        let found = called.get(key).map(Vec::as_slice).unwrap_or_default();
        let mut candidates = found.iter().filter_map(|user| people.get(user));
        let (person, verdict) = match (candidates.next(), found.len()) {
            (None, _) => (None, BulkVerdict::Unknown),
            (Some(one), 1) => {
                let is_first = seen.insert(one.account.person.id);
                let verdict =
                    if is_first { verdict(&actor, bulk_edit, &facts, one, now) } else { BulkVerdict::Repeated };
                (Some(one.account.person.clone()), verdict)
            }
            (Some(one), _) => {
                let several: Vec<Person> =
                    [one].into_iter().chain(candidates).map(|subject| subject.account.person.clone()).collect();
                (None, BulkVerdict::Ambiguous(several))
            }
        };
        lines.push(BulkLine { name: text.clone(), person, verdict });
    }
    Ok(BulkPreview { group: reference, verb: bulk_edit.verb, lines })
}

fn verdict(actor: &Actor, bulk_edit: &BulkEdit, facts: &Facts, subject: &Subject, now: Timestamp) -> BulkVerdict {
    let (group, member, reason) = (bulk_edit.group, subject.account.person.id, bulk_edit.reason.clone());
    let command = match bulk_edit.verb {
        BulkAction::Add => Command::Add { group, member, reason },
        BulkAction::Remove => Command::Remove { group, member, reason },
    };
    let facts = Facts { subject: Some(subject.clone()), ..facts.clone() };
    match decide(actor, &command, &facts, now) {
        Ok(_) | Err(Refusal::Slow { .. }) => BulkVerdict::Ready,
        Err(Refusal::Denied(denial)) => BulkVerdict::Refused(Obstacle::Denied(denial)),
        Err(Refusal::Conflict(conflict)) => BulkVerdict::Refused(Obstacle::Conflict(conflict)),
        Err(Refusal::Unseen | Refusal::Invalid(_)) => BulkVerdict::Unknown,
    }
}

/// Those who are named, as the rules see them in the group.
async fn list_people(
    conn: &mut Conn,
    bulk_edit: &BulkEdit,
    users: Vec<i64>,
) -> Result<HashMap<UserId, Subject>, Fault> {
    #[derive(FromRow)]
    struct Row {
        #[sqlx(flatten)]
        account: AccountRow,
        is_member: bool,
        is_leader: bool,
    }
    if users.is_empty() {
        return Ok(HashMap::new());
    }
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query.push(PERSON).push(
        ", u.is_active, u.is_staff, u.is_superuser, u.state_id, \
         COALESCE(CAST((SELECT sum(DISTINCT CAST(1 AS BIGINT) << CAST(p.permission AS INTEGER)) FROM (\
             SELECT permission FROM user_permissions WHERE user_id = u.id \
             UNION ALL SELECT permission FROM state_permissions WHERE state_id = u.state_id \
             UNION ALL SELECT gp.permission FROM memberships m \
                 JOIN group_permissions gp ON gp.group_id = m.group_id WHERE m.user_id = u.id) AS p) AS BIGINT), 0) \
         AS granted, EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.group_id = ",
    );
    query.push_bind(bulk_edit.group.0);
    query.push(") AS is_member, EXISTS (SELECT 1 FROM leaders l WHERE l.user_id = u.id AND l.group_id = ");
    query.push_bind(bulk_edit.group.0);
    query.push(
        ") AS is_leader FROM users u LEFT JOIN characters c ON c.id = u.main_character_id \
         WHERE u.deleted_at IS NULL AND u.id",
    );
    dialect::push_is_any_of(&mut query, &users);
    let rows: Vec<Row> = query.build_query_as().fetch_all(&mut *conn).await?;
    let held = if live::is_unsettled(conn).await? { live::list(conn, &users).await? } else { HashMap::new() };
    let subject = |row: Row| {
        let account = Account::from(row.account);
        let user = account.person.id;
        let held = held.get(&user);
        let stays = held.is_none_or(|held| held.memberships.contains(&bulk_edit.group));
        let subject = Subject {
            account: match held {
                Some(held) => held.applied_to(account),
                None => account,
            },
            own: Permissions::NONE,
            member: row.is_member && stays,
            leader: row.is_leader,
            open_request: None,
            reach: Reach::default(),
            email: None,
        };
        (user, subject)
    };
    Ok(rows.into_iter().map(subject).collect())
}
