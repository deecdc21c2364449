//! Issues' rows as they are, for whoever looks whether they are right.

use diesel::prelude::*;
use schema::tables::issue;
use schema::{Conn, on};

use super::{Issue, IssueRow, Row};
use crate::problem::Error;

/// How many issues there are.
pub fn count(conn: &mut Conn) -> Result<u64, Error> {
    let count: i64 = on!(conn, |c| issue::table.count().get_result(c))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The next rows after a number, in the order of numbers.
pub fn list_after(conn: &mut Conn, after: i64, most: usize) -> Result<Vec<IssueRow>, Error> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    Ok(on!(conn, |c| issue::table
        .filter(issue::id.gt(after))
        .order(issue::id)
        .limit(limit)
        .select(IssueRow::as_select())
        .load(c))?)
}

impl IssueRow {
    /// The issue's number.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The issue that the row's documents describe.
    pub fn issue(&self) -> Result<Issue, Error> {
        let row = self.clone();
        Row {
            id: row.id,
            version: row.version,
            source: row.source,
            note: row.note,
            photos_expected: row.photos_expected,
            photos_stored: row.photos_stored,
            state: row.state,
            detail: row.detail,
            hash: row.hash,
            reference_version: row.reference_version,
        }
        .issue()
    }

    /// A column in which two rows differ.
    pub fn differs(&self, other: &Self) -> Option<&'static str> {
        let same = [
            ("stage", self.stage == other.stage),
            ("is_open", self.is_open == other.is_open),
            ("unrouted", self.unrouted == other.unrouted),
            ("blind", self.blind == other.blind),
            ("self_handled", self.self_handled == other.self_handled),
            ("checked", self.checked == other.checked),
            ("asked", self.asked == other.asked),
            ("category", self.category == other.category),
            ("lead", self.lead == other.lead),
            ("area", self.area == other.area),
            ("lat", self.lat == other.lat),
            ("lon", self.lon == other.lon),
            ("due_order", self.due_order == other.due_order),
            ("reported_at", self.reported_at == other.reported_at),
            ("match_key", self.match_key == other.match_key),
            (
                "state",
                self.issue().ok().map(|issue| issue.state)
                    == other.issue().ok().map(|issue| issue.state),
            ),
        ];
        same.iter().find(|(_, same)| !same).map(|(column, _)| *column)
    }
}

/// How many issues somebody still owes work.
pub fn count_open(conn: &mut Conn) -> Result<i64, Error> {
    let open = issue::table.filter(issue::is_open.eq(true)).count();
    Ok(on!(conn, |c| open.get_result(c))?)
}
