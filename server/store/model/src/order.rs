//! What the write path is handed.

use domain::{Command, CommandId, Fingerprint, SessionId, Timestamp, UserId};

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
    /// The password's hash (PHC string), beside whatever sets a password. No part of the command: it is never logged or compared.
    pub password_hash: Option<String>,
    /// The token of the new group's join link (R2), only beside `CreateGroup`, which fails without one. The rules know no
    /// randomness: whoever places the order supplies 128 random bits or more as URL-safe text.
    pub join_token: Option<String>,
    /// SHA-256 of a secret: beside `CreateToken`, `CreateInvitation` and `MakeResetLink`, which fail without one, of the one
    /// that is made; beside `Register` and `ResetPassword` of the one that somebody came by.
    pub token_hash: Option<[u8; 32]>,
    /// The session that goes on where the caller changes their own password.
    pub session: Option<SessionId>,
    /// SHA-256 of the cookie of the browser that goes on being known where the caller ends their own sessions.
    pub device: Option<[u8; 32]>,
    /// The consequences that the caller was shown: with others the command is refused.
    pub expected: Option<Fingerprint>,
}

impl Order {
    /// An order with nothing beside the command.
    #[must_use]
    pub const fn new(caller: CallerId, command: Command, now: Timestamp) -> Self {
        Self {
            caller,
            command,
            command_id: None,
            now,
            password_hash: None,
            join_token: None,
            token_hash: None,
            session: None,
            device: None,
            expected: None,
        }
    }
}
