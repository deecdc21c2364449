//! Accounts in the database.

use diesel::prelude::*;
use domain::access::{Actor, Errands, Role};
use jiff::Timestamp;
use schema::columns::{At, Doc};
use schema::tables::account;
use schema::{Conn, on};
use serde_json::Value;

use crate::problem::Error;

mod credentials;

use credentials::CredentialsRow;
pub use credentials::{
    Credentials, SecondFactor, find_second_factor, remove_second_factor, save_confirmed,
    save_must_change_password, save_password, save_pending_second_factor, save_recovery_codes,
    save_totp_step,
};

/// Somebody who can sign in, or a machine. The password's hash stays in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Given by the database.
    pub id: i64,
    /// Lower case; see [`crate::accounts::login`].
    pub login: String,
    /// The person's or desk's name.
    pub name: String,
    /// What it acts as.
    pub role: Role,
    /// Code of its bureau; set for [`Role::Bureau`] only.
    pub bureau: Option<String>,
    /// Codes of the areas it is assigned to.
    pub duty_areas: Vec<String>,
    /// Whether it can sign in.
    pub active: bool,
    /// When it was created.
    pub created_at: Timestamp,
    /// Counts its changes, from 1.
    pub version: i64,
    /// From when on it can sign in no more, without anybody doing anything: the end of a secondment.
    pub ends_at: Option<Timestamp>,
    /// What a machine account may be sent for; none for a person.
    pub errands: Option<Errands>,
    /// What it signs in with, but for the secrets themselves.
    pub credentials: Credentials,
}

impl Account {
    /// Whether it can be signed in with.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.active && self.ends_at.is_none_or(|end| now < end)
    }

    /// Who this is when they ask for something.
    pub fn actor(&self) -> Actor {
        Actor {
            account: self.id,
            role: self.role,
            bureau: self.bureau.clone(),
            duty_areas: self.duty_areas.clone(),
            errands: self.errands.clone(),
        }
    }
}

/// An account to insert.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct NewAccount {
    /// As [`crate::accounts::login`] returns it.
    pub login: String,
    /// The person's or desk's name.
    pub name: String,
    /// What it acts as.
    pub role: Role,
    /// Code of its bureau; for [`Role::Bureau`] only.
    pub bureau: Option<String>,
    /// Codes of the areas it is assigned to.
    pub duty_areas: Vec<String>,
    /// What [`crate::passwords::hash`] returned; [`NO_PASSWORD`] for a machine.
    pub password_hash: String,
    /// Whether a password of their own must be set first.
    pub must_change_password: bool,
    /// From when on it can sign in no more.
    pub ends_at: Option<Timestamp>,
    /// What a machine may be sent for; none for a person.
    pub errands: Option<Errands>,
}

/// Stands where a machine has no password: nothing fits it.
pub const NO_PASSWORD: &str = "!";

/// Read with the session too; see [`super::sessions`].
#[derive(Queryable, Selectable)]
#[diesel(table_name = account)]
pub(super) struct Row {
    id: i64,
    login: String,
    name: String,
    role: String,
    bureau: Option<String>,
    duty_areas: Doc,
    active: bool,
    created_at: At,
    version: i64,
    ends_at: Option<At>,
    is_machine: bool,
    scopes: Option<Doc>,
    #[diesel(embed)]
    credentials: CredentialsRow,
}

impl TryFrom<Row> for Account {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        // A machine without scopes may nothing; it is no person all the same.
        let scopes = row.scopes.map(|scopes| scopes.read()).transpose()?.unwrap_or_default();
        Ok(Self {
            ends_at: row.ends_at.map(Timestamp::from),
            errands: row.is_machine.then_some(scopes),
            id: row.id,
            login: row.login,
            name: row.name,
            role: serde_json::from_value(Value::String(row.role))?,
            bureau: row.bureau,
            duty_areas: row.duty_areas.read()?,
            active: row.active,
            created_at: row.created_at.0,
            version: row.version,
            credentials: row.credentials.read(row.created_at.0),
        })
    }
}

fn role_word(role: Role) -> Result<String, Error> {
    match serde_json::to_value(role)? {
        Value::String(word) => Ok(word),
        other => Err(Error::Internal(format!("a role that is no word: {other}"))),
    }
}

/// The account with this id.
pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Account>, Error> {
    let row = on!(conn, |c| account::table.find(id).select(Row::as_select()).first(c).optional())?;
    row.map(Account::try_from).transpose()
}

/// Whether anybody at all has an account.
pub fn find_any(conn: &mut Conn) -> Result<bool, Error> {
    let found: Option<i64> = on!(conn, |c| account::table.select(account::id).first(c).optional())?;
    Ok(found.is_some())
}

