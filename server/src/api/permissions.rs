//! Permissions of users, groups and states: given and taken by superusers.

use super::{
    call::Call,
    input::NamedIn,
    problem::{Answer, done},
};
use domain::{Command, GroupId, Holder, Permission, StateId, UserId};

async fn give(call: &Call, to: Holder, permission: Permission) -> Answer {
    call.execute(Command::GivePermission { to, permission }).await?;
    done()
}

async fn take(call: &Call, from: Holder, permission: Permission) -> Answer {
    call.execute(Command::TakePermission { from, permission }).await?;
    done()
}

pub(super) async fn give_user(call: Call, NamedIn(id, permission): NamedIn<UserId, Permission>) -> Answer {
    give(&call, Holder::User(id), permission).await
}

pub(super) async fn take_from_user(call: Call, NamedIn(id, permission): NamedIn<UserId, Permission>) -> Answer {
    take(&call, Holder::User(id), permission).await
}

pub(super) async fn give_group(call: Call, NamedIn(id, permission): NamedIn<GroupId, Permission>) -> Answer {
    give(&call, Holder::Group(id), permission).await
}

pub(super) async fn take_from_group(call: Call, NamedIn(id, permission): NamedIn<GroupId, Permission>) -> Answer {
    take(&call, Holder::Group(id), permission).await
}

pub(super) async fn give_state(call: Call, NamedIn(id, permission): NamedIn<StateId, Permission>) -> Answer {
    give(&call, Holder::State(id), permission).await
}

pub(super) async fn take_from_state(call: Call, NamedIn(id, permission): NamedIn<StateId, Permission>) -> Answer {
    take(&call, Holder::State(id), permission).await
}
