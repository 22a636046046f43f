//! Who is in a group, and the way into it.

use crate::service::{Caller, Service};
use app::error::AppError;
use domain::{GroupId, JoinLink, MemberQuery, MembersPage};

impl Service {
    /// A page of the members of a group.
    ///
    /// # Errors
    /// `NotFound` where the group is not seen, `Denied` where it is, but not who is in it.
    pub async fn members(&self, caller: &Caller, group: GroupId, query: &MemberQuery) -> Result<MembersPage, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().members(user, group, query).await)
    }

    /// The join link of a group.
    ///
    /// # Errors
    /// As for its members.
    pub async fn join_link(&self, caller: &Caller, group: GroupId) -> Result<JoinLink, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().join_link(user, group).await)
    }
}
