//! The one door to the server side. Pages and server functions know this trait, and no database, session or rule.

use crate::error::AppError;
use async_trait::async_trait;
use domain::{
    AuditPage, AuditQuery, Command, CommandId, GroupId, GroupPage, GroupQuery, GroupRow, Listing, QueuePage,
    QueueQuery, Receipt, Theme, Viewer,
};
use leptos::prelude::{use_context, with_context};
use leptos_axum::ResponseOptions;
use std::sync::Arc;

/// What a page or a server function asks of the server, in the name of the caller of one HTTP request.
///
/// Every read is filtered by what that caller may see; `NotFound` answers both what is absent and what is not seen.
#[async_trait]
pub trait Backend: Send + Sync {
    /// Who is looking; `SignedOut` where nobody is signed in.
    async fn viewer(&self) -> Result<Viewer, AppError>;
    /// Carries out a command. A repeat under the same `id` is answered with the first receipt.
    async fn execute(&self, command: Command, id: Option<CommandId>) -> Result<Receipt, AppError>;
    /// A page of the groups list, by name.
    async fn groups(&self, query: GroupQuery) -> Result<Listing<GroupRow>, AppError>;
    /// One row of the groups list.
    async fn group_row(&self, id: GroupId) -> Result<GroupRow, AppError>;
    /// The page of one group.
    async fn group_page(&self, id: GroupId) -> Result<GroupPage, AppError>;
    /// The requests the caller may decide, oldest first.
    async fn queue(&self, query: QueueQuery) -> Result<QueuePage, AppError>;
    /// The audit log of a group, newest first.
    async fn audit(&self, group: GroupId, query: AuditQuery) -> Result<AuditPage, AppError>;
    /// Keeps the caller's choice of light or dark.
    async fn set_theme(&self, theme: Theme) -> Result<(), AppError>;
}

/// The backend of the present request. The router provides it to pages and server functions alike.
///
/// # Errors
/// `SignedOut` outside a request, such as when the route list is made.
pub fn backend() -> Result<Arc<dyn Backend>, AppError> {
    use_context::<Arc<dyn Backend>>().ok_or(AppError::SignedOut)
}

/// Gives the answer's status to a fetch or a page. A plain form post is redirected back to its page instead: there a
/// status would overwrite the redirect, so for those nothing is set.
pub fn answer<T>(result: Result<T, AppError>) -> Result<T, AppError> {
    if let Err(error) = &result {
        let plain_form = with_context::<http::request::Parts, _>(|parts| {
            let wants_html = parts
                .headers
                .get(http::header::ACCEPT)
                .is_some_and(|accept| accept.to_str().is_ok_and(|accept| accept.contains("text/html")));
            parts.method == http::Method::POST && wants_html
        })
        .unwrap_or(false);
        if let (false, Some(options)) = (plain_form, use_context::<ResponseOptions>())
            && let Ok(status) = http::StatusCode::from_u16(error.status())
        {
            options.set_status(status);
        }
    }
    result
}
