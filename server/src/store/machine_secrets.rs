//! The secrets of machine accounts in the database, as SHA-256.

use diesel::prelude::*;
use jiff::{SignedDuration, Timestamp};
use schema::columns::At;
use schema::tables::{account, machine_secret};
use schema::{Conn, on};

use super::accounts::{Account, Row as AccountRow};
use crate::problem::Error;

/// How coarsely the last use of a secret is kept: finer would be a write for every token.
const USED_WITHIN: SignedDuration = SignedDuration::from_hours(1);

/// A secret of a machine account; what it is, only its holder knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Given by the database.
    pub id: i64,
    /// Whose.
    pub account: i64,
    /// SHA-256 of it.
    pub digest: Vec<u8>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is not good any more.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// When it was last used, to the hour.
    pub last_used_at: Option<Timestamp>,
}

impl Secret {
    /// Whether it can be used.
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = machine_secret)]
struct Row {
    id: i64,
    account_id: i64,
    digest: Vec<u8>,
    created_at: At,
    expires_at: Option<At>,
    revoked_at: Option<At>,
    last_used_at: Option<At>,
}

impl From<Row> for Secret {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            account: row.account_id,
            digest: row.digest,
            created_at: row.created_at.0,
            expires_at: row.expires_at.map(Timestamp::from),
            revoked_at: row.revoked_at.map(Timestamp::from),
            last_used_at: row.last_used_at.map(Timestamp::from),
        }
    }
}

/// The machine account with this login, which nobody else can change before this transaction ends,
/// and all its secrets.
pub fn find_with_account(
    conn: &mut Conn,
    login: &str,
) -> Result<Option<(Account, Vec<Secret>)>, Error> {
    // Changes nothing; for the row's lock, so that whoever revokes a secret ends this token too.
    on!(conn, |c| diesel::update(account::table)
        .filter(account::login.eq(login))
        .filter(account::is_machine.eq(true))
        .set(account::login.eq(account::login))
        .execute(c))?;
    let found: Vec<(AccountRow, Option<Row>)> = on!(conn, |c| account::table
        .left_join(machine_secret::table.on(machine_secret::account_id.eq(account::id)))
        .filter(account::login.eq(login))
        .filter(account::is_machine.eq(true))
        .select((AccountRow::as_select(), Option::<Row>::as_select()))
        .load(c))?;
    let (mut machine, mut secrets) = (None, Vec::new());
    for (account, secret) in found {
        machine = Some(Account::try_from(account)?);
        secrets.extend(secret.map(Secret::from));
    }
    Ok(machine.map(|machine| (machine, secrets)))
}

/// Every secret of these accounts, in the order in which they were made.
pub fn list(conn: &mut Conn, accounts: &[i64]) -> Result<Vec<Secret>, Error> {
    let rows: Vec<Row> = on!(conn, |c| machine_secret::table
        .filter(machine_secret::account_id.eq_any(accounts))
        .order(machine_secret::id)
        .select(Row::as_select())
        .load(c))?;
    Ok(rows.into_iter().map(Secret::from).collect())
}

/// Inserts a secret.
pub fn insert(
    conn: &mut Conn,
    account: i64,
    digest: &[u8],
    expires_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<Secret, Error> {
    let values = (
        machine_secret::account_id.eq(account),
        machine_secret::digest.eq(digest),
        machine_secret::created_at.eq(At(now)),
        machine_secret::expires_at.eq(expires_at.map(At)),
    );
    let row: Row = on!(conn, |c| diesel::insert_into(machine_secret::table)
        .values(values)
        .returning(Row::as_returning())
        .get_result(c))?;
    Ok(row.into())
}

/// Revokes a secret; one that is revoked already stays as it is.
pub fn save_revoked(conn: &mut Conn, id: i64, now: Timestamp) -> Result<(), Error> {
    on!(conn, |c| diesel::update(machine_secret::table)
        .filter(machine_secret::id.eq(id))
        .filter(machine_secret::revoked_at.is_null())
        .set(machine_secret::revoked_at.eq(At(now)))
        .execute(c))?;
    Ok(())
}

/// Keeps that a secret was used, where the last use that is kept lies back an hour.
pub fn save_used(conn: &mut Conn, secret: &Secret, now: Timestamp) -> Result<(), Error> {
    if secret.last_used_at.is_some_and(|used| now < used + USED_WITHIN) {
        return Ok(());
    }
    on!(conn, |c| diesel::update(machine_secret::table)
        .filter(machine_secret::id.eq(secret.id))
        .set(machine_secret::last_used_at.eq(At(now)))
        .execute(c))?;
    Ok(())
}

/// Removes those of an account's secrets that are good no more, but for the `kept` newest of all, so
/// that replaced ones do not pile up.
pub fn remove_surplus(
    conn: &mut Conn,
    account: i64,
    kept: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let surplus: Vec<i64> = on!(conn, |c| machine_secret::table
        .filter(machine_secret::account_id.eq(account))
        .order(machine_secret::id.desc())
        .offset(kept)
        .limit(1_000)
        .select(machine_secret::id)
        .load(c))?;
    if !surplus.is_empty() {
        on!(conn, |c| diesel::delete(machine_secret::table)
            .filter(machine_secret::id.eq_any(&surplus))
            .filter(
                machine_secret::revoked_at.is_not_null().or(machine_secret::expires_at.le(At(now)))
            )
            .execute(c))?;
    }
    Ok(())
}
