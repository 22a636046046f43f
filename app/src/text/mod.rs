//! Every sentence and word a user reads, and nothing else.
//!
//! Codes come in, words go out: one exhaustive match per enum, so a new code does not compile without a sentence. A
//! sentence says what happened, why, and what to do. Another language is another variant of [`Language`]: the compiler
//! then asks for each text of it.

mod detail;
#[cfg(feature = "ssr")]
mod entrance;
mod event;
mod group;
mod label;
mod moment;
mod queue;
mod refusal;

pub(crate) use label::Labels;
pub(crate) use moment::{clock, exact, iso};

use leptos::prelude::use_context;

/// A language Muster speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// British English, sentence case.
    #[default]
    English,
}

/// The language of the page being made.
pub(crate) fn language() -> Language {
    use_context::<Language>().unwrap_or_default()
}

/// A number as people write it: `12,345`.
pub(crate) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let written = [0, 12, 999, 1000, 20_000, 1_234_567].map(number);
        assert_eq!(written, ["0", "12", "999", "1,000", "20,000", "1,234,567"]);
    }
}
