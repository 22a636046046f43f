//! The offices of the admin area, ways in that are made of a link, and one's own sessions.

use super::{Caller, Service};
use app::error::AppError;
use domain::{
    Command, CommandId, Fingerprint, FreshLink, FreshUser, Health, InvitationDraft, InvitationQuery, InvitationRow,
    Listing, Preview, Receipt, RegisterDoor, RegistrationDraft, ReservedNameQuery, ReservedNameRow, ResetDoor,
    ResetLink, SessionId, SessionRow, Settings, StateRow, Timestamp, UserChoices, UserDraft, UserId, UserPage,
    UserQuery, UserRow,
};
use sha2::{Digest, Sha256};
use store::{CallerId, Order};

/// What the database knows of the token of a link. The token is random and long, so a plain hash is enough.
pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// Reads. Each is refused with `Denied(StaffPermissionRequired)` to whoever does not hold the office.
impl Service {
    /// A page of the list of users.
    ///
    /// # Errors
    /// `SignedOut`, `Denied`, or a failure of the store.
    pub async fn users(&self, caller: &Caller, query: &UserQuery) -> Result<Listing<UserRow>, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().users(user, query).await)
    }

    /// Everything about one user.
    ///
    /// # Errors
    /// `NotFound` where there is none, else as `users`.
    pub async fn user_page(&self, caller: &Caller, id: UserId) -> Result<UserPage, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().user_page(user, id, self.now()).await)
    }

    /// What users can be chosen by, and made as.
    ///
    /// # Errors
    /// As `users`.
    pub async fn user_choices(&self, caller: &Caller) -> Result<UserChoices, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().user_choices(user, self.now()).await)
    }

    /// Every state, the highest first.
    ///
    /// # Errors
    /// As `users`.
    pub async fn states(&self, caller: &Caller) -> Result<Listing<StateRow>, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().states(user).await)
    }

    /// A page of the reserved names.
    ///
    /// # Errors
    /// As `users`.
    pub async fn reserved_names(
        &self,
        caller: &Caller,
        query: &ReservedNameQuery,
    ) -> Result<Listing<ReservedNameRow>, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().reserved_names(user, query).await)
    }

    /// The settings.
    ///
    /// # Errors
    /// As `users`.
    pub async fn settings(&self, caller: &Caller) -> Result<Settings, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().settings(user).await)
    }

    /// A page of the invitations.
    ///
    /// # Errors
    /// As `users`.
    pub async fn invitations(
        &self,
        caller: &Caller,
        query: &InvitationQuery,
    ) -> Result<Listing<InvitationRow>, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().invitations(user, query, self.now()).await)
    }

    /// How the instance is doing.
    ///
    /// # Errors
    /// As `users`, where the caller holds no office at all.
    pub async fn health(&self, caller: &Caller) -> Result<Health, AppError> {
        let user = caller.user()?;
        let health = self.allowed(self.store().health(user, self.now()).await)?;
        Ok(Health { version: env!("CARGO_PKG_VERSION").to_owned(), ..health })
    }

    /// How the registration stands open to whoever comes by this invitation, or by none.
    ///
    /// # Errors
    /// A failure of the store.
    pub async fn register_door(&self, invitation: Option<&str>) -> Result<RegisterDoor, AppError> {
        let hash = invitation.map(token_hash);
        self.told(self.store().register_door(hash.as_ref(), self.now()).await)
    }

    /// Whose password a link would set.
    ///
    /// # Errors
    /// `NotFound` where it is none, or no longer.
    pub async fn reset_door(&self, token: &str) -> Result<ResetDoor, AppError> {
        let username = self.told(self.store().reset_door(&token_hash(token), self.now()).await)?;
        username.map(|username| ResetDoor { username }).ok_or(AppError::NotFound)
    }

    /// The caller's sessions.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub async fn sessions(&self, caller: &Caller) -> Result<Vec<SessionRow>, AppError> {
        let (user, present) = own_session(caller)?;
        self.told(self.store().sessions(user, present, self.now()).await)
    }
}

/// The caller and the session they come by.
fn own_session(caller: &Caller) -> Result<(UserId, SessionId), AppError> {
    let session = caller.session().map(|signed_in| &signed_in.session).ok_or(AppError::SignedOut)?;
    Ok((session.user, session.id))
}

/// Changes that are more than a command of the caller.
impl Service {
    /// What a command would do to people.
    ///
    /// # Errors
    /// What carrying it out would answer.
    pub async fn preview(&self, caller: &Caller, command: Command) -> Result<Preview, AppError> {
        caller.user()?;
        let order = self.with_join_token(Order::new(caller.id(), command, self.now()));
        self.store().preview(order).await.map_err(|error| self.not_done(error))
    }

    /// Carries out a command with the consequences that a preview showed.
    ///
    /// # Errors
    /// `Conflict(PreviewOutdated)` where they would be others by now, else as `execute`.
    pub async fn execute_as_previewed(
        &self,
        caller: &Caller,
        command: Command,
        command_id: Option<CommandId>,
        expected: Fingerprint,
    ) -> Result<Receipt, AppError> {
        caller.user()?;
        let order = Order::new(caller.id(), command, self.now());
        self.carry_out(Order { command_id, expected: Some(expected), ..order }).await
    }

