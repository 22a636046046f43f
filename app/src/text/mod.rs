//! Every sentence and word a user reads, and nothing else.
//!
//! Codes come in, words go out: one exhaustive match per enum, so a new code does not compile without a sentence. A
//! sentence says what happened, why, and what to do. Another language is another variant of [`Language`]: the compiler
//! then asks for each text of it.
//!
//! Words that stand alone are one `match` per language. Sentences with places for names and numbers stand side by side
//! in `either` and are put together by `fill`: where word order differs, the sentence says so and the code does not.

mod account_change;
mod account_detail;
mod admin;
mod admin_area;
#[cfg(feature = "ssr")]
mod api;
mod definition;
mod detail;
#[cfg(feature = "ssr")]
mod entrance;
mod event;
mod frame;
mod group;
mod group_setup;
mod group_summary;
mod health;
mod invitation;
mod join_link;
mod label;
mod lead;
mod manage;
mod mine;
mod moment;
mod notification;
mod one_time_secret;
#[cfg(feature = "ssr")]
mod preference;
mod preview;
mod profile;
mod queue;
mod refusal;
#[cfg(feature = "ssr")]
mod request;
mod reserved_name;
#[cfg(test)]
mod reviewed;
mod settings;
mod state;
mod user;

#[cfg(feature = "ssr")]
pub use api::{CallFlaw, FieldFlaw, News, call_flaw, field_flaw};
#[cfg(feature = "ssr")]
pub use entrance::character_code;
pub(crate) use frame::FrameLabels;
pub(crate) use group_summary::Setting;
pub(crate) use moment::{iso, local_clock};
#[cfg(feature = "ssr")]
pub use request::RequestFlaw;

pub use crate::language::Language;

use crate::browser;
use leptos::prelude::use_context;
use std::borrow::Cow;

/// The language of the page being made: on the server that of the request, in the browser that of the document, so that
/// both drawings are the same.
pub(crate) fn language() -> Language {
    if cfg!(feature = "hydrate") { browser::document_language() } else { use_context::<Language>().unwrap_or_default() }
}

impl Language {
    /// A sentence in the one language and in the other.
    const fn either<'a>(self, english: &'a str, german: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::German => german,
        }
    }

    /// A number as people write it: `12,345`, in German `12.345`.
    pub(crate) fn number(self, value: u64) -> String {
        let separator = match self {
            Self::English => ',',
            Self::German => '.',
        };
        let digits = value.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }
}

/// Puts the parts into the places of a sentence, `{0}` first. Another language then costs the browser a text and no
/// code, which `format!` would.
fn fill(sentence: &str, parts: &[&str]) -> String {
    let mut text = String::new();
    for (turn, erased) in sentence.split(['{', '}']).enumerate() {
        let place: Option<usize> = erased.parse().ok().filter(|_| !turn.is_multiple_of(2));
        match place {
            Some(place) => text.push_str(&isolated(parts.get(place).copied().unwrap_or_default())),
            None => text.push_str(erased),
        }
    }
    text
}

/// A name as it stands in a sentence: one that is written from right to left stays together and turns nothing around it
/// (FIRST STRONG ISOLATE, UAX #9). Others stay as they are.
pub(crate) fn isolated(name: &str) -> Cow<'_, str> {
    // Hebrew, Arabic and their kin, what is written like them, and the characters that order a direction.
    let turns = |c: char| {
        matches!(
            u32::from(c),
            0x590..=0x8ff | 0x200e..=0x200f | 0x202a..=0x202e | 0x2066..=0x2069 | 0xfb1d..=0xfdff | 0xfe70..=0xfefc
                | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff
        )
    };
    if name.contains(turns) { Cow::Owned(format!("\u{2068}{name}\u{2069}")) } else { Cow::Borrowed(name) }
}

/// `a · b`, each in its own direction.
pub(crate) fn joined<T: AsRef<str>>(names: &[T]) -> String {
    names.iter().map(|name| isolated(name.as_ref())).collect::<Vec<_>>().join(" · ")
}

/// `a, b or c`, with the word before the last.
fn listed<T: AsRef<str>>(names: &[T], last_word: &str) -> String {
    let mut text = String::new();
    for (place, name) in names.iter().enumerate() {
        if place > 0 {
            text.push_str(if place + 1 == names.len() { " " } else { ", " });
        }
        if place > 0 && place + 1 == names.len() {
            text.push_str(last_word);
            text.push(' ');
        }
        text.push_str(&isolated(name.as_ref()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let written = [0, 12, 999, 1000, 20_000, 1_234_567].map(|value| Language::English.number(value));
        assert_eq!(written, ["0", "12", "999", "1,000", "20,000", "1,234,567"]);
        assert_eq!(Language::German.number(1_234_567), "1.234.567");
    }

    #[test]
    fn a_sentence_takes_its_parts_in_its_own_order_and_reads_none_of_them() {
        assert_eq!(fill("{1} von {0}.", &["{1}", "b"]), "b von {1}.");
    }

    #[test]
    fn a_name_from_right_to_left_turns_no_sentence() {
        assert_eq!(fill("{0} asks for {1}.", &["דנה", "Logi"]), "\u{2068}דנה\u{2069} asks for Logi.");
        for name in ["ليلى", "\u{202e}evil", "𐤀", "Ana ﷺ"] {
            assert_eq!(isolated(name), format!("\u{2068}{name}\u{2069}"));
        }
        for name in ["Zoë", "日本", "Łukasz", "🇩🇪", ""] {
            assert_eq!(isolated(name), name);
        }
    }
}
