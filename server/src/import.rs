//! Taking reference data in: [`read`] turns a file into rows, [`plan()`] says what each row would do,
//! [`apply`] does it.
//!
//! A row that cannot be used is refused with the reason and the others go on; nothing is defaulted
//! or guessed. The same file twice changes nothing the second time.

mod apply;
mod areas;
mod bureaus;
mod calendar;
mod cameras;
mod checklists;
mod command;
mod district;
mod duties;
mod encoding;
mod facilities;
mod known;
mod limit_period;
mod located;
mod outside;
pub mod people;
mod places;
mod plan;
mod points;
mod record;
mod report;
mod routing;
mod sites;
mod source;
mod standard;
mod taxonomy;
#[cfg(test)]
pub(crate) mod tests;
mod text;
mod touches;
mod zones;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::areas::Level;
use domain::position::Datum;
use domain::surroundings::Footprint;
use serde::Serialize;
use serde_json::Value;

use crate::gazetteer::{BureauKind, Kind};

pub use apply::{apply, would_be, write};
pub use command::{ImportArgs, datum, pair, run};
pub use encoding::Encoding;
pub use plan::{Fate, Plan, Planned, plan};
pub use report::{Counts, FileReport, PlanReport, RowReport, TOLD};
pub use source::{FileKind, Options, Source};
pub use standard::{StandardCommand, run as run_standard};
pub use touches::{Standing, Touched, Touches};

/// What came of one line or feature of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Name of the file; of a sheet of a workbook, `file[sheet]`.
    pub source: Arc<str>,
    /// Line of a CSV file, row of a sheet, or number of the feature or object, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The item it says, or why it says none.
    pub outcome: Result<Item, Refused>,
    /// What is worth knowing beside it, such as how the file was read.
    pub notes: Vec<String>,
}

/// One reference item, as a file says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// Its code.
    pub code: String,
    /// What it says; see [`crate::gazetteer::items`].
    pub body: Value,
    /// What must be known for it to make sense.
    pub needs: Vec<Need>,
    /// The ground it covers, if it lies anywhere.
    pub ground: Option<Ground>,
}

/// The ground an item covers.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    /// In WGS-84.
    pub footprint: Footprint,
    /// The datum its file was read in.
    pub datum: Datum,
}

/// What an item needs to be known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// An item of this kind with this code.
    Item(Kind, String),
    /// An area with this code, of a coarser level than this one.
    AreaAbove(Level, String),
    /// A category of this big class 大类.
    Class(String),
    /// That this area has no other bureau of this kind.
    Sole(BureauKind, String),
    /// That its code belongs to no other standard than this one.
    Standard(String),
    /// That no other rules were ever in force under this version.
    NewRules {
        /// Their version.
        version: String,
        /// The file.
        text: String,
    },
}

/// Why a row says no item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Refused {
    /// In words, for whoever made the file.
    pub why: String,
}

impl Item {
    fn new(
        kind: Kind,
        code: &str,
        body: &impl Serialize,
        needs: Vec<Need>,
    ) -> Result<Self, String> {
        let body = serde_json::to_value(body).map_err(|error| error.to_string())?;
        // PostgreSQL keeps no NUL, and JSON and TOML can write one as an escape.
        if body.to_string().contains(r"\u0000") {
            return Err(format!("{kind} {code} has a NUL character"));
        }
        Ok(Self { kind, code: code.to_owned(), body, needs, ground: None })
    }

    fn on(self, ground: Ground) -> Self {
        Self { ground: Some(ground), ..self }
    }
}

/// Reads a file. A file that cannot be read at all is one refused row. The first row carries the
/// notes on the file.
pub fn read(source: &Source) -> Vec<Row> {
    let unreadable = |why| (vec![(None, (0, Err(why)))], Vec::new());
    let (lines, notes) = noted_lines(source).unwrap_or_else(unreadable);
    let notes = notes.iter().map(|note| text::told(note)).collect();
    let mut names: BTreeMap<Option<String>, Arc<str>> = BTreeMap::new();
    let row = |(sheet, (line, outcome)): SheetLine| {
        let name =
            names.entry(sheet).or_insert_with_key(|sheet| named(&source.name, sheet.as_deref()));
        let outcome = outcome.map_err(|why| Refused { why: text::told(&why) });
        Row { source: Arc::clone(name), line, outcome, notes: Vec::new() }
    };
    let mut rows: Vec<Row> = lines.into_iter().map(row).collect();
    if let Some(first) = rows.first_mut() {
        first.notes = notes;
        first.notes.extend(first.outcome.as_ref().ok().and_then(calendar::note));
    }
    rows
}

fn noted_lines(source: &Source) -> Noted {
    if !source.options.columns.is_empty() && !source.kind.has_columns() {
        return Err("--column is for tables and GeoJSON, and this file is neither".to_owned());
    }
    if source.options.only.is_some() && !source.kind.has_some_wanted() {
        return Err(
            "--only is for points, sites, facilities and cameras: leave the other rows out \
                    of this file"
                .to_owned(),
        );
    }
    if source.kind == FileKind::Standard { standard::read(source) } else { text_lines(source) }
}

/// A file's name, and the sheet in it.
fn named(file: &str, sheet: Option<&str>) -> Arc<str> {
    sheet.map_or_else(|| file.into(), |sheet| text::told(&format!("{file}[{sheet}]")).into())
}

/// The lines of a file that is one text, and how it was read.
fn text_lines(source: &Source) -> Noted {
    let decoded = encoding::decoded(&source.bytes, source.options.encoding)?;
    let lines = lines(source, &decoded.text).unwrap_or_else(|why| vec![(0, Err(why))]);
    let lines = lines.into_iter().map(|line| (None, line)).collect();
    Ok((lines, vec![decoded.note.to_owned()]))
}

fn lines(source: &Source, text: &str) -> Lines {
    let options = &source.options;
    match source.kind {
        FileKind::District => Ok(one(district::read(text))),
        FileKind::Areas => areas::read(text, options),
        FileKind::Points => points::read(text, options),
        FileKind::Places => places::read(text, options),
        FileKind::Bureaus => bureaus::read(text, options),
        FileKind::Taxonomy => taxonomy::read(text, options),
        FileKind::SiteKinds => sites::read_kinds(text, options),
        FileKind::Checklists => checklists::read(text, options),
        FileKind::Sites => sites::read(text, options),
        FileKind::Facilities => facilities::read(text, options),
        FileKind::PermittedZones => zones::read(text, options),
        FileKind::Cameras => cameras::read(text, options),
        FileKind::Duties => duties::read(text, options),
        FileKind::Routing => Ok(one(routing::read(text))),
        FileKind::Calendar => Ok(one(calendar::read(text))),
        FileKind::LimitPeriod => Ok(one(limit_period::read(text))),
        FileKind::Standard => Err("a standard is no text alone".to_owned()),
    }
}

/// A line's number and what came of it, the refusal in words.
type Line = (usize, Result<Item, String>);
/// Every line of a file, or why the file as a whole cannot be read.
type Lines = Result<Vec<Line>, String>;
/// A line and the sheet it is in; only a workbook has sheets.
type SheetLine = (Option<String>, Line);
/// Every line of a file, and what whoever imports it must know beside them.
type Noted = Result<(Vec<SheetLine>, Vec<String>), String>;

/// The lines of a file that says one item as a whole.
fn one(item: Result<Item, String>) -> Vec<Line> {
    vec![(1, item)]
}
