//! What an account signs in with: its password and its second factor.

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::{At, Doc};
use schema::tables::account;
use schema::{Conn, on};

use crate::problem::Error;

/// What an account signs in with, but for the secrets themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// When the password was set.
    pub password_changed_at: Timestamp,
    /// Whether somebody else set it, so that it must be changed.
    pub must_change_password: bool,
    /// Whether a second factor was set up and confirmed.
    pub second_factor: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = account)]
pub(in crate::store) struct CredentialsRow {
    password_changed_at: Option<At>,
    must_change_password: bool,
    totp_confirmed_at: Option<At>,
}

impl CredentialsRow {
    pub(super) fn read(self, created_at: Timestamp) -> Credentials {
        Credentials {
            password_changed_at: self.password_changed_at.map_or(created_at, Timestamp::from),
            must_change_password: self.must_change_password,
            second_factor: self.totp_confirmed_at.is_some(),
        }
    }
}

/// A second factor as it is kept.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct SecondFactor {
    /// The secret, sealed; see [`crate::second_factor::Vault`].
    pub sealed: Vec<u8>,
    /// Whether a code of it was shown.
    pub confirmed: bool,
    /// SHA-256 of the recovery codes that are left, hexadecimal.
    pub recovery_codes: Vec<String>,
}

type FactorRow = (Option<Vec<u8>>, Option<At>, Option<Doc>);

/// An account's second factor, confirmed or not.
pub fn find_second_factor(conn: &mut Conn, id: i64) -> Result<Option<SecondFactor>, Error> {
    let found: Option<FactorRow> = on!(conn, |c| account::table
        .find(id)
        .select((account::totp_secret, account::totp_confirmed_at, account::recovery_codes))
        .first(c)
        .optional())?;
    let Some((Some(sealed), confirmed_at, codes)) = found else { return Ok(None) };
    let recovery_codes = codes.map(|codes| codes.read()).transpose()?.unwrap_or_default();
    Ok(Some(SecondFactor { sealed, confirmed: confirmed_at.is_some(), recovery_codes }))
}

/// Saves a new password's hash, when it was set and whether it must be changed.
pub fn save_password(
    conn: &mut Conn,
    id: i64,
    hash: &str,
    (at, must_change): (Timestamp, bool),
) -> Result<(), Error> {
    on!(conn, |c| diesel::update(account::table.find(id))
        .set((
            account::password_hash.eq(hash),
            account::password_changed_at.eq(At(at)),
            account::must_change_password.eq(must_change),
        ))
        .execute(c))?;
    Ok(())
}

/// Saves whether the password must be changed.
pub fn save_must_change_password(conn: &mut Conn, id: i64, must: bool) -> Result<(), Error> {
    on!(conn, |c| diesel::update(account::table.find(id))
        .set(account::must_change_password.eq(must))
        .execute(c))?;
    Ok(())
}

/// Saves a sealed secret that is still to be confirmed. Says no, and saves nothing, when one is
/// confirmed already.
pub fn save_pending_second_factor(conn: &mut Conn, id: i64, sealed: &[u8]) -> Result<bool, Error> {
    let saved = on!(conn, |c| diesel::update(account::table.find(id))
        .filter(account::totp_confirmed_at.is_null())
        .set(account::totp_secret.eq(sealed))
        .execute(c))?;
    Ok(saved == 1)
}

/// Confirms a secret with the step of the code that was shown, and saves its recovery codes. Says no
/// when that secret is no longer the one to confirm.
pub fn save_confirmed(
    conn: &mut Conn,
    id: i64,
    sealed: &[u8],
    (step, recovery_codes): (i64, &[String]),
    now: Timestamp,
) -> Result<bool, Error> {
    let codes = Doc::of(recovery_codes)?;
    let saved = on!(conn, |c| diesel::update(account::table.find(id))
        .filter(account::totp_confirmed_at.is_null())
        .filter(account::totp_secret.eq(sealed))
        .set((
            account::totp_confirmed_at.eq(At(now)),
            account::totp_last_step.eq(step),
            account::recovery_codes.eq(codes),
        ))
        .execute(c))?;
    Ok(saved == 1)
}

/// Saves that the code of a step was used. Says no when it, or that of a later step, was before.
pub fn save_totp_step(conn: &mut Conn, id: i64, step: i64) -> Result<bool, Error> {
    let saved = on!(conn, |c| diesel::update(account::table.find(id))
        .filter(account::totp_last_step.is_null().or(account::totp_last_step.lt(step)))
        .set(account::totp_last_step.eq(step))
        .execute(c))?;
    Ok(saved == 1)
}

/// Saves the recovery codes that are left. For one who holds the account's row.
pub fn save_recovery_codes(conn: &mut Conn, id: i64, left: &[String]) -> Result<(), Error> {
    let left = Doc::of(left)?;
    on!(conn, |c| diesel::update(account::table.find(id))
        .set(account::recovery_codes.eq(left))
        .execute(c))?;
    Ok(())
}

/// Removes an account's second factor, recovery codes and all.
pub fn remove_second_factor(conn: &mut Conn, id: i64) -> Result<(), Error> {
    let nothing = (
        account::totp_secret.eq(None::<Vec<u8>>),
        account::totp_confirmed_at.eq(None::<At>),
        account::totp_last_step.eq(None::<i64>),
        account::recovery_codes.eq(None::<Doc>),
    );
    on!(conn, |c| diesel::update(account::table.find(id)).set(nothing).execute(c))?;
    Ok(())
}
