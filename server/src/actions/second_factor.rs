//! A second factor is set up, used, and removed.

use domain::access::Action;
use jiff::Timestamp;
use schema::Conn;
use uuid::Uuid;

use crate::accounts;
use crate::actions::change_password::prove;
use crate::actions::create_account::acting_admin;
use crate::app::App;
use crate::lockout::Attempt;
use crate::problem::Error;
use crate::second_factor::{
    RECOVERY_CODES, RecoveryCode, Secret, Vault, is_app_code, without_gaps,
};
use crate::store;
use crate::store::accounts::Account;

/// What a wrong code is told as to somebody who is signed in.
pub fn code_wrong() -> Error {
    Error::invalid("code-wrong", "`code` is wrong, too old, or was used before.")
}

/// What a code for a second factor that nobody is setting up is told as.
pub fn nothing_to_confirm() -> Error {
    Error::invalid("second-factor-not-begun", "No second factor is being set up.")
}

/// Makes a secret that is still to be confirmed; one that was is dropped.
///
/// [`Error::SecondFactorExists`], and as for any proof of the password `password-wrong` and
/// [`Error::SignInLocked`].
pub async fn begin(app: &App, account: &Account, password: String) -> Result<Secret, Error> {
    if account.credentials.second_factor {
        return Err(Error::SecondFactorExists);
    }
    let proof = prove(app, account, password).await?;
    let secret = Secret::random()?;
    let sealed = app.vault.seal(account.id, &secret)?;
    let now = app.clock.now();
    let save = move |conn: &mut Conn| {
        let id = proof.holds(conn, now)?.id;
        let saved = store::accounts::save_pending_second_factor(conn, id, &sealed)?;
        if saved { Ok(()) } else { Err(Error::SecondFactorExists) }
    };
    app.db.write(save).await?;
    Ok(secret)
}

/// Confirms the secret with the app's code, and gives the recovery codes: only now, never again.
/// The other sessions end, since they were opened with the password alone, and codes for handing one
/// over too.
///
/// `code-wrong`, until [`Error::SignInLocked`]; `second-factor-not-begun`,
/// [`Error::SecondFactorExists`].
pub async fn confirm(
    app: &App,
    account: &Account,
    session: Uuid,
    code: &str,
) -> Result<Vec<RecoveryCode>, Error> {
    let attempt = Attempt::begin(app, &account.login).await?;
    let codes = (0..RECOVERY_CODES).map(|_| RecoveryCode::random());
    let codes = codes.collect::<Result<Vec<_>, _>>()?;
    let digests: Vec<String> = codes.iter().map(RecoveryCode::digest).collect();
    let (id, code, now) = (account.id, without_gaps(code), app.clock.now());
    let vault = app.vault.clone();
    let confirm = move |conn: &mut Conn| {
        let factor = store::accounts::find_second_factor(conn, id)?;
        let factor = factor.ok_or_else(nothing_to_confirm)?;
        if factor.confirmed {
            return Err(Error::SecondFactorExists);
        }
        let step = vault.open(id, &factor.sealed)?.step_of(&code, now);
        let shown = (step.ok_or_else(code_wrong)?, digests.as_slice());
        let saved = store::accounts::save_confirmed(conn, id, &factor.sealed, shown, now)?;
        if !saved {
            return Err(Error::SecondFactorExists);
        }
        // No password was shown: what failed before still counts.
        attempt.take_back(conn, now)?;
        store::handovers::remove_all(conn, id)?;
        store::sessions::save_others_revoked(conn, id, session, now)
    };
    app.db.write(confirm).await?;
    app.accounts.forget_account(id);
    Ok(codes)
}

/// Removes one's own second factor, with the password and a code.
///
/// `code-wrong`, `password-wrong`, both until [`Error::SignInLocked`]; [`Error::NotFound`] when there
/// is none.
pub async fn remove_own(
    app: &App,
    account: &Account,
    password: String,
    code: String,
) -> Result<(), Error> {
    if !account.credentials.second_factor {
        return Err(Error::NotFound);
    }
    let (proof, vault, now) =
        (prove(app, account, password).await?, app.vault.clone(), app.clock.now());
    let remove = move |conn: &mut Conn| {
        let id = proof.account(conn, now)?.id;
        if !use_code(conn, &vault, id, &code, now)? {
            return Err(code_wrong());
        }
        proof.succeeded(conn)?;
        store::accounts::remove_second_factor(conn, id)
    };
    app.db.write(remove).await?;
    app.accounts.forget_account(account.id);
    Ok(())
}

/// Removes somebody's second factor for the admin `acting`: the phone is lost.
///
/// [`Error::NotFound`] when there is no such account; `own-account` for the admin's own, whose
/// removal asks for password and code.
pub async fn remove_for(app: &App, acting: i64, id: i64) -> Result<(), Error> {
    let now = app.clock.now();
    let remove = move |conn: &mut Conn| {
        acting_admin(conn, acting, Action::RemoveSecondFactor, now)?;
        if id == acting {
            return Err(not_ones_own());
        }
        store::accounts::find(conn, id)?.ok_or(Error::NotFound)?;
        store::accounts::remove_second_factor(conn, id)
    };
    app.db.write(remove).await?;
    app.accounts.forget_account(id);
    Ok(())
}

/// What an admin is told who would remove their own without a code.
pub fn not_ones_own() -> Error {
    let detail = "Remove your own with DELETE /me/second-factor; another admin can do it without.";
    Error::invalid("own-account", detail)
}

/// Removes the second factor of whoever has this login, for the command line.
///
/// [`Error::NotFound`] when nobody has it; `login-invalid` when nobody can.
pub async fn remove_of_login(app: &App, login: &str) -> Result<(), Error> {
    let login = accounts::login(login)?;
    let remove = move |conn: &mut Conn| {
        let (account, _) = store::accounts::find_by_login(conn, &login)?.ok_or(Error::NotFound)?;
        store::accounts::remove_second_factor(conn, account.id)?;
        Ok::<_, Error>(account.id)
    };
    let id = app.db.write(remove).await?;
    app.accounts.forget_account(id);
    Ok(())
}

/// Uses up a code of the app or a recovery code, for one who holds the account's row; says no when it
/// is wrong or was used before.
pub(super) fn use_code(
    conn: &mut Conn,
    vault: &Vault,
    id: i64,
    code: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let Some(factor) = store::accounts::find_second_factor(conn, id)? else { return Ok(false) };
    let code = without_gaps(code);
    if is_app_code(&code) {
        return match vault.open(id, &factor.sealed)?.step_of(&code, now) {
            Some(step) => store::accounts::save_totp_step(conn, id, step),
            None => Ok(false),
        };
    }
    let Some(digest) = RecoveryCode::typed(&code).map(|code| code.digest()) else {
        return Ok(false);
    };
    let left: Vec<String> =
        factor.recovery_codes.iter().filter(|kept| **kept != digest).cloned().collect();
    if left.len() == factor.recovery_codes.len() {
        return Ok(false);
    }
    store::accounts::save_recovery_codes(conn, id, &left)?;
    Ok(true)
}

#[cfg(test)]
mod tests;
