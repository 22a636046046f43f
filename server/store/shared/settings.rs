//! The settings of the instance: one row, a column each.

use super::{
    Fault,
    code::{Code, decode},
};
use crate::Conn;
use domain::Settings;

/// The settings as columns, wherever they are joined in.
#[derive(sqlx::FromRow)]
pub(crate) struct SettingsColumns {
    /// `settings.requests_notification`.
    pub(crate) requests_notification: bool,
    /// `settings.auto_leave`, under a name that a group's own does not have.
    pub(crate) instance_auto_leave: bool,
    /// `settings.notifications_max_per_user`.
    pub(crate) notifications_max_per_user: i64,
    /// `settings.registration`.
    pub(crate) registration: i64,
    /// `settings.show_unavailable_groups`.
    pub(crate) show_unavailable_groups: bool,
}

/// Selects the columns of `SettingsColumns` from `settings s`, for statements that are put together.
pub(crate) const SETTINGS: &str = "s.requests_notification, s.auto_leave AS instance_auto_leave, \
     s.notifications_max_per_user, s.registration, s.show_unavailable_groups";

impl TryFrom<SettingsColumns> for Settings {
    type Error = store_model::StoreError;

    fn try_from(row: SettingsColumns) -> Result<Self, Self::Error> {
        Ok(Self {
            requests_notification: row.requests_notification,
            auto_leave: row.instance_auto_leave,
            notifications_max_per_user: u32::try_from(row.notifications_max_per_user).unwrap_or(u32::MAX),
            registration: decode("settings", "registration", 1, row.registration)?,
            show_unavailable_groups: row.show_unavailable_groups,
        })
    }
}

/// The settings as they are.
pub(crate) async fn find(conn: &mut Conn) -> Result<Settings, Fault> {
    let row = sqlx::query_as!(
        SettingsColumns,
        "SELECT requests_notification, auto_leave AS instance_auto_leave, notifications_max_per_user, registration,
                show_unavailable_groups
            FROM settings"
    )
    .fetch_one(conn)
    .await?;
    Ok(Settings::try_from(row)?)
}

/// Replaces them.
pub(crate) async fn update(conn: &mut Conn, settings: &Settings) -> sqlx::Result<()> {
    let (kept, registration) = (i64::from(settings.notifications_max_per_user), settings.registration.stored());
    sqlx::query!(
        "UPDATE settings SET requests_notification = $1, auto_leave = $2, notifications_max_per_user = $3,
            registration = $4, show_unavailable_groups = $5",
        settings.requests_notification,
        settings.auto_leave,
        kept,
        registration,
        settings.show_unavailable_groups
    )
    .execute(conn)
    .await?;
    Ok(())
}
