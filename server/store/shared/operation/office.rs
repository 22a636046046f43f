//! What the offices of the admin area read, and the ways in that are made of a link.

use crate::{
    Store,
    shared::{
        InContext, execute, group_setup, health, invitation, office, reserved_name, reset_link, roll, session,
        settings, user_list, user_page,
    },
};
use domain::{
    Backup, GroupChoices, GroupId, GroupSetup, Health, InvitationQuery, InvitationRow, Listing, Meant, Names, Preview,
    RegisterDoor, Registration, ReservedNameQuery, ReservedNameRow, Roll, RollPreview, SessionId, SessionRow, Settings,
    StateRow, Timestamp, UserChoices, UserId, UserPage, UserQuery, UserRow,
};
use std::sync::Arc;
use store_model::{Answer, ExecuteError, Order, StoreError};

/// The offices.
impl Store {
    /// What an order would do to people; nothing of it stays.
    pub async fn preview(&self, order: Order) -> Result<Preview, ExecuteError> {
        let order = Arc::new(order);
        self.rehearse(move |conn| {
            let order = Arc::clone(&order);
            Box::pin(async move { execute::preview(conn, &order).await })
        })
        .await
        .or_refused("working out a preview")
    }

    /// A page of the list of users.
    pub async fn users(&self, viewer: UserId, query: &UserQuery) -> Answer<Listing<UserRow>> {
        let context = "listing users";
        let mut view = self.snapshot().await.in_context(context)?;
        user_list::list(&mut view, viewer, query).await.in_answer(context)
    }

    /// Everything about one user.
    pub async fn user_page(&self, viewer: UserId, id: UserId, now: Timestamp) -> Answer<UserPage> {
        let context = "reading the page of a user";
        let mut view = self.snapshot().await.in_context(context)?;
        user_page::find(&mut view, viewer, id, now).await.in_answer(context)
    }

    /// A group with everything it is set to.
    pub async fn group_setup(&self, viewer: UserId, id: GroupId, now: Timestamp) -> Answer<GroupSetup> {
        let context = "reading how a group is set up";
        let mut view = self.snapshot().await.in_context(context)?;
        group_setup::find(&mut view, viewer, id, now).await.in_answer(context)
    }

    /// What a new group can be set to.
    pub async fn group_choices(&self, viewer: UserId, now: Timestamp) -> Answer<GroupChoices> {
        let context = "reading what groups can be set to";
        let mut view = self.snapshot().await.in_context(context)?;
        group_setup::find_choices(&mut view, viewer, now).await.in_answer(context)
    }

    /// What names mean.
    pub async fn understand(&self, viewer: UserId, names: &Names) -> Answer<Meant> {
        let context = "understanding names";
        let mut view = self.snapshot().await.in_context(context)?;
        group_setup::understand(&mut view, viewer, names).await.in_answer(context)
    }

    /// What staff can choose from where they look for users and make them.
    pub async fn user_choices(&self, viewer: UserId, now: Timestamp) -> Answer<UserChoices> {
        let context = "reading what users are chosen by";
        let mut view = self.snapshot().await.in_context(context)?;
        office::find_user_choices(&mut view, viewer, now).await.in_answer(context)
    }

    /// Every state, the highest first.
    pub async fn states(&self, viewer: UserId) -> Answer<Listing<StateRow>> {
        let context = "listing states";
        let mut view = self.snapshot().await.in_context(context)?;
        office::list_states(&mut view, viewer).await.in_answer(context)
    }

    /// A page of the reserved names.
    pub async fn reserved_names(&self, viewer: UserId, query: &ReservedNameQuery) -> Answer<Listing<ReservedNameRow>> {
        let context = "listing reserved names";
        let mut view = self.snapshot().await.in_context(context)?;
        reserved_name::list(&mut view, viewer, query).await.in_answer(context)
    }

