//! The write path: one transaction for facts, decision and record (R13).

use super::{Fault, facts, receipt, record};
use crate::Conn;
use domain::Receipt;
use store_model::Order;

/// Carries out an order. Whatever fails leaves nothing behind: the caller rolls back.
pub(crate) async fn execute(conn: &mut Conn, order: &Order) -> Result<Receipt, Fault> {
    if let Some(first) = receipt::claim(conn, order).await? {
        return Ok(first);
    }
    let (actor, facts) = facts::load(conn, order).await?;
    let decision = domain::decide(&actor, &order.command, &facts, order.now)?;
    let receipt = record::record(conn, order, &actor, &facts.settings, &decision).await?;
    receipt::keep(conn, order, &receipt).await?;
    Ok(receipt)
}
