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
mod command;
mod district;
mod duties;
mod encoding;
mod facilities;
mod known;
mod located;
mod outside;
mod places;
mod plan;
mod points;
mod record;
mod report;
mod routing;
mod sites;
mod source;
mod taxonomy;
#[cfg(test)]
pub(crate) mod tests;
mod text;
mod zones;

use std::sync::Arc;

use domain::areas::Level;
use domain::position::Datum;
use domain::surroundings::Footprint;
use serde::Serialize;
use serde_json::Value;

use crate::gazetteer::{BureauKind, Kind};

pub use apply::apply;
pub use command::{ImportArgs, run};
pub use encoding::Encoding;
pub use plan::{Fate, Plan, Planned, plan};
pub use source::{FileKind, Options, Source};

/// What came of one line or feature of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Name of the file.
    pub source: Arc<str>,
    /// Line of a CSV file, or number of the feature or object, from 1; 0 for the file as a whole.
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
    let decoded = encoding::decoded(&source.bytes, source.options.encoding);
    let (read, note) = match decoded {
        Ok(decoded) => (lines(source, &decoded.text), Some(decoded.note.to_owned())),
        Err(why) => (Err(why), None),
    };
    let lines = read.unwrap_or_else(|why| vec![(0, Err(why))]);
    let name: Arc<str> = source.name.as_str().into();
    let row = |(line, outcome): Line| Row {
        source: Arc::clone(&name),
        line,
        outcome: outcome.map_err(|why| Refused { why }),
        notes: Vec::new(),
    };
    let mut rows: Vec<Row> = lines.into_iter().map(row).collect();
    if let Some(first) = rows.first_mut() {
        first.notes.extend(note);
        first.notes.extend(first.outcome.as_ref().ok().and_then(calendar::note));
    }
    rows
}

fn lines(source: &Source, text: &str) -> Lines {
    let options = &source.options;
    if !options.columns.is_empty() && !source.kind.has_columns() {
        return Err("--column is for tables and GeoJSON, and this file is neither".to_owned());
    }
    match source.kind {
        FileKind::District => Ok(one(district::read(text))),
        FileKind::Areas => areas::read(text, options),
        FileKind::Points => points::read(text, options),
        FileKind::Places => places::read(text, options),
        FileKind::Bureaus => bureaus::read(text, options),
        FileKind::Taxonomy => taxonomy::read(text, options),
        FileKind::SiteKinds => sites::read_kinds(text, options),
        FileKind::Sites => sites::read(text, options),
        FileKind::Facilities => facilities::read(text, options),
        FileKind::PermittedZones => zones::read(text, options),
        FileKind::Cameras => cameras::read(text, options),
        FileKind::Duties => duties::read(text, options),
        FileKind::Routing => Ok(one(routing::read(text))),
        FileKind::Calendar => Ok(one(calendar::read(text))),
    }
}

/// A line's number and what came of it, the refusal in words.
type Line = (usize, Result<Item, String>);
/// Every line of a file, or why the file as a whole cannot be read.
type Lines = Result<Vec<Line>, String>;

/// The lines of a file that says one item as a whole.
fn one(item: Result<Item, String>) -> Vec<Line> {
    vec![(1, item)]
}
