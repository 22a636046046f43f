//! Setting groups up: a new one, what one is set to, who leads it, who is added to it.

use crate::{
    address::address,
    api::draft::Drafted,
    error::AppError,
    input::{AddMemberForm, BulkEditForm, GroupSetupForm, LeaderForm, MembersAddress, NewGroupForm},
    wire::JsonBody,
};
#[cfg(feature = "ssr")]
use crate::{
    api::{
        admin::in_office,
        draft::{drafted, execute_as_previewed},
        execute,
    },
    backend::{answer, backend, lead_on, lead_to},
    input::{AttemptByName, Draft},
};
use domain::{BulkPreview, BulkResult, GroupChoices, GroupSetup, MembersPage, Outcome, Receipt};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// The list that deleting leads back to.
pub(crate) const LIST: &str = "/admin/groups";

/// The page of a group in the admin area, by its id.
pub(crate) fn page_of(group: &str) -> String {
    format!("{LIST}/{group}")
}

/// Where one goes once a group is made.
pub(crate) fn page_of_made(receipt: &Receipt) -> String {
    match &receipt.outcome {
        Outcome::GroupCreated(group) => page_of(&group.to_string()),
        _ => LIST.to_owned(),
    }
}

/// Where one goes once a draft about a group was carried out.
pub(crate) fn page_after(form: &GroupSetupForm) -> String {
    if form.stage.deletes() { LIST.to_owned() } else { page_of(&form.group) }
}

/// A group with everything it is set to, and what a draft of something else would do. Its lists may be long,
/// so it is asked for by a body.
#[server(prefix = "/api", endpoint = "admin/groups/look_at", output = JsonBody)]
pub async fn read_group_setup(
    #[server(flatten)] form: GroupSetupForm,
) -> Result<Drafted<GroupSetup, GroupSetupForm>, AppError> {
    let group = answer(form.group())?;
    let backend = backend()?;
    let setup = answer(in_office(&*backend, backend.group_setup(group).await).await)?;
    Ok(drafted(&*backend, setup, form).await)
}

/// Changes or deletes a group as it was seen.
#[server(prefix = "/api", endpoint = "admin/groups/save", output = JsonBody)]
pub async fn save_group(#[server(flatten)] form: GroupSetupForm) -> Result<Receipt, AppError> {
    execute_as_previewed(form.confirmed(), |_| page_after(&form)).await
}

/// What a new group can be set to, and what making one by this draft would do. Its lists may be long, so it is asked for
/// by a body.
#[server(prefix = "/api", endpoint = "admin/groups/look", output = JsonBody)]
pub async fn read_group_choices(
    #[server(flatten)] form: NewGroupForm,
) -> Result<Drafted<GroupChoices, NewGroupForm>, AppError> {
    let backend = backend()?;
    let choices = answer(in_office(&*backend, backend.group_choices().await).await)?;
    let preview = match form.stage.is_looked_at().then(|| form.command()) {
        Some(Ok(command)) => Some(backend.preview_by_name(command).await),
        Some(Err(error)) => Some(Err(error)),
        None => None,
    };
    Ok(Drafted { subject: choices, form, preview })
}

/// Makes a group as it was seen.
#[server(prefix = "/api", endpoint = "admin/groups/create", output = JsonBody)]
pub async fn create_group(#[server(flatten)] form: NewGroupForm) -> Result<Receipt, AppError> {
    let ((command, id), fingerprint) = answer(form.confirmed())?;
    let receipt = answer(backend()?.execute_by_name(command, id, Some(fingerprint)).await)?;
    lead_to(&page_of_made(&receipt));
    Ok(receipt)
}

/// Names a leader.
#[server(prefix = "/api", endpoint = "admin/groups/leaders/add", output = JsonBody)]
pub async fn add_leader(#[server(flatten)] form: LeaderForm) -> Result<Receipt, AppError> {
    execute_by_name(form.add()).await
}

/// Names a leader no more.
#[server(prefix = "/api", endpoint = "admin/groups/leaders/remove", output = JsonBody)]
pub async fn remove_leader(#[server(flatten)] form: LeaderForm) -> Result<Receipt, AppError> {
    execute(form.remove()).await
}

/// Lets the members of another group lead.
#[server(prefix = "/api", endpoint = "admin/groups/leader_groups/add", output = JsonBody)]
pub async fn add_leader_group(#[server(flatten)] form: LeaderForm) -> Result<Receipt, AppError> {
    execute_by_name(form.add_group()).await
}

/// Lets them lead no more.
#[server(prefix = "/api", endpoint = "admin/groups/leader_groups/remove", output = JsonBody)]
pub async fn remove_leader_group(#[server(flatten)] form: LeaderForm) -> Result<Receipt, AppError> {
    execute(form.remove_group()).await
}

/// The members of a group, for those who have an admin right to groups: it is not for others to know of this door.
#[server(prefix = "/api", endpoint = "admin/groups/members/list", input = GetUrl, output = JsonBody)]
pub async fn list_all_members(#[server(flatten)] address: MembersAddress) -> Result<MembersPage, AppError> {
    let (group, query) = answer(address.parse())?;
    let backend = backend()?;
    answer(in_office(&*backend, backend.group_setup(group).await).await)?;
    answer(backend.members(group, &query).await)
}

/// Makes somebody a member directly.
#[server(prefix = "/api", endpoint = "admin/groups/members/add", output = JsonBody)]
pub async fn add_member(#[server(flatten)] form: AddMemberForm) -> Result<Receipt, AppError> {
    execute_by_name(form.parse()).await
}

/// A roll as it was sent, and what each of its lines would come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkSheet {
    /// The roll.
    pub form: BulkEditForm,
    /// Its lines.
    pub preview: BulkPreview,
}

/// The address of the page on which this roll is looked at.
pub(crate) fn page_of_bulk_edit(form: &BulkEditForm, stage: &str) -> String {
    let fields = [("draft", stage), ("verb", &form.verb), ("names", &form.names), ("reason", &form.reason)];
    address(&format!("{}/roll", page_of(&form.group)), &fields)
}

/// Looks at a roll line by line, before anything is done. It may be long, so it is sent as a body; a plain form is led to
/// the page that shows it.
#[server(prefix = "/api", endpoint = "admin/groups/roll/look", output = JsonBody)]
pub async fn read_bulk_edit(#[server(flatten)] form: BulkEditForm) -> Result<BulkSheet, AppError> {
    let bulk_edit = answer(form.parse())?;
    let preview = answer(backend()?.preview_bulk_edit(bulk_edit).await)?;
    lead_on(&page_of_bulk_edit(&form, "look"));
    Ok(BulkSheet { form, preview })
}

/// Adds or removes everybody on a roll, each on their own. A plain form is led to what has become of each line.
#[server(prefix = "/api", endpoint = "admin/groups/roll/call", output = JsonBody)]
pub async fn apply_bulk_edit(#[server(flatten)] form: BulkEditForm) -> Result<Vec<BulkResult>, AppError> {
    let bulk_edit = answer(form.parse())?;
    let results = answer(backend()?.apply_bulk_edit(bulk_edit).await)?;
    lead_to(&page_of_bulk_edit(&form, "look"));
    Ok(results)
}

/// Carries out what a form asks for by names, if it could be read.
#[cfg(feature = "ssr")]
async fn execute_by_name(read: Result<AttemptByName, AppError>) -> Result<Receipt, AppError> {
    let (command, id) = answer(read)?;
    answer(backend()?.execute_by_name(command, id, None).await)
}
