//! The read path: every read names its viewer, and what they may not see answers as what does not exist.

mod audit;
mod group;
mod member;
mod notification;
mod request;
mod search;
mod viewer;

use super::Service;
use app::error::AppError;
use store::{Answer, StoreError};

impl Service {
    pub(super) fn told<T>(&self, answer: Result<T, StoreError>) -> Result<T, AppError> {
        answer.map_err(|error| self.failed(&error))
    }

    pub(super) fn allowed<T>(&self, answer: Answer<T>) -> Result<T, AppError> {
        self.told(answer)?.map_err(AppError::from)
    }
}
