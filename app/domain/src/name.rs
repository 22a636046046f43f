//! When two names are the same, and where a name stands in a list (R16).
//!
//! Equality has one key, [`key`]; search and order have another, folded further, [`order`]. Both need the tables of
//! Unicode, which the browser does not load: with each row it is told the key of a name that is not plain ASCII, and makes
//! those of all others by [`plain_order`].

use std::borrow::Cow;

/// Where a name of ASCII stands in lists, and by what it is found: the same as `order` says. `None` for all other names.
#[must_use]
pub fn plain_order(name: &str) -> Option<String> {
    name.is_ascii().then(|| {
        let words: Vec<&str> = name.split_whitespace().collect();
        words.join(" ").to_ascii_lowercase()
    })
}

/// What has to be told beside a name for others to know where it stands: nothing, where `plain_order` says it.
#[must_use]
pub fn told_order(name: &str, order: String) -> Option<String> {
    (!name.is_ascii()).then_some(order)
}

/// Where a name stands, by what was told beside it. A name that is not plain and came without stands as it is written.
#[must_use]
pub fn order_told<'n>(name: &'n str, told: Option<&'n str>) -> Cow<'n, str> {
    match told {
        Some(order) => Cow::Borrowed(order),
        None => plain_order(name).map_or(Cow::Borrowed(name), Cow::Owned),
    }
}

#[cfg(feature = "unicode")]
pub use folded::{is_same_text, key, order, words};

#[cfg(feature = "unicode")]
mod folded {
    use crate::letter::{is_blank, is_ignorable};
    use caseless::Caseless;
    use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

    /// The key of a name. Two names are the same where their keys are: in Unicode form NFKC, case folded, without
    /// characters that show nothing, inner white space as one blank.
    #[must_use]
    pub fn key(name: &str) -> String {
        // Folding can leave a text that is no longer in the form, and a form can hold what is to be left out.
        until_it_rests(name.nfkd().collect(), |text| {
            // What is left out may have kept two marks from their order, and a mark can fold to a letter.
            let folded = text.chars().filter(|c| !is_ignorable(*c) && !is_blank(*c)).nfkd().default_case_fold().nfkc();
            one_blank(&folded.collect::<String>())
        })
    }

    /// Whether two texts are the same however they are spelled: in Unicode form NFKC, capitals apart (R17).
    #[must_use]
    pub fn is_same_text(one: &str, other: &str) -> bool {
        one.nfkc().eq(other.nfkc())
    }

    /// By what a name is found, and where it stands in lists: its key, folded further. Accents go, letters that the form
    /// does not take apart stand as those they are written for where a keyboard lacks them, and of dashes and quotes there
    /// is one.
    #[must_use]
    pub fn order(name: &str) -> String {
        until_it_rests(key(name), |text| {
            let mut plain = String::with_capacity(text.len());
            for c in text.nfkd().filter(|c| !is_accent(*c)) {
                match written_for(c) {
                    Some(letters) => plain.push_str(letters),
                    None => plain.push(c),
                }
            }
            key(&plain)
        })
    }

    /// The words of what somebody looks for, folded as that by which names are found.
    #[must_use]
    pub fn words(text: &str) -> Vec<String> {
        order(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }

    fn until_it_rests(mut text: String, fold: impl Fn(&str) -> String) -> String {
        loop {
            let folded = fold(&text);
            if folded == text {
                return text;
            }
            text = folded;
        }
    }

    fn one_blank(text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ")
    }

    /// Whether a mark is an accent, or a sign for a vowel that readers do without (Hebrew, Arabic). Marks that are letters
    /// to their readers are none: vowels of India and South-East Asia, voices of Japanese.
    fn is_accent(c: char) -> bool {
        matches!(canonical_combining_class(c), 1 | 10..=36 | 200..)
    }

    /// The plain letters for one that has a stroke, a hook or a twin, and the plain sign for one of its kin.
    const fn written_for(c: char) -> Option<&'static str> {
        Some(match c {
            'æ' => "ae",
            'œ' => "oe",
            'ø' | 'ɵ' => "o",
            'ł' | 'ƚ' | 'ⱡ' => "l",
            'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
            'þ' => "th",
            'ħ' | 'ⱨ' => "h",
            'ı' | 'ɨ' => "i",
            'ŋ' | 'ɲ' | 'ƞ' => "n",
            'ŧ' | 'ƭ' | 'ⱦ' => "t",
            'ⱥ' => "a",
            'ƀ' | 'ɓ' => "b",
            'ȼ' | 'ƈ' => "c",
            'ɇ' => "e",
            'ƒ' => "f",
            'ǥ' | 'ɠ' => "g",
            'ɉ' | 'ȷ' => "j",
            'ƙ' | 'ⱪ' | 'ĸ' => "k",
            'ᵽ' | 'ƥ' => "p",
            'ɍ' => "r",
            'ʉ' => "u",
            'ʋ' => "v",
            'ɏ' | 'ƴ' => "y",
            'ƶ' | 'ȥ' | 'ⱬ' => "z",
            '‘' | '’' | '‛' | 'ʼ' | 'ʻ' | 'ʹ' | '′' | '´' => "'",
            '“' | '”' | '‟' | '″' | '«' | '»' => "\"",
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
            _ => return None,
        })
    }
}

