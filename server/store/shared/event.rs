//! Events as rows.

use super::code::{Code, decode};
use crate::Conn;
use domain::{
    ActorRef, Cause, Event, EventAction, EventId, EventType, GroupId, GroupRef, Logged, Person, RequestId, RequestKind,
    Seq, Timestamp, UserId, What,
};
use store_model::StoreError;

/// What carries nothing but its kind, each at the place that is its code.
static PLAIN: [What; 14] = [
    What::Requested(RequestKind::Join),
    What::Requested(RequestKind::Leave),
    What::Approved(RequestKind::Join),
    What::Approved(RequestKind::Leave),
    What::Rejected(RequestKind::Join),
    What::Rejected(RequestKind::Leave),
    What::Withdrawn(RequestKind::Join),
    What::Withdrawn(RequestKind::Leave),
    What::Closed(RequestKind::Join),
    What::Closed(RequestKind::Leave),
    What::Joined,
    What::Left,
    What::Added,
    What::Removed,
];
const GROUP_CREATED: i64 = 14;
const ACCOUNT_CREATED: i64 = 15;
/// Codes of the decisions of deciders.
pub(crate) const DECISIONS: [i64; 4] = [2, 3, 4, 5];

fn code_of(what: &What) -> i64 {
    let join_or_leave = |first: i64, kind: &RequestKind| first + kind.stored();
    match what {
        What::Requested(kind) => join_or_leave(0, kind),
        What::Approved(kind) => join_or_leave(2, kind),
        What::Rejected(kind) => join_or_leave(4, kind),
        What::Withdrawn(kind) => join_or_leave(6, kind),
        What::Closed(kind) => join_or_leave(8, kind),
        What::Joined => 10,
        What::Left => 11,
        What::Added => 12,
        What::Removed => 13,
        What::GroupCreated(_) => GROUP_CREATED,
        What::AccountCreated(_) => ACCOUNT_CREATED,
    }
}

/// What a code stands for, where it carries nothing else.
pub(crate) fn plain(code: i64) -> Option<&'static What> {
    usize::try_from(code).ok().and_then(|place| PLAIN.get(place))
}

/// The codes of the events that an audit log files under this type and action.
pub(crate) fn codes_filed_under(kind: Option<EventType>, action: Option<EventAction>) -> Vec<i64> {
    let filed = |code| match plain(code) {
        Some(what) => what.filed_as(),
        None if code == GROUP_CREATED => (EventType::Group, EventAction::Done),
        None => (EventType::Account, EventAction::Done),
    };
    (0..=ACCOUNT_CREATED)
        .filter(|code| {
            let (of_kind, of_action) = filed(*code);
            kind.is_none_or(|kind| kind == of_kind) && action.is_none_or(|action| action == of_action)
        })
        .collect()
}

/// An event in the columns of its table.
pub(crate) struct Columns<'a> {
    /// Its code.
    pub(crate) kind: i64,
    /// By how much the number of members changes.
    pub(crate) member_delta: i64,
    /// The group's id and name.
    pub(crate) group: Option<(i64, &'a str)>,
    /// The subject's id, and the whole person as JSON.
    pub(crate) subject: Option<(i64, String)>,
    /// The actor's id and username.
    pub(crate) actor: Option<(i64, &'a str)>,
    /// The request.
    pub(crate) request: Option<i64>,
    /// The code of the cause.
    pub(crate) cause: Option<i64>,
    /// What the event carries, as JSON.
    pub(crate) detail: Option<String>,
}

impl<'a> Columns<'a> {
    pub(crate) fn of(event: &'a Event, actor: Option<&'a ActorRef>) -> Result<Self, StoreError> {
        Ok(Self {
            kind: code_of(&event.what),
            member_delta: event.what.member_delta(),
            group: event.group.as_ref().map(|group| (group.id.0, group.name.as_str())),
            subject: event
                .subject
                .as_ref()
                .map(|subject| json(subject).map(|json| (subject.id.0, json)))
                .transpose()?,
            actor: actor.map(|actor| (actor.id.0, actor.username.as_str())),
            request: event.request.map(|request| request.0),
            cause: event.cause.map(|cause| cause.stored()),
            detail: match &event.what {
                What::GroupCreated(group) => Some(json(group)?),
                What::AccountCreated(draft) => Some(json(draft)?),
                What::Requested(_)
                | What::Approved(_)
                | What::Rejected(_)
                | What::Withdrawn(_)
                | What::Closed(_)
                | What::Joined
                | What::Left
                | What::Added
                | What::Removed => None,
            },
        })
    }
}

/// The stored form of a value.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Database { context: "writing JSON", cause: error.to_string() })
}

