//! Events as rows.

use super::{
    code::{Code, decode},
    state,
    statement_batch::StatementBatch,
};
use crate::{Conn, Db};
use domain::{
    ActorRef, Cause, Event, EventAction, EventId, EventKind, EventPayload, EventScope, EventType, GroupId, GroupRef,
    Person, RecordedEvent, RequestId, Seq, StateRef, Timestamp, UserId,
};
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, query_builder::Separated};
use std::collections::BTreeSet;
use store_model::StoreError;

/// The kinds of the events that name a group beside the one they are about.
pub(crate) const NAMING_A_GROUP: [EventKind; 2] = [EventKind::LeaderGroupAdded, EventKind::LeaderGroupRemoved];

/// The kinds of the decisions of deciders.
pub(crate) const DECISIONS: [EventKind; 4] =
    [EventKind::JoinApproved, EventKind::LeaveApproved, EventKind::JoinRejected, EventKind::LeaveRejected];

/// What a code stands for, where it carries nothing else.
pub(crate) fn plain(code: i64) -> Option<EventPayload> {
    EventKind::from_stored(code).and_then(EventKind::plain)
}

/// The codes of the events that an audit log files under this type and action, in order.
pub(crate) fn codes_filed_under(kind: Option<EventType>, action: Option<EventAction>) -> Vec<i64> {
    let wanted = |of: &EventKind| {
        let (of_kind, of_action) = of.filed_as();
        kind.is_none_or(|kind| kind == of_kind) && action.is_none_or(|action| action == of_action)
    };
    let mut codes: Vec<i64> = EventKind::ALL.iter().filter(|kind| wanted(kind)).map(Code::stored).collect();
    codes.sort_unstable();
    codes
}

/// The codes of the events about requests.
pub(crate) fn codes_of_requests() -> impl Iterator<Item = i64> {
    let is_of_request = |what: EventPayload| matches!(what.touches(), EventScope::Request(..));
    EventKind::ALL.into_iter().filter(move |kind| kind.plain().is_some_and(is_of_request)).map(|kind| kind.stored())
}

