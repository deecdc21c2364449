//! Codes that bring an account to a new phone, by their SHA-256.

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::{At, Uid};
use schema::tables::handover;
use schema::{Conn, on};
use uuid::Uuid;

use crate::problem::Error;

/// A code to insert.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct NewHandover {
    /// SHA-256 of the code.
    pub code_hash: Vec<u8>,
    /// Whose.
    pub account: i64,
    /// The session that offers it.
    pub session: Uuid,
    /// Whether that session stays open.
    pub keep_session: bool,
    /// When the code ends.
    pub expires_at: Timestamp,
}

/// A code that was just used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handover {
    /// Whose.
    pub account: i64,
    /// The session that offered it.
    pub session: Uuid,
    /// Whether that session stays open.
    pub keep_session: bool,
}

/// Inserts a code in place of those the same session offered before.
pub fn insert(conn: &mut Conn, new: &NewHandover, now: Timestamp) -> Result<(), Error> {
    on!(conn, |c| diesel::delete(handover::table)
        .filter(handover::account_id.eq(new.account))
        .filter(handover::session_id.eq(Uid(new.session)))
        .execute(c))?;
    let values = (
        handover::code_hash.eq(&new.code_hash),
        handover::account_id.eq(new.account),
        handover::session_id.eq(Uid(new.session)),
        handover::keep_session.eq(new.keep_session),
        handover::created_at.eq(At(now)),
        handover::expires_at.eq(At(new.expires_at)),
    );
    on!(conn, |c| diesel::insert_into(handover::table).values(values).execute(c))?;
    Ok(())
}

/// Uses a code up: of all who try, one gets it. None when it is unknown, used or over.
pub fn save_used(
    conn: &mut Conn,
    code_hash: &[u8],
    now: Timestamp,
) -> Result<Option<Handover>, Error> {
    let used: Option<(i64, Uid, bool)> =
        on!(conn, |c| diesel::update(handover::table.find(code_hash))
            .filter(handover::used_at.is_null())
            .filter(handover::expires_at.gt(At(now)))
            .set(handover::used_at.eq(At(now)))
            .returning((handover::account_id, handover::session_id, handover::keep_session))
            .get_result(c)
            .optional())?;
    Ok(used.map(|(account, session, keep_session)| Handover {
        account,
        session: session.0,
        keep_session,
    }))
}

/// Removes every code of an account.
pub fn remove_all(conn: &mut Conn, account: i64) -> Result<(), Error> {
    on!(conn, |c| diesel::delete(handover::table)
        .filter(handover::account_id.eq(account))
        .execute(c))?;
    Ok(())
}

/// Removes everybody's codes that ended before `before`.
pub fn remove_old(conn: &mut Conn, before: Timestamp) -> Result<(), Error> {
    on!(conn, |c| diesel::delete(handover::table)
        .filter(handover::expires_at.lt(At(before)))
        .execute(c))?;
    Ok(())
}
