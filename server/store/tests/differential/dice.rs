//! Chance from a seed: the same seed gives the same history, on every machine.

/// A generator by Sebastiano Vigna (`SplitMix64`, public domain).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `first` to `last`.
    pub fn number(&mut self, first: i64, last: i64) -> i64 {
        let sides = u64::try_from(last - first + 1).expect("in order");
        first + i64::try_from(self.roll() % sides).expect("small")
    }

    /// One of as many as the weights say; answers which.
    pub fn weighed(&mut self, weights: &[i64]) -> usize {
        let mut left = self.number(1, weights.iter().sum());
        weights
            .iter()
            .position(|weight| {
                left -= weight;
                left <= 0
            })
            .expect("the weights add up")
    }

    pub fn coin(&mut self) -> bool {
        self.number(0, 1) == 1
    }

    /// Mostly nothing.
    pub fn maybe(&mut self) -> Option<bool> {
        (self.number(0, 3) == 0).then(|| self.coin())
    }

    /// Up to two of these numbers, in order.
    pub fn some(&mut self, first: i64, last: i64) -> Vec<i64> {
        let mut numbers: Vec<i64> = (0..self.number(0, 2)).map(|_| self.number(first, last)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}
