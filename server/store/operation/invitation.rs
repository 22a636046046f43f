//! Invitations, and the ways in that are made of a link. No token comes here, only its hash.

use domain::{InvitationQuery, InvitationRow, Listing, RegistrationStatus, Timestamp, UserId};
use store_model::{Answer, StoreError};

operations! {
    /// A page of the invitations, newest first; refused with `Denied(StaffPermissionRequired)` to whoever does not look
    /// after users.
    snapshot "listing invitations"
    fn invitations(viewer: UserId, query: &InvitationQuery, now: Timestamp) -> Answer<Listing<InvitationRow>>
        = invitation::list(viewer, query, now);

    /// How the registration stands open to whoever comes by a token, or by none.
    snapshot "looking at the door"
    fn registration_status(token_hash: Option<&[u8; 32]>, now: Timestamp) -> Result<RegistrationStatus, StoreError>
        = invitation::find_door(token_hash, now);

    /// The username of the account whose password a link would set; `None` where the link is none, or no longer.
    read "looking at a link"
    fn reset_status(token_hash: &[u8; 32], now: Timestamp) -> Result<Option<String>, StoreError>
        = reset_link::find_username(token_hash, now);
}
