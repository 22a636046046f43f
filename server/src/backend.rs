//! What pages and server functions reach: the service in the name of one caller. No rule, no SQL.

use crate::service::{Caller, Service};
use app::{backend::Backend, error::AppError};
use async_trait::async_trait;
use domain::{
    AuditPage, AuditQuery, Command, CommandId, GroupId, GroupPage, GroupQuery, GroupRow, Listing, QueuePage,
    QueueQuery, Receipt, Theme, Viewer,
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

    async fn group_page(&self, id: GroupId) -> Result<GroupPage, AppError> {
        self.service.group_page(&self.caller, id).await
    }

    async fn queue(&self, query: QueueQuery) -> Result<QueuePage, AppError> {
        self.service.queue(&self.caller, &query).await
    }

    async fn audit(&self, group: GroupId, query: AuditQuery) -> Result<AuditPage, AppError> {
        self.service.audit(&self.caller, group, &query).await
    }

    async fn set_theme(&self, theme: Theme) -> Result<(), AppError> {
        self.service.set_theme(&self.caller, theme).await
    }
}
