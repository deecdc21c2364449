//! What is reported, and by whom: shares as published by districts that keep such figures.

use std::collections::VecDeque;

use crate::demo::geography::Dice;
use crate::intake::Source;

/// Categories and how many of a thousand problems they are, after 湖州 (August 2022): events 880,
/// components 120.
#[rustfmt::skip]
const CATEGORIES: [(&str, u32); 39] = [
    ("0101", 240), ("0401", 210), ("0104", 120), ("0203", 80), ("0301", 70), ("0402", 55),
    ("0102", 14), ("0103", 7), ("0105", 5), ("0106", 8), ("0107", 5), ("0108", 4),
    ("0201", 10), ("0202", 8), ("0204", 3), ("0302", 2), ("0303", 2), ("0304", 3),
    ("0403", 6), ("0405", 2), ("0501", 3), ("0502", 3), ("0503", 3), ("0504", 3),
    ("0601", 3), ("0602", 2), ("0701", 2), ("0702", 2), ("0703", 1), ("0704", 2), ("0801", 2),
    ("1101", 36), ("1102", 14), ("1103", 18), ("1104", 14), ("1105", 15), ("1201", 18),
    ("1202", 2), ("1203", 3),
];

/// Sources and how many of a thousand reports come from each.
const SOURCES: [(Source, u32); 7] = [
    (Source::Inspector, 860),
    (Source::Supervisor, 30),
    (Source::Hotline12345, 50),
    (Source::Leader, 15),
    (Source::ChatGroup, 15),
    (Source::Citizen, 20),
    (Source::Video, 10),
];

/// So many categories by their shares, in no order.
pub(super) fn categories(count: usize, dice: &mut Dice) -> Vec<&'static str> {
    dealt(&CATEGORIES, count, dice)
}

/// The sources of so many reports by their shares, from which reports take theirs.
#[derive(Debug)]
pub(super) struct Sources(VecDeque<Source>);

impl Sources {
    /// Those of so many reports, in no order.
    pub(super) fn new(count: usize, dice: &mut Dice) -> Self {
        Self(dealt(&SOURCES, count, dice).into())
    }

    /// The next one; the inspectors are never at an end.
    pub(super) fn next(&mut self) -> Source {
        self.0.pop_front().unwrap_or(Source::Inspector)
    }

    /// The next one of these; the first of them where there is none left.
    pub(super) fn next_of(&mut self, these: &[Source]) -> Source {
        let found = self.0.iter().position(|source| these.contains(source));
        found.and_then(|index| self.0.remove(index)).unwrap_or(these[0])
    }
}

/// Deals things by their shares, as near as whole numbers come, in no order.
pub(super) fn dealt<T: Copy>(shares: &[(T, u32)], count: usize, dice: &mut Dice) -> Vec<T> {
    let total: u32 = shares.iter().map(|(_, share)| share).sum();
    let mut had = vec![0_u32; shares.len()];
    let mut dealt = Vec::with_capacity(count);
    for n in 1..=count {
        // Whoever lags farthest behind.
        let lag = |index: usize| {
            f64::from(shares[index].1) * n as f64 / f64::from(total) - f64::from(had[index])
        };
        let next = (0..shares.len()).max_by(|a, b| lag(*a).total_cmp(&lag(*b)));
        let next = next.unwrap_or_default();
        had[next] += 1;
        dealt.push(shares[next].0);
    }
    dice.shuffle(&mut dealt);
    dealt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_are_an_eighth() {
        let share = |component: bool| -> u32 {
            let those = CATEGORIES.iter().filter(|(code, _)| code.starts_with('1') == component);
            those.map(|(_, share)| share).sum()
        };
        assert_eq!([share(true), share(false)], [120, 880]);
    }

    #[test]
    fn shares_hold_for_any_number() {
        for count in [10, 100, 1_000] {
            let dealt = dealt(&[('a', 70), ('b', 20), ('c', 10)], count, &mut Dice::new(3));
            let of = |letter| dealt.iter().filter(|other| **other == letter).count();
            assert_eq!(['a', 'b', 'c'].map(of), [count * 7 / 10, count / 5, count / 10]);
        }
    }

    #[test]
    fn a_source_that_is_wished_is_taken_out() {
        let mut sources = Sources::new(100, &mut Dice::new(3));
        let supervisors =
            (0..3).filter(|_| sources.next_of(&[Source::Supervisor]) == Source::Supervisor);
        assert_eq!(supervisors.count(), 3);
        assert!(sources.0.iter().all(|source| *source != Source::Supervisor));
        assert_eq!(sources.next_of(&[Source::Supervisor]), Source::Supervisor);
        assert_eq!(sources.0.len(), 97);
    }
}
