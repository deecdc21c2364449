//! Is this report a problem we already know?
//!
//! A report joins the nearest open issue of its family within the family's radius. So that a
//! database finds those few with one indexed comparison, family, blind flag and a grid cell are
//! hashed to one key: an issue carries one, a report asks for four.

mod grid;

use jiff::Timestamp;

use crate::position::{Metres, Position};
use grid::Cell;

/// The largest radius within which reports can be matched; the grid is made for it.
pub const MAX_MATCH_RADIUS: Metres = Metres(100.0);

/// Positions whose distances differ by no more than this are equally near.
const TIE: Metres = Metres(0.01);

/// An open issue that a report might join.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The issue's id.
    pub issue: i64,
    /// Where the issue is.
    pub position: Position,
    /// When its first report was made.
    pub reported_at: Timestamp,
}

/// The key of an issue at `p`. Stable for all time, as it is stored: FNV-1a, 64 bits, over the
/// family, the flag (one byte) and the cell's row and column (little-endian, four bytes each).
pub fn match_key(family: &str, blind: bool, p: Position) -> i64 {
    key(family, blind, grid::cell_of(p))
}

/// The keys that any issue within `radius` of `p` has, ascending. Always four, repeating where
/// the circle touches fewer cells, so that a query has one shape. A radius above
/// [`MAX_MATCH_RADIUS`] counts as that, a negative one as 0.
pub fn match_keys(family: &str, blind: bool, p: Position, radius: Metres) -> [i64; 4] {
    let radius = if radius.0 > 0.0 { radius.0.min(MAX_MATCH_RADIUS.0) } else { 0.0 };
    let mut keys = grid::cells_around(p, Metres(radius)).map(|cell| key(family, blind, cell));
    keys.sort_unstable();
    keys
}

/// The candidate that a report at `p` joins, with its distance: the nearest within `radius`
/// (itself included). Of those as near to within a centimetre the one reported first, then the
/// one with the lowest id.
pub fn choose(candidates: &[Candidate], p: Position, radius: Metres) -> Option<(i64, Metres)> {
    let near: Vec<(&Candidate, Metres)> = candidates
        .iter()
        .map(|candidate| (candidate, candidate.position.distance_to(p)))
        .filter(|(_, distance)| *distance <= radius)
        .collect();
    let least = near.iter().map(|(_, distance)| distance.0).fold(f64::INFINITY, f64::min);
    near.into_iter()
        .filter(|(_, distance)| distance.0 <= least + TIE.0)
        .min_by_key(|(candidate, _)| (candidate.reported_at, candidate.issue))
        .map(|(candidate, distance)| (candidate.issue, distance))
}

fn key(family: &str, blind: bool, cell: Cell) -> i64 {
    let (row, column) = (cell.row.to_le_bytes(), cell.column.to_le_bytes());
    let tail = std::iter::once(u8::from(blind)).chain(row).chain(column);
    fnv1a(family.bytes().chain(tail)).cast_signed()
}

/// FNV-1a of 64 bits (draft-eastlake-fnv).
fn fnv1a(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests;
