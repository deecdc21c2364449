//! Reports: immutable once here.

use diesel::prelude::*;
use schema::columns::{At, Doc, Uid};
use schema::tables::{account, report};
use schema::{Conn, on};
use serde_json::Value;
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
    pub received_at: jiff::Timestamp,
    /// SHA-256 of its canonical content.
    pub content_hash: Vec<u8>,
    /// As it was sent.
    pub body: Value,
    /// What was answered: joined, flags, clock.
    pub receipt: Value,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = report)]
struct Row {
    id: Uid,
    issue_id: i64,
    reporter: i64,
    received_at: At,
    content_hash: Vec<u8>,
    body: Doc,
    receipt: Doc,
}

impl Row {
    fn report(self) -> Report {
        Report {
            id: self.id.0,
            issue: self.issue_id,
            reporter: self.reporter,
            received_at: self.received_at.0,
            content_hash: self.content_hash,
            body: self.body.0,
            receipt: self.receipt.0,
        }
    }
}

/// The report with this id, or none.
pub fn find(conn: &mut Conn, id: Uuid) -> Result<Option<Report>, Error> {
    let row =
        on!(conn, |c| report::table.find(Uid(id)).select(Row::as_select()).first(c).optional())?;
    Ok(row.map(Row::report))
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

/// Keeps a report. False when one with its id is there already.
pub fn insert(conn: &mut Conn, new: Report) -> Result<bool, Error> {
    let row = Row {
        id: Uid(new.id),
        issue_id: new.issue,
        reporter: new.reporter,
        received_at: At(new.received_at),
        content_hash: new.content_hash,
        body: Doc(new.body),
        receipt: Doc(new.receipt),
    };
    let inserted = on!(conn, |c| diesel::insert_into(report::table)
        .values(&row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(inserted == 1)
}
