//! What pages and server functions reach: the service in the name of one caller. No rule, no SQL.

use crate::service::{Caller, Service};
use app::{backend::Backend, error::AppError, text::Language};
use async_trait::async_trait;
use domain::{
    AuditPage, AuditQuery, Command, CommandId, Fingerprint, Found, FreshLink, GroupId, GroupKey, GroupPage, GroupQuery,
    GroupRow, Health, InvitationDraft, InvitationQuery, InvitationRow, JoinLink, Listing, ManagedGroup, Me,
    MemberQuery, MembersPage, MyGroup, NotificationQuery, NotificationRow, Notifications, Preview, QueueChoices,
    QueuePage, QueueQuery, Receipt, RegisterDoor, Request, RequestId, RequestQuery, ReservedNameQuery, ReservedNameRow,
    ResetDoor, Roll, RollPreview, RollResult, SessionId, SessionRow, Settings, StateRow, Theme, Timestamp, TokenName,
    TokenRow, UserDraft, UserId, UserPage, UserQuery, UserRow, Viewer,
};

/// The service, bound to the caller of one request.
pub(crate) struct CallerBackend {
    service: Service,
    caller: Caller,
}

impl CallerBackend {
    pub(crate) const fn new(service: Service, caller: Caller) -> Self {
        Self { service, caller }
    }
}

#[async_trait]
impl Backend for CallerBackend {
    async fn viewer(&self) -> Result<Viewer, AppError> {
        self.service.viewer(&self.caller).await
    }

    async fn execute(&self, command: Command, id: Option<CommandId>) -> Result<Receipt, AppError> {
        self.service.execute(&self.caller, command, id).await
    }

    async fn groups(&self, query: GroupQuery) -> Result<Listing<GroupRow>, AppError> {
        self.service.groups(&self.caller, &query).await
    }

    async fn group_row(&self, id: GroupId) -> Result<GroupRow, AppError> {
        self.service.group_row(&self.caller, id).await
    }

    async fn group_page(&self, key: GroupKey) -> Result<GroupPage, AppError> {
        self.service.group_page(&self.caller, &key).await
    }

    async fn queue(&self, query: QueueQuery) -> Result<QueuePage, AppError> {
        self.service.queue(&self.caller, &query).await
    }

    async fn audit(&self, query: AuditQuery) -> Result<AuditPage, AppError> {
        self.service.audit(&self.caller, &query).await
    }

    async fn tokens(&self) -> Result<Vec<TokenRow>, AppError> {
        self.service.tokens(&self.caller).await
    }

    async fn create_token(&self, name: TokenName, expires_at: Option<Timestamp>) -> Result<String, AppError> {
        self.service.create_token(self.caller.id(), self.caller.user()?, name, expires_at).await
    }

    async fn me(&self) -> Result<Me, AppError> {
        self.service.me(&self.caller).await
    }

    async fn my_groups(&self, query: GroupQuery) -> Result<Listing<MyGroup>, AppError> {
        self.service.my_groups(&self.caller, &query).await
    }

    async fn managed_groups(&self, query: GroupQuery) -> Result<Listing<ManagedGroup>, AppError> {
        self.service.managed_groups(&self.caller, &query).await
    }

    async fn managed_group(&self, id: GroupId) -> Result<ManagedGroup, AppError> {
        self.service.managed_group(&self.caller, id).await
    }

    async fn members(&self, group: GroupId, query: MemberQuery) -> Result<MembersPage, AppError> {
        self.service.members(&self.caller, group, &query).await
    }

    async fn join_link(&self, group: GroupId) -> Result<JoinLink, AppError> {
        self.service.join_link(&self.caller, group).await
    }

    async fn request(&self, id: RequestId) -> Result<Request, AppError> {
        self.service.request(&self.caller, id).await
    }

    async fn my_requests(&self, query: RequestQuery) -> Result<Listing<Request>, AppError> {
        self.service.my_requests(&self.caller, &query).await
    }

