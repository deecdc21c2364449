//! Looks for damage: in the database, in the chains of events, in the photos. It only reads, and the
//! server may go on meanwhile.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;
use schema::dialect;
use serde::Serialize;

use crate::backup::{self, Place};
use crate::photos::Blobs;
use crate::problem::Error;
use crate::terminal::Progress;

mod bulletins;
mod cards;
mod chains;
pub mod command;
mod files;
mod relations;

/// Findings of one kind that are told one by one; of the others only the number.
const TOLD: usize = 100;

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable name of what is wrong.
    pub kind: &'static str,
    /// Where, and what about it.
    pub what: String,
}

/// What was looked at, and what was found.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Issues whose events were gone through.
    pub issues: u64,
    /// Events of their chains.
    pub events: u64,
    /// Photos that should be here.
    pub photos: u64,
    /// Those whose bytes were read.
    pub photos_read: u64,
    /// How often each kind of damage was found; empty when nothing is wrong.
    pub wrong: BTreeMap<&'static str, u64>,
    /// The first hundred findings of each kind.
    pub findings: Vec<Finding>,
    /// Files among the photos that no row knows. They are no damage: an upload that broke off leaves
    /// some, and they are cleaned up in time.
    pub unknown_files: u64,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.wrong.is_empty()
    }

    fn add(&mut self, kind: &'static str, what: impl Into<String>) {
        let count = self.wrong.entry(kind).or_default();
        *count += 1;
        if *count <= TOLD as u64 {
            self.findings.push(Finding { kind, what: what.into() });
        }
    }
}

/// What to look at.
#[derive(Debug, Clone)]
pub struct What {
    /// Of a hundred photos, those whose bytes are read; whether they are there is asked of all, unless
    /// this is none.
    pub photos: Option<u8>,
    /// A backup to look at as well.
    pub backup: Option<PathBuf>,
}

/// Looks through an installation.
///
/// # Errors
/// What kept it from looking; damage is in the report.
pub fn check(
    place: &Place,
    what: &What,
    now: Timestamp,
    progress: &Progress,
) -> Result<Report, Error> {
    let mut report = Report::default();
    let mut conn = place.open()?;
    progress.step("database", None);
    for said in dialect::integrity(&mut conn)? {
        report.add("database-damaged", said);
    }
    dialect::begin_snapshot(&mut conn)?;
    chains::check(&mut conn, &mut report, progress)?;
    cards::check(&mut conn, &mut report, progress)?;
    bulletins::check(&mut conn, &mut report, progress)?;
    relations::check(&mut conn, &mut report, progress)?;
    conn.batch("COMMIT")?;
    if let Some(percent) = what.photos {
        let blobs = Blobs::new(place.data.join("photos"));
        files::check(&mut conn, &blobs, percent, now, &mut report, progress)?;
    }
    if let Some(folder) = &what.backup {
        backup::verify(folder, progress, |kind, what| report.add(kind, what))?;
    }
    progress.end();
    Ok(report)
}
