//! A CSV file as a sheet.

use super::{Cell, MAX_ROWS, Sheet, SheetRow};

/// Every line with its cells, however many; the header row is not looked for here.
pub(in super::super) fn from_csv(text: &str) -> Result<Sheet, String> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for line in reader.records() {
        let line = line.map_err(|error| error.to_string())?;
        let number = line.position().map_or(0, csv::Position::line);
        let cells: Vec<Cell> = line.iter().map(Cell::of).collect();
        let number = usize::try_from(number).unwrap_or(0);
        rows.push(SheetRow { number, cells });
        if rows.len() > MAX_ROWS {
            return Err(format!("the file has more than {MAX_ROWS} lines"));
        }
    }
    Ok(Sheet { name: None, rows })
}
