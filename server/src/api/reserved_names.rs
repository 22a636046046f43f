//! Names that no group may have (R12).

use super::{
    call::{Call, list},
    groups::Ask,
    input::{Body, Named, Page, body},
    problem::{Answer, created, done},
    shape::Reserved,
};
use app::{backend::Reads, error::AppError};
use domain::{Command, GroupName, Note, Outcome, PageSize, ReservedNameId, ReservedNameQuery};

body! {
    /// A name that is to be reserved.
    NewReserved {
        /// The name.
        required name: GroupName,
        /// Why; whoever wants the name is told.
        required reason: Note,
    }
}

pub(super) async fn index(call: Call, page: Page) -> Answer {
    let query = ReservedNameQuery { search: String::new(), cursor: page.cursor.clone(), limit: page.limit };
    list(&page, &call.backend().reserved_names(&query).await?, Reserved::of)
}

pub(super) async fn create(call: Call, Body(new): Body<NewReserved>) -> Answer {
    let name = new.name.as_str().to_owned();
    match call.execute(Command::ReserveName { name: new.name, reason: new.reason }).await? {
        Outcome::NameReserved(id) => {
            let query = ReservedNameQuery { search: name, cursor: None, limit: PageSize::MAX };
            let found = call.backend().reserved_names(&query).await?;
            let row = found.items.iter().find(|row| row.id == id);
            created(Reserved::of(row.ok_or(AppError::NotFound)?))
        }
        other => Err(call.unexpected(&other)),
    }
}

pub(super) async fn delete(call: Call, Named(name): Named<ReservedNameId>, Body(ask): Body<Ask>) -> Answer {
    call.execute(Command::FreeName { name, reason: ask.reason }).await?;
    done()
}
