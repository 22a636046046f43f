//! What is wrong with what was typed. Codes only; the words are in `app::text`.

use crate::closed::{closed, coded};
use serde::{Deserialize, Serialize};

coded! {
    /// What is wrong with one field of a form.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Flaw {
        /// Nothing was given.
        Missing = "missing",
        /// Shorter than the least number of characters.
        TooShort(usize) = "too_short",
        /// Longer than the greatest number of characters.
        TooLong(usize) = "too_long",
        /// Is not of the form that is asked for.
        Malformed = "malformed",
        /// Holds this character, named by its number in Unicode, which cannot stand there (R16).
        Character(u32, Stray) = "malformed",
        /// Holds nothing that can be seen (R16).
        Invisible = "malformed",
        /// The two entries differ.
        Mismatch = "mismatch",
        /// Is not the one that is known.
        Wrong = "wrong",
        /// Names something that does not exist.
        Unknown = "unknown",
        /// The line with this number names nothing that exists.
        UnknownLine(usize) = "unknown",
        /// The line with this number names several.
        AmbiguousLine(usize) = "ambiguous",
        /// A group may not lead itself.
        Itself = "itself",
        /// Lies outside the range from the first to the second number.
        OutOfRange(u32, u32) = "out_of_range",
    }
}

closed! {
    /// What a character is that cannot stand in a name, or in a text.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Stray {
        /// It controls devices and shows nothing.
        Control = "control",
        /// It begins another line.
        LineBreak = "line_break",
        /// It means something to those alone who agreed on it.
        PrivateUse = "private_use",
        /// Unicode knows no such character.
        Unassigned = "unassigned",
        /// It is a mark, and there is no letter for it.
        LoneMark = "lone_mark",
        /// It is white space, in what has to be one word.
        Space = "space",
    }
}

/// A field of a form and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The name of the field, as in the form.
    pub field: String,
    /// What is wrong.
    pub flaw: Flaw,
}

impl Problem {
    /// A problem with a field.
    #[must_use]
    pub fn new(field: &str, flaw: Flaw) -> Self {
        Self { field: field.to_owned(), flaw }
    }
}
