//! Finding groups and people.

use domain::{Found, UserId};
use store_model::StoreError;

operations! {
    /// Groups in whose names this occurs and people whose names begin with it, as far as the user may know of them.
    snapshot "searching"
    fn search(user: UserId, text: &str) -> Result<Found, StoreError>
        = search::find(user, text);
}
