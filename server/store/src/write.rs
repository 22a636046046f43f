//! The write path (R13): one door for every change that the rules decide.

use crate::{ExecuteError, Order, Store, ask};
use domain::Receipt;

impl Store {
    /// Loads the facts, asks the rules, records the decision and its receipt: in one transaction.
    ///
    /// A repeat of the same command by the same caller under the same `CommandId` is answered with the first receipt.
    pub async fn execute(&self, order: Order) -> Result<Receipt, ExecuteError> {
        ask!(self, database => database.execute(order).await)
    }
}
