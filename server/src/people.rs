//! `zhoubian user`: people, from the command line.

use std::io::BufRead;
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use domain::access::Role;

use crate::accounts::{check_end, check_place, login, name};
use crate::actions::create_account::new_account;
use crate::actions::second_factor::remove_of_login;
use crate::actions::unlock_account::unlock_login;
use crate::app::App;
use crate::passwords;
use crate::problem::Error;
use crate::store::accounts::NewAccount;

mod kept;
mod list;
#[cfg(test)]
mod tests;

/// What to do with people.
#[derive(Debug, Subcommand)]
pub enum PeopleCommand {
    /// Add an account; its password is read from the first line of standard input
    Add(AddPerson),
    /// List the accounts of people, closed ones too
    List,
    /// Close an account; it is signed out everywhere
    Close {
        /// What they sign in with
        login: String,
    },
    /// Open a closed account again
    Open {
        /// What they sign in with
        login: String,
    },
    /// Set another password, read from the first line of standard input; it is signed out everywhere
    Password {
        /// What they sign in with
        login: String,
        /// They must set one of their own when they sign in
        #[arg(long)]
        temporary: bool,
    },
    /// Unlock a login before its time
    Unlock {
        /// What they sign in with
        login: String,
    },
    /// Remove the second factor of somebody who lost it
    RemoveSecondFactor {
        /// What they sign in with
        login: String,
    },
    /// Make and change accounts from a list
    Import(list::ImportPeople),
}

/// An account to be.
#[derive(Debug, Args)]
pub struct AddPerson {
    /// What they sign in with: lower-case letters, digits, `.`, `_`, `-`
    login: String,
    /// Their name
    #[arg(long)]
    name: String,
    /// What they act as
    #[arg(long, value_enum)]
    role: RoleWord,
    /// The bureau they belong to (role bureau only)
    #[arg(long)]
    bureau: Option<String>,
    /// Code of an area they are assigned to; may be given again (role inspector only)
    #[arg(long = "duty-area")]
    duty_areas: Vec<String>,
    /// They must set a password of their own when they first sign in
    #[arg(long)]
    temporary: bool,
    /// From when on they can sign in no more, for example 2027-01-01T00:00:00+08:00
    #[arg(long)]
    ends_at: Option<jiff::Timestamp>,
}

/// A role, as a word of the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum RoleWord {
    /// 巡查员
    Inspector,
    /// 责任单位
    Bureau,
    /// 创城办
    Office,
    /// 督导组
    Supervisor,
    /// Keeps accounts and reference data
    Admin,
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Inspector => Self::Inspector,
            RoleWord::Bureau => Self::Bureau,
            RoleWord::Office => Self::Office,
            RoleWord::Supervisor => Self::Supervisor,
            RoleWord::Admin => Self::Admin,
        }
    }
}

/// Runs `zhoubian user …`.
pub async fn run(command: PeopleCommand, app: &App) -> Result<ExitCode, Error> {
    let lines = match command {
        PeopleCommand::Add(person) => vec![add(person, app).await?],
        PeopleCommand::List => kept::list(app).await?,
        PeopleCommand::Close { login } => vec![kept::set_active(app, &login, false).await?],
        PeopleCommand::Open { login } => vec![kept::set_active(app, &login, true).await?],
        PeopleCommand::Password { login, temporary } => {
            vec![kept::set_password(app, &login, &typed_password()?, temporary).await?]
        }
        PeopleCommand::Unlock { login } => {
            unlock_login(app, &login).await?;
            vec![format!("login unlocked: {login}")]
        }
        PeopleCommand::RemoveSecondFactor { login } => {
            remove_of_login(app, &login).await?;
            vec![format!("second factor removed: {login}")]
        }
        PeopleCommand::Import(list) => return list::run(list, app).await,
    };
    crate::terminal::print(lines)?;
    Ok(ExitCode::SUCCESS)
}

async fn add(person: AddPerson, app: &App) -> Result<String, Error> {
    let new = new_person(person, &typed_password()?, app)?;
    let now = app.clock.now();
    let account = app.db.write(move |conn| new_account(conn, new.clone(), now)).await?;
    Ok(format!("account {} added: {}", account.id, account.login))
}

/// The first line of standard input: on the command line others could read it.
fn typed_password() -> Result<String, Error> {
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}

/// How to make the first account of an installation that has none.
pub const FIRST_ACCOUNT: &str = "Nobody has an account yet, so nobody can sign in. Make the first one \
     (it asks for a password on standard input):\n\n    zhoubian user add admin --name NAME --role admin\n";

/// Whether nobody has an account yet.
pub async fn nobody_yet(app: &App) -> Result<bool, Error> {
    Ok(!app.db.read(crate::store::accounts::find_any).await?)
}

fn new_person(person: AddPerson, password: &str, app: &App) -> Result<NewAccount, Error> {
    let role = Role::from(person.role);
    let gazetteer = app.gazetteer();
    let known_bureau = |code: &str| gazetteer.bureau(code).is_some();
    let known_area = |code: &str| gazetteer.areas().index_of(code).is_some();
    check_place(role, person.bureau.as_deref(), &person.duty_areas, &known_bureau, &known_area)?;
    check_end(person.ends_at, app.clock.now())?;
    let login = login(&person.login)?;
    let name = name(&person.name)?;
    passwords::check_new(password, &login, &name, app.config.sign_in.password_score)?;
    Ok(NewAccount {
        login,
        name,
        role,
        bureau: person.bureau,
        duty_areas: person.duty_areas,
        password_hash: passwords::hash(password)?,
        must_change_password: person.temporary,
        ends_at: person.ends_at,
        errands: None,
    })
}
