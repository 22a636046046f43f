//! States and their definitions.

use super::{
    call::{Call, list},
    input::{Body, Named, Page, body},
    problem::{Answer, Problem, created, done, ok},
    shape::State,
};
use app::{backend::Reads, error::AppError};
use domain::{Command, Listing, Outcome, Permissions, Scope, StateChange, StateDraft, StateId, StateName, StateRow};

body! {
    /// A state that is to be made.
    NewState {
        /// Unique, ignoring case.
        required name: StateName,
        /// Unique; of several that are open to somebody, the highest wins.
        required priority: i64,
        /// Open to everybody who has a main character.
        optional public: bool = false,
        /// What its users are given; only superusers may name any.
        optional permissions: Permissions = [(); 0],
        /// Characters it is open to, by external id.
        optional member_characters: Vec<i64> = [(); 0],
        /// Corporations it is open to, by external id.
        optional member_corporations: Vec<i64> = [(); 0],
        /// Alliances it is open to, by external id.
        optional member_alliances: Vec<i64> = [(); 0],
        /// Factions it is open to, by external id.
        optional member_factions: Vec<i64> = [(); 0],
    }
}

body! {
    /// What is to change about a state; what is not named stays.
    ChangedState {
        /// Unique, ignoring case.
        change name: StateName,
        /// Unique; of several that are open to somebody, the highest wins.
        change priority: i64,
        /// Open to everybody who has a main character.
        change public: bool,
        /// What its users are given; only superusers may change it.
        change permissions: Permissions,
        /// Characters it is open to, by external id.
        change member_characters: Vec<i64>,
        /// Corporations it is open to, by external id.
        change member_corporations: Vec<i64>,
        /// Alliances it is open to, by external id.
        change member_alliances: Vec<i64>,
        /// Factions it is open to, by external id.
        change member_factions: Vec<i64>,
    }
}

/// There are few states, so they are read whole, and the cursor is the last one shown.
pub(super) async fn index(call: Call, page: Page) -> Answer {
    let Listing { items, seq, .. } = call.backend().states().await?;
    let last = page.cursor.as_deref().and_then(|cursor| cursor.parse().ok()).map(StateId);
    let begin = last.and_then(|last| items.iter().position(|row| row.state.id == last)).map_or(0, |place| place + 1);
    let end = items.len().min(begin + page.limit.rows());
    let shown: Vec<StateRow> = items.get(begin..end).unwrap_or_default().to_vec();
    let next_cursor = shown.last().filter(|_| end < items.len()).map(|row| row.state.id.to_string());
    list(&page, &Listing { items: shown, next_cursor, seq }, |row| State::of(&row.state))
}

async fn state(call: &Call, id: StateId) -> Result<State, Problem> {
    let states = call.backend().states().await?;
    let found = states.items.iter().find(|row| row.state.id == id);
    Ok(State::of(&found.ok_or(AppError::NotFound)?.state))
}

pub(super) async fn create(call: Call, Body(new): Body<NewState>) -> Answer {
    let mut scope = Scope {
        characters: new.member_characters.unwrap_or_default(),
        corporations: new.member_corporations.unwrap_or_default(),
        alliances: new.member_alliances.unwrap_or_default(),
        factions: new.member_factions.unwrap_or_default(),
    };
    for ids in [&mut scope.characters, &mut scope.corporations, &mut scope.alliances, &mut scope.factions] {
        ids.sort_unstable();
        ids.dedup();
    }
    let draft = StateDraft {
        name: new.name,
        priority: new.priority,
        public: new.public.unwrap_or(false),
        permissions: new.permissions.unwrap_or_default(),
        scope,
    };
    match call.execute(Command::CreateState(Box::new(draft))).await? {
        Outcome::StateCreated(id) => created(state(&call, id).await?),
        other => Err(call.unexpected(&other)),
    }
}

pub(super) async fn edit(call: Call, Named(id): Named<StateId>, Body(new): Body<ChangedState>) -> Answer {
    let change = StateChange {
        name: new.name,
        priority: new.priority,
        public: new.public,
        permissions: new.permissions,
        characters: new.member_characters,
        corporations: new.member_corporations,
        alliances: new.member_alliances,
        factions: new.member_factions,
    };
    call.execute(Command::EditState { state: id, change: Box::new(change) }).await?;
    ok(state(&call, id).await?)
}

pub(super) async fn delete(call: Call, Named(id): Named<StateId>) -> Answer {
    call.execute(Command::DeleteState { state: id }).await?;
    done()
}
