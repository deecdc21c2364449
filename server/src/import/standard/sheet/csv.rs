//! A CSV file as a sheet.

use super::{Cell, MAX_ROWS, Sheet, SheetRow};
use crate::import::record::line_of;

/// Every line with its cells, however many; the header row is not looked for here.
pub(in crate::import) fn from_csv(text: &str) -> Result<Sheet, String> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for line in reader.records() {
        let line = line.map_err(|error| error.to_string())?;
        let number = line_of(text, line.position());
        let cells: Vec<Cell> = line.iter().map(Cell::of).collect();
        rows.push(SheetRow { number, cells });
        if rows.len() > MAX_ROWS {
            return Err(format!("the file has more than {MAX_ROWS} lines"));
        }
    }
    Ok(Sheet { name: None, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_the_number_of_their_line_however_lines_end() {
        let numbers = |text: &str| -> Vec<usize> {
            from_csv(text).unwrap().rows.iter().map(|row| row.number).collect()
        };
        assert_eq!(numbers("a,b\n1,2\n\n3,4\n"), [1, 2, 4]);
        assert_eq!(numbers("a,b\r\n1,\"2\r\n2\"\r\n\r\n3,4\r\n"), [1, 2, 5]);
    }
}
