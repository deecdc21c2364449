//! Reports: immutable once here.

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::{At, Doc, Uid};
use schema::tables::{account, report};
use schema::{Conn, insert_all, on};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::problem::Error;

/// A report as it was received.
#[derive(Debug, Clone)]
pub struct Report {
    /// Made on the phone.
    pub id: Uuid,
    /// The issue it opened or joined.
    pub issue: i64,
    /// The account that sent it.
    pub reporter: i64,
    /// When it arrived.
    pub received_at: Timestamp,
    /// SHA-256 of its canonical content.
    pub content_hash: Vec<u8>,
    /// As it was sent.
    pub body: Doc,
    /// What was answered: joined, flags, clock.
    pub receipt: Doc,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = report)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    id: Uid,
    issue_id: i64,
    reporter: i64,
    received_at: At,
    content_hash: Vec<u8>,
    body: Doc,
    receipt: Doc,
}

impl From<Report> for Row {
    fn from(report: Report) -> Self {
        Self {
            id: Uid(report.id),
            issue_id: report.issue,
            reporter: report.reporter,
            received_at: At(report.received_at),
            content_hash: report.content_hash,
            body: report.body,
            receipt: report.receipt,
        }
    }
}

impl Row {
    fn report(self) -> Report {
        Report {
            id: self.id.0,
            issue: self.issue_id,
            reporter: self.reporter,
            received_at: self.received_at.0,
            content_hash: self.content_hash,
            body: self.body,
            receipt: self.receipt,
        }
    }
}

/// The report with this id, or none.
pub fn find(conn: &mut Conn, id: Uuid) -> Result<Option<Report>, Error> {
    let row =
        on!(conn, |c| report::table.find(Uid(id)).select(Row::as_select()).first(c).optional())?;
    Ok(row.map(Row::report))
}

/// The reports with these ids that are there.
pub fn list_by_id(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Report>, Error> {
    let ids: Vec<Uid> = ids.iter().copied().map(Uid).collect();
    let rows: Vec<Row> = on!(conn, |c| report::table
        .filter(report::id.eq_any(&ids))
        .select(Row::as_select())
        .load(c))?;
    Ok(rows.into_iter().map(Row::report).collect())
}

/// The reports of an issue in order of arrival, each with its reporter's name.
pub fn list(conn: &mut Conn, issue: i64) -> Result<Vec<(Report, Option<String>)>, Error> {
    let rows: Vec<(Row, Option<String>)> = on!(conn, |c| report::table
        .left_join(account::table.on(account::id.eq(report::reporter)))
        .filter(report::issue_id.eq(issue))
        .order((report::received_at, report::id))
        .select((Row::as_select(), account::name.nullable()))
        .load(c))?;
    Ok(rows.into_iter().map(|(row, name)| (row.report(), name)).collect())
}

/// A place in somebody's own reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// When it arrived, in microseconds.
    at: i64,
    id: Uuid,
}

impl Key {
    /// The place of a report.
    pub fn of(report: &Report) -> Self {
        Self { at: report.received_at.as_microsecond(), id: report.id }
    }
}

/// An account's own reports, the newest first, at most `limit` of those before `after`.
pub fn list_own(
    conn: &mut Conn,
    reporter: i64,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<Report>, Error> {
    let after = after.and_then(|key| Some((At(Timestamp::from_microsecond(key.at).ok()?), key.id)));
    let rows: Vec<Row> = on!(conn, |c| {
        let own = report::table.filter(report::reporter.eq(reporter));
        let mut query = own.select(Row::as_select()).limit(limit).into_boxed();
        if let Some((at, id)) = after {
            // The first condition says no more than the second, but an index can start at it.
            let earlier = report::received_at.lt(at);
            query = query
                .filter(report::received_at.le(at))
                .filter(earlier.or(report::received_at.eq(at).and(report::id.lt(Uid(id)))));
        }
        query.order((report::received_at.desc(), report::id.desc())).load(c)
    })?;
    Ok(rows.into_iter().map(Row::report).collect())
}

/// Makes the reports of an issue another one's.
pub fn save_issue(conn: &mut Conn, from: i64, into: i64) -> Result<(), Error> {
    let own = report::table.filter(report::issue_id.eq(from));
    on!(conn, |c| diesel::update(own).set(report::issue_id.eq(into)).execute(c))?;
    Ok(())
}

/// Keeps reports; none of their ids may be there already.
pub fn insert(conn: &mut Conn, new: Vec<Report>) -> Result<(), Error> {
    let rows: Vec<Row> = new.into_iter().map(Row::from).collect();
    insert_all!(conn, report::table, &rows);
    Ok(())
}
