//! What is reported, and by whom: shares as published by districts that keep such figures.

use crate::demo::geography::Dice;
use crate::intake::Source;

/// Categories and how many of a thousand problems they are, after 湖州 (August 2022): events about
/// 880, components 120.
#[rustfmt::skip]
const CATEGORIES: [(&str, u32); 39] = [
    ("0101", 230), ("0401", 185), ("0104", 110), ("0203", 70), ("0301", 70), ("0402", 52),
    ("0102", 22), ("0103", 12), ("0105", 8), ("0106", 14), ("0107", 8), ("0108", 7),
    ("0201", 20), ("0202", 16), ("0204", 6), ("0302", 5), ("0303", 5), ("0304", 5),
    ("0403", 12), ("0405", 3), ("0501", 6), ("0502", 5), ("0503", 5), ("0504", 6),
    ("0601", 5), ("0602", 4), ("0701", 3), ("0702", 3), ("0703", 2), ("0704", 2), ("0801", 4),
    ("1101", 32), ("1102", 14), ("1103", 16), ("1104", 12), ("1105", 14), ("1201", 16),
    ("1202", 2), ("1203", 3),
];

/// Sources and how many of a thousand reports come from each.
const SOURCES: [(Source, u32); 7] = [
    (Source::Inspector, 860),
    (Source::Supervisor, 20),
    (Source::Hotline12345, 55),
    (Source::Leader, 15),
    (Source::ChatGroup, 18),
    (Source::Citizen, 20),
    (Source::Video, 12),
];

/// A category, by its share.
pub(super) fn category(dice: &mut Dice) -> &'static str {
    drawn(&CATEGORIES, dice)
}

/// A source, by its share.
pub(super) fn source(dice: &mut Dice) -> Source {
    drawn(&SOURCES, dice)
}

/// A source whose reports wait at the desk.
pub(super) fn public(dice: &mut Dice) -> Source {
    [Source::Hotline12345, Source::Citizen, Source::ChatGroup][dice.below(3)]
}

fn drawn<T: Copy>(shares: &[(T, u32)], dice: &mut Dice) -> T {
    let total: u32 = shares.iter().map(|(_, share)| share).sum();
    let mut left = dice.unit() * f64::from(total);
    let chosen = shares.iter().find(|(_, share)| {
        left -= f64::from(*share);
        left < 0.0
    });
    chosen.unwrap_or(&shares[0]).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_are_about_an_eighth() {
        let share = |component: bool| -> u32 {
            let those = CATEGORIES.iter().filter(|(code, _)| code.starts_with('1') == component);
            those.map(|(_, share)| share).sum()
        };
        let (components, all) = (share(true), share(true) + share(false));
        assert!((100..=140).contains(&(components * 1_000 / all)), "{components} of {all}");
    }

    #[test]
    fn six_in_seven_reports_are_the_inspectors() {
        let mut dice = Dice::new(3);
        let own = (0..2_000).filter(|_| source(&mut dice) == Source::Inspector).count();
        assert!((1_660..1_780).contains(&own), "{own}");
    }
}
