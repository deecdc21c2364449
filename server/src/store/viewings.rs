//! Who was shown a blind finding.

use diesel::prelude::*;
use diesel::upsert::excluded;
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::{account, viewing};
use schema::{Conn, on};

use crate::problem::Error;

/// Rows of a statement.
const ROWS: usize = 200;

#[derive(Insertable)]
#[diesel(table_name = viewing)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    issue_id: i64,
    account_id: i64,
    way: &'static str,
    first_at: At,
    last_at: At,
}

/// One person and one way.
#[derive(Debug, Clone, Queryable)]
pub struct Viewing {
    /// The account.
    pub account: i64,
    /// Its name.
    pub name: String,
    /// What it acts as, by its word.
    pub role: String,
    /// In which way, by its word.
    pub way: String,
    /// The first time.
    pub first_at: At,
    /// The last time.
    pub last_at: At,
}

/// Keeps that these issues were shown to an account.
pub fn save(
    conn: &mut Conn,
    issues: &[i64],
    account: i64,
    way: &'static str,
    at: Timestamp,
) -> Result<(), Error> {
    let row = |issue: &i64| Row {
        issue_id: *issue,
        account_id: account,
        way,
        first_at: At(at),
        last_at: At(at),
    };
    for chunk in issues.chunks(ROWS) {
        let rows: Vec<Row> = chunk.iter().map(row).collect();
        on!(conn, |c| diesel::insert_into(viewing::table)
            .values(&rows)
            .on_conflict((viewing::issue_id, viewing::account_id, viewing::way))
            .do_update()
            .set(viewing::last_at.eq(excluded(viewing::last_at)))
            .execute(c))?;
    }
    Ok(())
}

/// Everybody whom an issue was shown to while it was blind, the first one first.
pub fn list(conn: &mut Conn, issue: i64) -> Result<Vec<Viewing>, Error> {
    Ok(on!(conn, |c| viewing::table
        .inner_join(account::table.on(account::id.eq(viewing::account_id)))
        .filter(viewing::issue_id.eq(issue))
        .order((viewing::first_at, viewing::account_id, viewing::way))
        .select((
            viewing::account_id,
            account::name,
            account::role,
            viewing::way,
            viewing::first_at,
            viewing::last_at,
        ))
        .load(c))?)
}
