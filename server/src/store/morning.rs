//! What the morning's figures count.

use diesel::prelude::*;
use domain::access::Scope;
use domain::morning::{Meeting, Stand};
use domain::workflow::{NearPoint, Stage};
use schema::columns::{At, Doc};
use schema::tables::issue;
use schema::{Conn, on};
use serde::Deserialize;

use super::sight::cut;
use crate::problem::Error;

/// An issue as far as the figures are concerned.
#[derive(Debug, Clone)]
pub struct Standing {
    /// What they look at.
    pub stand: Stand,
    /// The bureau that answers for it.
    pub lead: Option<String>,
    /// The points in whose surroundings it lies.
    pub points: Vec<NearPoint>,
}

/// Of an issue's detail, what is needed here.
#[derive(Deserialize)]
struct Around {
    points: Vec<NearPoint>,
}

type Columns = (String, At, At, Option<String>, Doc);

/// Every issue that a reader sees and that a figure can count: those that are open, and those that
/// ended since they were new. Two statements, each along an index; points come with their issue,
/// because by the issue alone the whole table of them would be searched.
pub fn list(conn: &mut Conn, scope: &Scope, meeting: &Meeting) -> Result<Vec<Standing>, Error> {
    let rows: Vec<Columns> = on!(conn, |c| {
        let columns =
            (issue::stage, issue::reported_at, issue::due_order, issue::lead, issue::detail);
        let open = issue::table.select(columns).filter(issue::is_open.eq(true)).into_boxed();
        let ended = issue::table
            .select(columns)
            .filter(issue::is_open.eq(false))
            .filter(issue::reported_at.ge(At(meeting.since)))
            .into_boxed();
        let mut rows: Vec<Columns> = cut!(open, scope).load(c)?;
        rows.extend(cut!(ended, scope).load::<Columns>(c)?);
        rows
    });
    rows.into_iter().map(standing).collect()
}

fn standing((word, reported_at, due, lead, detail): Columns) -> Result<Standing, Error> {
    let stage = Stage::ALL.into_iter().find(|stage| stage.word() == word);
    let stage = stage.ok_or_else(|| Error::Internal(format!("a stage {word}")))?;
    let due_at = (due != At::NEVER).then_some(due.0);
    let Around { points } = detail.read()?;
    Ok(Standing { stand: Stand { stage, reported_at: reported_at.0, due_at }, lead, points })
}
