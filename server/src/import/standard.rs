//! A city's standard 立案、处置和结案标准 as it is published: a workbook with a title, a header row and
//! merged cells that mean "the same as above", or a CSV file with blanks that mean it.
//!
//! What the standard leaves open is said in a mapping: see [`mapping`]. What neither says is listed,
//! and its condition is taken in unpublished.

mod codes;
mod draft;
mod limits;
mod mapping;
mod notes;
mod rows;
mod said;
pub(in crate::import) mod sheet;
mod table;
#[cfg(test)]
mod tests;
mod uncovered;
mod units;

use domain::taxonomy::Group;

use super::{Noted, SheetLine, Source, encoding};
use mapping::Mapping;
use notes::Notes;
use sheet::Sheet;

pub use uncovered::{StandardCommand, run};

/// Reads a standard, by sheet, and tells what was assumed.
pub(super) fn read(source: &Source) -> Noted {
    let mapping = Mapping::read(source.options.mapping.as_deref().unwrap_or_default())?;
    let (lines, notes) = read_with(source, &mapping)?;
    Ok((lines, notes.told(&mapping)))
}

fn read_with(source: &Source, mapping: &Mapping) -> Result<(Vec<SheetLine>, Notes), String> {
    let mut notes = Notes::default();
    let mut read = Vec::new();
    for (group, sheet) in sheets(source, mapping, &mut notes)? {
        notes.of_sheet(sheet.name.as_deref());
        let lines = table::header(&sheet, mapping).map(|header| {
            notes.columns_left(&header.others);
            let entries = table::entries(&sheet, &header, sheet.name.is_none());
            rows::lines(&entries, group, mapping, &mut notes)
        });
        let lines = lines.unwrap_or_else(|why| vec![(0, Err(why))]);
        read.extend(lines.into_iter().map(|line| (sheet.name.clone(), line)));
    }
    Ok((read, notes))
}

/// The sheets to be read, each with its group.
fn sheets(
    source: &Source,
    mapping: &Mapping,
    notes: &mut Notes,
) -> Result<Vec<(Group, Sheet)>, String> {
    if !is_workbook(&source.bytes) {
        let name = source.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let group = mapping.sheets.get(name).copied();
        let group = group.or_else(|| mapping.group(name, notes));
        let group = group.ok_or_else(|| {
            format!("whether {name} is of components or of events is not said: name it in [sheets]")
        })?;
        let decoded = encoding::decoded(&source.bytes, source.options.encoding)?;
        notes.read_as(decoded.note);
        return Ok(vec![(group, sheet::from_csv(&decoded.text)?)]);
    }
    let wanted = |name: &str| mapping.sheets.contains_key(name) || mapping.usual(name).is_some();
    let (sheets, others) = sheet::from_workbook(&source.bytes, wanted)?;
    if sheets.is_empty() {
        return Err(format!(
            "no sheet of it is wanted (it has {}): name them in [sheets]",
            others.join(", ")
        ));
    }
    notes.sheets_left(&others);
    let grouped = sheets.into_iter().filter_map(|sheet| {
        let name = sheet.name.clone().unwrap_or_default();
        let group = mapping.sheets.get(&name).copied();
        Some((group.or_else(|| mapping.group(&name, notes))?, sheet))
    });
    Ok(grouped.collect())
}

/// By its first bytes: a zip archive, or the container of old and of locked workbooks.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

impl Mapping {
    /// The group of a sheet that the usual words name; only where the mapping names no sheet.
    fn usual(&self, name: &str) -> Option<Group> {
        if !self.sheets.is_empty() {
            return None;
        }
        match (name.contains("部件"), name.contains("事件")) {
            (true, false) => Some(Group::Component),
            (false, true) => Some(Group::Event),
            _ => None,
        }
    }

    fn group(&self, name: &str, notes: &mut Notes) -> Option<Group> {
        let group = self.usual(name)?;
        notes.group_by_name(name, group);
        Some(group)
    }
}

/// A text without any blanks: what people put into cells has them anywhere.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
