//! The audit log.

use crate::service::{Caller, Service};
use app::error::AppError;
use domain::{AuditPage, AuditQuery, Logged};
use futures::{Stream, stream};

/// The next batch of a log that is read to its end.
enum Next {
    /// Read already, with the cursor of the one after it.
    Ready((Vec<Logged>, Option<String>)),
    /// To be read from this cursor on.
    From(String),
}

impl Service {
    /// A page of the audit log, of one group or of everything.
    ///
    /// # Errors
    /// `NotFound` where the group is not seen, `Denied` where it is but its log is not, and for the whole log.
    pub async fn audit(&self, caller: &Caller, query: &AuditQuery) -> Result<AuditPage, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().audit(user, query).await)
    }

    /// The audit log to its end, in batches of which only one is in memory. Rights are asked for each of them.
    ///
    /// # Errors
    /// As for a page, before the first batch.
    pub async fn audit_to_its_end(
        &self,
        caller: &Caller,
        query: AuditQuery,
    ) -> Result<impl Stream<Item = Result<Vec<Logged>, AppError>> + Send + use<>, AppError> {
        let user = caller.user()?;
        let first = self.allowed(self.store().audit_batch(user, &query).await)?;
        let service = self.clone();
        Ok(stream::try_unfold(Some(Next::Ready(first)), move |next| {
            let (service, query) = (service.clone(), query.clone());
            async move {
                let (rows, cursor) = match next {
                    None => return Ok(None),
                    Some(Next::Ready(batch)) => batch,
                    Some(Next::From(cursor)) => {
                        let query = AuditQuery { cursor: Some(cursor), ..query };
                        service.allowed(service.store().audit_batch(user, &query).await)?
                    }
                };
                Ok(Some((rows, cursor.map(Next::From))))
            }
        }))
    }
}
