//! Requests to join or leave, and how they end (R9).

use crate::{Cause, GroupRef, Person, RequestId, Timestamp, closed::closed};
use serde::{Deserialize, Serialize};

closed! {
    /// What is asked for.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum RequestKind {
        /// To become a member.
        Join = "join",
        /// To stop being one.
        Leave = "leave",
    }
}

closed! {
    /// Where a request stands. Everything but `Open` is final.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum RequestStatus {
        /// Waits for a decision.
        Open = "open",
        /// Somebody who leads the group said yes.
        Approved = "approved",
        /// Somebody who leads the group said no.
        Rejected = "rejected",
        /// The applicant took it back.
        Withdrawn = "withdrawn",
        /// A rule ended it; the settlement names the cause.
        Closed = "closed",
    }
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// When.
    pub at: Timestamp,
    /// By whom; nobody where a rule closed it.
    pub by: Option<Person>,
    /// What the decider told the applicant.
    pub comment: Option<String>,
    /// Which rule closed it.
    pub cause: Option<Cause>,
}

/// A request with its end, if it has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The request.
    pub id: RequestId,
    /// The group it is about.
    pub group: GroupRef,
    /// Who asks.
    pub applicant: Person,
    /// For what.
    pub kind: RequestKind,
    /// Where it stands.
    pub status: RequestStatus,
    /// Why they ask, in their words.
    pub reason: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// How it ended; `None` exactly while it is open.
    pub settlement: Option<Settlement>,
}
