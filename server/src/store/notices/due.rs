//! Limits that end within a time.

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::issue;
use schema::{Conn, on};

use crate::problem::Error;

/// A limit, or a stage of one, that ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The issue.
    pub issue: i64,
    /// The bureau that answers for it.
    pub lead: String,
    /// When it ends.
    pub at: Timestamp,
}

/// The limits of what bureaus have in hand that end after an instant, up to and with another one, in order: those
/// whose clock runs, and which bureaus may see.
pub fn list_due(conn: &mut Conn, (after, upto): (Timestamp, Timestamp)) -> Result<Vec<Due>, Error> {
    let found: Vec<(i64, Option<String>, At)> = on!(conn, |c| issue::table
        .filter(issue::is_open.eq(true))
        .filter(issue::due_order.gt(At(after)).and(issue::due_order.le(At(upto))))
        .filter(issue::stage.eq_any(["dispatched", "accepted"]))
        .filter(issue::blind.eq(false))
        .order((issue::due_order, issue::id))
        .select((issue::id, issue::lead, issue::due_order))
        .load(c))?;
    let due =
        |(issue, lead, at): (i64, Option<String>, At)| Some(Due { issue, lead: lead?, at: at.0 });
    Ok(found.into_iter().filter_map(due).collect())
}
