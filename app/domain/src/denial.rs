//! Why something is refused. Codes only; the words are in `app::text`.

use crate::{
    Request,
    closed::{closed, coded},
};
use serde::{Deserialize, Serialize};

closed! {
    /// Seen, but not allowed. The state of things has nothing to do with it; rights do.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Denial {
        /// The group is internal (R1).
        GroupInternal,
        /// The user's state is not among the group's (R6).
        StateNotAllowed,
        /// `request_groups` is needed and not held (R4, R7).
        PermissionRequired,
        /// Only leaders of the group and group managers may.
        NotAManager,
        /// Nobody decides their own request (R10).
        OwnRequest,
        /// Only the applicant may withdraw a request (R9).
        NotTheApplicant,
        /// Only a superuser may (R5).
        SuperuserRequired,
        /// A staff permission is needed.
        StaffPermissionRequired,
        /// Nobody makes an account of their own here.
        RegistrationClosed,
        /// An account is made by an invitation alone, and there is none that is still good.
        InvitationRequired,
    }
}

impl Denial {
    /// The code used in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::GroupInternal => "group_internal",
            Self::StateNotAllowed => "state_not_allowed",
            Self::PermissionRequired => "permission_required",
            Self::NotAManager => "not_a_manager",
            Self::OwnRequest => "own_request",
            Self::NotTheApplicant => "not_the_applicant",
            Self::SuperuserRequired => "superuser_required",
            Self::StaffPermissionRequired => "staff_permission_required",
            Self::RegistrationClosed => "registration_closed",
            Self::InvitationRequired => "invitation_required",
        }
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

coded! {
    /// What is wrong with one field of a form.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Flaw {
        /// Nothing was given.
        Missing = "missing",
        /// Shorter than the least number of characters.
        TooShort(usize) = "too_short",
        /// Longer than the greatest number of characters.
        TooLong(usize) = "too_long",
        /// Is not of the form that is asked for.
        Malformed = "malformed",
        /// Holds this character, named by its number in Unicode, which cannot stand there (R16).
        Character(u32, Stray) = "malformed",
        /// Holds nothing that can be seen (R16).
        Invisible = "malformed",
        /// The two entries differ.
        Mismatch = "mismatch",
        /// Is not the one that is known.
        Wrong = "wrong",
        /// Names something that does not exist.
        Unknown = "unknown",
        /// The line with this number names nothing that exists.
        UnknownLine(usize) = "unknown",
        /// The line with this number names several.
        AmbiguousLine(usize) = "ambiguous",
        /// A group may not lead itself.
        Itself = "itself",
        /// Lies outside the range from the first to the second number.
        OutOfRange(u32, u32) = "out_of_range",
    }
}

/// What a character is that cannot stand in a name, or in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stray {
    /// It controls devices and shows nothing.
    Control,
    /// It begins another line.
    LineBreak,
    /// It means something to those alone who agreed on it.
    PrivateUse,
    /// Unicode knows no such character.
    Unassigned,
    /// It is a mark, and there is no letter for it.
    LoneMark,
    /// It is white space, in what has to be one word.
    Space,
}

impl Stray {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Control, Self::LineBreak, Self::PrivateUse, Self::Unassigned, Self::LoneMark, Self::Space];
}

/// A field of a form and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The name of the field, as in the form.
    pub field: String,
    /// What is wrong.
    pub flaw: Flaw,
}

impl Problem {
    /// A problem with a field.
    #[must_use]
    pub fn new(field: &str, flaw: Flaw) -> Self {
        Self { field: field.to_owned(), flaw }
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
