//! Bureaus of which a check failed, and how many of their rectifications have the higher share for that.

use diesel::prelude::*;
use domain::workflow::Raised;
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::sample_raise;
use schema::{Conn, on};

use crate::problem::Error;

/// Takes one off what is left of a bureau's higher share; none where nothing is.
pub fn take_one(conn: &mut Conn, bureau: &str) -> Result<Option<Raised>, Error> {
    let left = sample_raise::table.find(bureau).filter(sample_raise::still.gt(0));
    let taken = on!(conn, |c| diesel::update(left)
        .set(sample_raise::still.eq(sample_raise::still - 1))
        .execute(c))?;
    if taken == 0 {
        return Ok(None);
    }
    let row: (i64, i32) = on!(conn, |c| sample_raise::table
        .find(bureau)
        .select((sample_raise::issue_id, sample_raise::still))
        .first(c))?;
    Ok(Some(Raised { issue: row.0, left: u32::try_from(row.1).unwrap_or(0) }))
}

/// The next `still` of a bureau's rectifications have the higher share, because the check of this issue failed.
pub fn raise(
    conn: &mut Conn,
    bureau: &str,
    issue: i64,
    still: u32,
    now: Timestamp,
) -> Result<(), Error> {
    let values = (
        sample_raise::issue_id.eq(issue),
        sample_raise::still.eq(i32::try_from(still).unwrap_or(i32::MAX)),
        sample_raise::raised_at.eq(At(now)),
    );
    let of = sample_raise::bureau.eq(bureau);
    on!(conn, |c| diesel::insert_into(sample_raise::table)
        .values((of, values))
        .on_conflict(sample_raise::bureau)
        .do_update()
        .set(values)
        .execute(c))?;
    Ok(())
}
