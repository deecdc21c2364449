//! Lists of issues as files for a spreadsheet: which columns there are, and what stands in them.

mod bulletin;
mod columns;
mod csv;
mod language;
mod pages;
#[cfg(test)]
mod tests;
mod words;
mod xlsx;

use jiff::civil::DateTime;

pub use bulletin::BulletinBook;
pub use columns::Columns;
pub use csv::{BOM, line};
pub use language::Language;
pub use pages::Pages;
pub use xlsx::Book;

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Issues in one file, at most: what a spreadsheet still opens.
pub const MOST: usize = 100_000;

/// What stands in one place of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words; some of them are a stranger's.
    Text(String),
    /// A number.
    Number(f64),
    /// A date and a time of day, where the district is.
    Moment(DateTime),
}

impl Cell {
    fn text(words: impl Into<String>) -> Self {
        let words: String = words.into();
        if words.is_empty() { Self::Empty } else { Self::Text(words) }
    }
}