#[cfg(all(test, feature = "unicode"))]
mod tests {
    use super::*;

    #[test]
    fn names_that_read_the_same_have_one_key() {
        for (one, other) in [
            (" Fleet Command ", "fleet command"),
            ("Fleet \u{a0}  Command", "fleet\u{3000}command"),
            ("a\u{345}\u{ad}\u{301}", "\u{e1}\u{345}"),
            ("STRASSE", "straße"),
            ("Ａｌｐｈａ", "alpha"),
            ("e\u{301}lite", "Élite"),
            ("ΣΊΣΥΦΟΣ", "σίσυφος"),
            ("ﬁre", "FIRE"),
            ("Ad\u{ad}mins", "admins"),
            ("a\u{200b}\u{200d}\u{2060}\u{feff}b", "ab"),
            ("\u{202e}ab\u{202c}\u{200f}", "ab"),
            ("a\u{2800}b\u{1d159}", "ab"),
            ("🏴\u{200d}☠\u{fe0f}", "🏴☠"),
            ("\u{3164}a\u{ffa0}", "a"),
            ("e\u{34f}\u{301}", "é"),
            ("İ", "i\u{307}"),
        ] {
            assert_eq!(key(one), key(other), "{one} and {other}");
        }
        for (one, other) in [("alpha", "alpha 1"), ("zoë", "zoe"), ("øl", "ol"), ("a b", "ab")] {
            assert_ne!(key(one), key(other));
        }
        assert_eq!(key("\u{3164}\u{115f}\u{e0041}"), "");
    }

    #[test]
    fn names_are_found_and_stand_without_what_keyboards_lack() {
        for (name, plain) in [
            ("Zoë", "zoe"),
            ("Łukasz", "lukasz"),
            ("Äpfel", "apfel"),
            ("Ærøskøbing", "aeroskobing"),
            ("Þórr", "thorr"),
            ("Đặng", "dang"),
            ("ISTANBUL İI ı", "istanbul ii i"),
            ("Straße", "strasse"),
            ("Œuvre", "oeuvre"),
            ("Ёлка", "елка"),
            ("Ἀθῆναι", "αθηναι"),
            ("O’Neil–Vex", "o'neil-vex"),
            ("¨a¨", "a"),
        ] {
            assert_eq!(order(name), plain, "{name}");
        }
        assert_ne!(order("कि"), order("का"), "vowels of India are no accents");
        let mut names = ["Zebra", "Äpfel", "Apfel", "Birne", "ábc"];
        names.sort_by_key(|name| order(name));
        assert_eq!(names, ["ábc", "Äpfel", "Apfel", "Birne", "Zebra"]);
    }

    #[test]
    fn the_words_of_a_search_are_folded_as_names_are() {
        assert_eq!(words(" ŁUKASZ  zoë"), ["lukasz", "zoe"]);
        assert!(words(" \u{3164}").is_empty());
    }

    #[test]
    fn what_is_told_beside_a_name_says_where_it_stands() {
        for name in ["  Fleet \t Command", "Zoë", "", "a-B_c", "Ærø"] {
            let told = told_order(name, order(name));
            assert_eq!(order_told(name, told.as_deref()), order(name), "{name}");
        }
    }
}