    /// Makes an account in the name of a caller; without a hash nobody can sign in to it yet.
    ///
    /// # Errors
    /// What the rules or the store answer.
    pub async fn make_user(
        &self,
        caller: &Caller,
        draft: UserDraft,
        password_hash: Option<String>,
        command_id: Option<CommandId>,
    ) -> Result<Receipt, AppError> {
        caller.user()?;
        let order = Order::new(caller.id(), Command::CreateUser(Box::new(draft)), self.now());
        self.carry_out(Order { command_id, password_hash, ..order }).await
    }

    /// Makes an account without a password, and a link by which its owner sets one.
    ///
    /// # Errors
    /// What the rules or the store answer. The link may be what fails: then there is the account, and a link can be made
    /// for it.
    pub async fn welcome(
        &self,
        caller: &Caller,
        draft: UserDraft,
        command_id: Option<CommandId>,
    ) -> Result<FreshUser, AppError> {
        let receipt = self.make_user(caller, draft, None, command_id).await?;
        let user = self.user_made(&receipt)?;
        let link = self.make_reset_link(caller.id(), user).await?;
        Ok(FreshUser { user, link: Some(link) })
    }

    /// Sets the password of an account. Its sessions end, but for the one that the caller changes their own from.
    ///
    /// # Errors
    /// What the rules or the store answer.
    pub async fn set_password(
        &self,
        caller: &Caller,
        user: UserId,
        password_hash: String,
        command_id: Option<CommandId>,
    ) -> Result<Receipt, AppError> {
        let (me, present) = own_session(caller)?;
        let session = (me == user).then_some(present);
        let order = Order::new(caller.id(), Command::SetPassword { user }, self.now());
        self.carry_out(Order { command_id, password_hash: Some(password_hash), session, ..order }).await
    }

    /// Makes an invitation.
    ///
    /// # Errors
    /// What the rules or the store answer.
    pub async fn create_invitation(&self, caller: &Caller, draft: InvitationDraft) -> Result<FreshLink, AppError> {
        caller.user()?;
        let ends_at = draft.ends_at;
        self.make_link(caller.id(), Command::CreateInvitation(Box::new(draft)), ends_at).await
    }

    /// Makes a link by which a user sets another password: staff for others, the command line for all.
    ///
    /// # Errors
    /// What the rules or the store answer.
    pub async fn make_reset_link(&self, caller: CallerId, user: UserId) -> Result<FreshLink, AppError> {
        let ends_at = self.now().plus_seconds(ResetLink::SECONDS);
        self.make_link(caller, Command::MakeResetLink { user }, ends_at).await
    }

    async fn make_link(&self, caller: CallerId, command: Command, ends_at: Timestamp) -> Result<FreshLink, AppError> {
        let token = self.sources().random.word();
        let order = Order::new(caller, command, self.now());
        self.carry_out(Order { token_hash: Some(token_hash(&token)), ..order }).await?;
        Ok(FreshLink { token, ends_at })
    }

    /// Makes an account for somebody who registers.
    ///
    /// # Errors
    /// What the rules or the store answer.
    pub async fn register(
        &self,
        draft: RegistrationDraft,
        password_hash: String,
        invitation: Option<&str>,
    ) -> Result<UserId, AppError> {
        let order = Order::new(CallerId::Nobody, Command::Register(Box::new(draft)), self.now());
        let token_hash = invitation.map(token_hash);
        let receipt = self.carry_out(Order { password_hash: Some(password_hash), token_hash, ..order }).await?;
        self.user_made(&receipt)
    }

    /// Sets a password by a link. Every session of the account ends.
    ///
    /// # Errors
    /// `NotFound` where the link is none, or no longer.
    pub async fn reset_password(&self, token: &str, password_hash: String) -> Result<(), AppError> {
        let order = Order::new(CallerId::Nobody, Command::ResetPassword, self.now());
        let token_hash = Some(token_hash(token));
        self.carry_out(Order { password_hash: Some(password_hash), token_hash, ..order }).await?;
        Ok(())
    }

    /// Ends one of the caller's sessions.
    ///
    /// # Errors
    /// `NotFound` where it is none of theirs.
    pub async fn end_session(&self, caller: &Caller, id: SessionId) -> Result<(), AppError> {
        let user = caller.user()?;
        let ended = self.told(self.store().end_own_session(user, id).await)?;
        self.streams().end_session(id);
        if ended { Ok(()) } else { Err(AppError::NotFound) }
    }

    /// Ends every session of the caller but this one.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub async fn end_other_sessions(&self, caller: &Caller) -> Result<(), AppError> {
        let (user, present) = own_session(caller)?;
        self.told(self.store().end_other_sessions(user, present).await)?;
        self.streams().end_others(user, present);
        Ok(())
    }
}
