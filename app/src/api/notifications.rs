//! Notifications: reading them, and having read them.

#[cfg(feature = "ssr")]
use crate::backend::{answer, backend};
use crate::{
    error::AppError,
    input::{MarkReadForm, NotificationsAddress},
    wire::JsonBody,
};
use domain::{Listing, NotificationRow};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// A page of the viewer's notifications, newest first.
#[server(prefix = "/api", endpoint = "notifications/list", input = GetUrl, output = JsonBody)]
pub async fn list_notifications(
    #[server(flatten)] address: NotificationsAddress,
) -> Result<Listing<NotificationRow>, AppError> {
    answer(backend()?.notifications(&address.parse()).await)
}

/// Marks one of the viewer's notifications as read, or all of them; answers how many are unread then.
#[server(prefix = "/api", endpoint = "notifications/read", output = JsonBody)]
pub async fn mark_read(#[server(flatten)] form: MarkReadForm) -> Result<u32, AppError> {
    let which = answer(form.parse())?;
    answer(backend()?.mark_read(which).await)
}
