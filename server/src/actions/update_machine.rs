//! An admin changes a machine account, gives it another secret, or revokes one.

use domain::access::{Action, Errands};
use jiff::Timestamp;
use schema::Conn;

use crate::accounts::{self, Ending};
use crate::actions::create_account::acting_admin;
use crate::actions::create_machine::MadeMachine;
use crate::app::App;
use crate::problem::Error;
use crate::store::accounts::Account;
use crate::store::machine_secrets::{self, Secret};
use crate::store::{self, sessions};
use crate::tokens::ClientSecret;

/// Secrets that are good at once, at most: the one in use, and the one that replaces it.
pub const GOOD_AT_ONCE: usize = 2;
/// Secrets that are remembered, the revoked ones among them.
const REMEMBERED: i64 = 10;

/// What is to change; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct MachineChange {
    /// What the system is called.
    pub name: Option<String>,
    /// What it may be sent for.
    pub errands: Option<Errands>,
    /// Whether it gets tokens.
    pub active: Option<bool>,
    /// From when on it gets none; what is `None` stays.
    pub ends_at: Option<Ending>,
}

/// Changes the machine account `id` for the admin `acting`. Closing it ends its tokens at once;
/// scopes that are taken away are gone at once too.
///
/// [`Error::NotFound`], or [`Error::Invalid`] with `name-invalid`, `ends-at-past` and the codes of
/// [`accounts::check_errands`].
pub async fn update_machine(
    app: &App,
    acting: i64,
    id: i64,
    change: MachineChange,
) -> Result<(Account, Vec<Secret>), Error> {
    let now = app.clock.now();
    let saved = app
        .db
        .write(move |conn| {
            acting_admin(conn, acting, Action::UpdateMachine, now)?;
            let after = changed(held(conn, id)?, &change, now)?;
            store::accounts::save(conn, &after)?;
            if !after.active {
                sessions::save_all_revoked(conn, id, now)?;
            }
            Ok::<_, Error>((after, machine_secrets::list(conn, &[id])?))
        })
        .await?;
    app.accounts.forget_account(id);
    Ok(saved)
}

fn changed(machine: Account, change: &MachineChange, now: Timestamp) -> Result<Account, Error> {
    let name = change.name.as_deref().map(accounts::name).transpose()?.unwrap_or(machine.name);
    accounts::check_end(change.ends_at.and_then(Ending::at), now)?;
    if let Some(errands) = &change.errands {
        accounts::check_errands(errands, machine.role)?;
    }
    let errands = change.errands.clone().or(machine.errands);
    let ends_at = change.ends_at.map_or(machine.ends_at, Ending::at);
    let active = change.active.unwrap_or(machine.active);
    Ok(Account { name, active, ends_at, errands, ..machine })
}

/// The machine account, which nobody else can change before the transaction ends.
fn held(conn: &mut Conn, id: i64) -> Result<Account, Error> {
    let found = store::accounts::find_to_save(conn, id)?;
    found.filter(|account| account.errands.is_some()).ok_or(Error::NotFound)
}

/// Gives a machine another secret; the one it has stays good until it is revoked.
///
/// [`Error::NotFound`], [`Error::SecretsTooMany`], or `ends-at-past`.
pub async fn create_secret(
    app: &App,
    acting: i64,
    id: i64,
    expires_at: Option<Timestamp>,
) -> Result<MadeMachine, Error> {
    let (now, secret) = (app.clock.now(), ClientSecret::random()?);
    accounts::check_end(expires_at, now)?;
    let digest = secret.digest();
    let (account, kept) = app
        .db
        .write(move |conn| {
            acting_admin(conn, acting, Action::CreateMachineSecret, now)?;
            let account = held(conn, id)?;
            let good = machine_secrets::list(conn, &[id])?;
            if good.iter().filter(|secret| secret.is_good(now)).count() >= GOOD_AT_ONCE {
                return Err(Error::SecretsTooMany);
            }
            let kept = machine_secrets::insert(conn, id, &digest, expires_at, now)?;
            machine_secrets::remove_surplus(conn, id, REMEMBERED, now)?;
            Ok((account, kept))
        })
        .await?;
    Ok(MadeMachine { account, kept, secret })
}

/// Revokes a secret; the tokens that were given for it end at once.
///
/// [`Error::NotFound`] when the machine has no such secret.
pub async fn revoke_secret(app: &App, acting: i64, id: i64, secret: i64) -> Result<(), Error> {
    let now = app.clock.now();
    app.db
        .write(move |conn| {
            acting_admin(conn, acting, Action::RevokeMachineSecret, now)?;
            held(conn, id)?;
            let secrets = machine_secrets::list(conn, &[id])?;
            secrets.iter().find(|kept| kept.id == secret).ok_or(Error::NotFound)?;
            machine_secrets::save_revoked(conn, secret, now)?;
            sessions::save_revoked_by_secret(conn, id, secret, now)
        })
        .await?;
    app.accounts.forget_account(id);
    Ok(())
}
