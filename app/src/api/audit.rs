//! The audit log.

#[cfg(feature = "ssr")]
use crate::backend::{Backend, answer, backend};
use crate::{error::AppError, input::AuditAddress, wire::JsonBody};
use domain::AuditPage;
#[cfg(feature = "ssr")]
use domain::{GroupId, UserId, name::key};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// A page of the audit log: of one group, or of everything.
#[server(prefix = "/api", endpoint = "audit/list", input = GetUrl, output = JsonBody)]
pub async fn read_audit_log(#[server(flatten)] address: AuditAddress) -> Result<AuditPage, AppError> {
    let backend = backend()?;
    let address = answer(by_id(&*backend, address).await)?;
    let query = answer(address.parse())?;
    answer(backend.audit(&query).await)
}

/// The same address with ids in place of names. A name that is nobody's, as far as the caller may know or reads in the log,
/// names whom there are no rows about.
///
/// # Errors
/// What looking up a name answers.
#[cfg(feature = "ssr")]
pub async fn by_id(backend: &dyn Backend, address: AuditAddress) -> Result<AuditAddress, AppError> {
    let of = group_named(backend, address.of).await?;
    let log = if address.group.is_empty() { &of } else { &address.group };
    let log = log.parse().ok();
    let requestor = user_named(backend, log, address.requestor).await?;
    let actor = user_named(backend, log, address.actor).await?;
    Ok(AuditAddress { of, requestor, actor, ..address })
}

/// Whether this is the name of nothing, or an id already.
#[cfg(feature = "ssr")]
fn is_settled(name: &str) -> bool {
    name.is_empty() || name.parse::<i64>().is_ok()
}

#[cfg(feature = "ssr")]
fn is_same(name: &str, other: &str) -> bool {
    key(name) == key(other)
}

#[cfg(feature = "ssr")]
async fn user_named(backend: &dyn Backend, log: Option<GroupId>, name: String) -> Result<String, AppError> {
    if is_settled(&name) {
        return Ok(name);
    }
    let found = backend.search(&name).await?.people;
    let person = found
        .iter()
        .find(|found| is_same(&name, &found.person.username))
        .or_else(|| found.iter().find(|found| is_same(&name, found.person.display_name())));
    if let Some(found) = person {
        return Ok(found.person.id.to_string());
    }
    // Whoever reads a log reads the names in it, and may ask for them.
    match backend.audit_person(log, &name).await {
        Ok(user) => Ok(user.to_string()),
        Err(AppError::NotFound | AppError::Denied(_)) => Ok(UserId::UNASSIGNED.to_string()),
        Err(error) => Err(error),
    }
}

#[cfg(feature = "ssr")]
async fn group_named(backend: &dyn Backend, name: String) -> Result<String, AppError> {
    if is_settled(&name) {
        return Ok(name);
    }
    let found = backend.search(&name).await?.groups;
    let group = found.iter().find(|group| is_same(&name, &group.name));
    Ok(group.map_or(GroupId::UNASSIGNED, |group| group.id).to_string())
}

/// The filters whose names are nobody's and nothing's, as far as the caller may know: what `by_id` found none for.
#[cfg(feature = "ssr")]
#[must_use]
pub fn unknown_names(asked: &AuditAddress, found: &AuditAddress) -> Vec<&'static str> {
    let none = GroupId::UNASSIGNED.to_string();
    let filters = [
        ("group", &asked.of, &found.of),
        ("requestor", &asked.requestor, &found.requestor),
        ("actor", &asked.actor, &found.actor),
    ];
    let unknown = filters.into_iter().filter(|(_, asked, found)| asked != found && **found == none);
    unknown.map(|(name, _, _)| name).collect()
}
