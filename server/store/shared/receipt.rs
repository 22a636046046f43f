//! Receipts: the first answer to a command is the answer to every repeat of it.

use super::{Fault, event::json};
use crate::Conn;
use domain::{Conflict, Receipt};
use store_model::{CallerId, Order, StoreError};

/// The caller as a key: ids of users start at 1.
const fn actor_key(caller: CallerId) -> i64 {
    match caller {
        CallerId::User(id) => id.0,
        CallerId::Nobody => 0,
        CallerId::System => -1,
    }
}

/// Takes the `CommandId` for this order, or finds the receipt of the first one.
///
/// On PostgreSQL the insert waits for a twin under way: it is a repeat once that one commits, and goes first where it
/// rolls back. The same id for another command is a conflict; an id of another caller is never found.
pub(crate) async fn claim(conn: &mut Conn, order: &Order) -> Result<Option<Receipt>, Fault> {
    let Some(id) = &order.command_id else { return Ok(None) };
    let actor = actor_key(order.caller);
    let command = json(&order.command)?;
    let id = id.as_str();
    let claimed = sqlx::query!(
        "INSERT INTO receipts (actor_id, command_id, command, at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (actor_id, command_id) DO NOTHING",
        actor,
        id,
        command,
        order.now.0
    )
    .execute(&mut *conn)
    .await?;
    if claimed.rows_affected() == 1 {
        return Ok(None);
    }
    let first = sqlx::query!("SELECT command, answer FROM receipts WHERE actor_id = $1 AND command_id = $2", actor, id)
        .fetch_one(conn)
        .await?;
    if first.command != command {
        return Err(Conflict::CommandReused.into());
    }
    let answer = first.answer.unwrap_or_default();
    let receipt = serde_json::from_str(&answer).map_err(|_| StoreError::Impossible {
        table: "receipts",
        column: "answer",
        key: actor,
        value: answer.clone(),
    })?;
    Ok(Some(receipt))
}

/// Keeps the answer beside the id taken by `claim`.
pub(crate) async fn keep(conn: &mut Conn, order: &Order, receipt: &Receipt) -> Result<(), Fault> {
    let Some(id) = &order.command_id else { return Ok(()) };
    let actor = actor_key(order.caller);
    let id = id.as_str();
    let answer = json(receipt)?;
    sqlx::query!("UPDATE receipts SET answer = $3 WHERE actor_id = $1 AND command_id = $2", actor, id, answer)
        .execute(conn)
        .await?;
    Ok(())
}
