//! The write path.

use crate::{
    Store,
    shared::{InContext, execute},
};
use domain::Receipt;
use std::sync::Arc;
use store_model::{ExecuteError, Order};

/// The write path.
impl Store {
    /// Carries out an order, once.
    pub async fn execute(&self, order: Order) -> Result<Receipt, ExecuteError> {
        let order = Arc::new(order);
        self.write(move |conn| {
            let order = Arc::clone(&order);
            Box::pin(async move { execute::execute(conn, &order).await })
        })
        .await
        .or_refused("carrying out a command")
    }
}
