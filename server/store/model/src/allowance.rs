//! How often something may be tried, counted by all processes together: token buckets, each kept as the one moment at which
//! it will be full again (GCRA).

use domain::Timestamp;

/// A rate: so many at once, then one every so many microseconds.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// So many at once.
    pub burst: i64,
    /// Microseconds until there is another one.
    pub every: i64,
}

/// How far the clocks of processes may be apart, in microseconds.
const APART: i64 = 60_000_000;

impl Rate {
    /// How many there are now in a bucket that will be full at that moment.
    pub fn left(self, full_at: Timestamp, now: Timestamp) -> i64 {
        (self.latest(now).0 - self.due(full_at, now).0) / self.every
    }

    /// Seconds until there are so many, rounded up: whoever waits as long as told must not be told again.
    pub fn wait(self, full_at: Timestamp, count: i64, now: Timestamp) -> u32 {
        let seconds = -self.latest(now).seconds_since(Timestamp(self.due(full_at, now).0 + count * self.every));
        u32::try_from(seconds.max(0)).unwrap_or(u32::MAX)
    }

    /// When a bucket will be full, as far as that can be: what lies further ahead than an empty one would was counted by a
    /// clock that has been set back since, and says nothing.
    fn due(self, full_at: Timestamp, now: Timestamp) -> Timestamp {
        if full_at > self.furthest(now) { now } else { full_at.max(now) }
    }

    /// The latest moment that can have been counted for an empty bucket, by whichever process.
    pub fn furthest(self, now: Timestamp) -> Timestamp {
        Timestamp(self.latest(now).0 + APART)
    }

    /// When an empty bucket will be full.
    pub fn latest(self, now: Timestamp) -> Timestamp {
        Timestamp(now.0 + self.burst * self.every)
    }
}

/// So many that are to be taken out of a bucket at once.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    /// SHA-256 of what is limited.
    pub key: [u8; 32],
    /// How often it may be.
    pub rate: Rate,
    /// How many.
    pub count: i64,
    /// Now.
    pub now: Timestamp,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Whether there were as many. Where there were not, none is taken.
    pub granted: bool,
    /// When the bucket will be full again.
    pub full_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_fills_by_one_at_a_time() {
        let rate = Rate { burst: 5, every: 30_000_000 };
        let now = Timestamp(1_700_000_000_000_000);
        assert_eq!(rate.left(Timestamp(0), now), 5, "never more than it holds");
        assert_eq!(rate.left(rate.latest(now), now), 0);
        assert_eq!(rate.wait(rate.latest(now), 1, now), 30);
        assert_eq!(rate.wait(rate.latest(now), 2, now), 60);
        let later = now.plus_seconds(29);
        assert_eq!((rate.left(rate.latest(now), later), rate.wait(rate.latest(now), 1, later)), (0, 1));
        assert_eq!(rate.left(rate.latest(now), now.plus_seconds(30)), 1);
        assert_eq!(rate.left(rate.latest(now), now.plus_seconds(95)), 3);
    }

    #[test]
    fn a_clock_that_was_set_back_leaves_no_debt() {
        let rate = Rate { burst: 5, every: 30_000_000 };
        let now = Timestamp(1_700_000_000_000_000);
        let ahead = rate.latest(now.plus_seconds(24 * 60 * 60));
        assert_eq!((rate.left(ahead, now), rate.wait(ahead, 1, now)), (5, 0));
        let by_another_process = rate.latest(now.plus_seconds(30));
        assert!(rate.left(by_another_process, now) < 1, "whose clock is a little ahead, that is");
    }
}
