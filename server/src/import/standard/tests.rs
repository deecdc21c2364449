mod hostile;
mod plain;
mod published;

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use serde_json::Value;

use super::super::{FileKind, Options, Row, Source, read};
use crate::gazetteer::Kind;

/// The header row that most cities have, in their order.
const HEADER: [&str; 8] = [
    "大类代码",
    "大类名称",
    "小类代码",
    "小类名称",
    "处置单位",
    "立案条件",
    "结案条件",
    "处置时限",
];

/// A mapping that covers everything in these tests.
const MAPPING: &str = r#"
    lead = "first"
    [limits.units]
    "天" = "自然日"
    "小时" = "紧急工作时"
    [limits.texts]
    "2小时制止" = "2紧急工作时"
    [units]
    "市政中心" = "shizheng"
    "所属街办" = "@subdistrict"
    "产权单位" = "@owner"
"#;

/// A sheet with a title row, the header on row 2 and these rows below, in the order of [`HEADER`].
fn sheet(name: &str, rows: &[[&str; 8]]) -> Worksheet {
    let mut sheet = Worksheet::new();
    sheet.set_name(name).unwrap();
    sheet.merge_range(0, 0, 0, 7, "某市立案、处置和结案标准", &Format::new()).unwrap();
    for (row, cells) in [HEADER].iter().chain(rows).enumerate() {
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let (row, column) = (u32::try_from(row).unwrap() + 1, u16::try_from(column).unwrap());
            sheet.write(row, column, *text).unwrap();
        }
    }
    sheet
}

/// Merges a column over rows, numbered from 1, and keeps what the first says.
fn merge(sheet: &mut Worksheet, column: u16, rows: (u32, u32), said: &str) {
    sheet.merge_range(rows.0 - 1, column, rows.1 - 1, column, said, &Format::new()).unwrap();
}

fn saved(sheets: impl IntoIterator<Item = Worksheet>) -> Vec<u8> {
    let mut book = Workbook::new();
    for sheet in sheets {
        book.push_worksheet(sheet);
    }
    book.save_to_buffer().unwrap()
}

fn source(name: &str, bytes: impl Into<Vec<u8>>, mapping: &str) -> Source {
    let options = Options { mapping: Some(mapping.to_owned()), ..Options::default() };
    Source { kind: FileKind::Standard, name: name.to_owned(), bytes: bytes.into(), options }
}

fn reading(name: &str, bytes: impl Into<Vec<u8>>, mapping: &str) -> Vec<Row> {
    read(&source(name, bytes, mapping))
}

fn book(sheets: impl IntoIterator<Item = Worksheet>, mapping: &str) -> Vec<Row> {
    reading("standard.xlsx", saved(sheets), mapping)
}

/// The bodies of the items of a kind, in order.
fn bodies(reading: &[Row], kind: Kind) -> Vec<&Value> {
    let items = reading.iter().filter_map(|row| row.outcome.as_ref().ok());
    items.filter(|item| item.kind == kind).map(|item| &item.body).collect()
}

fn conditions(reading: &[Row]) -> Vec<&Value> {
    bodies(reading, Kind::Condition)
}

fn said<'r>(bodies: &[&'r Value], field: &str) -> Vec<&'r str> {
    bodies.iter().map(|body| body[field].as_str().unwrap_or_default()).collect()
}

/// Where each refused row is, and why.
fn refused(reading: &[Row]) -> Vec<String> {
    let refused = reading.iter().filter_map(|row| {
        let why = row.outcome.as_ref().err()?;
        Some(format!("{}:{} {why}", row.source, row.line))
    });
    refused.collect()
}

fn is_noted(reading: &[Row], text: &str) -> bool {
    reading.iter().flat_map(|row| &row.notes).any(|note| note.contains(text))
}
