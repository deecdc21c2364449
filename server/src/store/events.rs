//! The append-only log.

use std::collections::HashMap;

use diesel::prelude::*;
use schema::columns::{At, Doc, Uid};
use schema::tables::{account, event};
use schema::{Conn, insert_all, on};
use uuid::Uuid;

use crate::problem::Error;

/// One line of the log.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Feed number.
    pub seq: i64,
    /// The issue it happened to.
    pub issue: i64,
    /// Its place among the issue's events, from 1.
    pub n: i64,
    /// What happened, in a word.
    pub kind: String,
    /// When.
    pub at: jiff::Timestamp,
    /// The account that caused it.
    pub actor: i64,
    /// That account's bureau.
    pub bureau: Option<String>,
    /// The command it came from.
    pub command: Option<Uuid>,
    /// What happened, in full.
    pub payload: Doc,
    /// SHA-256 over the hash before it and this event.
    pub hash: Vec<u8>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = event)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    seq: i64,
    issue_id: i64,
    n: i64,
    kind: String,
    at: At,
    actor: i64,
    bureau: Option<String>,
    command: Option<Uid>,
    payload: Doc,
    hash: Vec<u8>,
}

impl From<Entry> for Row {
    fn from(entry: Entry) -> Self {
        Self {
            seq: entry.seq,
            issue_id: entry.issue,
            n: entry.n,
            kind: entry.kind,
            at: At(entry.at),
            actor: entry.actor,
            bureau: entry.bureau,
            command: entry.command.map(Uid),
            payload: entry.payload,
            hash: entry.hash,
        }
    }
}

impl Row {
    fn entry(self) -> Entry {
        Entry {
            seq: self.seq,
            issue: self.issue_id,
            n: self.n,
            kind: self.kind,
            at: self.at.0,
            actor: self.actor,
            bureau: self.bureau,
            command: self.command.map(|uid| uid.0),
            payload: self.payload,
            hash: self.hash,
        }
    }
}

/// Appends events.
pub fn insert(conn: &mut Conn, entries: Vec<Entry>) -> Result<(), Error> {
    let rows: Vec<Row> = entries.into_iter().map(Row::from).collect();
    insert_all!(conn, event::table, &rows);
    Ok(())
}

/// The command that the last event of a kind came from.
pub fn find_last_command(conn: &mut Conn, issue: i64, kind: &str) -> Result<Option<Uuid>, Error> {
    let of_kind = event::table.filter(event::issue_id.eq(issue)).filter(event::kind.eq(kind));
    let last = of_kind.order(event::n.desc()).select(event::command);
    let command: Option<Option<Uid>> = on!(conn, |c| last.first(c).optional())?;
    Ok(command.flatten().map(|uid| uid.0))
}

/// An issue's events in their order, each with the name of who caused it.
pub fn list(conn: &mut Conn, issue: i64) -> Result<Vec<(Entry, Option<String>)>, Error> {
    let rows: Vec<(Row, Option<String>)> = on!(conn, |c| event::table
        .left_join(account::table.on(account::id.eq(event::actor)))
        .filter(event::issue_id.eq(issue))
        .order(event::n)
        .select((Row::as_select(), account::name.nullable()))
        .load(c))?;
    Ok(rows.into_iter().map(|(row, name)| (row.entry(), name)).collect())
}

/// The events of every issue with a number above `after` and at most `upto`, issue by issue in their
/// order.
pub fn list_between(conn: &mut Conn, after: i64, upto: i64) -> Result<Vec<Entry>, Error> {
    let rows: Vec<Row> = on!(conn, |c| event::table
        .filter(event::issue_id.gt(after))
        .filter(event::issue_id.le(upto))
        .order((event::issue_id, event::n))
        .select(Row::as_select())
        .load(c))?;
    Ok(rows.into_iter().map(Row::entry).collect())
}

/// The events after a feed number, in order, at most `limit`.
pub fn list_after(conn: &mut Conn, after: i64, limit: i64) -> Result<Vec<Entry>, Error> {
    let rows: Vec<Row> = on!(conn, |c| event::table
        .filter(event::seq.gt(after))
        .order(event::seq)
        .limit(limit)
        .select(Row::as_select())
        .load(c))?;
    Ok(rows.into_iter().map(Row::entry).collect())
}

/// What the first event of these kinds says, for each of these issues that has one.
pub fn list_first(
    conn: &mut Conn,
    issues: &[i64],
    kinds: &[&str],
) -> Result<HashMap<i64, Doc>, Error> {
    let of_them = event::table.filter(event::issue_id.eq_any(issues));
    let of_kinds = of_them.filter(event::kind.eq_any(kinds));
    let in_order = of_kinds.order((event::issue_id, event::n));
    let rows: Vec<(i64, Doc)> =
        on!(conn, |c| in_order.select((event::issue_id, event::payload)).load(c))?;
    let mut first = HashMap::new();
    for (issue, payload) in rows {
        first.entry(issue).or_insert(payload);
    }
    Ok(first)
}

/// A line of the log without what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// The issue it happened to.
    pub issue: i64,
    /// Its place among the issue's events.
    pub n: i64,
    /// What happened, in a word.
    pub kind: String,
    /// When.
    pub at: jiff::Timestamp,
}

/// When something of these kinds happened to any of these issues, issue by issue in their order.
pub fn list_of_kinds(
    conn: &mut Conn,
    issues: &[i64],
    kinds: &[&str],
) -> Result<Vec<Happened>, Error> {
    let of_them = event::table.filter(event::issue_id.eq_any(issues));
    let of_kinds = of_them.filter(event::kind.eq_any(kinds)).order((event::issue_id, event::n));
    let columns = (event::issue_id, event::n, event::kind, event::at);
    let rows: Vec<(i64, i64, String, At)> = on!(conn, |c| of_kinds.select(columns).load(c))?;
    let happened =
        |(issue, n, kind, at): (i64, i64, String, At)| Happened { issue, n, kind, at: at.0 };
    Ok(rows.into_iter().map(happened).collect())
}