    async fn queue_choices(&self) -> Result<QueueChoices, AppError> {
        self.service.queue_choices(&self.caller).await
    }

    async fn notifications(&self, query: NotificationQuery) -> Result<Listing<NotificationRow>, AppError> {
        self.service.notifications(&self.caller, &query).await
    }

    async fn mark_read(&self, which: Notifications) -> Result<u32, AppError> {
        self.service.mark_read(&self.caller, which).await
    }

    async fn search(&self, text: String) -> Result<Found, AppError> {
        self.service.search(&self.caller, &text).await
    }

    async fn set_theme(&self, theme: Theme) -> Result<(), AppError> {
        self.service.set_theme(&self.caller, theme).await
    }

    async fn set_language(&self, language: Language) -> Result<(), AppError> {
        self.service.set_language(&self.caller, language).await
    }

    async fn preview(&self, _command: Command) -> Result<Preview, AppError> {
        Err(AppError::Busy)
    }

    async fn execute_as_previewed(
        &self,
        _command: Command,
        _id: Option<CommandId>,
        _expected: Fingerprint,
    ) -> Result<Receipt, AppError> {
        Err(AppError::Busy)
    }

    async fn users(&self, _query: UserQuery) -> Result<Listing<UserRow>, AppError> {
        Err(AppError::Busy)
    }

    async fn user_page(&self, _id: UserId) -> Result<UserPage, AppError> {
        Err(AppError::Busy)
    }

    async fn create_user(
        &self,
        _draft: UserDraft,
        _password: Option<String>,
        _id: Option<CommandId>,
    ) -> Result<Receipt, AppError> {
        Err(AppError::Busy)
    }

    async fn set_password(
        &self,
        _user: UserId,
        _password: String,
        _id: Option<CommandId>,
    ) -> Result<Receipt, AppError> {
        Err(AppError::Busy)
    }

    async fn make_reset_link(&self, _user: UserId) -> Result<FreshLink, AppError> {
        Err(AppError::Busy)
    }

    async fn states(&self) -> Result<Listing<StateRow>, AppError> {
        Err(AppError::Busy)
    }

    async fn reserved_names(&self, _query: ReservedNameQuery) -> Result<Listing<ReservedNameRow>, AppError> {
        Err(AppError::Busy)
    }

    async fn settings(&self) -> Result<Settings, AppError> {
        Err(AppError::Busy)
    }

    async fn invitations(&self, _query: InvitationQuery) -> Result<Listing<InvitationRow>, AppError> {
        Err(AppError::Busy)
    }

    async fn create_invitation(&self, _draft: InvitationDraft) -> Result<FreshLink, AppError> {
        Err(AppError::Busy)
    }

    async fn register_door(&self, _invitation: Option<String>) -> Result<RegisterDoor, AppError> {
        Err(AppError::Busy)
    }

    async fn reset_door(&self, _token: String) -> Result<ResetDoor, AppError> {
        Err(AppError::Busy)
    }

    async fn health(&self) -> Result<Health, AppError> {
        Err(AppError::Busy)
    }

    async fn preview_roll(&self, _roll: Roll) -> Result<RollPreview, AppError> {
        Err(AppError::Busy)
    }

    async fn call_roll(&self, _roll: Roll) -> Result<Vec<RollResult>, AppError> {
        Err(AppError::Busy)
    }

    async fn sessions(&self) -> Result<Vec<SessionRow>, AppError> {
        Err(AppError::Busy)
    }

    async fn end_session(&self, _id: SessionId) -> Result<(), AppError> {
        Err(AppError::Busy)
    }

    async fn end_other_sessions(&self) -> Result<(), AppError> {
        Err(AppError::Busy)
    }

    async fn change_password(&self, _old: String, _new: String) -> Result<(), AppError> {
        Err(AppError::Busy)
    }
}
