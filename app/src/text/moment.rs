//! Moments in words. All of them are UTC, which players of EVE call EVE time.

use super::{Language, fill};
use domain::Timestamp;
use time::OffsetDateTime;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn utc(at: Timestamp) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at.unix_seconds()).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// `2026-11-23T20:14:05Z`, for machines.
pub(crate) fn iso(at: Timestamp) -> String {
    let at = utc(at);
    format!("{}T{}:{:02}Z", date(at), clock(at.hour().into(), at.minute().into()), at.second())
}

/// `20:14`.
fn clock(hour: u32, minute: u32) -> String {
    format!("{hour:02}:{minute:02}")
}

/// `20:14`, by a clock that is `offset` minutes ahead of UTC.
pub(crate) fn local_clock(at: Timestamp, offset: i64) -> String {
    let local = utc(at.plus_seconds(offset * MINUTE));
    clock(local.hour().into(), local.minute().into())
}

fn date(at: OffsetDateTime) -> String {
    format!("{:04}-{:02}-{:02}", at.year(), u8::from(at.month()), at.day())
}

impl Language {
    /// A day: `2026-11-23`, in German `23.11.2026`.
    fn day(self, at: OffsetDateTime) -> String {
        let date = date(at);
        let parts: Vec<&str> = date.split('-').collect();
        fill(self.either("{0}-{1}-{2}", "{2}.{1}.{0}"), &parts)
    }

    /// `2026-11-23 20:14`, in German `23.11.2026 20:14`.
    pub(crate) fn exact(self, at: Timestamp) -> String {
        let at = utc(at);
        format!("{} {}", self.day(at), clock(at.hour().into(), at.minute().into()))
    }

    /// How long ago, seen from `now`. What lies ahead, by a clock that is off, is just now.
    #[must_use]
    pub fn relative(self, at: Timestamp, now: Timestamp) -> String {
        let ago = now.seconds_since(at);
        let (sentence, count) = if ago < 45 {
            (self.either("just now", "gerade eben"), 0)
        } else if ago < HOUR {
            (self.either("{0} min ago", "vor {0} Min."), (ago / MINUTE).max(1))
        } else if ago < DAY {
            (self.either("{0} h ago", "vor {0} Std."), ago / HOUR)
        } else if ago < 2 * DAY {
            (self.either("yesterday", "gestern"), 0)
        } else if ago < 30 * DAY {
            (self.either("{0} days ago", "vor {0} Tagen"), ago / DAY)
        } else {
            return self.day(utc(at));
        };
        fill(sentence, &[&count.to_string()])
    }

    /// The moment itself, in EVE time and, where known, by the reader's clock: with its date where theirs is another day.
    ///
    /// `offset` is how many minutes the reader's clock is ahead of UTC at that moment.
    pub(crate) fn moment(self, at: Timestamp, offset: Option<i64>) -> String {
        let Some(offset) = offset else { return fill("{0} EVE (UTC)", &[&self.exact(at)]) };
        let sentence = self.either("{0} EVE (UTC), {1} your time", "{0} EVE (UTC), bei dir {1}");
        let local = at.plus_seconds(offset * MINUTE);
        let (there, here) = (utc(at), utc(local));
        let local = if there.date() == here.date() { local_clock(at, offset) } else { self.exact(local) };
        fill(sentence, &[&self.exact(at), &local])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_795_435_200_000_000);

    #[test]
    fn time_passes_in_words() {
        let said = |ago: i64| Language::English.relative(NOON.plus_seconds(-ago), NOON);
        let steps = [-90, 0, 44, 45, 119, 3599, 3600, DAY - 1, DAY, 2 * DAY, 29 * DAY].map(said);
        assert_eq!(
            steps,
            [
                "just now",
                "just now",
                "just now",
                "1 min ago",
                "1 min ago",
                "59 min ago",
                "1 h ago",
                "23 h ago",
                "yesterday",
                "2 days ago",
                "29 days ago"
            ]
        );
        assert_eq!(said(40 * DAY), "2026-10-14");
    }

    #[test]
    fn time_passes_in_german_words_too() {
        let said = |ago: i64| Language::German.relative(NOON.plus_seconds(-ago), NOON);
        let steps = [0, 119, HOUR, DAY, 2 * DAY, 40 * DAY].map(said);
        assert_eq!(steps, ["gerade eben", "vor 1 Min.", "vor 1 Std.", "gestern", "vor 2 Tagen", "14.10.2026"]);
        assert_eq!(Language::German.moment(NOON, Some(60)), "23.11.2026 12:00 EVE (UTC), bei dir 13:00");
        assert_eq!(Language::German.moment(NOON, Some(840)), "23.11.2026 12:00 EVE (UTC), bei dir 24.11.2026 02:00");
    }

    #[test]
    fn moments_are_exact_in_utc() {
        assert_eq!(Language::English.exact(NOON), "2026-11-23 12:00");
        assert_eq!(iso(NOON.plus_seconds(65)), "2026-11-23T12:01:05Z");
        assert_eq!(Language::English.moment(NOON, None), "2026-11-23 12:00 EVE (UTC)");
        assert_eq!(Language::English.moment(NOON, Some(60)), "2026-11-23 12:00 EVE (UTC), 13:00 your time");
    }

    #[test]
    fn another_day_of_the_reader_is_named() {
        let said = |offset| Language::English.moment(NOON, Some(offset));
        assert_eq!(said(765), "2026-11-23 12:00 EVE (UTC), 2026-11-24 00:45 your time");
        assert_eq!(said(-720), "2026-11-23 12:00 EVE (UTC), 00:00 your time");
        assert_eq!(said(-721), "2026-11-23 12:00 EVE (UTC), 2026-11-22 23:59 your time");
    }
}
