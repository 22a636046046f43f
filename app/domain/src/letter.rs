//! What the characters of a text are: seen, unseen, joined, forbidden (R16).
//!
//! Ranges are those of Unicode 17; what changes with each version comes from `unicode-normalization`.

use crate::{Flaw, Stray};
use std::borrow::Cow;
use unicode_normalization::char::{is_combining_mark, is_public_assigned};

/// Joins what stands beside it: letters of some scripts, and emoji.
const JOINER: char = '\u{200d}';
/// Keeps letters of some scripts apart that would join.
const NON_JOINER: char = '\u{200c}';
/// A black flag: tags after it say whose.
const FLAG: char = '\u{1f3f4}';
/// The end of those tags.
const LAST_TAG: char = '\u{e007f}';

/// Whether a character shows nothing where a font does not know it: the property `Default_Ignorable_Code_Point`. Names
/// are compared without them.
pub(crate) const fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether it is blank by design, where it is not ignored: a pattern of Braille without a dot, the head of a note that is
/// not there. It stands in a name as it is written; names are compared without it.
pub(crate) const fn is_blank(c: char) -> bool {
    matches!(c, '\u{2800}' | '\u{1d159}')
}

/// Whether there is something to see: no white space, no mark without a letter, none of the characters that are blank by
/// design.
fn is_visible(c: char) -> bool {
    !(c.is_whitespace() || is_ignorable(c) || is_combining_mark(c) || is_blank(c))
}

/// Whether it begins a new line, in one way or another.
const fn breaks_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether it is a picture that joins with others, or changes their look.
const fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{21aa}'
        | '\u{231a}'..='\u{23ff}' | '\u{24c2}' | '\u{25aa}'..='\u{25fe}' | '\u{2600}'..='\u{27bf}'
        | '\u{2934}'..='\u{2935}' | '\u{2b05}'..='\u{2b55}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
        | '\u{1f000}'..='\u{1faff}')
}

/// Whether it is of a script whose letters change with their neighbours, so that joiners mean something: Arabic, Syriac
/// and their kin, the scripts of India and of South-East Asia, Mongolian.
const fn is_of_joining_script(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{109f}' | '\u{1700}'..='\u{18af}'
        | '\u{1a20}'..='\u{1aad}' | '\u{1b00}'..='\u{1c4f}' | '\u{1cd0}'..='\u{1cff}' | '\u{a800}'..='\u{a8ff}'
        | '\u{a930}'..='\u{a9df}' | '\u{aae0}'..='\u{aaff}' | '\u{abc0}'..='\u{abff}' | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' | '\u{10a00}'..='\u{10aff}' | '\u{10d00}'..='\u{10d3f}' | '\u{10f30}'..='\u{10fdf}'
        | '\u{11000}'..='\u{11fff}' | '\u{1e900}'..='\u{1e95f}')
        && !is_ignorable(c)
}

const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

const fn selects_variation(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a variation selector changes the look of what stands before it.
fn varies(before: char, selector: char) -> bool {
    match selector {
        '\u{180b}'..='\u{180f}' => matches!(before, '\u{1800}'..='\u{18af}') && !is_ignorable(before),
        '\u{fe0e}' | '\u{fe0f}' => is_emoji(before) || matches!(before, '0'..='9' | '#' | '*'),
        '\u{e0100}'..='\u{e01ef}' => is_ideograph(before),
        _ => !before.is_ascii() && is_visible(before),
    }
}

/// Whether a character that is not seen does something where it stands: joins or parts letters and emoji, or chooses
/// among their looks. `kept` is what stands before it, `rest` what comes after.
fn has_a_use(kept: &str, c: char, rest: &[char]) -> bool {
    let mut back = kept.chars().rev();
    let Some(before) = back.next() else { return false };
    let next = || rest.iter().copied().find(|next| !is_ignorable(*next));
    match c {
        JOINER => {
            let base = if selects_variation(before) { back.next().unwrap_or(before) } else { before };
            let emoji = is_emoji(base) && next().is_some_and(is_emoji);
            emoji || is_of_joining_script(base) || (before.is_whitespace() && next().is_some_and(is_of_joining_script))
        }
        NON_JOINER => is_of_joining_script(before) && next().is_some_and(is_of_joining_script),
        '\u{e0020}'..=LAST_TAG => {
            let tags_before = kept.trim_end_matches(|c| ('\u{e0020}'..LAST_TAG).contains(&c));
            let after = rest.iter().find(|c| !('\u{e0020}'..LAST_TAG).contains(c));
            let follows = tags_before.ends_with(FLAG);
            follows && if c == LAST_TAG { before != FLAG } else { after == Some(&LAST_TAG) }
        }
        c if selects_variation(c) => varies(before, c),
        _ => false,
    }
}

/// The text without characters that show nothing and do nothing where they stand: strays of copying, and what would
/// make two texts look alike or turn the direction of what follows.
pub(crate) fn without_strays(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_ignorable) {
        return Cow::Borrowed(text);
    }
    let all: Vec<char> = text.chars().collect();
    let mut kept = String::with_capacity(text.len());
    for (place, c) in all.iter().copied().enumerate() {
        if !is_ignorable(c) || has_a_use(&kept, c, &all[place + 1..]) {
            kept.push(c);
        }
    }
    Cow::Owned(kept)
}

