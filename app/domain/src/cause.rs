//! The rules that end memberships and requests by themselves.

use crate::closed::closed;

closed! {
    /// Which rule did something that nobody asked for by name (api.md, `cause`).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Cause {
        /// A leader or manager removed the member (R11).
        RemovedByManager = "removed_by_manager",
        /// The user's state is not among the group's (R6).
        StateNotAllowed = "state_not_allowed",
        /// The user lost `request_groups` (R7).
        PermissionLost = "permission_lost",
        /// The account was deactivated (R7).
        AccountDeactivated = "account_deactivated",
        /// The account was deleted (R7).
        AccountDeleted = "account_deleted",
        /// The group was deleted (R15).
        GroupDeleted = "group_deleted",
        /// The group turned internal (R1).
        GroupInternal = "group_internal",
        /// Leaving became immediate (R8).
        AutoLeaveEnabled = "auto_leave_enabled",
        /// The applicant became a member without the request being decided (R3).
        Joined = "joined",
        /// The applicant is no longer a member, so there is nothing to leave (R9).
        NoLongerMember = "no_longer_member",
        /// A membership rule of the group.
        Rule = "rule",
    }
}