/// The account with this login (lower case), a person's or a machine's.
pub fn find_any_by_login(conn: &mut Conn, login: &str) -> Result<Option<Account>, Error> {
    let row = on!(conn, |c| account::table
        .filter(account::login.eq(login))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.map(Account::try_from).transpose()
}

/// The accounts with these ids that exist.
pub fn list_by_id(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Account>, Error> {
    let rows: Vec<Row> = on!(conn, |c| account::table
        .filter(account::id.eq_any(ids))
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Account::try_from).collect()
}

/// The account with this id, for changing it: nobody else can before this transaction ends, and
/// its version is already the next one.
pub fn find_to_save(conn: &mut Conn, id: i64) -> Result<Option<Account>, Error> {
    // The update takes the row's lock on PostgreSQL; SQLite has one writer. `FOR UPDATE` is not
    // known to both.
    let row = on!(conn, |c| diesel::update(account::table.find(id))
        .set(account::version.eq(account::version + 1))
        .returning(Row::as_returning())
        .get_result(c)
        .optional())?;
    row.map(Account::try_from).transpose()
}

/// The person's account with this login (lower case) and the hash of its password; a machine's is
/// not found, since it never signs in with one.
pub fn find_by_login(conn: &mut Conn, login: &str) -> Result<Option<(Account, String)>, Error> {
    let found: Option<(Row, String)> = on!(conn, |c| account::table
        .filter(account::login.eq(login))
        .filter(account::is_machine.eq(false))
        .select((Row::as_select(), account::password_hash))
        .first(c)
        .optional())?;
    found.map(|(row, hash)| Ok((row.try_into()?, hash))).transpose()
}

/// As [`find_by_login`], and nobody can change the account before this transaction ends.
pub fn find_by_login_held(
    conn: &mut Conn,
    login: &str,
) -> Result<Option<(Account, String)>, Error> {
    // Changes nothing; for the row's lock, as in `find_to_save`.
    let found: Option<(Row, String)> = on!(conn, |c| diesel::update(account::table)
        .filter(account::login.eq(login))
        .filter(account::is_machine.eq(false))
        .set(account::login.eq(account::login))
        .returning((Row::as_returning(), account::password_hash))
        .get_result(c)
        .optional())?;
    found.map(|(row, hash)| Ok((row.try_into()?, hash))).transpose()
}

/// People's accounts with ids above `after`, in order of id, `limit` at most.
pub fn list(conn: &mut Conn, after: i64, limit: i64) -> Result<Vec<Account>, Error> {
    list_of(conn, false, after, limit)
}

/// Machine accounts with ids above `after`, in order of id, `limit` at most.
pub fn list_machines(conn: &mut Conn, after: i64, limit: i64) -> Result<Vec<Account>, Error> {
    list_of(conn, true, after, limit)
}

fn list_of(conn: &mut Conn, machines: bool, after: i64, limit: i64) -> Result<Vec<Account>, Error> {
    let rows: Vec<Row> = on!(conn, |c| account::table
        .filter(account::id.gt(after))
        .filter(account::is_machine.eq(machines))
        .order(account::id)
        .limit(limit)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Account::try_from).collect()
}

/// People who inspect and can sign in, in order of id.
pub fn list_inspectors(conn: &mut Conn) -> Result<Vec<Account>, Error> {
    let word = role_word(Role::Inspector)?;
    let rows: Vec<Row> = on!(conn, |c| account::table
        .filter(account::role.eq(&word).and(account::active.eq(true)))
        .filter(account::is_machine.eq(false))
        .order(account::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Account::try_from).collect()
}

/// Inserts an account, active; `None` when its login is taken.
pub fn insert(conn: &mut Conn, new: &NewAccount, now: Timestamp) -> Result<Option<Account>, Error> {
    let values = (
        account::login.eq(&new.login),
        account::name.eq(&new.name),
        account::role.eq(role_word(new.role)?),
        account::bureau.eq(new.bureau.as_deref()),
        account::duty_areas.eq(Doc::of(&new.duty_areas)?),
        account::password_hash.eq(&new.password_hash),
        account::active.eq(true),
        account::created_at.eq(At(now)),
        account::version.eq(1),
        account::must_change_password.eq(new.must_change_password),
        account::ends_at.eq(new.ends_at.map(At)),
        account::is_machine.eq(new.errands.is_some()),
        account::scopes.eq(new.errands.as_ref().map(Doc::of).transpose()?),
        account::password_changed_at.eq(At(now)),
    );
    // A unique violation would end the whole transaction on PostgreSQL.
    let row = on!(conn, |c| diesel::insert_into(account::table)
        .values(values)
        .on_conflict(account::login)
        .do_nothing()
        .returning(Row::as_returning())
        .get_result(c)
        .optional())?;
    row.map(Account::try_from).transpose()
}

/// Saves what can change of an account, all but the password; see [`find_to_save`].
pub fn save(conn: &mut Conn, changed: &Account) -> Result<(), Error> {
    let values = (
        account::name.eq(&changed.name),
        account::role.eq(role_word(changed.role)?),
        account::bureau.eq(changed.bureau.as_deref()),
        account::duty_areas.eq(Doc::of(&changed.duty_areas)?),
        account::active.eq(changed.active),
        account::ends_at.eq(changed.ends_at.map(At)),
        account::scopes.eq(changed.errands.as_ref().map(Doc::of).transpose()?),
    );
    on!(conn, |c| diesel::update(account::table.find(changed.id)).set(values).execute(c))?;
    Ok(())
}
