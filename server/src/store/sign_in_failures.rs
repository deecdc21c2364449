//! Failed attempts to sign in, by SHA-256 of the login that was given.

use std::collections::HashMap;

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::sign_in_failure;
use schema::{Conn, on};

use crate::problem::Error;

/// What is known of attempts with one login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failures {
    /// Attempts in a row that did not succeed, or have not yet.
    pub count: i64,
    /// When the last one began.
    pub last_at: Timestamp,
    /// Until when no more are taken.
    pub locked_until: Option<Timestamp>,
}

type Row = (i64, At, Option<At>);

fn read((count, last_at, locked_until): Row) -> Failures {
    Failures { count, last_at: last_at.0, locked_until: locked_until.map(Timestamp::from) }
}

/// What is known of a login, and nobody else can count before this transaction ends. Where nothing
/// is, a row that counts none is made.
pub fn find_held(conn: &mut Conn, login_hash: &[u8], now: Timestamp) -> Result<Failures, Error> {
    let none = (
        sign_in_failure::login_hash.eq(login_hash),
        sign_in_failure::failures.eq(0),
        sign_in_failure::last_at.eq(At(now)),
    );
    // On conflict nothing changes; it is for the row's lock on PostgreSQL. SQLite has one writer.
    let row: Row = on!(conn, |c| diesel::insert_into(sign_in_failure::table)
        .values(none)
        .on_conflict(sign_in_failure::login_hash)
        .do_update()
        .set(sign_in_failure::failures.eq(sign_in_failure::failures))
        .returning((
            sign_in_failure::failures,
            sign_in_failure::last_at,
            sign_in_failure::locked_until,
        ))
        .get_result(c))?;
    Ok(read(row))
}

/// Until when each of these logins is locked, of those that are.
pub fn list_locked(
    conn: &mut Conn,
    login_hashes: &[Vec<u8>],
    now: Timestamp,
) -> Result<HashMap<Vec<u8>, Timestamp>, Error> {
    let rows: Vec<(Vec<u8>, Option<At>)> = on!(conn, |c| sign_in_failure::table
        .filter(sign_in_failure::login_hash.eq_any(login_hashes))
        .filter(sign_in_failure::locked_until.gt(At(now)))
        .select((sign_in_failure::login_hash, sign_in_failure::locked_until))
        .load(c))?;
    Ok(rows.into_iter().filter_map(|(hash, until)| Some((hash, until?.0))).collect())
}

/// Saves what is known of a login; see [`find_held`].
pub fn save(conn: &mut Conn, login_hash: &[u8], known: Failures) -> Result<(), Error> {
    on!(conn, |c| diesel::update(sign_in_failure::table.find(login_hash))
        .set((
            sign_in_failure::failures.eq(known.count),
            sign_in_failure::last_at.eq(At(known.last_at)),
            sign_in_failure::locked_until.eq(known.locked_until.map(At)),
        ))
        .execute(c))?;
    Ok(())
}

/// Forgets a login's failures.
pub fn remove(conn: &mut Conn, login_hash: &[u8]) -> Result<(), Error> {
    on!(conn, |c| diesel::delete(sign_in_failure::table.find(login_hash)).execute(c))?;
    Ok(())
}

/// Forgets every login whose last attempt, and whose lock, were over before `before`.
pub fn remove_old(conn: &mut Conn, before: Timestamp) -> Result<(), Error> {
    let before = At(before);
    on!(conn, |c| diesel::delete(sign_in_failure::table)
        .filter(sign_in_failure::last_at.lt(before))
        .filter(
            sign_in_failure::locked_until.is_null().or(sign_in_failure::locked_until.lt(before))
        )
        .execute(c))?;
    Ok(())
}
