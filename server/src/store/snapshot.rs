//! All issues that a reader sees, page by page.

use diesel::prelude::*;
use domain::access::Scope;
use schema::tables::issue;
use schema::{Conn, on};

use super::issues::{Issue, Row};
use super::sight::cut;
use crate::problem::Error;

/// The issues in a scope with numbers above `after`, ascending, at most `limit`.
pub fn list(conn: &mut Conn, scope: &Scope, after: i64, limit: i64) -> Result<Vec<Issue>, Error> {
    let rows: Vec<Row> = on!(conn, |c| {
        let every = issue::table.select(Row::as_select()).limit(limit).into_boxed();
        cut!(every, scope).filter(issue::id.gt(after)).order(issue::id).load(c)
    })?;
    rows.into_iter().map(Row::issue).collect()
}
