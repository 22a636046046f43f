//! Texts people write, valid by construction: parsed once, at the edge (R16). One that was kept stays as it was written.
//!
//! Without the tables of Unicode a text is taken as it is: the browser reads what the server has parsed.

#[cfg(feature = "unicode")]
use crate::letter::{check_name, check_prose, with_plain_lines, without_strays};
use crate::{Flaw, Stray};
use serde::{Deserialize, Serialize};
#[cfg(not(feature = "unicode"))]
use taken_as_they_are::{check_name, check_prose, with_plain_lines, without_strays};

#[cfg(not(feature = "unicode"))]
#[expect(clippy::unnecessary_wraps, reason = "they stand for those that look")]
mod taken_as_they_are {
    use crate::Flaw;
    use std::borrow::Cow;

    pub(super) fn without_strays(text: &str) -> Cow<'_, str> {
        Cow::Borrowed(text)
    }

    pub(super) fn with_plain_lines(text: &str) -> Cow<'_, str> {
        Cow::Borrowed(text)
    }

    pub(super) fn check_name(_: &str) -> Result<(), Flaw> {
        Ok(())
    }

    pub(super) fn check_prose(_: &str) -> Result<(), Flaw> {
        Ok(())
    }
}

fn within(text: &str, max: usize) -> Result<(), Flaw> {
    if text.chars().count() > max { Err(Flaw::TooLong(max)) } else { Ok(()) }
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, max $max:literal, $parse:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Longest accepted text, in characters.
            pub const MAX: usize = $max;

            /// Trims and checks.
            pub fn parse(text: &str) -> Result<Self, Flaw> {
                $parse(text, Self::MAX).map(Self)
            }

            /// A text that was parsed when it was written, by the rules of then. What is read from JSON is such a one, too:
            /// nobody writes that but Muster.
            #[must_use]
            pub const fn stored(text: String) -> Self {
                Self(text)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
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
    let text = without_strays(text);
    let text = text.trim();
    if text.is_empty() {
        return Err(Flaw::Invisible);
    }
    within(text, max)?;
    check_name(text)?;
    Ok(text.to_owned())
}

fn one_word(text: &str, max: usize) -> Result<String, Flaw> {
    let text = one_line(text, max)?;
    match text.chars().find(|c| c.is_whitespace()) {
        Some(space) => Err(Flaw::Character(space.into(), Stray::Space)),
        None => Ok(text),
    }
}

fn address(text: &str, max: usize) -> Result<String, Flaw> {
    let text = one_word(text, max)?;
    let complete = text.rsplit_once('@').is_some_and(|(local, host)| !local.is_empty() && !host.is_empty());
    if complete { Ok(text) } else { Err(Flaw::Malformed) }
}

fn several_lines(text: &str, max: usize) -> Result<String, Flaw> {
    let text = with_plain_lines(text);
    let text = without_strays(&text);
    let text = text.trim();
    within(text, max)?;
    check_prose(text)?;
    Ok(text.to_owned())
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
    if without_strays(text).trim().is_empty() { Ok(None) } else { Note::parse(text).map(Some) }
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
    fn a_name_is_refused_by_what_cannot_stand_in_it() {
        for (name, c, stray) in [
            ("bell\u{7}", '\u{7}', Stray::Control),
            ("tab\there", '\t', Stray::Control),
            ("two\nlines", '\n', Stray::LineBreak),
            ("two\u{2028}lines", '\u{2028}', Stray::LineBreak),
            ("private \u{e000}", '\u{e000}', Stray::PrivateUse),
            ("far \u{10fffd}", '\u{10fffd}', Stray::PrivateUse),
            ("nothing \u{378}", '\u{378}', Stray::Unassigned),
            ("nothing \u{ffff}", '\u{ffff}', Stray::Unassigned),
            ("\u{301}a", '\u{301}', Stray::LoneMark),
            ("a \u{301}", '\u{301}', Stray::LoneMark),
            ("a \u{200b}\u{20dd}", '\u{20dd}', Stray::LoneMark),
        ] {
            assert_eq!(GroupName::parse(name), Err(Flaw::Character(c.into(), stray)), "{}", name.escape_unicode());
        }
        for (name, c) in [("two words", ' '), ("two\u{a0}words", '\u{a0}'), ("two\u{3000}words", '\u{3000}')] {
            assert_eq!(Username::parse(name), Err(Flaw::Character(c.into(), Stray::Space)));
        }
    }

    #[test]
    fn a_name_needs_something_that_is_seen() {
        for name in
            ["\u{3164}", "\u{200d}", "\u{ad}\u{34f}", "\u{2800}", "\u{2800}\u{115f}\u{2800}", "\u{202e} \u{202c}"]
        {
            assert_eq!(Username::parse(name), Err(Flaw::Invisible), "{}", name.escape_unicode());
            assert_eq!(GroupName::parse(name), Err(Flaw::Invisible), "{}", name.escape_unicode());
        }
        assert_eq!(GroupName::parse(" \u{3000} "), Err(Flaw::Missing));
    }

    #[test]
    fn strays_are_dropped_from_names_and_joiners_stay() {
        for (typed, kept) in [
            ("a\u{202e}b", "ab"),
            ("a\u{200b}", "a"),
            ("Ad\u{ad}mins", "Admins"),
            ("\u{feff}Süd\u{200e} ", "Süd"),
            ("Piraten 🏴\u{200d}☠\u{fe0f}", "Piraten 🏴\u{200d}☠\u{fe0f}"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
        ] {
            assert_eq!(GroupName::parse(typed).expect("fits").as_str(), kept);
        }
        assert!(GroupName::parse(&format!("{}{}", "\u{200b}".repeat(150), "ä".repeat(150))).is_ok());
    }

    #[test]
    fn notes_keep_their_lines_and_what_joins() {
        assert_eq!(Note::parse("one\r\ntwo ").expect("fits").as_str(), "one\ntwo");
        assert_eq!(Note::parse("a\rb\u{2028}c\u{b}d").expect("fits").as_str(), "a\nb\nc\nd");
        assert_eq!(
            Note::parse("🏴\u{200d}☠\u{fe0f} a\u{200b}b\t\u{301}").expect("fits").as_str(),
            "🏴\u{200d}☠\u{fe0f} ab\t\u{301}"
        );
        assert_eq!(Note::parse("a\u{0}"), Err(Flaw::Character(0, Stray::Control)));
        assert_eq!(Description::parse("a\u{1b}"), Err(Flaw::Character(0x1b, Stray::Control)));
        assert_eq!(optional_note("  \n \u{200b}"), Ok(None));
        assert_eq!(Note::parse(&"x".repeat(1001)), Err(Flaw::TooLong(1000)));
    }
}
