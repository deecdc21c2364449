//! What an import would do, row by row.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::areas::Level;
use schema::Conn;
use schema::columns::Doc;
use sha2::{Digest, Sha256};

use super::known::Known;
use super::{Item, Need, Row};
use crate::actions::record::hex;
use crate::gazetteer::Kind;
use crate::problem::Error;
use crate::store::reference;

const UNCHECKED: &str =
    "no areas are known yet: whether its rows lie in the district was not checked";

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Its item is new.
    Added,
    /// Its item says something else than before.
    Changed,
    /// Its item is as it was.
    Same,
    /// It cannot be used, for this reason.
    Refused(String),
}

/// A row and what becomes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// Name of the file.
    pub source: Arc<str>,
    /// As in [`Row::line`].
    pub line: usize,
    /// Kind and code of its item, if it says one.
    pub item: Option<(Kind, String)>,
    /// What becomes of it.
    pub fate: Fate,
    /// What is to be written: set if added or changed, its version still 0.
    pub(super) write: Option<reference::Item>,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// Every row, in the order of the files.
    pub rows: Vec<Planned>,
    /// By kind that was in the files: items that the database has and the files do not. They stay.
    pub left: BTreeMap<Kind, usize>,
    /// By file: what is worth knowing beside its rows, such as how it was read.
    pub notes: BTreeMap<Arc<str>, Vec<String>>,
}

/// Says what every row would do to the database as it is.
///
/// Rows may name one another in any order and across files. A row that names something unknown, or
/// only something refused, is refused too.
pub fn plan(conn: &mut Conn, rows: Vec<Row>) -> Result<Plan, Error> {
    let mut known = Known::load(conn)?;
    let mut notes = notes(&rows);
    let placed: BTreeSet<Arc<str>> =
        rows.iter().filter(|row| is_placed(row)).map(|row| Arc::clone(&row.source)).collect();
    let mut order: Vec<(usize, Row)> = rows.into_iter().enumerate().collect();
    order.sort_by_key(|(index, row)| (rank(row), *index));
    let mut planned = Vec::with_capacity(order.len());
    for (index, row) in order {
        planned.push((index, decide(conn, &mut known, row)?));
    }
    planned.sort_by_key(|(index, _)| *index);
    let rows: Vec<Planned> = planned.into_iter().map(|(_, row)| row).collect();
    if !placed.is_empty() && known.bounds.is_unknown(conn)? {
        for source in placed {
            notes.entry(source).or_default().push(UNCHECKED.to_owned());
        }
    }
    for (code, misfit) in known.bounds.misfits(conn)? {
        let named = Some((Kind::Area, code));
        if let Some(row) = rows.iter().find(|row| row.item == named) {
            notes.entry(Arc::clone(&row.source)).or_default().push(misfit);
        }
    }
    let kinds: BTreeSet<Kind> =
        rows.iter().filter_map(|row| row.item.as_ref()).map(|(kind, _)| *kind).collect();
    let left = kinds.into_iter().map(|kind| (kind, known.left(kind))).collect();
    Ok(Plan { rows, left, notes })
}

/// Whether a row's item has to lie in the district.
fn is_placed(row: &Row) -> bool {
    row.outcome.as_ref().is_ok_and(|item| item.kind != Kind::Area && item.ground.is_some())
}

/// What the rows say beside their items, once per file.
fn notes(rows: &[Row]) -> BTreeMap<Arc<str>, Vec<String>> {
    let mut notes: BTreeMap<Arc<str>, Vec<String>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.notes.is_empty()) {
        notes.entry(Arc::clone(&row.source)).or_default().extend(row.notes.clone());
    }
    notes
}

/// What is named comes before what names it.
fn rank(row: &Row) -> Option<(Kind, Option<Level>)> {
    let item = row.outcome.as_ref().ok()?;
    let level = item.needs.iter().find_map(|need| match need {
        Need::AreaAbove(level, _) => Some(*level),
        _ => None,
    });
    Some((item.kind, level))
}

fn decide(conn: &mut Conn, known: &mut Known, row: Row) -> Result<Planned, Error> {
    let Row { source, line, outcome, .. } = row;
    let item = match outcome {
        Ok(item) => item,
        Err(refused) => {
            let fate = Fate::Refused(refused.why);
            return Ok(Planned { source, line, item: None, fate, write: None });
        }
    };
    let named = Some((item.kind, item.code.clone()));
    let missing = known.missing(conn, &item)?;
    if !missing.is_empty() {
        let fate = Fate::Refused(missing.join("; "));
        return Ok(Planned { source, line, item: named, fate, write: None });
    }
    let digest = digest(&item)?;
    let fate = fate(known, &item, &digest);
    known.accept(&item, &digest);
    let Item { kind, code, body, .. } = item;
    let (kind, body) = (kind.word().to_owned(), Doc::of(&body)?);
    let stored = reference::Item { kind, code, body, digest, version: 0 };
    let write = matches!(fate, Fate::Added | Fate::Changed).then_some(stored);
    Ok(Planned { source, line, item: named, fate, write })
}

/// The first word on an item counts; lines that repeat it word for word are common in real lists.
fn fate(known: &Known, item: &Item, digest: &str) -> Fate {
    let Item { kind, code, .. } = item;
    match (known.accepted(*kind, code), known.stored(*kind, code)) {
        (Some(accepted), _) if accepted == digest => Fate::Same,
        (Some(_), _) => Fate::Refused(format!("{kind} {code} was there before, and otherwise")),
        (None, None) => Fate::Added,
        (None, Some(stored)) if stored == digest => Fate::Same,
        (None, Some(_)) => Fate::Changed,
    }
}

fn digest(item: &Item) -> Result<String, Error> {
    let canonical = serde_jcs::to_vec(&item.body)?;
    Ok(hex(&Sha256::digest(canonical)))
}
