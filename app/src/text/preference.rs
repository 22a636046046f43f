//! Which language a browser would rather read.

use super::Language;

impl Language {
    /// The best of ours for a header `Accept-Language` (RFC 9110 §12.5.4): the highest weight, then the first named. English
    /// where none is asked for.
    #[must_use]
    pub fn preferred(accept_language: &str) -> Self {
        let mut best = (0, Self::default());
        for range in accept_language.split(',') {
            let (tag, parameter) = range.split_once(';').unwrap_or((range, "q=1"));
            let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
            let language = if primary == "*" { Some(Self::default()) } else { Self::tagged(&primary) };
            if let Some(language) = language.filter(|_| weight(parameter) > best.0) {
                best = (weight(parameter), language);
            }
        }
        best.1
    }
}

/// A weight in thousandths; 0, which is not wanted at all, where it cannot be read.
fn weight(parameter: &str) -> u32 {
    let value = parameter.trim().strip_prefix("q=").and_then(|value| value.trim().parse::<f64>().ok());
    match value {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
        Some(value) if (0.0..=1.0).contains(&value) => (value * 1000.0).round() as u32,
        Some(_) | None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_of_ours_wins() {
        for header in
            ["de", "de-AT", "DE-de,en;q=0.9", "en;q=0.5, de;q=0.8", "fr, nl;q=0.9, de;q=0.1", "en;q=0, de;q=0.2"]
        {
            assert_eq!(Language::preferred(header), Language::German, "{header}");
        }
        for header in ["", "en", "en-GB,de;q=0.9", "de;q=0", "fr", "*", "de;q=x", "de;q=7", "den", "de;q=0.5,*"] {
            assert_eq!(Language::preferred(header), Language::English, "{header}");
        }
    }

    #[test]
    fn of_two_as_heavy_the_first_wins() {
        assert_eq!(Language::preferred("de,en"), Language::German);
        assert_eq!(Language::preferred("en,de"), Language::English);
    }
}
