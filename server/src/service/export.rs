//! Lists that are read to their end, in batches of which only one is in memory. Rights are asked for each of them.

use super::CallerService;
use app::{backend::Reads, error::AppError};
use domain::{AuditQuery, GroupId, Listing, MemberQuery, MemberRow, PageSize, RecordedEvent};
use futures::{Stream, stream};

/// The next batch of a list.
enum Next<B> {
    /// Read already.
    Ready(B),
    /// To be read from this cursor on.
    From(String),
}

impl CallerService {
    /// The members of a group to their end.
    ///
    /// # Errors
    /// As for a page, before the first batch.
    pub(crate) async fn members_to_their_end(
        self,
        group: GroupId,
        query: MemberQuery,
    ) -> Result<impl Stream<Item = Result<Vec<MemberRow>, AppError>> + Send + use<>, AppError> {
        let query = MemberQuery { limit: PageSize::MAX, ..query };
        let first: Listing<MemberRow> = self.members(group, &query).await?.listing;
        Ok(stream::try_unfold(Some(Next::Ready(first)), move |next| {
            let (service, query) = (self.clone(), query.clone());
            async move {
                let batch = match next {
                    None => return Ok(None),
                    Some(Next::Ready(batch)) => batch,
                    Some(Next::From(cursor)) => {
                        let query = MemberQuery { cursor: Some(cursor), ..query };
                        service.members(group, &query).await?.listing
                    }
                };
                Ok(Some((batch.items, batch.next_cursor.map(Next::From))))
            }
        }))
    }

    /// The audit log to its end.
    ///
    /// # Errors
    /// As for a page, before the first batch.
    pub(crate) async fn audit_to_its_end(
        self,
        query: AuditQuery,
    ) -> Result<impl Stream<Item = Result<Vec<RecordedEvent>, AppError>> + Send + use<>, AppError> {
        let first = self.audit_batch(&query).await?;
        Ok(stream::try_unfold(Some(Next::Ready(first)), move |next| {
            let (service, query) = (self.clone(), query.clone());
            async move {
                let (rows, cursor) = match next {
                    None => return Ok(None),
                    Some(Next::Ready(batch)) => batch,
                    Some(Next::From(cursor)) => {
                        service.audit_batch(&AuditQuery { cursor: Some(cursor), ..query }).await?
                    }
                };
                Ok(Some((rows, cursor.map(Next::From))))
            }
        }))
    }

    async fn audit_batch(&self, query: &AuditQuery) -> Result<(Vec<RecordedEvent>, Option<String>), AppError> {
        self.service.answer(self.store().audit_batch(self.user()?, query).await)
    }
}
