//! An admin makes an account for another system.

use domain::access::{Action, Errands, Role};
use jiff::Timestamp;
use schema::Conn;

use crate::accounts;
use crate::actions::create_account::{acting_admin, new_account};
use crate::app::App;
use crate::problem::Error;
use crate::store::accounts::{Account, NO_PASSWORD, NewAccount};
use crate::store::machine_secrets::{self, Secret};
use crate::tokens::{ClientSecret, random_login};

/// A machine account as an admin asks for it.
#[derive(Debug, Clone)]
pub struct AskedMachine {
    /// What the system is called.
    pub name: String,
    /// Code of the bureau whose system it is; none on the office's side.
    pub bureau: Option<String>,
    /// What it may be sent for.
    pub errands: Errands,
    /// From when on it gets no token any more.
    pub ends_at: Option<Timestamp>,
    /// From when on its first secret is not good any more.
    pub secret_expires_at: Option<Timestamp>,
}

/// A machine account and the secret it was just given: it is shown this once.
#[allow(missing_debug_implementations)]
pub struct MadeMachine {
    /// The account.
    pub account: Account,
    /// What is kept of its secret.
    pub kept: Secret,
    /// The secret.
    pub secret: ClientSecret,
}

/// Makes a machine account for the admin `acting`, with its first secret.
///
/// [`Error::Invalid`] with `name-invalid`, `ends-at-past`, and the codes of [`accounts::check_place`]
/// and [`accounts::check_errands`].
pub async fn create_machine(
    app: &App,
    acting: i64,
    asked: AskedMachine,
) -> Result<MadeMachine, Error> {
    let (now, gazetteer) = (app.clock.now(), app.gazetteer());
    let role = role(asked.bureau.as_deref());
    accounts::check_end(asked.ends_at, now)?;
    accounts::check_end(asked.secret_expires_at, now)?;
    accounts::check_errands(&asked.errands, role)?;
    let known_bureau = |code: &str| gazetteer.bureau(code).is_some();
    accounts::check_place(role, asked.bureau.as_deref(), &[], &known_bureau, &|_| true)?;
    let (login, secret) = (random_login()?, ClientSecret::random()?);
    let (new, digest) = (machine(login, &asked), secret.digest());
    let (account, kept) = app
        .db
        .write(move |conn| {
            acting_admin(conn, acting, Action::CreateMachine, now)?;
            insert(conn, new.clone(), &digest, asked.secret_expires_at, now)
        })
        .await?;
    Ok(MadeMachine { account, kept, secret })
}

/// What a machine acts as: its bureau, or a reader on the office's side.
pub fn role(bureau: Option<&str>) -> Role {
    if bureau.is_some() { Role::Bureau } else { Role::Office }
}

/// The row of a machine account to be.
pub fn machine(login: String, asked: &AskedMachine) -> NewAccount {
    NewAccount {
        login,
        name: asked.name.clone(),
        role: role(asked.bureau.as_deref()),
        bureau: asked.bureau.clone(),
        duty_areas: Vec::new(),
        password_hash: NO_PASSWORD.to_owned(),
        must_change_password: false,
        ends_at: asked.ends_at,
        errands: Some(asked.errands.clone()),
    }
}

/// Inserts a machine account and its first secret, in the caller's transaction.
pub fn insert(
    conn: &mut Conn,
    new: NewAccount,
    digest: &[u8],
    expires_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<(Account, Secret), Error> {
    let account = new_account(conn, new, now)?;
    let kept = machine_secrets::insert(conn, account.id, digest, expires_at, now)?;
    Ok((account, kept))
}
