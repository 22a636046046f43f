//! Whether what is written is kept: what the writes of late say about it.

use super::Fault;
use domain::Unwritable;
use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};
use store_model::StoreError;

/// How long a write that was not kept speaks for those to come: a small one may find room where most do not.
const MEMORY: Duration = Duration::from_secs(10);

/// The last write that was not kept, until one is.
#[derive(Default)]
pub(crate) struct Keeping(Mutex<Option<(Instant, Unwritable, String)>>);

impl Keeping {
    /// Notes what came of a write.
    pub(crate) fn note<T>(&self, answer: &Result<T, Fault>) {
        let found = match answer {
            Ok(_) => None,
            Err(fault) => match fault.unwritable() {
                Some((why, cause)) => Some((Instant::now(), why, cause)),
                None => return,
            },
        };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = found;
    }

    /// Whether all is kept as far as is known; fails with what was said a moment ago where it was not.
    pub(crate) fn is_known(&self) -> Result<bool, StoreError> {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some((at, why, cause)) if at.elapsed() < MEMORY => Err(StoreError::Unwritable(*why, cause.clone())),
            Some(_) => Ok(false),
            None => Ok(true),
        }
    }
}
