//! Sessions in the database: a device that signed in, and the digests of its refresh tokens.

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::{At, Uid};
use schema::tables::{account, session};
use schema::{Conn, on};
use uuid::Uuid;

use super::accounts::{Account, Row as AccountRow};
use crate::problem::Error;

/// A device that signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Random, so that nobody can guess it.
    pub id: Uuid,
    /// SHA-256 of the refresh token that is current.
    pub refresh_hash: Vec<u8>,
    /// SHA-256 of the one before it.
    pub previous_hash: Option<Vec<u8>>,
    /// When the current one replaced the one before it.
    pub rotated_at: Timestamp,
    /// When the current one ends, and the session with it.
    pub expires_at: Timestamp,
    /// When the session was ended early.
    pub revoked_at: Option<Timestamp>,
    /// What the client called the device.
    pub device: Option<String>,
    /// When somebody signed in.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_seen_at: Timestamp,
    /// What it last said it holds; none before it said anything.
    pub unsent: Option<Unsent>,
}

/// What a device holds that is not here yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsent {
    /// How many reports, counts and photos.
    pub count: i32,
    /// When the oldest of them was made, by the device's clock; none where there are none.
    pub oldest_at: Option<Timestamp>,
    /// When it said so.
    pub at: Timestamp,
}

impl Session {
    /// Whether it is still good.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// A session to insert.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct NewSession {
    /// Random.
    pub id: Uuid,
    /// Whose.
    pub account: i64,
    /// What the client calls the device.
    pub device: Option<String>,
    /// SHA-256 of the first refresh token.
    pub refresh_hash: Vec<u8>,
    /// When that token ends.
    pub expires_at: Timestamp,
    /// The machine's secret that it was opened with; none for a person.
    pub secret: Option<i64>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = session)]
struct Row {
    id: Uid,
    refresh_hash: Vec<u8>,
    previous_hash: Option<Vec<u8>>,
    rotated_at: At,
    expires_at: At,
    revoked_at: Option<At>,
    device: Option<String>,
    created_at: At,
    last_seen_at: Option<At>,
    unsent: Option<i32>,
    oldest_unsent_at: Option<At>,
    unsent_at: Option<At>,
}

impl From<Row> for Session {
    fn from(row: Row) -> Self {
        let oldest_at = row.oldest_unsent_at.map(Timestamp::from);
        let unsent = row.unsent.zip(row.unsent_at);
        Self {
            unsent: unsent.map(|(count, at)| Unsent { count, oldest_at, at: at.0 }),
            id: row.id.0,
            refresh_hash: row.refresh_hash,
            previous_hash: row.previous_hash,
            rotated_at: row.rotated_at.0,
            expires_at: row.expires_at.0,
            revoked_at: row.revoked_at.map(Timestamp::from),
            device: row.device,
            created_at: row.created_at.0,
            last_seen_at: row.last_seen_at.unwrap_or(row.created_at).0,
        }
    }
}

/// The session with this id and whose it is, whatever their state.
pub fn find_with_account(conn: &mut Conn, id: Uuid) -> Result<Option<(Session, Account)>, Error> {
    let found: Option<(Row, AccountRow)> = on!(conn, |c| session::table
        .inner_join(account::table.on(account::id.eq(session::account_id)))
        .filter(session::id.eq(Uid(id)))
        .select((Row::as_select(), AccountRow::as_select()))
        .first(c)
        .optional())?;
    found.map(|(session, account)| Ok((session.into(), account.try_into()?))).transpose()
}

/// Inserts a session.
pub fn insert(conn: &mut Conn, new: &NewSession, now: Timestamp) -> Result<(), Error> {
    let values = (
        session::id.eq(Uid(new.id)),
        session::account_id.eq(new.account),
        session::device.eq(new.device.as_deref()),
        session::refresh_hash.eq(&new.refresh_hash),
        session::rotated_at.eq(At(now)),
        session::created_at.eq(At(now)),
        session::last_seen_at.eq(At(now)),
        session::expires_at.eq(At(new.expires_at)),
        session::secret_id.eq(new.secret),
    );
    on!(conn, |c| diesel::insert_into(session::table).values(values).execute(c))?;
    Ok(())
}

