//! Taking reference data in: [`read`] turns a file into rows, [`plan()`] says what each row would do,
//! [`apply`] does it.
//!
//! A row that cannot be used is refused with the reason and the others go on; nothing is defaulted
//! or guessed. The same file twice changes nothing the second time.

mod apply;
mod areas;
mod bureaus;
mod calendar;
mod command;
mod district;
mod known;
mod places;
mod plan;
mod points;
mod record;
mod report;
mod routing;
mod source;
mod taxonomy;
#[cfg(test)]
pub(crate) mod tests;
mod text;
mod touches;

use std::sync::Arc;

use domain::areas::Level;
use serde::Serialize;
use serde_json::Value;

use crate::gazetteer::Kind;

pub use apply::{apply, would_be, write};
pub use command::{ImportArgs, datum, only, run};
pub use plan::{Fate, Plan, Planned, plan};
pub use report::{Counts, FileReport, PlanReport, RowReport, TOLD};
pub use source::{FileKind, Options, Source};
pub use touches::{Standing, Touched, Touches};

/// What came of one line or feature of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Name of the file.
    pub source: Arc<str>,
    /// Line of a CSV file, or number of the feature or object, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The item it says, or why it says none.
    pub outcome: Result<Item, Refused>,
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
    /// That this area has no other subdistrict office.
    SoleOffice(String),
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
        Ok(Self { kind, code: code.to_owned(), body, needs })
    }
}

/// Reads a file. A file that cannot be read at all is one refused row.
pub fn read(source: &Source) -> Vec<Row> {
    let read = text::decoded(&source.bytes).and_then(|text| match source.kind {
        FileKind::District => Ok(one(district::read(text))),
        FileKind::Areas => areas::read(text, &source.options),
        FileKind::Points => points::read(text, &source.options),
        FileKind::Places => places::read(text, &source.options),
        FileKind::Bureaus => bureaus::read(text),
        FileKind::Taxonomy => taxonomy::read(text),
        FileKind::Routing => Ok(one(routing::read(text))),
        FileKind::Calendar => Ok(one(calendar::read(text))),
    });
    let lines = read.unwrap_or_else(|why| vec![(0, Err(why))]);
    let name: Arc<str> = source.name.as_str().into();
    let row = |(line, outcome): Line| Row {
        source: Arc::clone(&name),
        line,
        outcome: outcome.map_err(|why| Refused { why }),
    };
    lines.into_iter().map(row).collect()
}

/// A line's number and what came of it, the refusal in words.
type Line = (usize, Result<Item, String>);
/// Every line of a file, or why the file as a whole cannot be read.
type Lines = Result<Vec<Line>, String>;

/// The lines of a file that says one item as a whole.
fn one(item: Result<Item, String>) -> Vec<Line> {
    vec![(1, item)]
}
