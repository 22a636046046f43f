//! The settings of the instance: one flat object.

use super::{
    call::Call,
    describe::{Described, Shapes},
    input::{Body, Field, body},
    problem::{Answer, flaw, ok},
    shape::Settings,
};
use app::{backend::Reads, text::FieldFlaw};
use domain::{Command, Flaw, Registration, SettingsChange};
use serde_json::{Value, json};

body! {
    /// What is to change about the settings; what is not named stays.
    ChangedSettings {
        /// Whether deciders are told of new requests.
        change requests_notification: bool,
        /// Whether leaving closed groups is at once.
        change auto_leave: bool,
        /// How many notifications are kept for each user, 1 to 1,000.
        change notifications_max_per_user: NotificationLimit,
        /// Who may make an account of their own.
        change registration: Registration,
        /// Whether groups are told to those, too, who can neither join nor ask for them.
        change show_unavailable_groups: bool,
    }
}

/// How many notifications are kept.
pub(super) struct NotificationLimit(u32);

impl NotificationLimit {
    const LEAST: u32 = 1;
    const MOST: u32 = 1000;
}

impl Described for NotificationLimit {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "integer", "minimum": Self::LEAST, "maximum": Self::MOST })
    }
}

impl Field for NotificationLimit {
    fn read(value: &Value) -> Result<Self, FieldFlaw> {
        // How many it may be the rules say, to whoever may change it.
        let count = u32::try_from(i64::read(value)?).ok();
        count.map(Self).ok_or(flaw(Flaw::OutOfRange(Self::LEAST, Self::MOST)))
    }
}

pub(super) async fn show(call: Call) -> Answer {
    ok(Settings::of(call.backend().settings().await?))
}

pub(super) async fn edit(call: Call, Body(new): Body<ChangedSettings>) -> Answer {
    let change = SettingsChange {
        requests_notification: new.requests_notification,
        auto_leave: new.auto_leave,
        notifications_max_per_user: new.notifications_max_per_user.map(|NotificationLimit(count)| count),
        registration: new.registration,
        show_unavailable_groups: new.show_unavailable_groups,
    };
    call.execute(Command::ChangeSettings(change)).await?;
    show(call).await
}
