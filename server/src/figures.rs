//! Figures of a period, as of a place in the log: what everything that prints figures counts with.

use std::collections::BTreeMap;

use domain::figures::{Period, Tally};
use schema::Conn;

use crate::problem::Error;
use crate::store::spans::{self, By};
use crate::store::{feed, part_spans};

/// Whose work is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Of those who answer for an issue.
    Lead,
    /// Of those who help.
    Cooperating,
}

impl Part {
    /// As the API says it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Cooperating => "cooperating",
        }
    }
}

/// What is to be counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// When.
    pub period: Period,
    /// By what it is broken down.
    pub by: By,
    /// Whose work.
    pub part: Part,
    /// Of one bureau alone.
    pub bureau: Option<String>,
    /// With findings that bureaus cannot see.
    pub blind: bool,
}

/// A place in the log, and where the log ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Figures are as of here.
    pub as_of: i64,
    /// The last feed number.
    pub head: i64,
}

impl Position {
    /// That of a feed number, or of the log's end.
    pub fn of(conn: &mut Conn, as_of: Option<i64>) -> Result<Self, Error> {
        let head = feed::head(conn)?;
        Ok(Self { as_of: as_of.unwrap_or(head).clamp(0, head), head })
    }
}

/// What was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// By code.
    pub rows: BTreeMap<Option<String>, Tally>,
    /// All together; an issue at several points counts once here.
    pub total: Tally,
}

impl Counted {
    fn of(counts: impl IntoIterator<Item = (Option<String>, Tally)>) -> Self {
        let mut counted = Self::default();
        for (code, tally) in counts {
            counted.total.add_all(&tally);
            counted.rows.entry(code).or_default().add_all(&tally);
        }
        counted
    }

    /// Puts rows together under the code that `above` gives for theirs, if it gives one.
    pub fn gather(&mut self, above: impl Fn(&str) -> Option<String>) {
        let rows = std::mem::take(&mut self.rows);
        for (code, tally) in rows {
            let code = code.map(|code| above(&code).unwrap_or(code));
            self.rows.entry(code).or_default().add_all(&tally);
        }
    }

    /// Leaves out what says nothing. What was self-handled has no bureau, so that it makes no row where rows are
    /// bureaus.
    fn told(mut self) -> Self {
        let counts = |tally: &Tally| tally.due > 0 || tally.suspended > 0;
        self.rows.retain(|code, tally| counts(tally) || (tally.self_handled > 0 && code.is_some()));
        self
    }
}

/// Counts a period as of a place in the log.
pub fn count(conn: &mut Conn, wanted: &Wanted, position: Position) -> Result<Counted, Error> {
    let counts = |conn: &mut Conn, by| match wanted.part {
        Part::Lead => lead(conn, wanted, by, position),
        Part::Cooperating => cooperating(conn, wanted, by, position),
    };
    let mut counted = match wanted.by {
        By::Total => {
            Counted { total: Counted::of(counts(conn, By::Total)?).total, ..Counted::default() }
        }
        by => Counted::of(counts(conn, by)?),
    };
    if wanted.by == By::Point {
        counted.total = Counted::of(counts(conn, By::Total)?).total;
    }
    Ok(counted.told())
}

type Counts = Vec<(Option<String>, Tally)>;

fn lead(conn: &mut Conn, wanted: &Wanted, by: By, position: Position) -> Result<Counts, Error> {
    let Wanted { period, bureau, blind, .. } = wanted;
    spans::tally(conn, *period, (position.as_of, position.head), by, bureau.as_deref(), *blind)
}

fn cooperating(
    conn: &mut Conn,
    wanted: &Wanted,
    by: By,
    position: Position,
) -> Result<Counts, Error> {
    let Wanted { period, bureau, .. } = wanted;
    let spans = part_spans::list(conn, *period, position.as_of, by, bureau.as_deref())?;
    let one = |(code, span)| {
        let mut tally = Tally::default();
        tally.add(&span, *period);
        (code, tally)
    };
    Ok(spans.into_iter().map(one).collect())
}
