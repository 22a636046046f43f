//! Chance that repeats: the same seed gives the same throws. For invented people only, never for secrets.

use domain::Timestamp;

/// A sequence of throws (`SplitMix64`: one addition and a mixing of bits).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) const fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `end - 1`; 0 where there is none.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let throw = self.throw();
        if end == 0 { 0 } else { usize::try_from(throw % end as u64).unwrap_or_default() }
    }

    /// True in so many of a hundred cases.
    pub(super) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the things.
    ///
    /// # Panics
    /// Where there is nothing to choose from.
    pub(super) fn pick<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())]
    }

    /// A moment between two, or the earlier one where they are in the wrong order.
    pub(super) fn between(&mut self, from: Timestamp, to: Timestamp) -> Timestamp {
        let span = usize::try_from(to.0 - from.0).unwrap_or_default();
        Timestamp(from.0 + i64::try_from(self.below(span)).unwrap_or_default())
    }

    /// A moment so many seconds later, but before the end.
    pub(super) fn after(&mut self, from: Timestamp, least: i64, most: i64, end: Timestamp) -> Timestamp {
        let least = from.plus_seconds(least).min(end);
        self.between(least, from.plus_seconds(most).min(end))
    }

    /// Puts things into another order.
    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_throws() {
        let throws = |seed| (0..8).map(|_| Dice::new(seed).throw()).collect::<Vec<_>>();
        assert_eq!(throws(7), throws(7));
        assert_ne!(throws(7), throws(8));
    }

    #[test]
    fn moments_stay_within_their_bounds() {
        let mut dice = Dice::new(1);
        for _ in 0..1000 {
            assert!((Timestamp(10)..Timestamp(20)).contains(&dice.between(Timestamp(10), Timestamp(20))));
            assert!(dice.after(Timestamp(10), 1, 9, Timestamp(5_000_000)) <= Timestamp(5_000_000));
        }
        assert_eq!(dice.between(Timestamp(20), Timestamp(10)), Timestamp(20));
    }
}
