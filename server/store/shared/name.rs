//! How names are compared, searched and sorted: by the keys of `domain::name` (R12, R16).

/// The key of a name. Two names are the same where their keys are.
pub(crate) fn key(name: &str) -> String {
    domain::name::key(&storable(name).collect::<String>())
}

/// By what a name is found, and where it stands in lists.
pub(crate) fn order(name: &str) -> String {
    domain::name::order(&storable(name).collect::<String>())
}

/// The words of what somebody looks for.
pub(crate) fn words(text: &str) -> Vec<String> {
    domain::name::words(&storable(text).collect::<String>())
}

/// The characters of a text that came from outside unparsed, such as a cursor or what is searched for.
///
/// PostgreSQL takes no NUL in a text and would fail. No stored text has one, so what stands for it finds as little.
pub(crate) fn storable(text: &str) -> impl Iterator<Item = char> + Clone {
    text.chars().map(|c| if c == '\0' { char::REPLACEMENT_CHARACTER } else { c })
}

/// The longest part of a name that is searched for: no key is longer than a few times this.
const LONGEST_SEARCH: usize = 150;

/// A pattern for `LIKE … ESCAPE '\'` that finds the names in which this part of one occurs; `None` to find all.
pub(crate) fn pattern(part: &str) -> Option<String> {
    let key = order(part);
    (!key.is_empty()).then(|| pattern_of(&key))
}

/// How many words are searched for at once.
const MOST_WORDS: usize = 8;

/// A pattern for each word of what somebody looks for: a name in which all of them occur is found.
pub(crate) fn patterns(text: &str) -> Vec<String> {
    words(text).iter().take(MOST_WORDS).map(|word| pattern_of(word)).collect()
}

fn pattern_of(key: &str) -> String {
    let mut pattern = String::with_capacity(key.len() + 2);
    pattern.push('%');
    for c in key.chars().take(LONGEST_SEARCH) {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_to_like_is_taken_literally() {
        assert_eq!(pattern("100%_A\\").as_deref(), Some("%100\\%\\_a\\\\%"));
        assert_eq!(pattern("  "), None);
    }

    #[test]
    fn each_word_is_looked_for() {
        assert_eq!(patterns(" Wing  LÓGI "), ["%wing%", "%logi%"]);
        assert!(patterns("  ").is_empty());
        assert_eq!(patterns(&"a ".repeat(50)).len(), MOST_WORDS);
    }
}