    /// The settings.
    pub async fn settings(&self, viewer: UserId) -> Answer<Settings> {
        let context = "reading the settings";
        let mut view = self.snapshot().await.in_context(context)?;
        office::find_settings(&mut view, viewer).await.in_answer(context)
    }

    /// A page of the invitations.
    pub async fn invitations(
        &self,
        viewer: UserId,
        query: &InvitationQuery,
        now: Timestamp,
    ) -> Answer<Listing<InvitationRow>> {
        let context = "listing invitations";
        let mut view = self.snapshot().await.in_context(context)?;
        invitation::list(&mut view, viewer, query, now).await.in_answer(context)
    }

    /// How the instance is doing.
    pub async fn health(&self, viewer: UserId, now: Timestamp) -> Answer<Health> {
        let context = "looking after the instance";
        let mut view = self.snapshot().await.in_context(context)?;
        health::find(&mut view, viewer, now).await.in_answer(context)
    }

    /// Notes that a copy of the database was made.
    pub async fn note_backup(&self, backup: Backup) -> Result<(), StoreError> {
        let backup = Arc::new(backup);
        self.write(move |conn| {
            let backup = Arc::clone(&backup);
            Box::pin(async move { health::insert_backup(conn, &backup).await })
        })
        .await
        .in_context("noting a backup")
    }

    /// What each line of a roll would come to.
    pub async fn preview_roll(&self, viewer: UserId, roll: &Roll, now: Timestamp) -> Answer<RollPreview> {
        let context = "reading a roll";
        let mut view = self.snapshot().await.in_context(context)?;
        roll::preview(&mut view, viewer, roll, now).await.in_answer(context)
    }

    /// How the registration stands open to whoever comes by a token, or by none.
    pub async fn register_door(
        &self,
        token_hash: Option<&[u8; 32]>,
        now: Timestamp,
    ) -> Result<RegisterDoor, StoreError> {
        let context = "looking at the door";
        let mut view = self.snapshot().await.in_context(context)?;
        let registration = settings::find(&mut view).await.in_context(context)?.registration;
        let invitation = match token_hash {
            Some(hash) => invitation::find_by_token(&mut view, hash).await.in_context(context)?,
            None => None,
        };
        Ok(match registration {
            Registration::Closed => RegisterDoor::Closed,
            Registration::Open => RegisterDoor::Open,
            Registration::Invitation if invitation.is_some_and(|it| it.is_live(now)) => RegisterDoor::Invited,
            Registration::Invitation => RegisterDoor::InvitationNeeded,
        })
    }

    /// The username of the account whose password a link would set.
    pub async fn reset_door(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<String>, StoreError> {
        let context = "looking at a link";
        let mut conn = self.reader().await.in_context(context)?;
        reset_link::find_username(&mut conn, token_hash, now).await.in_context(context)
    }

    /// The live sessions of a user.
    pub async fn sessions(
        &self,
        user: UserId,
        present: SessionId,
        now: Timestamp,
    ) -> Result<Vec<SessionRow>, StoreError> {
        let context = "listing sessions";
        let mut conn = self.reader().await.in_context(context)?;
        session::list(&mut conn, user, present, now).await.in_context(context)
    }

    /// The hash of a user's password, if they have one.
    pub async fn password_hash(&self, user: UserId) -> Result<Option<String>, StoreError> {
        let context = "looking for a password";
        let mut conn = self.reader().await.in_context(context)?;
        session::find_password_hash(&mut conn, user).await.in_context(context)
    }

    /// Ends one session of a user; answers whether it was theirs.
    pub async fn end_own_session(&self, user: UserId, id: SessionId) -> Result<bool, StoreError> {
        self.write(move |conn| Box::pin(session::delete_own(conn, user, id))).await.in_context("ending a session")
    }

    /// Ends every session of a user but one.
    pub async fn end_other_sessions(&self, user: UserId, kept: SessionId) -> Result<u64, StoreError> {
        self.write(move |conn| Box::pin(session::delete_others(conn, user, Some(kept))))
            .await
            .in_context("ending sessions")
    }
}
