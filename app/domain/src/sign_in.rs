//! What an account's owner is told of sign-ins that failed.

use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// Sign-ins to one account that failed since the last that did not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedSignIns {
    /// How many.
    pub count: u32,
    /// When the first was.
    pub since: Timestamp,
    /// The network address of the last.
    pub address: String,
    /// Whether any came from another address.
    pub elsewhere: bool,
}

impl FailedSignIns {
    /// So few are somebody who forgot their password.
    const FEW: u32 = 5;

    /// Whether their owner is to be told now: once there are more than a few, then each time there are twice as many, so
    /// that whoever guesses on cannot bury them in notices.
    #[must_use]
    pub const fn is_to_be_told(&self) -> bool {
        self.count.is_multiple_of(Self::FEW) && (self.count / Self::FEW).is_power_of_two()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_is_told_now_and_then() {
        let failed = |count| FailedSignIns { count, since: Timestamp(0), address: String::new(), elsewhere: false };
        let told: Vec<u32> = (0..1000).filter(|count| failed(*count).is_to_be_told()).collect();
        assert_eq!(told, [5, 10, 20, 40, 80, 160, 320, 640]);
    }
}
