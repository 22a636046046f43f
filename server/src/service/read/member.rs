//! Who is in a group, and the way into it.

use crate::service::{Caller, Service};
use app::error::AppError;
use domain::{GroupId, JoinLink, Listing, MemberQuery, MemberRow, MembersPage, PageSize};
use futures::{Stream, stream};

/// The next batch of a list that is read to its end.
enum Next {
    /// Read already.
    Ready(Listing<MemberRow>),
    /// To be read from this cursor on.
    From(String),
}

impl Service {
    /// The members of a group to their end, in batches of which only one is in memory. Rights are asked for each of them.
    ///
    /// # Errors
    /// As for a page, before the first batch.
    pub async fn members_to_their_end(
        &self,
        caller: &Caller,
        group: GroupId,
        query: MemberQuery,
    ) -> Result<impl Stream<Item = Result<Vec<MemberRow>, AppError>> + Send + use<>, AppError> {
        let query = MemberQuery { limit: PageSize::MAX, ..query };
        let first = self.members(caller, group, &query).await?.listing;
        let (service, caller) = (self.clone(), caller.clone());
        Ok(stream::try_unfold(Some(Next::Ready(first)), move |next| {
            let (service, caller, query) = (service.clone(), caller.clone(), query.clone());
            async move {
                let batch = match next {
                    None => return Ok(None),
                    Some(Next::Ready(batch)) => batch,
                    Some(Next::From(cursor)) => {
                        let query = MemberQuery { cursor: Some(cursor), ..query };
                        service.members(&caller, group, &query).await?.listing
                    }
                };
                Ok(Some((batch.items, batch.next_cursor.map(Next::From))))
            }
        }))
    }

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
