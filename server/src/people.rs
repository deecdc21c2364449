//! `zhoubian user`: people, from the command line.

use std::io::BufRead;
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use domain::access::Role;

use crate::accounts::{check_place, login, name};
use crate::actions::create_account::new_account;
use crate::app::App;
use crate::passwords;
use crate::problem::Error;
use crate::store::accounts::NewAccount;

/// What to do with people.
#[derive(Debug, Subcommand)]
pub enum PeopleCommand {
    /// Add an account; its password is read from the first line of standard input
    Add(AddPerson),
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
    let PeopleCommand::Add(person) = command;
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    let new = new_person(person, password.trim_end_matches(['\r', '\n']), app)?;
    let now = app.clock.now();
    let account = app.db.write(move |conn| new_account(conn, new.clone(), now)).await?;
    crate::terminal::print([format!("account {} added: {}", account.id, account.login)])?;
    Ok(ExitCode::SUCCESS)
}

fn new_person(person: AddPerson, password: &str, app: &App) -> Result<NewAccount, Error> {
    let role = Role::from(person.role);
    let gazetteer = app.gazetteer();
    let known_bureau = |code: &str| gazetteer.bureau(code).is_some();
    let known_area = |code: &str| gazetteer.areas().index_of(code).is_some();
    check_place(role, person.bureau.as_deref(), &person.duty_areas, &known_bureau, &known_area)?;
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
        must_change_password: false,
        ends_at: None,
        errands: None,
    })
}
