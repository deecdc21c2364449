//! Merged ranges: each of their cells says what the first one says.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, MAX_COLUMNS, MAX_MERGED};

/// Cells by row and column, from 0.
pub(super) type Cells = BTreeMap<(usize, usize), Cell>;

/// A merged range: the first row and column and the last ones, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merged {
    pub first: (usize, usize),
    pub last: (usize, usize),
}

/// Writes what the first cell of every range says into its other cells, down to the last row that
/// is there anyway: a range can be declared a million rows long.
pub(super) fn expand(cells: &mut Cells, merged: &[Merged], rows: usize) -> Result<(), String> {
    if merged.len() > MAX_MERGED {
        return Err(format!("the sheet has more than {MAX_MERGED} merged ranges"));
    }
    let mut covered = BTreeSet::new();
    for range in merged {
        let said = cells.get(&range.first).cloned();
        for row in range.first.0..=range.last.0.min(rows.saturating_sub(1)) {
            for column in range.first.1..=range.last.1.min(MAX_COLUMNS - 1) {
                // Programs that write workbooks refuse this; without it, a few ranges that lie on
                // one another would take for ever.
                if !covered.insert((row, column)) {
                    return Err(format!("merged ranges overlap in row {}", row + 1));
                }
                if let Some(said) = &said {
                    cells.insert((row, column), said.clone());
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(first: (usize, usize), last: (usize, usize)) -> Merged {
        Merged { first, last }
    }

    #[test]
    fn every_cell_of_a_range_says_what_its_first_says() {
        let mut cells = Cells::from([((1, 0), Cell::of("a")), ((4, 0), Cell::of("b"))]);
        expand(&mut cells, &[range((1, 0), (3, 1))], 5).unwrap();
        let said = |at| cells.get(&at).cloned().unwrap_or_default();
        assert!(
            [(1, 0), (2, 0), (3, 0), (1, 1), (3, 1)].iter().all(|at| said(*at) == Cell::of("a"))
        );
        assert_eq!((said((4, 0)), said((4, 1))), (Cell::of("b"), Cell::Blank));
    }

    #[test]
    fn ranges_end_with_the_sheet_and_do_not_overlap() {
        let mut cells = Cells::from([((0, 0), Cell::of("a"))]);
        expand(&mut cells, &[range((0, 0), (1_048_575, 16_383))], 3).unwrap();
        assert_eq!(cells.len(), 3 * MAX_COLUMNS);
        let twice = [range((0, 0), (1, 0)), range((1, 0), (2, 0))];
        assert!(expand(&mut cells, &twice, 3).unwrap_err().contains("overlap in row 2"));
        let many = vec![range((0, 0), (0, 0)); MAX_MERGED + 1];
        assert!(expand(&mut cells, &many, 3).unwrap_err().contains("merged ranges"));
    }
}
