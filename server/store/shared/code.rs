//! The numbers that enums are stored as. Never change one that has been released: rows hold them for good.

use domain::{
    AutoLeave, Cause, EventKind, GrantKind, Permission, Permissions, Registration, RequestKind, RequestStatus, Theme,
};
use store_model::StoreError;

/// An enum that is stored as a number.
pub(crate) trait Code: Sized {
    /// The number.
    fn stored(&self) -> i64;
    /// The value of a number, if it has one.
    fn from_stored(code: i64) -> Option<Self>;
}

macro_rules! codes {
    ($type:ty { $($code:literal $variant:ident),+ $(,)? }) => {
        impl Code for $type {
            fn stored(&self) -> i64 {
                match self { $(Self::$variant => $code),+ }
            }

            fn from_stored(code: i64) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

codes!(RequestKind { 0 Join, 1 Leave });
codes!(RequestStatus { 0 Open, 1 Approved, 2 Rejected, 3 Withdrawn, 4 Closed });
codes!(AutoLeave { 0 Inherit, 1 On, 2 Off });
codes!(Registration { 0 Closed, 1 Invitation, 2 Open });
codes!(Theme { 0 System, 1 Light, 2 Dark });
codes!(Cause {
    0 RemovedByManager,
    1 StateNotAllowed,
    2 PermissionLost,
    3 AccountDeactivated,
    4 AccountDeleted,
    5 GroupDeleted,
    6 GroupInternal,
    7 AutoLeaveEnabled,
    8 Joined,
    9 NoLongerMember,
    10 Rule,
});
codes!(Permission {
    0 RequestGroups,
    1 GroupManagement,
    2 ManageGroups,
    3 ManageUsers,
    4 ManageStates,
    5 ManageReservedNames,
    6 ManageSettings,
    7 ViewAudit,
});

codes!(GrantKind { 0 Join, 1 Approval, 2 Admin, 3 Rule, 4 Invite, 5 Import });

codes!(EventKind {
    0 JoinRequested,
    1 LeaveRequested,
    2 JoinApproved,
    3 LeaveApproved,
    4 JoinRejected,
    5 LeaveRejected,
    6 JoinWithdrawn,
    7 LeaveWithdrawn,
    8 JoinClosed,
    9 LeaveClosed,
    10 Joined,
    11 Left,
    12 Added,
    13 Removed,
    14 GroupCreated,
    15 AccountCreated,
    16 GroupEdited,
    17 GroupDeleted,
    18 JoinLinkReplaced,
    19 LeaderAdded,
    20 LeaderRemoved,
    21 LeaderGroupAdded,
    22 LeaderGroupRemoved,
    23 PermissionGiven,
    24 PermissionTaken,
    25 AccountEditedTo,
    26 AccountDeleted,
    27 PasswordSet,
    28 CharacterAdded,
    29 CharacterEdited,
    30 CharacterRemoved,
    31 MainSet,
    32 StateChanged,
    33 StateCreated,
    34 StateEdited,
    35 StateDeleted,
    36 NameReserved,
    37 NameFreed,
    38 SettingsChanged,
    39 TokenCreated,
    40 TokenRevoked,
    41 SessionsEnded,
    42 ResetLinkMade,
    43 PasswordReset,
    44 Registered,
    45 InvitationCreated,
    46 InvitationRevoked,
    47 AccountEdited,
    50 SignInsFailed,
});

/// The value of a stored number, or which row cannot be.
pub(crate) fn decode<T: Code>(table: &'static str, column: &'static str, key: i64, code: i64) -> Result<T, StoreError> {
    T::from_stored(code).ok_or_else(|| StoreError::Impossible { table, column, key, value: code.to_string() })
}

/// The permissions whose bits are set: how a whole set comes out of one query.
pub(crate) fn permissions(bits: i64) -> Permissions {
    Permission::ALL.into_iter().filter(|permission| bits >> permission.stored() & 1 == 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_come_out_of_their_bits() {
        let set: Permissions = [Permission::RequestGroups, Permission::ViewAudit].into_iter().collect();
        assert_eq!(permissions(0b1000_0001), set);
        assert_eq!(permissions(0), Permissions::NONE);
        for permission in Permission::ALL {
            assert_eq!(Permission::from_stored(permission.stored()), Some(permission));
        }
    }
}
