//! Which reader's pull shows which change.

use diesel::prelude::*;
use schema::tables::{event, feed, feed_head, issue};
use schema::{Conn, insert_all, on};

use super::issues::{Issue, Row};
use crate::problem::Error;

/// One change for one audience.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = feed)]
#[diesel(treat_none_as_default_value = false)]
pub struct Told {
    /// Who is told.
    pub audience: String,
    /// Feed number.
    pub seq: i64,
    /// The issue that changed.
    pub issue_id: i64,
}

/// Writes changes.
pub fn insert(conn: &mut Conn, told: &[Told]) -> Result<(), Error> {
    insert_all!(conn, feed::table, told);
    Ok(())
}

/// The last feed number handed out and committed.
pub fn head(conn: &mut Conn) -> Result<i64, Error> {
    Ok(on!(conn, |c| feed_head::table.select(feed_head::seq).first(c))?)
}

/// The changes after a number for some audiences, each with its issue as it stands now, in one
/// statement.
pub fn list(
    conn: &mut Conn,
    audiences: &[String],
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, Issue)>, Error> {
    let rows: Vec<(i64, Row)> = on!(conn, |c| feed::table
        .inner_join(issue::table.on(issue::id.eq(feed::issue_id)))
        .filter(feed::audience.eq_any(audiences))
        .filter(feed::seq.gt(after))
        .order(feed::seq)
        .limit(limit)
        .select((feed::seq, Row::as_select()))
        .load(c))?;
    rows.into_iter().map(|(seq, row)| Ok((seq, row.issue()?))).collect()
}

/// The same for a reader who sees every issue: the log itself.
pub fn list_all(conn: &mut Conn, after: i64, limit: i64) -> Result<Vec<(i64, Issue)>, Error> {
    let rows: Vec<(i64, Row)> = on!(conn, |c| event::table
        .inner_join(issue::table.on(issue::id.eq(event::issue_id)))
        .filter(event::seq.gt(after))
        .order(event::seq)
        .limit(limit)
        .select((event::seq, Row::as_select()))
        .load(c))?;
    rows.into_iter().map(|(seq, row)| Ok((seq, row.issue()?))).collect()
}
