//! What pages and server functions reach: the service in the name of one caller. No rule, no SQL.

use crate::{
    auth::own_password,
    process::Process,
    service::{Caller, Service},
};
use app::{
    backend::Backend,
    error::AppError,
    input::{Attempt, WantedToken, WayIn},
    text::Language,
};
use async_trait::async_trait;
use domain::{
    AuditPage, AuditQuery, ByName, Command, CommandId, Fingerprint, Found, FreshLink, FreshUser, GroupChoices, GroupId,
    GroupKey, GroupPage, GroupQuery, GroupRow, GroupSetup, Health, InvitationDraft, InvitationQuery, InvitationRow,
    JoinLink, Listing, ManagedGroup, Me, MemberQuery, MembersPage, MyGroup, NotificationQuery, NotificationRow,
    Notifications, Preview, QueueChoices, QueuePage, QueueQuery, Receipt, RegisterDoor, Request, RequestId,
    RequestQuery, ReservedNameQuery, ReservedNameRow, ResetDoor, Roll, RollPreview, RollResult, SessionId, SessionRow,
    Settings, StateRow, Theme, TokenRow, UserChoices, UserDraft, UserId, UserPage, UserQuery, UserRow, Viewer,
};
use std::sync::Arc;

/// The process, bound to the caller of one request.
pub(crate) struct CallerBackend {
    process: Arc<Process>,
    service: Service,
    caller: Caller,
}

impl CallerBackend {
    pub(crate) fn new(process: Arc<Process>, caller: Caller) -> Self {
        Self { service: process.service.clone(), process, caller }
    }

    /// The same by another service of this process, whose reads share a moment.
    pub(crate) fn by(self, service: Service) -> Self {
        Self { service, ..self }
    }

    const fn service(&self) -> &Service {
        &self.service
    }
}

#[async_trait]
impl Backend for CallerBackend {
    async fn viewer(&self) -> Result<Viewer, AppError> {
        self.service().viewer(&self.caller).await
    }

    async fn execute(&self, command: Command, id: Option<CommandId>) -> Result<Receipt, AppError> {
        self.service().execute(&self.caller, command, id).await
    }

    async fn execute_each(&self, attempts: Vec<Attempt>) -> Result<Vec<Result<Receipt, AppError>>, AppError> {
        self.service().execute_each(&self.caller, attempts).await
    }

    async fn groups(&self, query: GroupQuery) -> Result<Listing<GroupRow>, AppError> {
        self.service().groups(&self.caller, &query).await
    }

    async fn group_row(&self, id: GroupId) -> Result<GroupRow, AppError> {
        self.service().group_row(&self.caller, id).await
    }

    async fn group_page(&self, key: GroupKey) -> Result<GroupPage, AppError> {
        self.service().group_page(&self.caller, &key).await
    }

    async fn queue(&self, query: QueueQuery) -> Result<QueuePage, AppError> {
        self.service().queue(&self.caller, &query).await
    }

    async fn audit(&self, query: AuditQuery) -> Result<AuditPage, AppError> {
        self.service().audit(&self.caller, &query).await
    }

    async fn tokens(&self) -> Result<Vec<TokenRow>, AppError> {
        self.service().tokens(&self.caller).await
    }

    async fn create_token(&self, wanted: WantedToken) -> Result<String, AppError> {
        let (user, WantedToken { name, expires_at, password }) = (self.caller.user()?, wanted);
        own_password::confirm(&self.process, &self.caller, password, "password").await?;
        let ends_at = expires_at.unwrap_or(TokenRow::usual_end(self.service().now()));
        self.service().create_token(self.caller.id(), user, name, Some(ends_at)).await
    }

    async fn me(&self) -> Result<Me, AppError> {
        self.service().me(&self.caller).await
    }

    async fn my_groups(&self, query: GroupQuery) -> Result<Listing<MyGroup>, AppError> {
        self.service().my_groups(&self.caller, &query).await
    }

    async fn managed_groups(&self, query: GroupQuery) -> Result<Listing<ManagedGroup>, AppError> {
        self.service().managed_groups(&self.caller, &query).await
    }

    async fn managed_group(&self, id: GroupId) -> Result<ManagedGroup, AppError> {
        self.service().managed_group(&self.caller, id).await
    }

    async fn members(&self, group: GroupId, query: MemberQuery) -> Result<MembersPage, AppError> {
        self.service().members(&self.caller, group, &query).await
    }

    async fn join_link(&self, group: GroupId) -> Result<JoinLink, AppError> {
        self.service().join_link(&self.caller, group).await
    }

    async fn request(&self, id: RequestId) -> Result<Request, AppError> {
        self.service().request(&self.caller, id).await
    }

    async fn my_requests(&self, query: RequestQuery) -> Result<Listing<Request>, AppError> {
        self.service().my_requests(&self.caller, &query).await
    }

    async fn queue_choices(&self) -> Result<QueueChoices, AppError> {
        self.service().queue_choices(&self.caller).await
    }

    async fn notifications(&self, query: NotificationQuery) -> Result<Listing<NotificationRow>, AppError> {
        self.service().notifications(&self.caller, &query).await
    }

    async fn mark_read(&self, which: Notifications) -> Result<u32, AppError> {
        self.service().mark_read(&self.caller, which).await
    }

