//! What a decision would do to people: shown before it is made, compared when it is.

use super::{
    Fault,
    cascade::previewed::{self, Extent},
    settings, state, viewer,
};
use crate::Conn;
use domain::{Actor, Cascade, Conflict, Decision, Fingerprint, Group, GroupId, Preview, PreviewBuilder, authority};
use std::collections::HashSet;

/// Refuses where a decision that was just made true would do other things to people than a preview showed.
pub(crate) async fn compare(
    conn: &mut Conn,
    actor: &Actor,
    expected: Fingerprint,
    decision: &Decision,
    wanted: Option<Cascade>,
) -> Result<(), Fault> {
    let preview = build_preview(conn, actor, &Sees::All, None, decision, wanted).await?;
    if preview.fingerprint == expected { Ok(()) } else { Err(Conflict::PreviewOutdated.into()) }
}

/// What a decision does to people, as far as somebody may see whom.
pub(crate) async fn build_preview(
    conn: &mut Conn,
    actor: &Actor,
    sees: &Sees,
    group: Option<&Group>,
    decision: &Decision,
    wanted: Option<Cascade>,
) -> Result<Preview, Fault> {
    let sees_members = |group: GroupId| sees.members_of(group);
    let (settings, states) = (settings::find(conn).await?, state::list_names(conn).await?);
    let mut preview_builder = PreviewBuilder::new(actor.id(), &sees_members, settings, states);
    preview_builder.note_internal(group);
    preview_builder.decided(decision.events(), previewed::key);
    let extent = match wanted {
        Some(wanted) => previewed::add(conn, wanted, &mut preview_builder).await?,
        None => Extent { complete: true, in_steps: false },
    };
    Ok(preview_builder.preview(!decision.events().is_empty(), extent.complete, extent.in_steps))
}

/// Of which groups somebody may see the members: those whose `sight` is full.
pub(crate) enum Sees {
    All,
    These(HashSet<GroupId>),
}

impl Sees {
    pub(crate) async fn of(conn: &mut Conn, actor: &Actor) -> Result<Self, Fault> {
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
