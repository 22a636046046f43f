//! What the palette finds.

use crate::service::{Caller, Service};
use app::error::AppError;
use domain::Found;

impl Service {
    /// Groups and people by name, as far as the caller may know of them.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub async fn search(&self, caller: &Caller, text: &str) -> Result<Found, AppError> {
        let user = caller.user()?;
        self.told(self.store().search(user, text).await)
    }
}
