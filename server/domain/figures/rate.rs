//! A rate as bulletins print it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A rate with what it was made of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// What was counted.
    pub numerator: u64,
    /// Out of how many.
    pub denominator: u64,
    /// Per cent, rounded half-up to two decimals; none, and `null` in JSON, where the denominator
    /// is 0.
    pub percent: Option<f64>,
}

impl Rate {
    /// The rate of `numerator` in `denominator`.
    pub fn new(numerator: u64, denominator: u64) -> Self {
        let percent =
            hundredths(numerator, denominator).map(|hundredths| hundredths as f64 / 100.0);
        Self { numerator, denominator, percent }
    }
}

/// Hundredths of a per cent, rounded half-up. Whole numbers all the way: 0.125 % is exactly between
/// two values here, and on one side or the other as a binary fraction.
fn hundredths(numerator: u64, denominator: u64) -> Option<u128> {
    let (numerator, denominator) = (u128::from(numerator), u128::from(denominator));
    (numerator * 20_000 + denominator).checked_div(2 * denominator)
}

impl fmt::Display for Rate {
    /// `75.82%`, or an em dash where there is no rate.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match hundredths(self.numerator, self.denominator) {
            Some(value) => write!(out, "{}.{:02}%", value / 100, value % 100),
            None => out.write_str("—"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn halves_are_rounded_up() {
        for (numerator, denominator, text) in [
            (1, 800, "0.13%"),
            (3, 800, "0.38%"),
            (1_005, 100_000, "1.01%"),
            (1, 3, "33.33%"),
            (2, 3, "66.67%"),
            (19_999, 20_000, "100.00%"),
            (19_998, 20_000, "99.99%"),
            (7, 7, "100.00%"),
            (0, 7, "0.00%"),
            (3, 2, "150.00%"),
        ] {
            assert_eq!(Rate::new(numerator, denominator).to_string(), text);
        }
    }

    #[test]
    fn without_a_denominator_there_is_no_rate() {
        let none = Rate::new(0, 0);
        assert_eq!(none.percent, None);
        assert_eq!(none.to_string(), "—");
        let json = r#"{"numerator":0,"denominator":0,"percent":null}"#;
        assert_eq!(serde_json::to_string(&none).unwrap(), json);
        let json = r#"{"numerator":737,"denominator":972,"percent":75.82}"#;
        assert_eq!(serde_json::to_string(&Rate::new(737, 972)).unwrap(), json);
    }

    #[test]
    fn the_largest_counts_do_not_overflow() {
        assert_eq!(Rate::new(u64::MAX, u64::MAX).percent, Some(100.0));
        assert!(Rate::new(u64::MAX, 1).percent.is_some());
    }

    proptest! {
        #[test]
        fn the_rounded_value_is_the_nearest_and_ties_go_up(n in 0_u64..200_000, d in 1_u64..100_000) {
            let value = i128::try_from(hundredths(n, d).unwrap()).unwrap();
            let (n, d) = (i128::from(n), i128::from(d));
            let twice_off = 2 * (n * 10_000 - value * d);
            prop_assert!(-d <= twice_off && twice_off < d);
        }
    }
}
