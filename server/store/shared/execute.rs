//! The write path: one transaction for facts, decision and record (R13).

use super::{
    Fault, facts,
    preview::{Sees, build_preview},
    receipt, record,
};
use crate::Conn;
use domain::{Preview, Receipt};
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

/// Works out what an order would do to people, by the same facts, the same decision and the same rules of what follows.
/// The caller rolls back whatever becomes of it.
pub(crate) async fn preview(conn: &mut Conn, order: &Order) -> Result<Preview, Fault> {
    let (actor, facts) = facts::load(conn, order).await?;
    let decision = domain::decide(&actor, &order.command, &facts, order.now)?;
    let sees = Sees::of(conn, &actor).await?;
    let Some(wanted) = decision.cascade() else {
        return build_preview(conn, &actor, &sees, facts.group.as_ref(), &decision, None).await;
    };
    let recorded = record::make_true(conn, order, &actor, &decision).await?;
    let wanted = recorded.first().map(|(first, _)| record::of_recorded(wanted, first));
    build_preview(conn, &actor, &sees, facts.group.as_ref(), &decision, wanted).await
}
