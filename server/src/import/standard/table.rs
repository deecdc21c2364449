//! The table in a sheet: its header row, wherever it is, and its rows by column.

use super::mapping::{FIELDS, Field, Mapping};
use super::sheet::{Cell, Sheet, SheetRow};
use super::squeezed;

/// How many rows may stand above the header row.
const HEADER_WITHIN: usize = 20;

/// Where the columns of a sheet are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// By [`Field::index`].
    columns: [usize; FIELDS.len()],
    /// How many rows of the sheet it ends.
    rows: usize,
    /// Headers of columns that are not read.
    pub(super) others: Vec<String>,
}

/// A row of the table: its number and its cells by [`Field::index`].
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub number: usize,
    cells: [Cell; FIELDS.len()],
}

impl Entry {
    /// What a column says; blank if that is no text.
    pub(super) fn text(&self, field: Field) -> &str {
        match &self.cells[field.index()] {
            Cell::Text(text) => text,
            Cell::Blank | Cell::Unfit(_) => "",
        }
    }

    /// Refuses cells that say no text for certain.
    pub(super) fn fit(&self) -> Result<(), String> {
        let unfit = FIELDS.into_iter().find_map(|field| match &self.cells[field.index()] {
            Cell::Unfit(why) => Some((field, why)),
            Cell::Blank | Cell::Text(_) => None,
        });
        unfit.map_or(Ok(()), |(field, why)| Err(format!("{} {why}", field.headers()[0])))
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| *cell == Cell::Blank)
    }
}

/// Finds the header row: the first that names every column.
pub(super) fn header(sheet: &Sheet, mapping: &Mapping) -> Result<Header, String> {
    let mut closest: Option<Vec<Field>> = None;
    for (index, row) in sheet.rows.iter().take(HEADER_WITHIN).enumerate() {
        let found = columns(row, mapping)?;
        let missing: Vec<Field> =
            FIELDS.into_iter().filter(|field| found[field.index()].is_none()).collect();
        if missing.is_empty() {
            let columns = found.map(Option::unwrap_or_default);
            return Ok(Header { columns, rows: index + 1, others: others(row, &columns) });
        }
        if closest.as_ref().is_none_or(|closest| missing.len() < closest.len()) {
            closest = Some(missing);
        }
    }
    let missing = closest.unwrap_or_else(|| FIELDS.to_vec());
    let missing: Vec<String> = missing.into_iter().map(|field| wanted(field, mapping)).collect();
    Err(format!(
        "no header row is found in the first {HEADER_WITHIN} rows; the closest one lacks {}: \
         name the columns in [columns]",
        missing.join(", ")
    ))
}

/// A column as a refusal names it.
fn wanted(field: Field, mapping: &Mapping) -> String {
    format!("{} ({})", field.key(), words(field, mapping).join(" or "))
}

fn words(field: Field, mapping: &Mapping) -> Vec<&str> {
    match mapping.columns.get(&field) {
        Some(words) => words.iter().map(String::as_str).collect(),
        None => field.headers().to_vec(),
    }
}

/// The columns that a row names, by [`Field::index`].
fn columns(row: &SheetRow, mapping: &Mapping) -> Result<[Option<usize>; FIELDS.len()], String> {
    let mut found = [None; FIELDS.len()];
    for field in FIELDS {
        let words: Vec<String> = words(field, mapping).into_iter().map(squeezed).collect();
        let is_it =
            |cell: &Cell| matches!(cell, Cell::Text(text) if words.contains(&squeezed(text)));
        let mut places = (0..row.cells.len()).filter(|place| is_it(row.cell(*place)));
        found[field.index()] = places.next();
        if let (Some(one), Some(other)) = (found[field.index()], places.next()) {
            return Err(format!(
                "columns {} and {} of the header row {} are both {}: name one in [columns]",
                one + 1,
                other + 1,
                row.number,
                wanted(field, mapping)
            ));
        }
    }
    Ok(found)
}

fn others(row: &SheetRow, columns: &[usize]) -> Vec<String> {
    let other = |(place, cell): (usize, &Cell)| match cell {
        Cell::Text(text) if !columns.contains(&place) => Some(text.clone()),
        _ => None,
    };
    row.cells.iter().enumerate().filter_map(other).collect()
}

/// The rows below the header row. `filled`: a blank code, name or unit says the same as the row
/// above, as it is written in files that cannot merge cells.
pub(super) fn entries(sheet: &Sheet, header: &Header, filled: bool) -> Vec<Entry> {
    let mut above: Option<Entry> = None;
    let mut entries = Vec::new();
    for row in &sheet.rows[header.rows..] {
        let mut entry = Entry {
            number: row.number,
            cells: header.columns.map(|place| row.cell(place).clone()),
        };
        if entry.is_blank() {
            continue;
        }
        if let Some(above) = above.as_ref().filter(|_| filled) {
            repeat(&mut entry, above);
        }
        above = Some(entry.clone());
        entries.push(entry);
    }
    entries
}

/// A new small class does not take over the name of the one above, nor a new big class its small
/// class.
fn repeat(entry: &mut Entry, above: &Entry) {
    repeat_pair(entry, above, Field::ClassCode, Field::Class);
    if entry.cells[Field::ClassCode.index()] == above.cells[Field::ClassCode.index()] {
        repeat_pair(entry, above, Field::Code, Field::Name);
    }
    repeat_one(entry, above, Field::Units);
}

fn repeat_pair(entry: &mut Entry, above: &Entry, code: Field, name: Field) {
    let fits = |field: Field| {
        let cell = &entry.cells[field.index()];
        *cell == Cell::Blank || *cell == above.cells[field.index()]
    };
    if fits(code) && fits(name) {
        repeat_one(entry, above, code);
        repeat_one(entry, above, name);
    }
}

fn repeat_one(entry: &mut Entry, above: &Entry, field: Field) {
    if entry.cells[field.index()] == Cell::Blank {
        entry.cells[field.index()] = above.cells[field.index()].clone();
    }
}
