//! The facts about states: their definitions, and how far each of them reaches.

use crate::{
    Conn, dialect,
    shared::{Fault, account, character, reach, state},
};
use domain::{Actor, Character, Facts, StateFacts, StateId};
use store_model::CallerId;

/// Every state and its reach.
pub(super) async fn all(conn: &mut Conn) -> Result<StateFacts, Fault> {
    Ok(StateFacts { all: state::list(conn).await?, reach: reach::of_states(conn).await?, ..StateFacts::default() })
}

/// A state that is to be made, changed or deleted.
pub(super) async fn of_definition(
    conn: &mut Conn,
    caller: CallerId,
    id: Option<StateId>,
    name: Option<&str>,
    priority: Option<i64>,
) -> Result<(Actor, Facts), Fault> {
    dialect::lock_instance(conn).await?;
    let (actor, _) = account::find_actor_and(conn, caller, None).await?;
    let (name, priority_taken) = state::name_facts(conn, name, priority, id.unwrap_or(StateId::UNASSIGNED)).await?;
    let states = all(conn).await?;
    let named = states.all.iter().find(|state| Some(state.id) == id).cloned();
    let actor_main = match actor.id() {
        Some(me) => character::find_main_and(conn, me, None).await?.0.as_ref().map(Character::affiliation),
        None => None,
    };
    Ok((actor, Facts { name, states: StateFacts { named, priority_taken, actor_main, ..states }, ..Facts::default() }))
}
