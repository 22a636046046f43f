//! What people hold while a job is open: as if it were done. From the commit of a change on, nobody acts with what it
//! took from them.

use super::{job, load};
use crate::{Conn, shared::Fault};
use domain::{Account, CascadeSubject, GroupId, InstanceState, Permissions, StateId, UserId, settle};
use std::collections::{BTreeSet, HashMap};

/// What somebody still holds.
pub(crate) struct PendingRights {
    /// The state they are in.
    state: StateId,
    /// Own permissions, those of the groups they are still in, and those of the state.
    granted: Permissions,
    /// The groups they are still in.
    pub(crate) memberships: BTreeSet<GroupId>,
}

impl PendingRights {
    /// The account with these rights instead of the stored ones.
    pub(crate) fn applied_to(&self, account: Account) -> Account {
        Account { state: self.state, granted: self.granted, ..account }
    }
}

/// Whether a job is open: all that is asked on most days.
pub(crate) async fn is_unsettled(conn: &mut Conn) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"SELECT EXISTS (SELECT 1 FROM jobs) AS "open!: bool""#).fetch_one(conn).await
}

/// What these users hold once every open job has come to them.
pub(crate) async fn list(conn: &mut Conn, people: &[i64]) -> Result<HashMap<UserId, PendingRights>, Fault> {
    let triggers = job::triggers(conn).await?;
    let (citizens, realm) = load(conn, people).await?;
    let settled = citizens.into_iter().map(|mut citizen| {
        for trigger in &triggers {
            let settled = settle(&citizen, &realm, *trigger);
            citizen.requests.retain(|request| settled.events.iter().all(|event| event.request != Some(request.id)));
            citizen.memberships = settled.memberships;
            citizen.settled_state = settled.state;
            citizen.settled_requester = settled.requester;
        }
        (citizen.person.id, held(citizen, &realm))
    });
    Ok(settled.collect())
}

fn held(citizen: CascadeSubject, realm: &InstanceState) -> PendingRights {
    let state = citizen.settled_state;
    let of_state = realm.states.iter().find(|other| other.id == state).map_or(Permissions::NONE, |it| it.permissions);
    let of_groups = citizen
        .memberships
        .iter()
        .filter_map(|id| realm.groups.get(id))
        .fold(Permissions::NONE, |sum, group| sum.union(group.permissions));
    PendingRights {
        state,
        granted: citizen.own.union(of_state).union(of_groups),
        memberships: citizen.memberships.into_iter().collect(),
    }
}
