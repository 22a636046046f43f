//! Why something is refused. Codes only; the words are in `app::text`.

use crate::{
    Problem, Request,
    closed::{closed, coded},
};
use serde::{Deserialize, Serialize};

closed! {
    /// Seen, but not allowed. The state of things has nothing to do with it; rights do.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Denial {
        /// The group is internal (R1).
        GroupInternal = "group_internal",
        /// The user's state is not among the group's (R6).
        StateNotAllowed = "state_not_allowed",
        /// `request_groups` is needed and not held (R4, R7).
        PermissionRequired = "permission_required",
        /// Only leaders of the group and group managers may.
        NotAManager = "not_a_manager",
        /// Nobody decides their own request (R10).
        OwnRequest = "own_request",
        /// Only the applicant may withdraw a request (R9).
        NotTheApplicant = "not_the_applicant",
        /// Only a superuser may (R5).
        SuperuserRequired = "superuser_required",
        /// A staff permission is needed.
        StaffPermissionRequired = "staff_permission_required",
        /// Nobody makes an account of their own here.
        RegistrationClosed = "registration_closed",
        /// An account is made by an invitation alone, and there is none that is still good.
        InvitationRequired = "invitation_required",
    }
}

coded! {
    /// Allowed, but the state of things has moved on.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Conflict {
        /// Is a member already.
        AlreadyMember = "already_member",
        /// Is not a member.
        NotAMember = "not_a_member",
        /// Has an open request for the group already (R9).
        AlreadyRequested = "already_requested",
        /// The request has ended; here is how (R10).
        RequestSettled(Box<Request>) = "request_settled",
        /// Another group or user has the name.
        NameTaken = "name_taken",
        /// Another user has the e-mail address.
        EmailTaken = "email_taken",
        /// The name is reserved (R12).
        NameReserved = "name_reserved",
        /// A group uses the name that was to be reserved (R12).
        NameInUse = "name_in_use",
        /// The account is inactive: it can be in no group (R7).
        AccountInactive = "account_inactive",
        /// It is the last active superuser.
        LastSuperuser = "last_superuser",
        /// The account has as many tokens of the API as it may.
        TooManyTokens = "too_many_tokens",
        /// Another state has the priority.
        PriorityTaken = "priority_taken",
        /// Guest takes whoever fits no other state: it stays, at the bottom, open to all.
        GuestState = "guest_state",
        /// Another character has the external id.
        CharacterTaken = "character_taken",
        /// The same `CommandId` was used for something else.
        CommandReused = "command_reused",
        /// The command would do other things to people by now than the preview showed.
        PreviewOutdated = "preview_outdated",
    }
}

/// The answer of `decide` where it is not a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Answers exactly as what does not exist.
    Unseen,
    /// Seen, but not allowed.
    Denied(Denial),
    /// Allowed, but things have moved on.
    Conflict(Conflict),
    /// Allowed, but a field names what cannot be.
    Invalid(Problem),
    /// Allowed, but not again so soon.
    Slow {
        /// Seconds until it is.
        retry_after: u32,
    },
}

impl From<Denial> for Refusal {
    fn from(denial: Denial) -> Self {
        Self::Denied(denial)
    }
}

impl From<Conflict> for Refusal {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Invalid(problem)
    }
}
