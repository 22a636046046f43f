//! Commands (R13): the one way to every change that the rules decide.

use domain::{Preview, Receipt};
use store_model::{ExecuteError, Order};

operations! {
    /// Loads the facts, asks the rules, records the decision and its receipt: in one transaction.
    ///
    /// A repeat of the same command by the same caller under the same `CommandId` is answered with the first receipt.
    write "carrying out a command"
    fn execute(order: Order) -> Result<Receipt, ExecuteError>
        = execute::execute(&order);

    /// What an order would do to people. It is decided and carried out as `execute` would, and undone.
    dry_run "working out a preview"
    fn preview(order: Order) -> Result<Preview, ExecuteError>
        = execute::preview(&order);
}
