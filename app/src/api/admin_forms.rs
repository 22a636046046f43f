//! The forms of the admin area, by the server functions they are sent to.

use super::{
    group_setup::{
        AddLeader, AddLeaderGroup, AddMember, ApplyBulkEdit, CreateGroup, ReadBulkEdit, RemoveLeader,
        RemoveLeaderGroup, SaveGroup,
    },
    reserved_names::SaveReservedName,
    settings::SaveSettings,
    states::SaveState,
    users::{ChangeUser, CreateUser, EndSessions, MakeResetLink, SetPassword},
};
use leptos::server_fn::ServerFn;

/// The functions whose forms hold drafts, or lead to pages with drafts. Sent without script, such a form may lead on to what
/// no address may tell; then the server answers with the page itself.
pub const ADMIN_FORMS: [&str; 17] = [
    AddLeader::PATH,
    AddLeaderGroup::PATH,
    AddMember::PATH,
    ApplyBulkEdit::PATH,
    ChangeUser::PATH,
    CreateGroup::PATH,
    CreateUser::PATH,
    EndSessions::PATH,
    ReadBulkEdit::PATH,
    MakeResetLink::PATH,
    RemoveLeader::PATH,
    RemoveLeaderGroup::PATH,
    SaveGroup::PATH,
    SaveReservedName::PATH,
    SaveSettings::PATH,
    SaveState::PATH,
    SetPassword::PATH,
];
