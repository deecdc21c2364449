//! A plan, told to whoever imports: in words, and as it is sent and kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::encoding::AS_UTF8;
use super::{Fate, Plan, Planned, Source, Touches};
use crate::actions::record::hex;
use crate::gazetteer::Kind;

/// Rows that are told of and kept, at most, unless all are asked for.
pub const TOLD: usize = 1_000;

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"name": "areas.geojson", "bytes": 183_422,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}))]
pub struct FileReport {
    /// What people call it.
    pub name: String,
    /// Its length.
    pub bytes: usize,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

impl FileReport {
    /// What is told of a file.
    pub fn of(source: &Source) -> Self {
        let Source { name, bytes, .. } = source;
        Self { name: name.clone(), bytes: bytes.len(), sha256: hex(&Sha256::digest(bytes)) }
    }
}

/// What an import does, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct PlanReport {
    /// By kind of item.
    pub counts: Vec<Counts>,
    /// What became of rows, in the order of the files: of those refused or changed, or of all.
    pub rows: Vec<RowReport>,
    /// Refused or changed rows (or all, where all were asked for) that are left out here.
    pub rows_omitted: usize,
    /// What there is to say of the files as a whole.
    pub notes: Vec<String>,
    /// Open issues that change with it.
    pub touches: Touches,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"source": "areas.geojson", "line": 3, "kind": "area", "code": "429901001000",
    "fate": "refused", "why": "its parent 429901 is not known"}))]
pub struct RowReport {
    /// Name of the file.
    pub source: String,
    /// Line, feature or object, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What it says; null where it says nothing that can be read.
    #[schema(required)]
    pub kind: Option<String>,
    /// Code of that item.
    #[schema(required)]
    pub code: Option<String>,
    /// `added`, `changed`, `same` or `refused`.
    pub fate: String,
    /// Why it is refused.
    #[schema(required)]
    pub why: Option<String>,
}

impl RowReport {
    fn of(row: &Planned) -> Self {
        let (fate, why) = row.fate.words();
        Self {
            source: row.source.to_string(),
            line: row.line,
            kind: row.item.as_ref().map(|(kind, _)| kind.word().to_owned()),
            code: row.item.as_ref().map(|(_, code)| code.clone()),
            fate: fate.to_owned(),
            why: why.map(str::to_owned),
        }
    }
}

/// Rows of a kind, by what became of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"kind": "area", "added": 2, "changed": 1, "same": 12, "refused": 0, "left": 3}))]
pub struct Counts {
    /// Kind of item; null for what cannot be read.
    #[schema(required)]
    pub kind: Option<String>,
    /// New.
    pub added: usize,
    /// Other than before.
    pub changed: usize,
    /// As before.
    pub same: usize,
    /// Not usable.
    pub refused: usize,
    /// In the database and not in these files: they stay as they are.
    pub left: usize,
}

impl Counts {
    fn count(&mut self, fate: &Fate) {
        *match fate {
            Fate::Added => &mut self.added,
            Fate::Changed => &mut self.changed,
            Fate::Same => &mut self.same,
            Fate::Refused(_) => &mut self.refused,
        } += 1;
    }
}

impl Plan {
    /// How many rows are refused.
    pub fn refused(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.fate, Fate::Refused(_))).count()
    }

    /// How many rows would be written.
    pub fn written(&self) -> usize {
        self.rows.iter().filter(|row| row.write.is_some()).count()
    }

    /// The plan in words: a line for each row that is refused or changed (for every row if
    /// `verbose`), then the notes on the files, then the numbers by kind.
    pub fn lines(&self, verbose: bool) -> Vec<String> {
        let told = |row: &&Planned| verbose || matches!(row.fate, Fate::Refused(_) | Fate::Changed);
        let rows = self.rows.iter().filter(told).map(Planned::line);
        let notes = self.notes(verbose).map(|note| format!("note     {note}"));
        rows.chain(notes).chain(self.summary()).collect()
    }

    /// What is worth knowing beside the rows, each with its file.
    fn notes(&self, verbose: bool) -> impl Iterator<Item = String> {
        let told = move |note: &&String| verbose || *note != AS_UTF8;
        self.notes.iter().flat_map(move |(source, notes)| {
            notes.iter().filter(told).map(move |note| format!("{source}: {note}"))
        })
    }

    fn summary(&self) -> Vec<String> {
        self.counts().iter().map(Counts::line).collect()
    }

    /// What became of the rows, by kind.
    pub fn counts(&self) -> Vec<Counts> {
        let mut counts: BTreeMap<Option<Kind>, Counts> = BTreeMap::new();
        for row in &self.rows {
            let kind = row.item.as_ref().map(|(kind, _)| *kind);
            counts.entry(kind).or_default().count(&row.fate);
        }
        let named = |(kind, counts): (Option<Kind>, Counts)| Counts {
            kind: kind.map(|kind| kind.word().to_owned()),
            left: kind.and_then(|kind| self.left.get(&kind)).copied().unwrap_or_default(),
            ..counts
        };
        counts.into_iter().map(named).collect()
    }

    /// As it is sent and kept: of the rows that are refused or changed, or of `all`, `most`.
    pub fn report(&self, all: bool, most: usize, touches: Touches) -> PlanReport {
        let told = |row: &&Planned| all || matches!(row.fate, Fate::Refused(_) | Fate::Changed);
        let told: Vec<&Planned> = self.rows.iter().filter(told).collect();
        PlanReport {
            counts: self.counts(),
            rows_omitted: told.len().saturating_sub(most),
            rows: told.into_iter().take(most).map(RowReport::of).collect(),
            notes: self.notes(false).collect(),
            touches,
        }
    }
}

impl Fate {
    /// Its word, and why a row is refused.
    pub fn words(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Added => ("added", None),
            Self::Changed => ("changed", None),
            Self::Same => ("same", None),
            Self::Refused(why) => ("refused", Some(why)),
        }
    }
}

impl Counts {
    fn line(&self) -> String {
        let Self { kind, added, changed, same, refused, left } = self;
        let Some(kind) = kind else { return format!("unreadable: {refused} refused") };
        let left = match left {
            0 => String::new(),
            left => format!("; {left} not in these files stay as they are"),
        };
        format!("{kind}: {added} added, {changed} changed, {same} same, {refused} refused{left}")
    }
}

impl Planned {
    fn line(&self) -> String {
        let place = if self.line == 0 { String::new() } else { format!(":{}", self.line) };
        let item = self.item.as_ref().map(|(kind, code)| format!(" {kind} {code}"));
        let (fate, why) = self.fate.words();
        let why = why.map(|why| format!(": {why}")).unwrap_or_default();
        format!("{fate:8} {}{place}{}{why}", self.source, item.unwrap_or_default())
    }
}
