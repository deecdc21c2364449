//! What the sweep looks at: issues for which a card may be owed, each found by an index.

use std::collections::BTreeMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::{card, card_issue, issue, issue_span};
use schema::{Conn, on};

use crate::problem::Error;
use crate::store::spans::HOLDS;

/// Issues of one statement.
const CHUNK: usize = 1_000;

/// An open issue whose limit is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    /// Its number.
    pub issue: i64,
    /// Its limit.
    pub due_at: Timestamp,
    /// Its lead.
    pub lead: Option<String>,
}

/// Open issues that bureaus may see and whose limit is over.
pub fn list_overdue(conn: &mut Conn, now: Timestamp) -> Result<Vec<Overdue>, Error> {
    let rows: Vec<(i64, At, Option<String>)> = on!(conn, |c| issue::table
        .filter(issue::is_open.eq(true).and(issue::due_order.le(At(now))))
        .filter(issue::blind.eq(false))
        .order((issue::due_order, issue::id))
        .select((issue::id, issue::due_order, issue::lead))
        .load(c))?;
    let overdue = |(issue, due_at, lead): (i64, At, _)| Overdue { issue, due_at: due_at.0, lead };
    Ok(rows.into_iter().map(overdue).collect())
}

/// Issues that were sent to a bureau where nobody has accepted them.
pub fn list_unaccepted(conn: &mut Conn) -> Result<Vec<i64>, Error> {
    // As text: an index of some rows is taken only where the statement itself says which.
    let waiting = sql::<Bool>("stage = 'dispatched'");
    Ok(on!(conn, |c| issue::table.filter(waiting).order(issue::id).select(issue::id).load(c))?)
}

/// Open issues that failed verification at least so many times.
pub fn list_reworked(conn: &mut Conn, times: i32) -> Result<Vec<i64>, Error> {
    Ok(on!(conn, |c| issue_span::table
        .filter(issue_span::node.eq(HOLDS))
        .filter(issue_span::rework.ge(times))
        .order(issue_span::issue_id)
        .select(issue_span::issue_id)
        .load(c))?)
}

/// A draft that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted {
    /// What it was drafted for.
    pub key: String,
    /// When that came true.
    pub owed_at: Option<Timestamp>,
}

/// What was drafted about each of these issues.
pub fn list_drafted(conn: &mut Conn, issues: &[i64]) -> Result<BTreeMap<i64, Vec<Drafted>>, Error> {
    let mut drafted: BTreeMap<i64, Vec<Drafted>> = BTreeMap::new();
    for chunk in issues.chunks(CHUNK) {
        let rows: Vec<(i64, String, Option<At>)> = on!(conn, |c| card_issue::table
            .inner_join(card::table.on(card::id.eq(card_issue::card_id)))
            .filter(card_issue::issue_id.eq_any(chunk))
            .select((card_issue::issue_id, card::draft_key, card::owed_at))
            .load(c))?;
        for (issue, key, at) in rows {
            let owed_at = at.map(|at| at.0);
            drafted.entry(issue).or_default().push(Drafted { key, owed_at });
        }
    }
    Ok(drafted)
}
