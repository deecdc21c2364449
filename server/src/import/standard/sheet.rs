//! A sheet as rows of cells, whatever file it comes from.

mod csv;
mod merged;
mod unpacked;
mod workbook;

pub(in crate::import) use csv::from_csv;
pub(in crate::import) use workbook::from_workbook;

/// Rows of a sheet, columns of a row, merged ranges of a sheet and sheets of a workbook that are
/// taken. The largest published standards have about a thousand rows.
pub(super) const MAX_ROWS: usize = 10_000;
/// See [`MAX_ROWS`].
pub(super) const MAX_COLUMNS: usize = 64;
/// See [`MAX_ROWS`].
pub(super) const MAX_MERGED: usize = 20_000;
/// See [`MAX_ROWS`].
pub(super) const MAX_SHEETS: usize = 64;

/// A sheet of a workbook, or a CSV file.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::import) struct Sheet {
    /// Its name; a CSV file has none.
    pub name: Option<String>,
    /// Its rows that have something in them, in order.
    pub rows: Vec<SheetRow>,
}

/// A row of a sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::import) struct SheetRow {
    /// Its number, from 1 (of a CSV file: its line).
    pub number: usize,
    /// Its cells, from the first column on.
    pub cells: Vec<Cell>,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::import) enum Cell {
    /// Nothing.
    #[default]
    Blank,
    /// A text, or a number as text.
    Text(String),
    /// Something that says no text for certain: a formula, an error, a date.
    Unfit(&'static str),
}

impl Cell {
    /// A text without the blanks around it.
    pub(super) fn of(text: &str) -> Self {
        match text.trim() {
            "" => Self::Blank,
            said => Self::Text(said.to_owned()),
        }
    }
}

impl SheetRow {
    /// The cell in a column, from 0.
    pub(in crate::import) fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Blank)
    }

    /// Its cell in a column, to be written to.
    pub(super) fn cell_mut(&mut self, column: usize) -> &mut Cell {
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Cell::Blank);
        }
        &mut self.cells[column]
    }
}
