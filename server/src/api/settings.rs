//! The settings of the instance: one flat object.

use super::{
    call::Call,
    input::{Body, body},
    problem::{Answer, ok},
    shape::Settings,
};
use app::backend::Backend;
use domain::{Command, Registration, SettingsChange};

body! {
    /// What is to change about the settings; what is not named stays.
    ChangedSettings {
        /// Whether deciders are told of new requests.
        change requests_notification: bool,
        /// Whether leaving closed groups is at once.
        change auto_leave: bool,
        /// How many notifications are kept for each user, 1 to 1,000.
        change notifications_max_per_user: u32,
        /// Who may make an account of their own.
        change registration: Registration,
        /// Whether groups are told to those, too, who can neither join nor ask for them.
        change show_unavailable_groups: bool,
    }
}

pub(super) async fn show(call: Call) -> Answer {
    ok(Settings::of(call.backend().settings().await?))
}

pub(super) async fn edit(call: Call, Body(new): Body<ChangedSettings>) -> Answer {
    let change = SettingsChange {
        requests_notification: new.requests_notification,
        auto_leave: new.auto_leave,
        notifications_max_per_user: new.notifications_max_per_user,
        registration: new.registration,
        show_unavailable_groups: new.show_unavailable_groups,
    };
    call.execute(Command::ChangeSettings(change)).await?;
    show(call).await
}
