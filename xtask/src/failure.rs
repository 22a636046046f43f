//! Why the build tool stopped: one sentence for the person at the terminal, with what to do where that is known.

use std::fmt::{self, Display};

/// A sentence. There is nothing to match on: whoever gets it prints it.
pub struct Failure(String);

/// The result of a step.
pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure that says this.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Puts what was being done before what went wrong.
pub trait Explain<T> {
    /// `during` reads as in "cannot `during`: cause".
    fn explain(self, during: impl Display) -> Outcome<T>;
}

impl<T, E: Display> Explain<T> for Result<T, E> {
    fn explain(self, during: impl Display) -> Outcome<T> {
        self.map_err(|cause| Failure(format!("cannot {during}: {cause}")))
    }
}
