//! Open issues, and which of them were placed with older reference data than is in force.

use diesel::prelude::*;
use schema::tables::issue;
use schema::{Conn, on};

use super::{Issue, Row};
use crate::problem::Error;

/// Open issues that were last placed with reference data older than this version, the oldest first,
/// without those of `but`.
pub fn list_outdated(
    conn: &mut Conn,
    version: i64,
    but: &[i64],
    limit: i64,
) -> Result<Vec<i64>, Error> {
    Ok(on!(conn, |c| issue::table
        .filter(issue::is_open.eq(true))
        .filter(issue::reference_version.lt(version))
        .filter(issue::id.ne_all(but))
        .order((issue::reference_version, issue::id))
        .limit(limit)
        .select(issue::id)
        .load(c))?)
}

/// How many [`list_outdated`] would list if it left none out.
pub fn count_outdated(conn: &mut Conn, version: i64) -> Result<i64, Error> {
    Ok(on!(conn, |c| issue::table
        .filter(issue::is_open.eq(true))
        .filter(issue::reference_version.lt(version))
        .count()
        .get_result(c))?)
}

/// Open issues with numbers above `after`, ascending.
pub fn list_open(conn: &mut Conn, after: i64, limit: i64) -> Result<Vec<Issue>, Error> {
    let rows: Vec<Row> = on!(conn, |c| issue::table
        .filter(issue::is_open.eq(true))
        .filter(issue::id.gt(after))
        .order(issue::id)
        .limit(limit)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::issue).collect()
}

/// Saves that these issues were looked at with this version of the reference data; nothing else of
/// them changes.
pub fn save_reference_version(conn: &mut Conn, ids: &[i64], version: i64) -> Result<(), Error> {
    on!(conn, |c| diesel::update(issue::table.filter(issue::id.eq_any(ids)))
        .set(issue::reference_version.eq(version))
        .execute(c))?;
    Ok(())
}
