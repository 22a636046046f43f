//! The code that keeps strangers from making the first account.

use crate::clock::Random;
use sha2::{Digest, Sha256};

/// The code that opens the set-up: 128 random bits, new at each start.
pub(crate) struct SetupCode(String);

impl SetupCode {
    pub(crate) fn new(random: &dyn Random) -> Self {
        Self(random.word())
    }

    /// The code, for the console.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether somebody has it. How long that takes tells nothing of how much of it is right.
    pub(super) fn is(&self, given: &str) -> bool {
        let (own, given) = (Sha256::digest(&self.0), Sha256::digest(given));
        own.iter().zip(given).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemRandom;

    #[test]
    fn only_the_code_is_the_code() {
        let code = SetupCode::new(&SystemRandom);
        assert!(code.is(code.reveal()));
        assert!(code.reveal().len() >= 22, "128 bits");
        let long = format!("{}x", code.reveal());
        for wrong in ["", &code.reveal()[1..], &long, &code.reveal().to_lowercase().replace(char::is_numeric, "")] {
            assert!(!code.is(wrong), "{wrong}");
        }
        assert!(!code.is(SetupCode::new(&SystemRandom).reveal()));
    }
}