/// Whether a name can be made of these characters.
///
/// # Errors
/// What the first is that cannot stand in a name, or that there is nothing to see.
pub(crate) fn check_name(text: &str) -> Result<(), Flaw> {
    let mut before = ' ';
    for c in text.chars() {
        let stray = if breaks_line(c) {
            Some(Stray::LineBreak)
        } else if c.is_control() || matches!(c, '\u{fff9}'..='\u{fffb}') {
            Some(Stray::Control)
        } else if matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}') {
            Some(Stray::PrivateUse)
        } else if !is_public_assigned(c) {
            Some(Stray::Unassigned)
        } else if is_combining_mark(c) && !is_ignorable(c) && !is_borne_by(before) {
            Some(Stray::LoneMark)
        } else {
            None
        };
        if let Some(stray) = stray {
            return Err(Flaw::Character(c.into(), stray));
        }
        before = c;
    }
    if text.chars().any(is_visible) { Ok(()) } else { Err(Flaw::Invisible) }
}

/// Whether a mark can stand upon it.
fn is_borne_by(c: char) -> bool {
    !c.is_whitespace() && c != '\u{2800}'
}

/// The lines of prose, each ended by a line feed, whatever ended them before.
pub(crate) fn with_plain_lines(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && breaks_line(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace(breaks_line, "\n"))
}

/// Whether prose can be made of these characters.
///
/// # Errors
/// The first that cannot stand in it.
pub(crate) fn check_prose(text: &str) -> Result<(), Flaw> {
    match text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        Some(c) => Err(Flaw::Character(c.into(), Stray::Control)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joiners_stay_where_scripts_and_emoji_need_them() {
        for text in [
            "🏴\u{200d}☠\u{fe0f}",
            "🏴\u{200d}☠",
            "❤\u{fe0f}\u{200d}🔥",
            "👩🏽\u{200d}🚀",
            "👨\u{200d}👩\u{200d}👧",
            "🏳\u{fe0f}\u{200d}🌈",
            "می\u{200c}خواهم",
            "ක්\u{200d}ෂ",
            "क्\u{200d}ष",
            "क्\u{200c}ष",
            "ه\u{200d}",
            "1\u{fe0f}\u{20e3}",
            "葛\u{e0100}城",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
            "\u{182c}\u{180b}",
        ] {
            assert_eq!(without_strays(text), text, "{}", text.escape_unicode());
        }
    }

    #[test]
    fn strays_are_dropped() {
        for (text, left) in [
            ("Ad\u{ad}mins", "Admins"),
            ("a\u{200b}b", "ab"),
            ("a\u{200d}b", "ab"),
            ("a\u{200c}b", "ab"),
            ("\u{feff}ab", "ab"),
            ("a\u{202e}b\u{202c}", "ab"),
            ("a\u{2066}b\u{2069}\u{200e}", "ab"),
            ("a\u{fe0f}\u{fe0f}", "a"),
            ("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}"),
            ("🔥\u{200d}", "🔥"),
            ("🔥\u{200d}\u{200d}🔥", "🔥\u{200d}🔥"),
            ("🏴\u{e0067}\u{e0062}", "🏴"),
            ("🏴\u{e007f}", "🏴"),
            ("a\u{e0041}\u{e007f}", "a"),
            ("می\u{200c}", "می"),
            ("\u{3164}", ""),
            ("\u{115f}\u{1160}\u{ffa0}\u{34f}\u{1d173}\u{fff0}", ""),
        ] {
            assert_eq!(without_strays(text), left, "{}", text.escape_unicode());
        }
    }
}
