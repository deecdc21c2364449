//! Copies what was preloaded from SQLite, where it is written fast, to PostgreSQL, many rows to a
//! statement: one statement each would take longer than everything that is measured.

use diesel::prelude::*;
use schema::tables::{
    event, feed, feed_head, issue, issue_bureau, issue_point, issue_span, photo, report,
};
use schema::{Conn, on};
use zhoubian::store::feed as log;
use zhoubian::store::photos::Photo;

use crate::bare::rows::{BureauRow, EventRow, FeedRow, IssueRow, PointRow, ReportRow, SpanRow};
use crate::measure::Outcome;

/// Issues whose rows are copied at a time.
const PAGE: i64 = 1_000;
/// Rows of a statement: PostgreSQL takes 65,535 values.
const ROWS: usize = 1_000;

/// Feed, points and cooperating bureaus have no index on the issue that a copy could go by.
pub fn index(from: &mut Conn) -> Outcome<()> {
    from.batch(
        "CREATE INDEX seed_feed ON feed (issue_id); \
         CREATE INDEX seed_point ON issue_point (issue_id); \
         CREATE INDEX seed_bureau ON issue_bureau (issue_id)",
    )?;
    Ok(())
}

/// Copies everything that belongs to issues.
pub fn copy(from: &mut Conn, to: &mut Conn) -> Outcome<()> {
    let last: Option<i64> =
        on!(from, |c| issue::table.select(diesel::dsl::max(issue::id)).first(c))?;
    let last = last.unwrap_or(0);
    for first in (1..=last).step_by(usize::try_from(PAGE)?) {
        to.batch("BEGIN")?;
        page(from, to, first, first + PAGE - 1)?;
        to.batch("COMMIT")?;
    }
    let head = log::head(from)?;
    on!(&mut *to, |c| diesel::update(feed_head::table).set(feed_head::seq.eq(head)).execute(c))?;
    to.batch(&format!("SELECT setval(pg_get_serial_sequence('issue', 'id'), {})", last.max(1)))?;
    to.batch("ANALYZE")?;
    Ok(())
}

macro_rules! table {
    ($from:ident, $to:ident, $Row:ty, $table:ident, $key:expr, $first:ident, $last:ident) => {
        let rows: Vec<$Row> = on!(&mut *$from, |c| $table::table
            .filter($key.between($first, $last))
            .select(<$Row>::as_select())
            .load(c))?;
        for chunk in rows.chunks(ROWS) {
            // Only this direction is ever needed.
            if let Conn::Postgres(c) = &mut *$to {
                diesel::insert_into($table::table).values(chunk).execute(c)?;
            }
        }
    };
}

fn page(from: &mut Conn, to: &mut Conn, first: i64, last: i64) -> Outcome<()> {
    table!(from, to, IssueRow, issue, issue::id, first, last);
    table!(from, to, PointRow, issue_point, issue_point::issue_id, first, last);
    table!(from, to, BureauRow, issue_bureau, issue_bureau::issue_id, first, last);
    table!(from, to, SpanRow, issue_span, issue_span::issue_id, first, last);
    table!(from, to, ReportRow, report, report::issue_id, first, last);
    table!(from, to, Photo, photo, photo::issue_id, first, last);
    table!(from, to, EventRow, event, event::issue_id, first, last);
    table!(from, to, FeedRow, feed, feed::issue_id, first, last);
    Ok(())
}
