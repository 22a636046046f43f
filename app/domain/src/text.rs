//! Texts people write, valid by construction: parsed once, at the edge.

use crate::Flaw;
use serde::{Deserialize, Serialize};

/// Characters that may stand in a text of several lines.
fn is_plain(c: char) -> bool {
    c == '\n' || !(c.is_control() || is_invisible(c))
}

/// Characters that show nothing or turn the direction of what follows: names made of them deceive.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn within(text: &str, max: usize) -> Result<(), Flaw> {
    if text.chars().count() > max { Err(Flaw::TooLong(max)) } else { Ok(()) }
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, max $max:literal, $parse:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Longest accepted text, in characters.
            pub const MAX: usize = $max;

            /// Trims and checks.
            pub fn parse(text: &str) -> Result<Self, Flaw> {
                $parse(text, Self::MAX).map(Self)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).map_err(|flaw| format!("{flaw:?}"))
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }
    };
}

fn one_line(text: &str, max: usize) -> Result<String, Flaw> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Flaw::Missing);
    }
    within(text, max)?;
    if text.chars().all(|c| c != '\n' && is_plain(c)) { Ok(text.to_owned()) } else { Err(Flaw::Malformed) }
}

fn one_word(text: &str, max: usize) -> Result<String, Flaw> {
    let text = one_line(text, max)?;
    if text.chars().any(char::is_whitespace) { Err(Flaw::Malformed) } else { Ok(text) }
}

fn address(text: &str, max: usize) -> Result<String, Flaw> {
    let text = one_word(text, max)?;
    let complete = text.rsplit_once('@').is_some_and(|(local, host)| !local.is_empty() && !host.is_empty());
    if complete { Ok(text) } else { Err(Flaw::Malformed) }
}

fn several_lines(text: &str, max: usize) -> Result<String, Flaw> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    within(text, max)?;
    if text.chars().all(|c| c == '\t' || is_plain(c)) { Ok(text.to_owned()) } else { Err(Flaw::Malformed) }
}

fn some_lines(text: &str, max: usize) -> Result<String, Flaw> {
    let text = several_lines(text, max)?;
    if text.is_empty() { Err(Flaw::Missing) } else { Ok(text) }
}

text! {
    /// The name of a group: one line, as typed. Uniqueness ignores case and is asked of the store (R12).
    GroupName, max 150, one_line
}
text! {
    /// What a user signs in with: no white space.
    Username, max 150, one_word
}
text! {
    /// An e-mail address, as far as one can tell by looking: something, an `@`, something (RFC 5321 length).
    Email, max 254, address
}
text! {
    /// The name of a character, a corporation, an alliance or a faction.
    CharacterName, max 150, one_line
}
text! {
    /// The name of a state.
    StateName, max 32, one_line
}
text! {
    /// What a token of the API is for, in the words of its owner.
    TokenName, max 100, one_line
}
text! {
    /// What a group is for: several lines, may be empty.
    Description, max 512, several_lines
}
text! {
    /// A reason for a request or a removal, or the comment of a decision: several lines, never empty.
    Note, max 1000, some_lines
}

/// An optional note: nothing typed is no note, too much is a flaw.
pub fn optional_note(text: &str) -> Result<Option<Note>, Flaw> {
    if text.trim().is_empty() { Ok(None) } else { Note::parse(text).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_bounded_in_characters() {
        assert_eq!(GroupName::parse("  Süd \n").expect("fits").as_str(), "Süd");
        assert_eq!(GroupName::parse(" \t "), Err(Flaw::Missing));
        assert!(GroupName::parse(&"ä".repeat(150)).is_ok());
        assert_eq!(GroupName::parse(&"ä".repeat(151)), Err(Flaw::TooLong(150)));
    }

    #[test]
    fn names_that_deceive_are_refused() {
        for name in ["a\u{202e}b", "a\u{200b}", "two\nlines", "bell\u{7}"] {
            assert_eq!(GroupName::parse(name), Err(Flaw::Malformed), "{name:?}");
        }
        assert_eq!(Username::parse("two words"), Err(Flaw::Malformed));
    }

    #[test]
    fn notes_keep_their_lines() {
        assert_eq!(Note::parse("one\r\ntwo ").expect("fits").as_str(), "one\ntwo");
        assert_eq!(optional_note("  \n "), Ok(None));
        assert_eq!(Note::parse(&"x".repeat(1001)), Err(Flaw::TooLong(1000)));
    }
}
