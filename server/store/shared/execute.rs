//! The write path: one transaction for facts, decision and record (R13).

use super::{
    Fault,
    aftermath::foreseen::{self, Extent},
    facts, receipt, record, settings, state, viewer,
};
use crate::Conn;
use domain::{
    Actor, Aftermath, Conflict, Decision, Fingerprint, Foresight, Group, GroupId, Preview, Receipt, authority,
};
use std::collections::HashSet;
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
    let Some(wanted) = decision.aftermath() else {
        return foresee(conn, &actor, &sees, facts.group.as_ref(), &decision, None).await;
    };
    let recorded = record::make_true(conn, order, &actor, &decision).await?;
    let wanted = recorded.first().map(|(first, _)| record::of_recorded(wanted, first));
    foresee(conn, &actor, &sees, facts.group.as_ref(), &decision, wanted).await
}

/// Refuses where a decision that was just made true would do other things to people than a preview showed.
pub(crate) async fn compare(
    conn: &mut Conn,
    actor: &Actor,
    expected: Fingerprint,
    decision: &Decision,
    wanted: Option<Aftermath>,
) -> Result<(), Fault> {
    let preview = foresee(conn, actor, &Sees::All, None, decision, wanted).await?;
    if preview.fingerprint == expected { Ok(()) } else { Err(Conflict::PreviewOutdated.into()) }
}

async fn foresee(
    conn: &mut Conn,
    actor: &Actor,
    sees: &Sees,
    group: Option<&Group>,
    decision: &Decision,
    wanted: Option<Aftermath>,
) -> Result<Preview, Fault> {
    let sees_members = |group: GroupId| sees.members_of(group);
    let (settings, states) = (settings::find(conn).await?, state::list_names(conn).await?);
    let mut foresight = Foresight::new(actor.id(), &sees_members, settings, states);
    foresight.note_internal(group);
    foresight.decided(decision.events(), foreseen::key);
    let extent = match wanted {
        Some(wanted) => foreseen::add(conn, wanted, &mut foresight).await?,
        None => Extent { complete: true, in_steps: false },
    };
    Ok(foresight.preview(!decision.events().is_empty(), extent.complete, extent.in_steps))
}

/// Of which groups somebody may see the members: those whose `sight` is full.
enum Sees {
    All,
    These(HashSet<GroupId>),
}

impl Sees {
    async fn of(conn: &mut Conn, actor: &Actor) -> Result<Self, Fault> {
        if matches!(actor, Actor::System) || authority::administers_groups(actor) {
            return Ok(Self::All);
        }
        let Some(user) = actor.id() else { return Ok(Self::These(HashSet::new())) };
        Ok(Self::These(viewer::list_decided(conn, user).await?))
    }

    fn members_of(&self, group: GroupId) -> bool {
        match self {
            Self::All => true,
            Self::These(groups) => groups.contains(&group),
        }
    }
}
