//! The calendars that were in force, by the version of the reference data that brought them.

use diesel::prelude::*;
use domain::deadline::Calendar;
use schema::columns::Doc;
use schema::tables::calendar_version;
use schema::{Conn, on};

use crate::gazetteer::KeptCalendar;
use crate::problem::Error;

/// Keeps the calendar that came into force with a version of the reference data.
pub fn insert(conn: &mut Conn, version: i64, kept: &KeptCalendar) -> Result<(), Error> {
    let body = Doc::of(kept)?;
    on!(conn, |c| diesel::insert_into(calendar_version::table)
        .values((calendar_version::version.eq(version), calendar_version::body.eq(&body)))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// The calendar that was in force with a version of the reference data; none where it was not kept.
pub fn find(conn: &mut Conn, version: i64) -> Result<Option<Calendar>, Error> {
    let found: Option<Doc> = on!(conn, |c| calendar_version::table
        .filter(calendar_version::version.le(version))
        .order(calendar_version::version.desc())
        .select(calendar_version::body)
        .first(c)
        .optional())?;
    let Some(body) = found else { return Ok(None) };
    body.read::<KeptCalendar>()?.calendar().map(Some).map_err(Error::Internal)
}
