//! What the offices of the admin area read, and the ways in that are made of a link.
//!
//! A viewer who does not hold the office is refused with `Denied(StaffPermissionRequired)`.

use crate::{Answer, ExecuteError, Order, Store, StoreError, ask};
use domain::{
    Backup, GroupChoices, GroupId, GroupSetup, Health, InvitationQuery, InvitationRow, Listing, Meant, Names, Preview,
    RegisterDoor, ReservedNameQuery, ReservedNameRow, Roll, RollPreview, SessionId, SessionRow, Settings, StateRow,
    Timestamp, UserChoices, UserId, UserPage, UserQuery, UserRow,
};

impl Store {
    /// What an order would do to people. It is decided and carried out as `execute` would, and undone.
    pub async fn preview(&self, order: Order) -> Result<Preview, ExecuteError> {
        ask!(self, database => database.preview(order).await)
    }

    /// A page of the list of users, by the name they are shown under. A cursor that is none of ours starts at the
    /// beginning.
    pub async fn users(&self, viewer: UserId, query: &UserQuery) -> Answer<Listing<UserRow>> {
        ask!(self, database => database.users(viewer, query).await)
    }

    /// Everything about one user; `Unseen` where there is none.
    pub async fn user_page(&self, viewer: UserId, id: UserId, now: Timestamp) -> Answer<UserPage> {
        ask!(self, database => database.user_page(viewer, id, now).await)
    }

    /// A group with everything it is set to; `Unseen` where there is none. For those who have an admin right to groups.
    pub async fn group_setup(&self, viewer: UserId, id: GroupId, now: Timestamp) -> Answer<GroupSetup> {
        ask!(self, database => database.group_setup(viewer, id, now).await)
    }

    /// What a new group can be set to, for those who may make one.
    pub async fn group_choices(&self, viewer: UserId, now: Timestamp) -> Answer<GroupChoices> {
        ask!(self, database => database.group_choices(viewer, now).await)
    }

    /// What names mean, for those who have an admin right to groups.
    pub async fn understand(&self, viewer: UserId, names: &Names) -> Answer<Meant> {
        ask!(self, database => database.understand(viewer, names).await)
    }

    /// What staff can choose from where they look for users and make them.
    pub async fn user_choices(&self, viewer: UserId, now: Timestamp) -> Answer<UserChoices> {
        ask!(self, database => database.user_choices(viewer, now).await)
    }

    /// Every state, the highest first.
    pub async fn states(&self, viewer: UserId) -> Answer<Listing<StateRow>> {
        ask!(self, database => database.states(viewer).await)
    }

    /// A page of the reserved names, by name.
    pub async fn reserved_names(&self, viewer: UserId, query: &ReservedNameQuery) -> Answer<Listing<ReservedNameRow>> {
        ask!(self, database => database.reserved_names(viewer, query).await)
    }

    /// The settings.
    pub async fn settings(&self, viewer: UserId) -> Answer<Settings> {
        ask!(self, database => database.settings(viewer).await)
    }

    /// A page of the invitations, newest first.
    pub async fn invitations(
        &self,
        viewer: UserId,
        query: &InvitationQuery,
        now: Timestamp,
    ) -> Answer<Listing<InvitationRow>> {
        ask!(self, database => database.invitations(viewer, query, now).await)
    }

    /// How the instance is doing, as far as the viewer may know. Its version is for the caller to name.
    pub async fn health(&self, viewer: UserId, now: Timestamp) -> Answer<Health> {
        ask!(self, database => database.health(viewer, now).await)
    }

    /// Notes that a copy of the database was made, for whoever looks after the instance.
    pub async fn note_backup(&self, backup: Backup) -> Result<(), StoreError> {
        ask!(self, database => database.note_backup(backup).await)
    }

    /// What each line of a roll would come to; `Unseen` where the viewer may not see the group.
    pub async fn preview_roll(&self, viewer: UserId, roll: &Roll, now: Timestamp) -> Answer<RollPreview> {
        ask!(self, database => database.preview_roll(viewer, roll, now).await)
    }

    /// How the registration stands open to whoever comes by a token, or by none.
    pub async fn register_door(
        &self,
        token_hash: Option<&[u8; 32]>,
        now: Timestamp,
    ) -> Result<RegisterDoor, StoreError> {
        ask!(self, database => database.register_door(token_hash, now).await)
    }

    /// The username of the account whose password a link would set; `None` where the link is none, or no longer.
    pub async fn reset_door(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<String>, StoreError> {
        ask!(self, database => database.reset_door(token_hash, now).await)
    }

    /// The live sessions of a user, the last used first; `present` is marked as the one that asks.
    pub async fn sessions(
        &self,
        user: UserId,
        present: SessionId,
        now: Timestamp,
    ) -> Result<Vec<SessionRow>, StoreError> {
        ask!(self, database => database.sessions(user, present, now).await)
    }

    /// The hash of a user's password (PHC string), if they have one.
    pub async fn password_hash(&self, user: UserId) -> Result<Option<String>, StoreError> {
        ask!(self, database => database.password_hash(user).await)
    }

    /// Ends one session of a user; answers whether it was theirs.
    pub async fn end_own_session(&self, user: UserId, id: SessionId) -> Result<bool, StoreError> {
        ask!(self, database => database.end_own_session(user, id).await)
    }

    /// Ends every session of a user but one; answers how many there were.
    pub async fn end_other_sessions(&self, user: UserId, kept: SessionId) -> Result<u64, StoreError> {
        ask!(self, database => database.end_other_sessions(user, kept).await)
    }
}
