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

/// Every issue that a reader sees and that a figure can count: those that are new, and the older ones that
/// are open. Two statements, each along an index; points come with their issue,
/// because by the issue alone the whole table of them would be searched.
pub fn list(conn: &mut Conn, scope: &Scope, meeting: &Meeting) -> Result<Vec<Standing>, Error> {
    let (open, new): (Vec<Columns>, Vec<Columns>) = on!(conn, |c| {
        let columns =
            (issue::stage, issue::reported_at, issue::due_order, issue::lead, issue::detail);
        let open = issue::table.select(columns).filter(issue::is_open.eq(true)).into_boxed();
        let since = issue::reported_at.ge(At(meeting.since));
        let new = issue::table.select(columns).filter(since).into_boxed();
        (cut!(open, scope).load(c)?, cut!(new, scope).load(c)?)
    });
    // Each by when it was reported, which never changes: whatever becomes of an issue between the two
    // statements, it is counted once.
    let older = open.into_iter().filter(|(_, reported_at, ..)| reported_at.0 < meeting.since);
    older.chain(new).map(standing).collect()
}

fn standing((word, reported_at, due, lead, detail): Columns) -> Result<Standing, Error> {
    let stage = Stage::ALL.into_iter().find(|stage| stage.word() == word);
    let stage = stage.ok_or_else(|| Error::Internal(format!("a stage {word}")))?;
    let due_at = (due != At::NEVER).then_some(due.0);
    let Around { points } = detail.read()?;
    Ok(Standing { stand: Stand { stage, reported_at: reported_at.0, due_at }, lead, points })
}
