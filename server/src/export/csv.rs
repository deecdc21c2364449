//! Rows as CSV (RFC 4180) that spreadsheets open as what they are.

use super::Cell;
use crate::problem::Error;

/// Without it Excel takes UTF-8 for the code page of its machine.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// One line, its end included.
pub fn line(cells: &[Cell]) -> Result<Vec<u8>, Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    let failed = |error: &dyn std::fmt::Display| Error::Internal(format!("a line of CSV: {error}"));
    writer.write_record(cells.iter().map(field)).map_err(|error| failed(&error))?;
    writer.into_inner().map_err(|error| failed(&error))
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(words) => defused(words),
        Cell::Number(number) => number.to_string(),
        Cell::Moment(at) => at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    }
}

/// Words that a spreadsheet would take for a formula, as words: behind an apostrophe (CWE-1236).
/// Somebody wrote them from outside, and a formula may read other cells and send them away.
fn defused(words: &str) -> String {
    let starts_one = |first: char| matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n');
    // Excel skips spaces before it looks, and full-width signs are the same to it.
    let first = words.chars().find(|sign| *sign != ' ' && *sign != '\u{3000}');
    let full_width = |first: char| matches!(first, '＝' | '＋' | '－' | '＠');
    if first.is_some_and(|first| starts_one(first) || full_width(first)) {
        format!("'{words}")
    } else {
        words.to_owned()
    }
}
