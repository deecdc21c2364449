//! Rows as a workbook, whose memory does not grow with them.

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use jiff::civil::DateTime;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::{Cell, Language};
use crate::problem::Error;

/// Signs in one cell, at most.
const CELL_MAX: usize = 32_767;

/// A workbook that is being written: what is written lies in a file without a name, which is gone
/// with it.
#[allow(missing_debug_implementations)]
pub struct Book {
    workbook: Workbook,
    moments: Format,
    row: u32,
}

impl Book {
    /// A workbook with its headings. What it writes meanwhile lies in `folder`.
    pub fn begin(
        folder: &Path,
        language: Language,
        headings: impl Iterator<Item = (&'static str, u16)>,
    ) -> Result<Self, Error> {
        std::fs::create_dir_all(folder)?;
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder).map_err(failed)?;
        let bold = Format::new().set_bold().set_align(FormatAlign::Center);
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(failed)?;
        sheet.set_name(language.pick("案件", "Issues")).map_err(failed)?;
        sheet.set_freeze_panes(1, 1).map_err(failed)?;
        for (column, (heading, width)) in (0..).zip(headings) {
            sheet.set_column_width(column, width).map_err(failed)?;
            sheet.write_with_format(0, column, heading, &bold).map_err(failed)?;
        }
        let moments = Format::new().set_num_format("yyyy-mm-dd hh:mm");
        Ok(Self { workbook, moments, row: 0 })
    }

    /// Adds rows.
    pub fn add(&mut self, rows: &[Vec<Cell>]) -> Result<(), Error> {
        let sheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
        for row in rows {
            self.row += 1;
            for (column, cell) in (0..).zip(row) {
                write(sheet, self.row, column, cell, &self.moments).map_err(failed)?;
            }
        }
        Ok(())
    }

    /// The finished file, at its beginning, and its length; without a name, in `folder`.
    pub fn end(mut self, folder: &Path) -> Result<(File, u64), Error> {
        let mut file = BufWriter::new(tempfile::tempfile_in(folder)?);
        self.workbook.save_to_writer(&mut file).map_err(failed)?;
        file.flush()?;
        let mut file = file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        let length = file.stream_position()?;
        file.seek(SeekFrom::Start(0))?;
        Ok((file, length))
    }
}

/// Words are written as words, so none is a formula.
pub(super) fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    moments: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(words) => {
            let words: String =
                words.chars().filter(|sign| may_stand(*sign)).take(CELL_MAX).collect();
            sheet.write_string(row, column, words)?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, column, *number)?;
        }
        Cell::Moment(at) => {
            sheet.write_datetime_with_format(row, column, moment(*at)?, moments)?;
        }
    }
    Ok(())
}

/// XML has no place for most control signs, not even escaped.
fn may_stand(sign: char) -> bool {
    !sign.is_control() || matches!(sign, '\n' | '\t')
}

pub(super) fn moment(at: DateTime) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let date = ExcelDateTime::from_ymd(
        u16::try_from(at.year()).unwrap_or_default(),
        part(at.month()),
        part(at.day()),
    )?;
    date.and_hms(part(at.hour()).into(), part(at.minute()), part(at.second()))
}

#[allow(clippy::needless_pass_by_value)] // as `map_err` hands it over
pub(super) fn failed(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) => Error::File(error),
        other => Error::Internal(format!("a workbook: {other}")),
    }
}
