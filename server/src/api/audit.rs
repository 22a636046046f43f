//! Audit logs, page by page as JSON, or whole as CSV.

use super::{
    call::{Call, list},
    input::{Named, Number, Page, Query, Since, Until, Word, query},
    problem::{Answer, PROBLEM_JSON},
    shape::AuditRow,
};
use crate::csv;
use app::{backend::Reads, error::AppError};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use domain::{AuditQuery, Denial, EventAction, EventType, GroupId, UserId};
use futures::{StreamExt, TryStreamExt, stream};
use serde::Serialize;
use serde_json::Value;

query! {
    /// Which rows of the log of a group.
    Rows {
        /// Only rows about this.
        kind = "type": Word<EventType>,
        /// Only rows that came to this.
        action: Word<EventAction>,
        /// Only rows about what this user asked for, or what was done to them.
        user: Number<UserId>,
        /// Only rows about what this user did.
        actor: Number<UserId>,
        /// Only rows from this moment, or the beginning of this day, on.
        from: Since,
        /// Only rows before this moment, or up to the end of this day.
        to: Until,
    }
}

query! {
    /// Which rows of the whole log.
    InGroup {
        /// Only rows about this group.
        group: Number<GroupId>,
    }
}

impl Rows {
    fn of(self, group: Option<GroupId>, page: &Page) -> AuditQuery {
        AuditQuery {
            group,
            kind: self.kind.map(|Word(kind)| kind),
            action: self.action.map(|Word(action)| action),
            requestor: self.user.map(|Number(user)| user),
            actor: self.actor.map(|Number(actor)| actor),
            from: self.from.map(|Since(at)| at),
            to: self.to.map(|Until(at)| at),
            cursor: page.cursor.clone(),
            limit: page.limit,
        }
    }
}

pub(super) async fn of_group(
    call: Call,
    Named(group): Named<GroupId>,
    Query(asked): Query<Rows>,
    page: Page,
    headers: HeaderMap,
) -> Answer {
    answer(call, asked.of(Some(group), &page), page, &headers).await
}

pub(super) async fn of_everything(
    call: Call,
    Query(asked): Query<Rows>,
    Query(place): Query<InGroup>,
    page: Page,
    headers: HeaderMap,
) -> Answer {
    let group = place.group.map(|Number(group)| group);
    // Of one group others may read too, who ask for it by its own address.
    if group.is_some() && !call.backend().viewer().await?.views_audit {
        return Err(AppError::Denied(Denial::StaffPermissionRequired).into());
    }
    answer(call, asked.of(group, &page), page, &headers).await
}

async fn answer(call: Call, query: AuditQuery, page: Page, headers: &HeaderMap) -> Answer {
    if wants_csv(headers) {
        return Ok(as_csv(&call, AuditQuery { cursor: None, ..query }).await?);
    }
    list(&page, &call.backend().audit(&query).await?.listing, AuditRow::of)
}

fn wants_csv(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|line| line.to_str().ok());
    accepted
        .flat_map(|line| line.split(','))
        .any(|kind| kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("text/csv")))
}

/// All matching rows; only one batch of them is ever in memory.
async fn as_csv(call: &Call, query: AuditQuery) -> Result<Response, AppError> {
    let batches = call.backend().audit_to_its_end(query).await?;
    let rows = batches.map_ok(|batch| {
        let mut text = String::new();
        for logged in &batch {
            let row = AuditRow::of(logged);
            csv::push_row(&mut text, COLUMNS.map(|(_, cell)| cell(&row)));
        }
        Bytes::from(text)
    });
    // A failure in the middle cuts the answer short, which the caller sees by its missing end.
    let rows = rows.map_err(|error| std::io::Error::other(format!("{PROBLEM_JSON}: {error:?}")));
    let mut head = String::new();
    csv::push_row(&mut head, COLUMNS.map(|(name, _)| name));
    let head = stream::iter([Ok::<_, std::io::Error>(Bytes::from(head))]);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    Ok((headers, Body::from_stream(head.chain(rows))).into_response())
}

/// What a column of the file says of a row.
type Cell = fn(&AuditRow) -> String;

/// The columns of the file. An id stands before the name that it belongs to.
const COLUMNS: [(&str, Cell); 15] = [
    ("id", |row| row.id.to_string()),
    ("time", |row| word(&row.time)),
    ("group_id", |row| row.group.as_ref().map(|group| group.id.to_string()).unwrap_or_default()),
    ("group", |row| row.group.as_ref().map(|group| group.name.clone()).unwrap_or_default()),
    ("requestor_id", |row| row.requestor.as_ref().map(|user| user.id.to_string()).unwrap_or_default()),
    ("requestor", |row| row.requestor.as_ref().map(|user| user.username.clone()).unwrap_or_default()),
    ("character", |row| row.character.clone().unwrap_or_default()),
    ("type", |row| row.kind.code().to_owned()),
    ("action", |row| row.action.code().to_owned()),
    ("actor_id", |row| row.actor.as_ref().map(|user| user.id.to_string()).unwrap_or_default()),
    ("actor", |row| row.actor.as_ref().map(|user| user.username.clone()).unwrap_or_default()),
    ("cause", |row| row.cause.map(|cause| cause.code().to_owned()).unwrap_or_default()),
    ("reason", |row| row.reason.clone().unwrap_or_default()),
    ("comment", |row| row.comment.clone().unwrap_or_default()),
    ("detail", |row| row.detail.to_string()),
];

/// What serializes to a word, as that word.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}
