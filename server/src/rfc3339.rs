//! Moments as text, for programs: RFC 3339 in UTC, to the microsecond.

use domain::Timestamp;
use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339, macros::format_description};

/// A day, in microseconds.
const DAY: i64 = 86_400_000_000;

/// `2026-11-23T20:14:05.25Z`.
pub(crate) fn written(at: Timestamp) -> String {
    let moment = OffsetDateTime::from_unix_timestamp_nanos(i128::from(at.0) * 1000);
    moment.ok().and_then(|moment| moment.format(&Rfc3339).ok()).unwrap_or_default()
}

/// The moment that a text names, whatever its offset.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    OffsetDateTime::parse(text, &Rfc3339).ok().and_then(at)
}

/// The moment at which a day (`2026-11-23`) has ended in UTC.
pub(crate) fn end_of_day(text: &str) -> Option<Timestamp> {
    let day = Date::parse(text, format_description!("[year]-[month]-[day]")).ok()?;
    // The last day that can be written has an end, too.
    Some(Timestamp(at(day.midnight().assume_utc())?.0 + DAY))
}

/// The moment at which a day begins in UTC.
pub(crate) fn start_of_day(text: &str) -> Option<Timestamp> {
    let day = Date::parse(text, format_description!("[year]-[month]-[day]")).ok()?;
    at(day.midnight().assume_utc())
}

fn at(moment: OffsetDateTime) -> Option<Timestamp> {
    i64::try_from(moment.unix_timestamp_nanos().div_euclid(1000)).ok().map(Timestamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for (micros, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (1_700_000_000_000_000, "2023-11-14T22:13:20Z"),
            (1_700_000_000_250_001, "2023-11-14T22:13:20.250001Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
        ] {
            assert_eq!(written(Timestamp(micros)), text);
            assert_eq!(parse(text), Some(Timestamp(micros)));
        }
    }

    #[test]
    fn offsets_count_and_nonsense_is_none() {
        assert_eq!(parse("2023-11-15T00:13:20+02:00"), Some(Timestamp(1_700_000_000_000_000)));
        for text in ["", "2023-11-14", "2023-11-14 22:13", "2023-13-14T22:13:20Z", "+999999-01-01T00:00:00Z"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_ends_when_the_next_begins() {
        assert_eq!(end_of_day("2023-11-14"), parse("2023-11-15T00:00:00Z"));
        assert_eq!(start_of_day("2023-11-14"), parse("2023-11-14T00:00:00Z"));
        assert_eq!(end_of_day("2023-02-30"), None);
        let last = parse("9999-12-31T23:59:59.999999Z").expect("can be written");
        assert_eq!(end_of_day("9999-12-31"), Some(Timestamp(last.0 + 1)));
    }
}
