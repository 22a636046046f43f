//! Who is looking.

use crate::service::{Caller, Service};
use app::error::AppError;
use domain::{Me, Viewer};

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

    /// Everything about the caller's own account.
    ///
    /// # Errors
    /// As for the viewer.
    pub async fn me(&self, caller: &Caller) -> Result<Me, AppError> {
        let user = caller.user()?;
        let me = self.told(self.store().me(user).await)?;
        me.ok_or(AppError::SignedOut)
    }
}
