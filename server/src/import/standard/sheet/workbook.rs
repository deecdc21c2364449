//! A workbook's sheets, cell by cell: a sheet as a whole can be declared large enough to take all
//! memory there is.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, Reader, Xlsx, XlsxError};

use super::merged::{Cells, Merged, expand};
use super::{Cell, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, Sheet, SheetRow, unpacked};

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Sheets, and the names of those that are not wanted.
type Sheets = (Vec<Sheet>, Vec<String>);

/// The sheets that `wanted` names, with merged ranges written out, and the names of the others.
pub(in crate::import) fn from_workbook(
    bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
) -> Result<Sheets, String> {
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(
            "the file is an old or a locked workbook: save it as .xlsx, unlocked".to_owned()
        );
    }
    unpacked::check(bytes)?;
    // The reader panics on some numbers of rows that no program would write.
    let read = catch_unwind(AssertUnwindSafe(|| sheets(bytes, wanted)));
    read.unwrap_or_else(|_panic| Err("the workbook is damaged".to_owned()))
}

fn sheets(bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Sheets, String> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| unread(&error))?;
    let names = book.sheet_names();
    if names.len() > MAX_SHEETS {
        return Err(format!("the workbook has more than {MAX_SHEETS} sheets"));
    }
    let (wanted, others): (Vec<String>, Vec<String>) =
        names.into_iter().partition(|name| wanted(name));
    let read = |name: String| sheet(&mut book, &name).map_err(|why| format!("sheet {name}: {why}"));
    Ok((wanted.into_iter().map(read).collect::<Result<_, _>>()?, others))
}

fn unread(error: &XlsxError) -> String {
    format!("the workbook cannot be read: {error}")
}

fn sheet(book: &mut Book<'_>, name: &str) -> Result<Sheet, String> {
    let mut cells = cells(book, name)?;
    let merged = book.merge_cells_by_sheet_name(name).map_err(|error| unread(&error))?;
    let merged: Vec<Merged> = merged.iter().map(range).collect::<Result<_, _>>()?;
    let rows = cells.keys().next_back().map_or(0, |(row, _)| row + 1);
    expand(&mut cells, &merged, rows)?;
    let mut sheet = Sheet { name: Some(name.to_owned()), rows: Vec::new() };
    for ((row, column), cell) in cells {
        if sheet.rows.last().is_none_or(|last| last.number != row + 1) {
            sheet.rows.push(SheetRow { number: row + 1, cells: Vec::new() });
        }
        if let Some(last) = sheet.rows.last_mut() {
            *last.cell_mut(column) = cell;
        }
    }
    Ok(sheet)
}

fn range(declared: &Dimensions) -> Result<Merged, String> {
    let place = |(row, column): (u32, u32)| Some((row.try_into().ok()?, column.try_into().ok()?));
    let range = place(declared.start).zip(place(declared.end));
    let (first, last) = range.ok_or("a merged range cannot be read")?;
    Ok(Merged { first, last })
}

fn cells(book: &mut Book<'_>, name: &str) -> Result<Cells, String> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| unread(&error))?;
    let mut cells = Cells::new();
    while let Some(found) =
        reader.next_cell_with_formula_metadata().map_err(|error| unread(&error))?
    {
        let cell = match found.formula {
            Some(_) => Cell::Unfit("is a formula: keep its value only"),
            None => said(&found.value),
        };
        if cell == Cell::Blank {
            continue;
        }
        let place = (found.pos.0 as usize, found.pos.1 as usize);
        if place.0 >= MAX_ROWS || place.1 >= MAX_COLUMNS {
            return Err(format!(
                "row {} column {} is not empty, and no more than {MAX_ROWS} rows and \
                 {MAX_COLUMNS} columns are read",
                place.0 + 1,
                place.1 + 1
            ));
        }
        cells.insert(place, cell);
    }
    Ok(cells)
}

fn said(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Blank,
        DataRef::String(text) => Cell::of(text),
        DataRef::SharedString(text) => Cell::of(text),
        // Codes are often numbers in a cell; a whole one has no fraction to show.
        DataRef::Int(number) => Cell::Text(number.to_string()),
        DataRef::Float(number) => Cell::Text(number.to_string()),
        DataRef::Bool(_) => Cell::Unfit("is a truth value, not a text"),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
            Cell::Unfit("is a date, not a text")
        }
        DataRef::Error(_) => Cell::Unfit("is an error, not a text"),
    }
}
