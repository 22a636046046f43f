//! Drafts of changes: what one would do, and carrying it out as it was seen.

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    backend::{Backend, answer, backend, lead_to},
    input::{Attempt, Draft},
};
use domain::Preview;
#[cfg(feature = "ssr")]
use domain::{Fingerprint, Receipt};
use serde::{Deserialize, Serialize};

/// What a page is about, and the draft that stands in its address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drafted<T, F> {
    /// What it is about, as it is.
    pub subject: T,
    /// The draft.
    pub form: F,
    /// What the draft would do, or why it would not be done; `None` where that was not asked for.
    pub preview: Option<Result<Preview, AppError>>,
}

/// Adds what the draft would do, where it is looked at.
#[cfg(feature = "ssr")]
pub(super) async fn drafted<T, F: Draft>(backend: &dyn Backend, subject: T, form: F) -> Drafted<T, F> {
    let preview = match form.stage().is_looked_at().then(|| form.command()) {
        Some(Ok(command)) => Some(backend.preview(command).await),
        Some(Err(error)) => Some(Err(error)),
        None => None,
    };
    Drafted { subject, form, preview }
}

/// Carries out a draft if it would still do what was seen, and leads a plain form on to where that shows. Else one comes
/// back to the draft.
#[cfg(feature = "ssr")]
pub(super) async fn execute_as_previewed(
    confirmed: Result<(Attempt, Fingerprint), AppError>,
    then: impl FnOnce(&Receipt) -> String,
) -> Result<Receipt, AppError> {
    let ((command, id), fingerprint) = answer(confirmed)?;
    let receipt = answer(backend()?.execute_as_previewed(command, id, fingerprint).await)?;
    lead_to(&then(&receipt));
    Ok(receipt)
}