/// Makes `next` the current token in place of `current`, until `expires_at`. Says no, and saves
/// nothing, when `current` no longer is.
pub fn save_rotation(
    conn: &mut Conn,
    id: Uuid,
    (current, next): (&[u8], &[u8]),
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, Error> {
    // On PostgreSQL the second of two who rotate at once waits here, and then finds no row.
    let saved = on!(conn, |c| diesel::update(session::table)
        .filter(session::id.eq(Uid(id)))
        .filter(session::refresh_hash.eq(current))
        .set((
            session::previous_hash.eq(current),
            session::refresh_hash.eq(next),
            session::rotated_at.eq(At(now)),
            session::last_seen_at.eq(At(now)),
            session::expires_at.eq(At(expires_at)),
        ))
        .execute(c))?;
    Ok(saved == 1)
}

/// An account's sessions that nobody ended and that have not expired, the one seen last first.
pub fn list_open(conn: &mut Conn, account: i64, now: Timestamp) -> Result<Vec<Session>, Error> {
    let rows: Vec<Row> = on!(conn, |c| session::table
        .filter(session::account_id.eq(account))
        .filter(session::revoked_at.is_null())
        .filter(session::expires_at.gt(At(now)))
        .order((session::last_seen_at.desc(), session::id))
        .select(Row::as_select())
        .load(c))?;
    Ok(rows.into_iter().map(Session::from).collect())
}

/// The open sessions of some accounts, each with its account's number, the one seen last first.
pub fn list_open_of(
    conn: &mut Conn,
    accounts: &[i64],
    now: Timestamp,
) -> Result<Vec<(i64, Session)>, Error> {
    let rows: Vec<(i64, Row)> = on!(conn, |c| session::table
        .filter(session::account_id.eq_any(accounts))
        .filter(session::revoked_at.is_null())
        .filter(session::expires_at.gt(At(now)))
        .order((session::last_seen_at.desc(), session::id))
        .select((session::account_id, Row::as_select()))
        .load(c))?;
    Ok(rows.into_iter().map(|(account, row)| (account, row.into())).collect())
}

/// Saves what a device says it holds.
pub fn save_unsent(conn: &mut Conn, id: Uuid, unsent: Unsent) -> Result<(), Error> {
    on!(conn, |c| diesel::update(session::table)
        .filter(session::id.eq(Uid(id)))
        .set((
            session::unsent.eq(unsent.count),
            session::oldest_unsent_at.eq(unsent.oldest_at.map(At)),
            session::unsent_at.eq(At(unsent.at)),
        ))
        .execute(c))?;
    Ok(())
}

/// Saves that a session was used.
pub fn save_seen(conn: &mut Conn, id: Uuid, at: Timestamp) -> Result<(), Error> {
    on!(conn, |c| diesel::update(session::table)
        .filter(session::id.eq(Uid(id)))
        .filter(session::last_seen_at.is_null().or(session::last_seen_at.lt(At(at))))
        .set(session::last_seen_at.eq(At(at)))
        .execute(c))?;
    Ok(())
}

/// Ends one of an account's sessions; says no when it has none of this id that is open.
pub fn save_own_revoked(
    conn: &mut Conn,
    account: i64,
    id: Uuid,
    now: Timestamp,
) -> Result<bool, Error> {
    let ended = on!(conn, |c| diesel::update(session::table)
        .filter(session::id.eq(Uid(id)))
        .filter(session::account_id.eq(account))
        .filter(session::revoked_at.is_null())
        .filter(session::expires_at.gt(At(now)))
        .set(session::revoked_at.eq(At(now)))
        .execute(c))?;
    Ok(ended == 1)
}

/// Ends every session of an account but one.
pub fn save_others_revoked(
    conn: &mut Conn,
    account: i64,
    but: Uuid,
    now: Timestamp,
) -> Result<(), Error> {
    on!(conn, |c| diesel::update(session::table)
        .filter(session::account_id.eq(account))
        .filter(session::id.ne(Uid(but)))
        .filter(session::revoked_at.is_null())
        .set(session::revoked_at.eq(At(now)))
        .execute(c))?;
    Ok(())
}

/// Ends a session; one that has ended already stays as it is.
pub fn save_revoked(conn: &mut Conn, id: Uuid, now: Timestamp) -> Result<(), Error> {
    on!(conn, |c| diesel::update(session::table)
        .filter(session::id.eq(Uid(id)))
        .filter(session::revoked_at.is_null())
        .set(session::revoked_at.eq(At(now)))
        .execute(c))?;
    Ok(())
}

/// Ends every session of an account.
pub fn save_all_revoked(conn: &mut Conn, account: i64, now: Timestamp) -> Result<(), Error> {
    on!(conn, |c| diesel::update(session::table)
        .filter(session::account_id.eq(account))
        .filter(session::revoked_at.is_null())
        .set(session::revoked_at.eq(At(now)))
        .execute(c))?;
    Ok(())
}

/// Removes an account's sessions that are over, so that they do not pile up.
pub fn remove_ended(conn: &mut Conn, account: i64, now: Timestamp) -> Result<(), Error> {
    on!(conn, |c| diesel::delete(session::table)
        .filter(session::account_id.eq(account))
        .filter(session::revoked_at.is_not_null().or(session::expires_at.le(At(now))))
        .execute(c))?;
    Ok(())
}

/// Ends every session that was opened with a machine's secret.
pub fn save_revoked_by_secret(
    conn: &mut Conn,
    account: i64,
    secret: i64,
    now: Timestamp,
) -> Result<(), Error> {
    on!(conn, |c| diesel::update(session::table)
        .filter(session::account_id.eq(account))
        .filter(session::secret_id.eq(secret))
        .filter(session::revoked_at.is_null())
        .set(session::revoked_at.eq(At(now)))
        .execute(c))?;
    Ok(())
}

/// Removes an account's sessions but for the `kept` newest.
pub fn remove_all_but_newest(conn: &mut Conn, account: i64, kept: i64) -> Result<(), Error> {
    let surplus: Vec<Uid> = on!(conn, |c| session::table
        .filter(session::account_id.eq(account))
        .order((session::created_at.desc(), session::id))
        .offset(kept)
        .limit(1_000)
        .select(session::id)
        .load(c))?;
    if !surplus.is_empty() {
        on!(conn, |c| diesel::delete(session::table)
            .filter(session::id.eq_any(&surplus))
            .execute(c))?;
    }
    Ok(())
}

/// Removes everybody's sessions that were over before `before`.
pub fn remove_all_ended(conn: &mut Conn, before: Timestamp) -> Result<(), Error> {
    on!(conn, |c| diesel::delete(session::table)
        .filter(session::revoked_at.lt(At(before)).or(session::expires_at.lt(At(before))))
        .execute(c))?;
    Ok(())
}
