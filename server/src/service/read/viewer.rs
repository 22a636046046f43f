//! Who is looking.

use crate::service::{Caller, Service};
use app::error::AppError;
use domain::Viewer;

impl Service {
    /// Who is looking.
    ///
    /// # Errors
    /// `SignedOut` also where the account has gone since the session was looked up.
    pub async fn viewer(&self, caller: &Caller) -> Result<Viewer, AppError> {
        let user = caller.user()?;
        let viewer = self.told(self.store().viewer(user).await)?;
        viewer.ok_or(AppError::SignedOut)
    }
}
