//! How long the reader has been waiting.

use crate::{place::Place, program::Program};
use std::{process, time::Duration};

/// Since the command was given. Cargo becomes this program once it has built it, so what that took counts, too. `None` where
/// the system does not say.
pub fn since_command(place: &Place) -> Option<Duration> {
    let ps = Program::new(place, "ps").args(["-o", "etime=", "-p", &process::id().to_string()]);
    duration(&ps.read().ok()?)
}

/// What `ps` says: days, hours, minutes and seconds as `[[dd-]hh:]mm:ss`.
fn duration(text: &str) -> Option<Duration> {
    let (days, clock) = text.split_once('-').unwrap_or(("0", text));
    let minutes = |total: u64, part: &str| part.parse::<u64>().ok().map(|part| total * 60 + part);
    let seconds = clock.split(':').try_fold(0, minutes)?;
    Some(Duration::from_secs(days.parse::<u64>().ok()? * 24 * 60 * 60 + seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_read() {
        for (text, seconds) in [("00:07", 7), ("12:07", 727), ("01:00:00", 3_600), ("2-03:00:01", 183_601)] {
            assert_eq!(duration(text), Some(Duration::from_secs(seconds)), "{text}");
        }
        assert_eq!((duration(""), duration("ELAPSED")), (None, None));
    }

    #[test]
    fn this_very_program_runs_already() {
        assert!(since_command(&Place::find()).is_some_and(|since| since < Duration::from_hours(24)));
    }
}
