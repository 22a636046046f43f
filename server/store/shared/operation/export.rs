//! What whoever runs the instance exports.

use crate::{
    Store,
    shared::{InContext, export},
};
use store_model::{GroupLine, MemberLine, StoreError};

/// Exports.
impl Store {
    /// Groups after a place.
    pub async fn list_groups(&self, after: &str) -> Result<Vec<GroupLine>, StoreError> {
        let context = "listing groups";
        let mut conn = self.reader().await.in_context(context)?;
        export::groups(&mut conn, after).await.in_context(context)
    }

    /// Every membership.
    pub async fn export_members(&self, tell: &mut (dyn FnMut(MemberLine) + Send)) -> Result<(), StoreError> {
        let context = "exporting members";
        let mut view = self.snapshot().await.in_context(context)?;
        export::members(&mut view, tell).await.in_context(context)
    }
}
