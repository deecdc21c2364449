//! Ranking units within their group.

use std::cmp::Ordering;

use super::{OnTime, RANKED_FROM, Row};
use crate::figures::Rate;

/// Orders the rows of a group and ranks those that have enough issues: by the rate that counts as on time, then by how
/// few verifications failed. Rates are compared as fractions, not as they are printed; equal ones share a place, and
/// the next place is left out.
pub(super) fn rank(rows: &mut [Row], by: OnTime) {
    rows.sort_by(|one, other| {
        let enough = |row: &Row| row.tally.due >= RANKED_FROM;
        let both = enough(one) && enough(other);
        let ranked = if both { better(one, other, by) } else { Ordering::Equal };
        enough(other).cmp(&enough(one)).then(ranked).then_with(|| one.code.cmp(&other.code))
    });
    let mut place = 0;
    for n in 0..rows.len() {
        if rows[n].tally.due < RANKED_FROM {
            break;
        }
        let ties = n > 0 && better(&rows[n - 1], &rows[n], by) == Ordering::Equal;
        if !ties {
            place = u32::try_from(n + 1).unwrap_or(u32::MAX);
        }
        rows[n].rank = Some(place);
    }
}

/// Less is better.
fn better(one: &Row, other: &Row, by: OnTime) -> Ordering {
    let on_time = compare(other.on_time(by), one.on_time(by));
    on_time.then_with(|| compare(one.rework_rate, other.rework_rate))
}

/// Two rates as fractions; both have something to count.
fn compare(one: Rate, other: Rate) -> Ordering {
    let times = |a: u64, b: u64| u128::from(a) * u128::from(b);
    times(one.numerator, other.denominator).cmp(&times(other.numerator, one.denominator))
}