    async fn search(&self, text: String) -> Result<Found, AppError> {
        self.service().search(&self.caller, &text).await
    }

    async fn set_theme(&self, theme: Theme) -> Result<(), AppError> {
        self.service().set_theme(&self.caller, theme).await
    }

    async fn set_language(&self, language: Language) -> Result<(), AppError> {
        self.service().set_language(&self.caller, language).await
    }

    async fn preview(&self, command: Command) -> Result<Preview, AppError> {
        self.service().preview(&self.caller, command).await
    }

    async fn execute_as_previewed(
        &self,
        command: Command,
        id: Option<CommandId>,
        expected: Fingerprint,
    ) -> Result<Receipt, AppError> {
        self.service().execute_as_previewed(&self.caller, command, id, expected).await
    }

    async fn preview_by_name(&self, command: ByName) -> Result<Preview, AppError> {
        self.service().preview_by_name(&self.caller, command).await
    }

    async fn execute_by_name(
        &self,
        command: ByName,
        id: Option<CommandId>,
        expected: Option<Fingerprint>,
    ) -> Result<Receipt, AppError> {
        self.service().execute_by_name(&self.caller, command, id, expected).await
    }

    async fn group_setup(&self, id: GroupId) -> Result<GroupSetup, AppError> {
        self.service().group_setup(&self.caller, id).await
    }

    async fn group_choices(&self) -> Result<GroupChoices, AppError> {
        self.service().group_choices(&self.caller).await
    }

    async fn users(&self, query: UserQuery) -> Result<Listing<UserRow>, AppError> {
        self.service().users(&self.caller, &query).await
    }

    async fn user_page(&self, id: UserId) -> Result<UserPage, AppError> {
        self.service().user_page(&self.caller, id).await
    }

    async fn create_user(
        &self,
        draft: UserDraft,
        password: Option<String>,
        id: Option<CommandId>,
    ) -> Result<Receipt, AppError> {
        let hash = match password {
            Some(password) => Some(own_password::hash_typed(&self.process, "password", &password).await?),
            None => None,
        };
        self.service().make_user(&self.caller, draft, hash, id).await
    }

    async fn make_user(&self, draft: UserDraft, way_in: WayIn, id: Option<CommandId>) -> Result<FreshUser, AppError> {
        let password = match way_in {
            WayIn::Link => return self.service().welcome(&self.caller, draft, id).await,
            WayIn::Password(password) => Some(password),
            WayIn::None => None,
        };
        let receipt = self.create_user(draft, password, id).await?;
        Ok(FreshUser { user: self.service().user_made(&receipt)?, link: None })
    }

    async fn set_password(&self, user: UserId, password: String, id: Option<CommandId>) -> Result<Receipt, AppError> {
        own_password::is_of_another(&self.caller, user)?;
        let hash = own_password::hash_typed(&self.process, "password", &password).await?;
        self.service().set_password(&self.caller, user, hash, id).await
    }

    async fn make_reset_link(&self, user: UserId) -> Result<FreshLink, AppError> {
        own_password::is_of_another(&self.caller, user)?;
        self.service().make_reset_link(self.caller.id(), user).await
    }

    async fn user_choices(&self) -> Result<UserChoices, AppError> {
        self.service().user_choices(&self.caller).await
    }

    async fn states(&self) -> Result<Listing<StateRow>, AppError> {
        self.service().states(&self.caller).await
    }

    async fn reserved_names(&self, query: ReservedNameQuery) -> Result<Listing<ReservedNameRow>, AppError> {
        self.service().reserved_names(&self.caller, &query).await
    }

    async fn settings(&self) -> Result<Settings, AppError> {
        self.service().settings(&self.caller).await
    }

    async fn invitations(&self, query: InvitationQuery) -> Result<Listing<InvitationRow>, AppError> {
        self.service().invitations(&self.caller, &query).await
    }

    async fn create_invitation(&self, draft: InvitationDraft) -> Result<FreshLink, AppError> {
        self.service().create_invitation(&self.caller, draft).await
    }

    async fn register_door(&self, invitation: Option<String>) -> Result<RegisterDoor, AppError> {
        self.service().register_door(invitation.as_deref()).await
    }

    async fn reset_door(&self, token: String) -> Result<ResetDoor, AppError> {
        self.service().reset_door(&token).await
    }

    async fn health(&self) -> Result<Health, AppError> {
        self.service().health(&self.caller).await
    }

    async fn preview_roll(&self, roll: Roll) -> Result<RollPreview, AppError> {
        self.service().preview_roll(&self.caller, &roll).await
    }

    async fn call_roll(&self, roll: Roll) -> Result<Vec<RollResult>, AppError> {
        self.service().call_roll(&self.caller, &roll).await
    }

    async fn sessions(&self) -> Result<Vec<SessionRow>, AppError> {
        self.service().sessions(&self.caller).await
    }

    async fn end_session(&self, id: SessionId) -> Result<(), AppError> {
        self.service().end_session(&self.caller, id).await
    }

    async fn end_other_sessions(&self) -> Result<(), AppError> {
        self.service().end_other_sessions(&self.caller).await
    }

    async fn change_password(&self, old: String, new: String) -> Result<(), AppError> {
        own_password::change(&self.process, &self.caller, old, new).await
    }
}