/// Appends an event to the log.
pub(crate) async fn insert(
    conn: &mut Conn,
    event: &Event,
    actor: Option<&ActorRef>,
    now: Timestamp,
) -> Result<EventId, super::Fault> {
    let row = Columns::of(event, actor)?;
    let (group_id, group_name) = row.group.unzip();
    let (subject_id, subject) = row.subject.unzip();
    let (actor_id, actor_name) = row.actor.unzip();
    let id = sqlx::query_scalar!(
        r#"INSERT INTO events (at, kind, member_delta, group_id, group_name, subject_id, subject, actor_id, actor_name,
                request_id, cause, reason, comment, detail)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id AS "id!: i64""#,
        now.0,
        row.kind,
        row.member_delta,
        group_id,
        group_name,
        subject_id,
        subject,
        actor_id,
        actor_name,
        row.request,
        row.cause,
        event.reason,
        event.comment,
        row.detail
    )
    .fetch_one(conn)
    .await?;
    Ok(EventId(id))
}

/// A row of the view `feed`.
#[derive(sqlx::FromRow)]
pub(crate) struct EventRow {
    pub(crate) seq: i64,
    pub(crate) id: i64,
    pub(crate) at: i64,
    pub(crate) kind: i64,
    pub(crate) group_id: Option<i64>,
    pub(crate) group_name: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) actor_id: Option<i64>,
    pub(crate) actor_name: Option<String>,
    pub(crate) request_id: Option<i64>,
    pub(crate) cause: Option<i64>,
    pub(crate) reason: Option<String>,
    pub(crate) comment: Option<String>,
    pub(crate) detail: Option<String>,
}

/// Selects the columns of `EventRow` from `feed`, for statements that are put together.
pub(crate) const EVENT: &str = "seq, id, at, kind, group_id, group_name, subject, actor_id, actor_name, request_id, \
     cause, reason, comment, detail";

impl TryFrom<EventRow> for Logged {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self, StoreError> {
        let impossible = |column, value: String| StoreError::Impossible { table: "events", column, key: row.id, value };
        let detail = row.detail.as_deref().unwrap_or_default();
        let what = match (plain(row.kind), row.kind) {
            (Some(what), _) => what.clone(),
            (None, GROUP_CREATED) => What::GroupCreated(parse(detail).map_err(|e| impossible("detail", e))?),
            (None, ACCOUNT_CREATED) => What::AccountCreated(parse(detail).map_err(|e| impossible("detail", e))?),
            (None, other) => return Err(impossible("kind", other.to_string())),
        };
        let subject: Option<Person> =
            row.subject.as_deref().map(parse).transpose().map_err(|e| impossible("subject", e))?;
        let cause: Option<Cause> = row.cause.map(|code| decode("events", "cause", row.id, code)).transpose()?;
        Ok(Self {
            id: EventId(row.id),
            seq: Seq(row.seq),
            at: Timestamp(row.at),
            actor: row.actor_id.zip(row.actor_name).map(|(id, username)| ActorRef { id: UserId(id), username }),
            event: Event {
                what,
                group: row.group_id.zip(row.group_name).map(|(id, name)| GroupRef { id: GroupId(id), name }),
                subject,
                request: row.request_id.map(RequestId),
                cause,
                reason: row.reason,
                comment: row.comment,
            },
        })
    }
}

fn parse<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

/// The rows of a page as events.
pub(crate) fn logged(rows: Vec<EventRow>) -> Result<Vec<Logged>, StoreError> {
    rows.into_iter().map(Logged::try_from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_plain_event_stands_at_its_code() {
        for (place, what) in PLAIN.iter().enumerate() {
            assert_eq!(code_of(what), i64::try_from(place).unwrap(), "{what:?}");
        }
    }

    #[test]
    fn filters_of_the_audit_log_find_codes() {
        assert_eq!(codes_filed_under(Some(EventType::Join), Some(EventAction::Requested)), [0]);
        assert_eq!(codes_filed_under(Some(EventType::Join), Some(EventAction::Accepted)), [2, 10]);
        assert_eq!(codes_filed_under(None, Some(EventAction::Done)), [12, 13, 14, 15]);
        assert_eq!(codes_filed_under(Some(EventType::Group), Some(EventAction::Rejected)), Vec::<i64>::new());
    }
}
