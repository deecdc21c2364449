//! A grid over the whole earth whose cells no circle of 100 m can stretch over.

use super::MAX_MATCH_RADIUS;
use crate::position::plane::reach;
use crate::position::{Metres, Position};

/// Rows to a degree of latitude: 221.1 m high at the equator, more elsewhere.
const ROWS_PER_DEGREE: f64 = 500.0;
const LAST_ROW: i32 = 89_999;

/// The least width of a cell: the diameter of the largest circle with a tenth to spare, for the
/// generosity of [`reach`].
const WIDTH: f64 = 2.2 * MAX_MATCH_RADIUS.0;

/// The equator's circumference in metres, 2π times the semi-major axis.
const EQUATOR: f64 = 40_075_016.7;

/// Rows with fewer columns than this, those within 2.2 km of a pole, are one cell all around: so
/// near the pole a circle is no longer as wide in longitude as its diameter suggests.
const FEWEST_COLUMNS: f64 = 64.0;

/// A cell: rows count from the south pole, columns eastwards from the 180th meridian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) row: i32,
    pub(super) column: i32,
}

/// The cell that holds `p`.
pub(super) fn cell_of(p: Position) -> Cell {
    cell(row_of(p.lat), p.lon)
}

/// The cells at the corners of the box around a circle: all that the circle touches, as it is
/// narrower and lower than a cell.
pub(super) fn cells_around(p: Position, radius: Metres) -> [Cell; 4] {
    let room = reach(p.lat, radius);
    let (south, north) = (row_of(p.lat - room.y), row_of(p.lat + room.y));
    let (west, east) = (p.lon - room.x, p.lon + room.x);
    [cell(south, west), cell(south, east), cell(north, west), cell(north, east)]
}

fn cell(row: i32, lon: f64) -> Cell {
    let columns = columns_in(row);
    Cell { row, column: floor((lon + 180.0) / 360.0 * f64::from(columns)).rem_euclid(columns) }
}

fn row_of(lat: f64) -> i32 {
    floor((lat + 90.0) * ROWS_PER_DEGREE).clamp(0, LAST_ROW)
}

/// How many columns of at least [`WIDTH`] fit around the row's edge on the pole's side. A sphere
/// of the equator's radius is narrower there than the ellipsoid, so this errs to wide cells.
fn columns_in(row: i32) -> i32 {
    let south = f64::from(row) / ROWS_PER_DEGREE - 90.0;
    let poleward = south.abs().max((south + 1.0 / ROWS_PER_DEGREE).abs());
    let columns = EQUATOR * poleward.to_radians().cos() / WIDTH;
    if columns < FEWEST_COLUMNS { 1 } else { floor(columns) }
}

#[expect(clippy::cast_possible_truncation, reason = "saturates, and no cell has such a number")]
fn floor(value: f64) -> i32 {
    value.floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_wider_than_the_largest_circle() {
        for row in (0..=LAST_ROW).step_by(97).filter(|row| columns_in(*row) > 1) {
            let south = f64::from(row) / ROWS_PER_DEGREE - 90.0;
            let step = 360.0 / f64::from(columns_in(row));
            for lat in [south, south + 1.0 / ROWS_PER_DEGREE] {
                let (west, east) = (Position { lat, lon: 0.0 }, Position { lat, lon: step });
                assert!(west.distance_to(east).0 > 2.0 * MAX_MATCH_RADIUS.0, "row {row}");
                assert!(2.0 * reach(lat, MAX_MATCH_RADIUS).x < step, "row {row}");
            }
        }
    }

    #[test]
    fn every_row_is_higher_than_the_largest_circle() {
        for south in [-90.0, -45.0, 0.0, 39.9, 89.998] {
            let end = |lat| Position { lat, lon: 116.0 };
            let height = end(south).distance_to(end(south + 1.0 / ROWS_PER_DEGREE)).0;
            assert!(height > 2.0 * MAX_MATCH_RADIUS.0 + 20.0, "{south}: {height}");
        }
    }

    #[test]
    fn the_two_names_of_the_180th_meridian_are_one_cell() {
        let east = cell_of(Position { lat: 39.9, lon: 180.0 });
        assert_eq!(east, cell_of(Position { lat: 39.9, lon: -180.0 }));
    }

    #[test]
    fn poles_have_a_cell() {
        assert_eq!(cell_of(Position { lat: 90.0, lon: 77.0 }), Cell { row: LAST_ROW, column: 0 });
        assert_eq!(cell_of(Position { lat: -90.0, lon: -77.0 }), Cell { row: 0, column: 0 });
    }
}
