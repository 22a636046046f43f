//! Rolls: what each line of a pasted list of names would come to. The rules are asked about each person.

use super::{
    Fault,
    account::{self, AccountRow},
    aftermath::live,
    group, name, name_word,
    person::PERSON,
    reach,
};
use crate::{Conn, Db, dialect};
use domain::{
    Account, Actor, Command, Facts, Obstacle, Permissions, Person, Reach, Refusal, Roll, RollLine, RollPreview,
    RollVerb, RollVerdict, Sight, Subject, Timestamp, UserId, decide,
};
use sqlx::{FromRow, QueryBuilder};
use std::collections::{HashMap, HashSet};

/// The lines with their verdicts; a refusal of the whole comes as a fault.
pub(crate) async fn preview(
    conn: &mut Conn,
    viewer: UserId,
    roll: &Roll,
    now: Timestamp,
) -> Result<RollPreview, Fault> {
    let looker = account::look_at(conn, viewer, roll.group).await?.ok_or(Refusal::Unseen)?;
    let (group, settings) = group::find(conn, roll.group).await?.ok_or(Refusal::Unseen)?;
    let (actor, standing) = (Actor::User(looker.account), looker.standing);
    let reference = group.reference();
    let facts = Facts {
        group: Some(group),
        reach: reach::of_group(conn, roll.group).await?,
        standing,
        settings,
        ..Facts::default()
    };
    if facts.sight_of_group(&actor) == Sight::Hidden {
        return Err(Refusal::Unseen.into());
    }
    let keys: Vec<String> = roll.names.iter().map(|name| name::key(name)).collect();
    let called = name_word::list_called(conn, &keys).await?;
    let named: HashSet<i64> = called.values().flatten().map(|user| user.0).collect();
    let people = list_people(conn, roll, named.into_iter().collect()).await?;
    let mut seen = HashSet::new();
    let mut lines = Vec::with_capacity(roll.names.len());
    for (text, key) in roll.names.iter().zip(&keys) {
        let found = called.get(key).map(Vec::as_slice).unwrap_or_default();
        let mut candidates = found.iter().filter_map(|user| people.get(user));
        let (person, verdict) = match (candidates.next(), found.len()) {
            (None, _) => (None, RollVerdict::Unknown),
            (Some(one), 1) => {
                let is_first = seen.insert(one.account.person.id);
                let verdict = if is_first { verdict(&actor, roll, &facts, one, now) } else { RollVerdict::Repeated };
                (Some(one.account.person.clone()), verdict)
            }
            (Some(one), _) => {
                let several: Vec<Person> =
                    [one].into_iter().chain(candidates).map(|subject| subject.account.person.clone()).collect();
                (None, RollVerdict::Ambiguous(several))
            }
        };
        lines.push(RollLine { name: text.clone(), person, verdict });
    }
    Ok(RollPreview { group: reference, verb: roll.verb, lines })
}

fn verdict(actor: &Actor, roll: &Roll, facts: &Facts, subject: &Subject, now: Timestamp) -> RollVerdict {
    let (group, member, reason) = (roll.group, subject.account.person.id, roll.reason.clone());
    let command = match roll.verb {
        RollVerb::Add => Command::Add { group, member, reason },
        RollVerb::Remove => Command::Remove { group, member, reason },
    };
    let facts = Facts { subject: Some(subject.clone()), ..facts.clone() };
    match decide(actor, &command, &facts, now) {
        Ok(_) | Err(Refusal::Slow { .. }) => RollVerdict::Ready,
        Err(Refusal::Denied(denial)) => RollVerdict::Refused(Obstacle::Denied(denial)),
        Err(Refusal::Conflict(conflict)) => RollVerdict::Refused(Obstacle::Conflict(conflict)),
        Err(Refusal::Unseen | Refusal::Invalid(_)) => RollVerdict::Unknown,
    }
}

/// Those who are named, as the rules see them in the group.
async fn list_people(conn: &mut Conn, roll: &Roll, users: Vec<i64>) -> Result<HashMap<UserId, Subject>, Fault> {
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
    query.push_bind(roll.group.0);
    query.push(") AS is_member, EXISTS (SELECT 1 FROM leaders l WHERE l.user_id = u.id AND l.group_id = ");
    query.push_bind(roll.group.0);
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
        let stays = held.is_none_or(|held| held.memberships.contains(&roll.group));
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
