//! States as the admin area and the API show them.

use crate::State;
use serde::{Deserialize, Serialize};

/// A state with its definition, its permissions and how many users are in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateRow {
    /// The state.
    pub state: State,
    /// How many users are in it.
    pub users: u32,
}
