//! Chance that comes out the same on every machine.

/// `SplitMix64` (Steele, Lea and Flood 2014): small, and its output is fixed by the seed alone.
pub(super) struct Dice {
    state: u64,
}

impl Dice {
    /// Dice of their own for each use, so that a change to one part leaves the others as they were.
    pub(super) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Between 0 and 1, 1 left out.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Between `low` and `high`, `high` left out.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
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
