//! Which installation this is, and which reference data is in force.

use diesel::prelude::*;
use schema::columns::At;
use schema::tables::installation;
use schema::{Conn, on};

use crate::problem::Error;

/// The one row's key.
const ID: i32 = 1;

/// The epoch, made once: `epoch` is used if there is none yet.
pub fn insert_epoch(conn: &mut Conn, epoch: &str, now: jiff::Timestamp) -> Result<String, Error> {
    on!(conn, |c| diesel::insert_into(installation::table)
        .values((
            installation::id.eq(ID),
            installation::epoch.eq(epoch),
            installation::reference_version.eq(0),
            installation::created_at.eq(At(now)),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(on!(conn, |c| installation::table.find(ID).select(installation::epoch).first(c))?)
}

/// The epoch, once there is one.
pub fn find_epoch(conn: &mut Conn) -> Result<Option<String>, Error> {
    let row = installation::table.find(ID).select(installation::epoch);
    Ok(on!(conn, |c| row.first(c).optional())?)
}

/// The version of the reference data in force.
pub fn find_reference_version(conn: &mut Conn) -> Result<i64, Error> {
    let version = installation::reference_version;
    Ok(on!(conn, |c| installation::table.find(ID).select(version).first(c))?)
}

/// Takes the turn to import until `until`, where nobody has it at `now`; false when somebody has.
pub fn save_importing(
    conn: &mut Conn,
    now: jiff::Timestamp,
    until: jiff::Timestamp,
) -> Result<bool, Error> {
    let importing = installation::importing_until;
    let free = installation::table
        .find(ID)
        .filter(importing.is_null().or(importing.assume_not_null().lt(At(now))));
    let taken = on!(conn, |c| diesel::update(free).set(importing.eq(Some(At(until)))).execute(c))?;
    Ok(taken == 1)
}

/// Gives the turn to import back.
pub fn remove_importing(conn: &mut Conn) -> Result<(), Error> {
    let nobody = installation::importing_until.eq(None::<At>);
    on!(conn, |c| diesel::update(installation::table.find(ID)).set(nobody).execute(c))?;
    Ok(())
}

/// Raises the version of the reference data and returns the new one.
pub fn save_next_reference_version(conn: &mut Conn) -> Result<i64, Error> {
    let version = installation::reference_version;
    Ok(on!(conn, |c| diesel::update(installation::table.find(ID))
        .set(version.eq(version + 1))
        .returning(version)
        .get_result(c))?)
}