/// A struct whose fields are columns, each under its own name, and the list of these names as statements have it.
macro_rules! columns {
    (
        $(#[$about:meta])* struct $struct:ident $(<$life:lifetime>)?;
        $(#[$of_list:meta])* const $list:ident;
        $first:ident: $first_type:ty, $($name:ident: $type:ty),+ $(,)?
    ) => {
        $(#[$about])*
        pub(crate) struct $struct $(<$life>)? {
            pub(crate) $first: $first_type,
            $(pub(crate) $name: $type),+
        }

        $(#[$of_list])*
        pub(crate) const $list: &str = concat!(stringify!($first), $(", ", stringify!($name)),+);

        impl $(<$life>)? $struct $(<$life>)? {
            /// Binds the values, in the order of the list.
            #[allow(dead_code, reason = "what is only read is bound nowhere")]
            pub(crate) fn bind(self, row: &mut Separated<'_, Db, &'static str>) {
                row.push_bind(self.$first);
                $(row.push_bind(self.$name);)+
            }
        }
    };
}

columns! {
    /// An event in the columns of its table.
    struct Columns<'a>;
    /// The columns of `Columns`.
    const COLUMNS;
    at: i64,
    kind: i64,
    member_delta: i64,
    group_id: Option<i64>,
    group_name: Option<&'a str>,
    subject_id: Option<i64>,
    subject: Option<String>,
    actor_id: Option<i64>,
    actor_name: Option<&'a str>,
    request_id: Option<i64>,
    cause: Option<i64>,
    reason: Option<&'a str>,
    comment: Option<&'a str>,
    detail: Option<String>,
}

impl<'a> Columns<'a> {
    pub(crate) fn of(event: &'a Event, actor: Option<&'a ActorRef>, at: Timestamp) -> Result<Self, StoreError> {
        let kind = event.what.kind();
        Ok(Self {
            at: at.0,
            kind: kind.stored(),
            member_delta: event.what.member_delta(),
            group_id: event.group.as_ref().map(|group| group.id.0),
            group_name: event.group.as_ref().map(|group| group.name.as_str()),
            subject_id: event.subject.as_ref().map(|subject| subject.id.0),
            // The whole person: their names as they were.
            subject: event.subject.as_ref().map(json).transpose()?,
            actor_id: actor.map(|actor| actor.id.0),
            actor_name: actor.map(|actor| actor.username.as_str()),
            request_id: event.request.map(|request| request.0),
            cause: event.cause.map(|cause| cause.stored()),
            reason: event.reason.as_deref(),
            comment: event.comment.as_deref(),
            detail: match kind.plain() {
                Some(_) => None,
                None if event.states.is_empty() => Some(json(&event.what)?),
                None => Some(json(&Carried { what: &event.what, states: &event.states })?),
            },
        })
    }
}

/// What an event carries, with the names of the states in it.
#[derive(Serialize, Deserialize)]
struct Carried<W, S> {
    what: W,
    states: S,
}

/// Reads what an event carries. What names no state stands alone, and so does all that was stored before names were.
fn carried(detail: &str) -> Result<(EventPayload, Vec<StateRef>), String> {
    match parse::<Carried<EventPayload, Vec<StateRef>>>(detail) {
        Ok(Carried { what, states }) => Ok((what, states)),
        Err(_) => parse(detail).map(|what| (what, Vec::new())),
    }
}

/// Adds the names of the states that the events name by their ids, by one statement for all.
async fn name_states(conn: &mut Conn, events: &mut [Event]) -> Result<(), super::Fault> {
    let ids: BTreeSet<i64> = events.iter().flat_map(|event| event.what.states()).map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let known = state::list_names_of(conn, &ids.into_iter().collect::<Vec<_>>()).await?;
    for event in events {
        let named = event.what.states();
        event.states = known.iter().filter(|state| named.contains(&state.id)).cloned().collect();
    }
    Ok(())
}

/// The stored form of a value.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Database { context: "writing JSON", cause: error.to_string() })
}

/// Appends an event to the log, with what it says has changed. `None` where the condition of that did not hold.
pub(crate) async fn insert(
    conn: &mut Conn,
    changes: StatementBatch,
    event: &Event,
    actor: Option<&ActorRef>,
    now: Timestamp,
) -> Result<Option<EventId>, super::Fault> {
    let mut named = [event.clone()];
    name_states(conn, &mut named).await?;
    let row = Columns::of(&named[0], actor, now)?;
    let mut query = changes.and(|query| {
        query.push("INSERT INTO events (").push(COLUMNS).push(") SELECT ");
        row.bind(&mut query.separated(", "));
    });
    let id: Option<i64> = query.push(" RETURNING id").build_query_scalar().fetch_optional(conn).await?;
    Ok(id.map(EventId))
}

/// Appends events of rules to the log, in order, and gives their ids in the same order.
pub(crate) async fn insert_all(
    conn: &mut Conn,
    events: &[Event],
    now: Timestamp,
) -> Result<Vec<EventId>, super::Fault> {
    let mut named = events.to_vec();
    name_states(conn, &mut named).await?;
    let mut ids = Vec::with_capacity(events.len());
    for chunk in named.chunks(500) {
        let rows = chunk.iter().map(|event| Columns::of(event, None, now)).collect::<Result<Vec<_>, StoreError>>()?;
        let mut query = QueryBuilder::<Db>::new("INSERT INTO events (");
        query.push(COLUMNS).push(") ").push_values(rows, |mut values, row| row.bind(&mut values));
        let mut drawn: Vec<i64> = query.push(" RETURNING id").build_query_scalar().fetch_all(&mut *conn).await?;
        // Ids are drawn in the order of the rows; that they come back in it is not promised.
        drawn.sort_unstable();
        ids.extend(drawn.into_iter().map(EventId));
    }
    Ok(ids)
}

columns! {
    /// A row of the view `feed`.
    #[derive(sqlx::FromRow)]
    struct EventRow;
    /// The columns of `EventRow`.
    const EVENT;
    seq: i64,
    id: i64,
    at: i64,
    kind: i64,
    group_id: Option<i64>,
    group_name: Option<String>,
    subject: Option<String>,
    actor_id: Option<i64>,
    actor_name: Option<String>,
    request_id: Option<i64>,
    cause: Option<i64>,
    reason: Option<String>,
    comment: Option<String>,
    detail: Option<String>,
}

impl TryFrom<EventRow> for RecordedEvent {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self, StoreError> {
        let impossible = |column, value: String| StoreError::Impossible { table: "events", column, key: row.id, value };
        let (what, states) = what(row.id, row.kind, row.detail.as_deref())?;
        let subject: Option<Person> =
            row.subject.as_deref().map(parse).transpose().map_err(|e| impossible("subject", e))?;
        let cause: Option<Cause> = row.cause.map(|code| decode("events", "cause", row.id, code)).transpose()?;
        Ok(Self {
            id: EventId(row.id),
            seq: Seq(row.seq),
            at: Timestamp(row.at),
            actor: row.actor_id.zip(row.actor_name).map(|(id, username)| ActorRef { id: UserId(id), username }),
            event: Event::of(what)
                .in_group(row.group_id.zip(row.group_name).map(|(id, name)| GroupRef { id: GroupId(id), name }))
                .about(subject)
                .of_request(row.request_id.map(RequestId))
                .because(cause)
                .with_reason(row.reason)
                .with_comment(row.comment)
                .naming(states),
        })
    }
}

/// What happened in an event.
pub(crate) async fn find_what(conn: &mut Conn, id: EventId) -> Result<EventPayload, super::Fault> {
    let mut query = QueryBuilder::<Db>::new("SELECT kind, detail FROM events WHERE id = ");
    let (kind, detail): (i64, Option<String>) = query.push_bind(id.0).build_query_as().fetch_one(conn).await?;
    Ok(what(id.0, kind, detail.as_deref())?.0)
}

/// What a row tells, with the names of the states in it.
fn what(id: i64, kind: i64, detail: Option<&str>) -> Result<(EventPayload, Vec<StateRef>), StoreError> {
    let impossible = |column, value: String| StoreError::Impossible { table: "events", column, key: id, value };
    if let Some(what) = plain(kind) {
        return Ok((what, Vec::new()));
    }
    let (what, states) = carried(detail.unwrap_or_default()).map_err(|e| impossible("detail", e))?;
    if what.kind().stored() == kind { Ok((what, states)) } else { Err(impossible("kind", kind.to_string())) }
}

fn parse<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

/// The rows of a page as events.
pub(crate) fn logged(rows: Vec<EventRow>) -> Result<Vec<RecordedEvent>, StoreError> {
    rows.into_iter().map(RecordedEvent::try_from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_event_has_a_code_of_its_own() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::from_stored(kind.stored()), Some(kind), "{kind:?}");
            assert!(kind.plain().is_none_or(|what| what.kind() == kind), "{kind:?}");
        }
        let codes = codes_filed_under(None, None);
        assert_eq!(codes, (0..48).chain([50]).collect::<Vec<_>>(), "each code is given once");
    }

    #[test]
    fn what_was_stored_without_names_is_read_too() {
        let what = EventPayload::StateChanged { from: domain::State::GUEST, to: domain::State::MEMBER };
        let old = json(&what).unwrap();
        assert_eq!(carried(&old), Ok((what.clone(), Vec::new())));
        let states = vec![StateRef { id: domain::State::MEMBER, name: "Member".to_owned() }];
        let new = json(&Carried { what: &what, states: &states }).unwrap();
        assert_eq!(carried(&new), Ok((what, states)));
        assert!(carried("{}").is_err());
    }

    #[test]
    fn filters_of_the_audit_log_find_codes() {
        assert_eq!(codes_filed_under(Some(EventType::Join), Some(EventAction::Requested)), [0]);
        assert_eq!(codes_filed_under(Some(EventType::Join), Some(EventAction::Accepted)), [2, 10]);
        assert_eq!(codes_filed_under(Some(EventType::Group), Some(EventAction::Done)), [14, 16, 17, 18]);
        assert_eq!(codes_filed_under(Some(EventType::Group), Some(EventAction::Rejected)), Vec::<i64>::new());
    }
}
