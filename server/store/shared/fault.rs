//! What can go wrong in a transaction, and what it becomes at the edge of the store.

use crate::{Conn, dialect};
use domain::{Conflict, Refusal, Unwritable};
use futures::future::BoxFuture;
use store_model::{Answer, ExecuteError, StoreError};

/// What a transaction does. It may be run again from the start, so it can borrow nothing that it uses up.
pub(crate) type Work<T> = dyn for<'c> Fn(&'c mut Conn) -> BoxFuture<'c, Result<T, Fault>> + Send + Sync;

/// Why a transaction is to be rolled back.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The rules refuse it.
    Refused(Refusal),
    /// The store cannot do it.
    Failed(StoreError),
    /// The database said no.
    Database(sqlx::Error),
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Conflict> for Fault {
    fn from(conflict: Conflict) -> Self {
        Self::Refused(Refusal::Conflict(conflict))
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl Fault {
    /// Names what was being done, and tells the unreachable from the busy from the broken.
    pub(crate) fn into_store(self, context: &'static str) -> StoreError {
        match self {
            Self::Failed(error) => error,
            Self::Refused(refusal) => StoreError::Database { context, cause: format!("refused: {refusal:?}") },
            Self::Database(error) => meaning(&error, context),
        }
    }

    /// Why the database keeps nothing, where it is that.
    pub(crate) fn unwritable(&self) -> Option<(Unwritable, String)> {
        let of = |error: &StoreError| match error {
            StoreError::Unwritable(why, cause) => Some((*why, cause.clone())),
            _ => None,
        };
        match self {
            Self::Refused(_) => None,
            Self::Failed(error) => of(error),
            Self::Database(error) => of(&meaning(error, "writing")),
        }
    }
}

/// What an error of the driver means while something is being done.
pub(crate) fn meaning(error: &sqlx::Error, context: &'static str) -> StoreError {
    let cause = || error.to_string();
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::Tls(_) | sqlx::Error::WorkerCrashed => {
            StoreError::Unreachable(cause())
        }
        sqlx::Error::PoolTimedOut => StoreError::Busy(cause()),
        sqlx::Error::Database(said) => {
            let said = said.as_ref();
            if dialect::is_busy(said) {
                return StoreError::Busy(cause());
            }
            if let Some(why) = dialect::keeps_nothing(said) {
                return StoreError::Unwritable(why, cause());
            }
            if dialect::is_damage(said) {
                return StoreError::Damaged(cause());
            }
            if dialect::is_gone(said) {
                return StoreError::Unreachable(cause());
            }
            StoreError::Database { context, cause: cause() }
        }
        _ => StoreError::Database { context, cause: cause() },
    }
}

/// Puts a fault into the words of the store's contract.
pub(crate) trait InContext<T> {
    /// For operations that no rule decides.
    fn in_context(self, context: &'static str) -> Result<T, StoreError>;
    /// For reads that may be refused.
    fn in_answer(self, context: &'static str) -> Answer<T>;
    /// For the write path. A unique index that caught what the facts did not show is a conflict, not a failure.
    fn or_refused(self, context: &'static str) -> Result<T, ExecuteError>;
}

impl<T, F: Into<Fault>> InContext<T> for Result<T, F> {
    fn in_context(self, context: &'static str) -> Result<T, StoreError> {
        self.map_err(|fault| fault.into().into_store(context))
    }

    fn in_answer(self, context: &'static str) -> Answer<T> {
        match self.map_err(Into::into) {
            Ok(found) => Ok(Ok(found)),
            Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
            Err(fault) => Err(fault.into_store(context)),
        }
    }

    fn or_refused(self, context: &'static str) -> Result<T, ExecuteError> {
        self.map_err(|fault| match fault.into() {
            Fault::Refused(refusal) => ExecuteError::Refused(refusal),
            fault => match conflict(&fault) {
                Some(conflict) => ExecuteError::Refused(Refusal::Conflict(conflict)),
                None => ExecuteError::Failed(fault.into_store(context)),
            },
        })
    }
}

/// The rule behind a unique index. PostgreSQL names the index, SQLite its columns.
fn conflict(fault: &Fault) -> Option<Conflict> {
    let Fault::Database(sqlx::Error::Database(cause)) = fault else { return None };
    match dialect::unique_index(cause.as_ref())? {
        "groups_name" | "groups.name_key" | "users_username" | "users.username_key" | "states_name"
        | "states.name_key" => Some(Conflict::NameTaken),
        "users_email" | "users.email_key" => Some(Conflict::EmailTaken),
        "states_priority" | "states.priority" => Some(Conflict::PriorityTaken),
        "characters_external" | "characters.external_id" => Some(Conflict::CharacterTaken),
        "reserved_names_name" | "reserved_names.name_key" => Some(Conflict::NameReserved),
        "requests_open" | "requests.user_id, requests.group_id" => Some(Conflict::AlreadyRequested),
        "memberships_pkey" | "memberships.group_id, memberships.user_id" => Some(Conflict::AlreadyMember),
        _ => None,
    }
}
