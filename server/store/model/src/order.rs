//! What the write path is handed.

use domain::{Command, CommandId, Timestamp, UserId};

/// In whose name something is asked. The rights are loaded in the transaction, never carried along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallerId {
    /// Nobody signed in.
    Nobody,
    /// This user.
    User(UserId),
    /// Muster itself: the command line, a schedule.
    System,
}

/// One command with everything that is needed to carry it out.
#[derive(Clone, Debug)]
pub struct Order {
    /// Who asks.
    pub caller: CallerId,
    /// For what.
    pub command: Command,
    /// Under which name a repeat is recognised.
    pub command_id: Option<CommandId>,
    /// When.
    pub now: Timestamp,
    /// The password's hash (PHC string), only beside `CreateUser`. No part of the command: it is never logged or compared.
    pub password_hash: Option<String>,
    /// SHA-256 of the secret, only beside `CreateToken`, which fails without one.
    pub token_hash: Option<[u8; 32]>,
    /// The token of the new group's join link (R2), only beside `CreateGroup`, which fails without one. The rules know no
    /// randomness: whoever places the order supplies 128 random bits or more as URL-safe text.
    pub join_token: Option<String>,
}
