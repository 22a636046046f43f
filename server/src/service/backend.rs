//! What pages and server functions ask for that is more than one operation of the store.

use super::{CallerService, group, link::token_hash, password};
use app::{
    backend::Backend,
    error::AppError,
    input::{Attempt, InitialCredential, WantedToken},
    text::Language,
};
use async_trait::async_trait;
use domain::{
    BulkEdit, BulkPreview, BulkResult, ByName, Command, CommandId, Fingerprint, FreshLink, FreshUser, GroupQuery,
    Health, InvitationDraft, Listing, ManagedGroup, Notifications, Preview, Receipt, RegistrationStatus, ResetStatus,
    SessionId, SessionRow, Theme, TokenRow, UserDraft, UserId,
};
use futures::{StreamExt, stream};
use store::Order;

/// How many commands of one caller are on their way at once. The store commits several together; the rest of its
/// connections are for others.
const AT_ONCE: usize = 4;

#[async_trait]
impl Backend for CallerService {
    async fn execute(&self, command: Command, id: Option<CommandId>) -> Result<Receipt, AppError> {
        self.user()?;
        self.service.carry_out(Order { command_id: id, ..self.order(command) }).await
    }

    async fn execute_each(&self, attempts: Vec<Attempt>) -> Result<Vec<Result<Receipt, AppError>>, AppError> {
        self.user()?;
        let receipts = attempts.into_iter().map(|(command, id)| self.execute(command, id));
        Ok(stream::iter(receipts).buffered(AT_ONCE).collect().await)
    }

    async fn preview(&self, command: Command) -> Result<Preview, AppError> {
        self.user()?;
        let order = self.service.with_join_token(self.order(command));
        self.store().preview(order).await.map_err(|error| self.service.not_done(error))
    }

    async fn execute_as_previewed(
        &self,
        command: Command,
        id: Option<CommandId>,
        expected: Fingerprint,
    ) -> Result<Receipt, AppError> {
        self.user()?;
        self.service.carry_out(Order { command_id: id, expected: Some(expected), ..self.order(command) }).await
    }

    async fn preview_by_name(&self, command: ByName) -> Result<Preview, AppError> {
        self.preview(self.resolve_names(command).await?).await
    }

    async fn execute_by_name(
        &self,
        command: ByName,
        id: Option<CommandId>,
        expected: Option<Fingerprint>,
    ) -> Result<Receipt, AppError> {
        let command = self.resolve_names(command).await?;
        match expected {
            Some(expected) => self.execute_as_previewed(command, id, expected).await,
            None => self.execute(command, id).await,
        }
    }

    async fn managed_groups(&self, query: GroupQuery) -> Result<Listing<ManagedGroup>, AppError> {
        group::list_managed(self, self.user()?, &query).await
    }

    async fn preview_bulk_edit(&self, bulk_edit: BulkEdit) -> Result<BulkPreview, AppError> {
        self.read_roll(&bulk_edit).await
    }

    async fn apply_bulk_edit(&self, bulk_edit: BulkEdit) -> Result<Vec<BulkResult>, AppError> {
        self.call_each(&bulk_edit).await
    }

    async fn mark_read(&self, which: Notifications) -> Result<u32, AppError> {
        let user = self.user()?;
        let unread = self.service.answer(self.store().mark_read(user, which, self.service.now()).await)?;
        // No event: it concerns nobody but the caller, whose other pages are told.
        self.service.streams().tell_read(user);
        Ok(unread)
    }

    async fn set_theme(&self, theme: Theme) -> Result<(), AppError> {
        self.service.answer(self.store().set_theme(self.user()?, theme).await)
    }

    async fn set_language(&self, language: Language) -> Result<(), AppError> {
        self.service.answer(self.store().set_language(self.user()?, language.tag()).await)
    }

