//! A person, as others see them.

use crate::text::joined;
use domain::Person;
use js_sys::JsString;
use leptos::prelude::*;

/// How many colours there are behind initials.
const HUES: i64 = 6;

/// The initial of a person in a circle. Decoration: the name stands beside it.
pub(crate) fn avatar(person: &Person) -> impl IntoView + use<> {
    let initial = initial(person.display_name());
    view! { <span class="avatar" data-hue=person.id.0.rem_euclid(HUES).to_string() aria-hidden="true">{initial}</span> }
}

/// The first character of a name as its reader counts: with the marks upon it, a flag or a joined emoji whole.
///
/// By hand, for 0.4 kB in the browser: the tables of the library that knows all of UAX #29 weigh 20.
fn initial(name: &str) -> String {
    let mut initial = String::new();
    let mut joined = false;
    for c in name.chars().skip_while(|c| continues(*c) || c.is_whitespace()) {
        let flag = |c: char| ('\u{1f1e6}'..='\u{1f1ff}').contains(&c);
        let jamo = |c: char| ('\u{1100}'..='\u{11ff}').contains(&c);
        let mut before = initial.chars().rev();
        let last = before.next();
        let is_second_of_flag = flag(c) && last.is_some_and(flag) && before.next().is_none();
        let is_of_syllable = jamo(c) && last.is_some_and(jamo);
        if last.is_some() && !(joined || continues(c) || is_second_of_flag || is_of_syllable) {
            break;
        }
        joined = c == '\u{200d}';
        initial.push(c);
    }
    let capital = in_capitals(&initial);
    // What is of several parts, or a letter without a capital of its own, such as the German sharp s, stays as it is.
    if capital.chars().nth(1).is_none() { capital } else { initial }
}

/// The browser does this itself: the tables for it would weigh 4 kB more.
fn in_capitals(text: &str) -> String {
    if cfg!(target_family = "wasm") { JsString::from(text).to_upper_case().into() } else { text.to_uppercase() }
}

/// Whether a character belongs to the one before it: a mark, a sign of a vowel, a joiner, a colour of skin.
fn continues(c: char) -> bool {
    // What the standard library escapes so are marks and what shows nothing: the same tables, which are there anyway.
    let is_mark = !c.is_ascii() && c.escape_debug().next() == Some('\\');
    // The scripts of India lie in blocks of 128 that are laid out alike, with their signs of vowels at the same places.
    let is_vowel_sign =
        ('\u{900}'..'\u{d80}').contains(&c) && matches!(u32::from(c) % 0x80, 1..=3 | 0x3a..=0x3c | 0x3e..=0x4d);
    is_mark || is_vowel_sign || ('\u{1f3fb}'..='\u{1f3ff}').contains(&c)
}

/// Corporation and alliance of a person's main character as they stand on a page.
pub(crate) fn organisation(person: &Person) -> Option<String> {
    let names = person.organisations();
    (!names.is_empty()).then(|| joined(&names))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{CharacterId, MainCharacter, UserId};

    #[test]
    fn an_initial_is_a_whole_character() {
        for (name, expected) in [
            ("ana", "A"),
            ("Zoë", "Z"),
            ("e\u{301}lan", "e\u{301}"),
            ("ßen", "ß"),
            ("🏴\u{200d}☠\u{fe0f} crew", "🏴\u{200d}☠\u{fe0f}"),
            ("👩🏽\u{200d}🚀x", "👩🏽\u{200d}🚀"),
            ("🇩🇪🇫🇷", "🇩🇪"),
            ("किरण", "कि"),
            ("\u{1112}\u{1161}\u{11ab}글", "\u{1112}\u{1161}\u{11ab}"),
            ("\u{200d}\u{301} ana", "A"),
            ("日本", "日"),
            ("", ""),
        ] {
            assert_eq!(initial(name), expected, "{name}");
        }
    }

    #[test]
    fn an_organisation_is_shown_as_far_as_it_is_known() {
        let person = |corporation: Option<&str>, alliance: Option<&str>| Person {
            id: UserId(1),
            username: "ana".to_owned(),
            main_character: Some(MainCharacter {
                id: CharacterId(1),
                name: "Ana".to_owned(),
                corporation: corporation.map(str::to_owned),
                alliance: alliance.map(str::to_owned),
            }),
        };
        assert_eq!(organisation(&person(Some("Dusk"), Some("Dawn"))).as_deref(), Some("Dusk · Dawn"));
        assert_eq!(organisation(&person(None, Some("Dawn"))).as_deref(), Some("Dawn"));
        assert_eq!(organisation(&person(None, None)), None);
    }
}
