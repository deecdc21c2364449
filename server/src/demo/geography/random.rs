//! Chance that comes out the same on every machine.

use jiff::SignedDuration;
use uuid::Uuid;

/// `SplitMix64` (Steele, Lea and Flood 2014): small, and its output is fixed by the seed alone.
#[derive(Debug, Clone)]
pub(in crate::demo) struct Dice {
    state: u64,
}

impl Dice {
    /// Dice of their own for each use, so that a change to one part leaves the others as they were.
    pub(in crate::demo) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    pub(in crate::demo) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Between 0 and 1, 1 left out.
    pub(in crate::demo) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Between `low` and `high`, `high` left out.
    pub(in crate::demo) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Whether something happens that does so with this probability.
    pub(in crate::demo) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number from 0, `count` left out; 0 where there is none.
    pub(in crate::demo) fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count.max(1) as u64).unwrap_or_default()
    }

    /// A whole number from `low` to `high`, `high` left out.
    pub(in crate::demo) fn within(&mut self, low: i32, high: i32) -> i32 {
        let span = usize::try_from(high - low).unwrap_or_default();
        low + i32::try_from(self.below(span)).unwrap_or_default()
    }

    /// One of these words.
    pub(in crate::demo) fn word(&mut self, words: &[&'static str]) -> &'static str {
        words.get(self.below(words.len())).copied().unwrap_or_default()
    }

    /// A time between so many minutes, to the second.
    pub(in crate::demo) fn minutes(&mut self, low: i32, high: i32) -> SignedDuration {
        SignedDuration::from_secs(i64::from(self.within(low * 60, high * 60)))
    }

    /// Between `low` and `high` thousandths of a time, to the second.
    pub(in crate::demo) fn share(
        &mut self,
        of: SignedDuration,
        low: i32,
        high: i32,
    ) -> SignedDuration {
        SignedDuration::from_secs(of.as_secs() * i64::from(self.within(low, high)) / 1_000)
    }

    /// An id of the shape that random ones have (RFC 9562, version 4).
    pub(in crate::demo) fn uuid(&mut self) -> Uuid {
        let (high, low) = (self.next(), self.next());
        uuid::Builder::from_random_bytes(((u128::from(high) << 64) | u128::from(low)).to_be_bytes())
            .into_uuid()
    }

    /// Puts a list into another order.
    pub(in crate::demo) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn the_published_sequence_comes_out() {
        let mut dice = Dice::new(1_234_567);
        assert_eq!(dice.next(), 6_457_827_717_110_365_317);
        assert_eq!(dice.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn unit_stays_below_one() {
        let mut dice = Dice::new(7);
        assert!((0..1_000).map(|_| dice.unit()).all(|u| (0.0..1.0).contains(&u)));
    }
}