    async fn create_token(&self, wanted: WantedToken) -> Result<String, AppError> {
        let (user, WantedToken { name, expires_at, password }) = (self.user()?, wanted);
        self.confirm_password(password, "password").await?;
        let ends_at = expires_at.unwrap_or(TokenRow::usual_end(self.service.now()));
        self.service.create_token(self.caller.id(), user, name, Some(ends_at)).await
    }

    async fn create_user(
        &self,
        draft: UserDraft,
        password: Option<String>,
        id: Option<CommandId>,
    ) -> Result<Receipt, AppError> {
        let password_hash = match password {
            Some(password) => Some(self.service.hash_typed("password", &password).await?),
            None => None,
        };
        self.user()?;
        let order = self.order(Command::CreateUser(Box::new(draft)));
        self.service.carry_out(Order { command_id: id, password_hash, ..order }).await
    }

    async fn make_user(
        &self,
        draft: UserDraft,
        way_in: InitialCredential,
        id: Option<CommandId>,
    ) -> Result<FreshUser, AppError> {
        let (password, wants_link) = match way_in {
            InitialCredential::Link => (None, true),
            InitialCredential::Password(password) => (Some(password), false),
            InitialCredential::None => (None, false),
        };
        let user = self.service.user_made(&self.create_user(draft, password, id).await?)?;
        // The link may be what fails: then there is the account, and a link can be made for it.
        let link = if wants_link { Some(self.service.make_reset_link(self.caller.id(), user).await?) } else { None };
        Ok(FreshUser { user, link })
    }

    async fn set_password(&self, user: UserId, password: String, id: Option<CommandId>) -> Result<Receipt, AppError> {
        password::is_of_another(&self.caller, user)?;
        let hash = self.service.hash_typed("password", &password).await?;
        self.keep_password(user, hash, id).await
    }

    async fn change_password(&self, old: String, new: String) -> Result<(), AppError> {
        let new = password::judged("new", &new)?;
        self.confirm_password(old, "old").await?;
        let hash = self.service.hash_password(&self.service.place_to_hash()?, new).await?;
        self.keep_password(self.user()?, hash, None).await?;
        Ok(())
    }

    async fn make_reset_link(&self, user: UserId) -> Result<FreshLink, AppError> {
        password::is_of_another(&self.caller, user)?;
        self.service.make_reset_link(self.caller.id(), user).await
    }

    async fn create_invitation(&self, draft: InvitationDraft) -> Result<FreshLink, AppError> {
        self.user()?;
        let ends_at = draft.ends_at;
        self.service.make_link(self.caller.id(), Command::CreateInvitation(Box::new(draft)), ends_at).await
    }

    async fn registration_status(&self, invitation: Option<String>) -> Result<RegistrationStatus, AppError> {
        let hash = invitation.as_deref().map(token_hash);
        self.service.answer(self.store().registration_status(hash.as_ref(), self.service.now()).await)
    }

    async fn reset_status(&self, token: String) -> Result<ResetStatus, AppError> {
        self.service.reset_status(&token).await
    }

    async fn health(&self) -> Result<Health, AppError> {
        let health: Health = self.service.answer(self.store().health(self.user()?, self.service.now()).await)?;
        Ok(Health { version: env!("CARGO_PKG_VERSION").to_owned(), ..health })
    }

    async fn sessions(&self) -> Result<Vec<SessionRow>, AppError> {
        let (user, present) = self.caller.own_session()?;
        self.service.answer(self.store().sessions(user, present, self.service.now()).await)
    }

    async fn end_session(&self, id: SessionId) -> Result<(), AppError> {
        let ended: bool = self.service.answer(self.store().end_own_session(self.user()?, id).await)?;
        self.service.streams().end_session(id);
        if ended { Ok(()) } else { Err(AppError::NotFound) }
    }

    async fn end_other_sessions(&self) -> Result<(), AppError> {
        let (user, present) = self.caller.own_session()?;
        let _ended: u64 = self.service.answer(self.store().end_other_sessions(user, present).await)?;
        self.service.streams().end_others(user, present);
        Ok(())
    }
}
