//! An admin brings accounts in line with a list of people.
//!
//! What a person is called by is the login: sending a list again changes nothing. Passwords of people
//! who are there are never touched, and nobody is closed or opened by it.

use std::collections::HashSet;

use domain::access::Action;
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use schema::Conn;
use serde_json::{Value, json};

use crate::accounts;
use crate::actions::create_account::acting_admin;
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::import::people::{LastDay, Person, PersonRow};
use crate::passwords;
use crate::problem::Error;
use crate::store;
use crate::store::accounts::{Account, NewAccount};

#[cfg(test)]
mod tests;

/// Passwords hashed at once: half of what may be, so that others still sign in.
const HASHED_AT_ONCE: usize = passwords::AT_ONCE / 2;

/// What is asked of an import of people.
#[derive(Debug, Clone)]
pub struct AskPeople {
    /// The admin; none from the command line.
    pub acting: Option<i64>,
    /// The rows as they were read.
    pub rows: Vec<PersonRow>,
    /// Say what would be done, and do nothing.
    pub dry_run: bool,
    /// Rows that are refused do not keep the others out.
    pub partial: bool,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonFate {
    /// An account was made.
    New,
    /// The account says something else than before.
    Changed,
    /// The account is as the list says.
    Unchanged,
    /// It cannot be used, for this reason.
    Refused(String),
}

impl PersonFate {
    /// Its word, and why where it is refused.
    pub fn told(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::New => ("new", None),
            Self::Changed => ("changed", None),
            Self::Unchanged => ("unchanged", None),
            Self::Refused(why) => ("refused", Some(why)),
        }
    }
}

/// A row and what became of it.
#[derive(Clone, PartialEq, Eq)]
#[allow(missing_debug_implementations)]
pub struct PersonOutcome {
    /// Its number, from 1.
    pub line: usize,
    /// The login as it is kept; none where it cannot be read.
    pub login: Option<String>,
    /// What became of it.
    pub fate: PersonFate,
    /// A new person's first password, in the clear, this once; they must change it.
    pub password: Option<String>,
}

/// Imports people: all rows or none, unless `partial`.
///
/// [`Error::PeopleRefused`] with every row's fate, when rows are refused and nobody said that the
/// others shall be taken.
pub async fn import_accounts(app: &App, ask: AskPeople) -> Result<Vec<PersonOutcome>, Error> {
    let (now, gazetteer, acting) = (app.clock.now(), app.gazetteer(), ask.acting);
    let wishes: Vec<Wish> =
        ask.rows.into_iter().map(|row| Wish::new(row, &gazetteer, now)).collect();
    let read = wishes.clone();
    let planned = app.db.read(move |conn| plan(conn, &read, acting)).await?;
    let refused = planned.iter().any(|fate| matches!(fate, PersonFate::Refused(_)));
    if ask.dry_run {
        return Ok(outcomes(&wishes, planned, &[]));
    }
    if refused && !ask.partial {
        return Err(Error::PeopleRefused {
            rows: Box::new(told(&outcomes(&wishes, planned, &[]))),
        });
    }
    let secrets = secrets(&planned).await?;
    let (own, hashes) = (wishes.clone(), secrets.clone());
    let before = planned.clone();
    let changed = app
        .db
        .write(move |conn| {
            if let Some(acting) = acting {
                acting_admin(conn, acting, Action::ImportAccounts, now)?;
            }
            // Somebody may have changed an account while passwords were hashed.
            if plan(conn, &own, acting)? != before {
                return Err(Error::Overtaken);
            }
            apply(conn, &own, &before, &hashes, now)
        })
        .await?;
    for account in changed {
        app.accounts.forget_account(account);
    }
    Ok(outcomes(&wishes, planned, &secrets))
}

/// What a row wants an account to be.
#[derive(Debug, Clone)]
struct Wish {
    line: usize,
    login: Option<String>,
    outcome: Result<Wanted, String>,
}

#[derive(Debug, Clone)]
struct Wanted {
    login: String,
    name: String,
    person: Person,
    bureau: Option<String>,
    duty_areas: Option<Vec<String>>,
    /// None where the list says nothing of it.
    ends_at: Option<accounts::Ending>,
}

impl Wish {
    fn new((line, person): PersonRow, gazetteer: &Gazetteer, now: Timestamp) -> Self {
        let login = person.as_ref().ok().and_then(|person| accounts::login(&person.login).ok());
        let outcome = person.and_then(|person| wanted(person, gazetteer, now));
        Self { line, login, outcome }
    }
}

fn wanted(person: Person, gazetteer: &Gazetteer, now: Timestamp) -> Result<Wanted, String> {
    let login = accounts::login(&person.login).map_err(|error| error.to_string())?;
    let name = accounts::name(&person.name).map_err(|error| error.to_string())?;
    let bureau = person.bureau.as_deref().map(|said| bureau(said, gazetteer)).transpose()?;
    let areas = person
        .duty_areas
        .as_ref()
        .map(|areas| areas.iter().map(|said| area(said, gazetteer)).collect::<Result<Vec<_>, _>>());
    let ends_at = match person.last_day {
        LastDay::Unsaid => None,
        LastDay::None => Some(accounts::Ending::Never),
        LastDay::On(day) => {
            let next = day.tomorrow().ok().and_then(|next| gazetteer.calendar.begin_of(next));
            Some(accounts::Ending::At(next.ok_or("截止日期 cannot be reckoned with")?))
        }
    };
    let known = |_: &str| true;
    accounts::check_place(person.role, bureau.as_deref(), &[], &known, &known)
        .and_then(|()| accounts::check_end(ends_at.and_then(accounts::Ending::at), now))
        .map_err(|error| error.to_string())?;
    Ok(Wanted { login, name, bureau, duty_areas: areas.transpose()?, ends_at, person })
}

/// A bureau by its code or its name.
fn bureau(said: &str, gazetteer: &Gazetteer) -> Result<String, String> {
    if gazetteer.bureau(said).is_some() {
        return Ok(said.to_owned());
    }
    let named = gazetteer.bureaus().filter(|bureau| bureau.name == said);
    one(named.map(|bureau| bureau.code.clone()), "单位", said)
}

/// An area by its code or its name.
fn area(said: &str, gazetteer: &Gazetteer) -> Result<String, String> {
    if gazetteer.areas().index_of(said).is_some() {
        return Ok(said.to_owned());
    }
    let named = gazetteer.areas().areas().iter().filter(|area| area.name == said);
    one(named.map(|area| area.code.clone()), "责任区", said)
}

fn one(mut found: impl Iterator<Item = String>, what: &str, said: &str) -> Result<String, String> {
    match (found.next(), found.next()) {
        (Some(code), None) => Ok(code),
        (None, _) => Err(format!("{what} {said:?} is not known")),
        (Some(_), Some(_)) => Err(format!("{what} {said:?} is the name of several: give its code")),
    }
}

fn plan(conn: &mut Conn, wishes: &[Wish], acting: Option<i64>) -> Result<Vec<PersonFate>, Error> {
    let mut seen = HashSet::new();
    wishes.iter().map(|wish| fate(conn, wish, acting, &mut seen)).collect()
}

fn fate(
    conn: &mut Conn,
    wish: &Wish,
    acting: Option<i64>,
    seen: &mut HashSet<String>,
) -> Result<PersonFate, Error> {
    let refused = |why: &str| Ok(PersonFate::Refused(why.to_owned()));
    let wanted = match &wish.outcome {
        Ok(wanted) => wanted,
        Err(why) => return refused(why),
    };
    if !seen.insert(wanted.login.clone()) {
        return refused("the login stands twice in the list");
    }
    let Some(account) = store::accounts::find_any_by_login(conn, &wanted.login)? else {
        return Ok(PersonFate::New);
    };
    if account.errands.is_some() {
        return refused("the login is a machine's");
    }
    let after = merged(account.clone(), wanted);
    if after == account {
        return Ok(PersonFate::Unchanged);
    }
    if acting == Some(account.id)
        && let Err(own) = accounts::check_own(after.role, after.active, after.ends_at)
    {
        return refused(&own.to_string());
    }
    Ok(PersonFate::Changed)
}

/// The account as the list wants it.
fn merged(account: Account, wanted: &Wanted) -> Account {
    Account {
        name: wanted.name.clone(),
        role: wanted.person.role,
        bureau: wanted.bureau.clone(),
        duty_areas: wanted.duty_areas.clone().unwrap_or(account.duty_areas),
        ends_at: wanted.ends_at.map_or(account.ends_at, accounts::Ending::at),
        ..account
    }
}

/// A first password and its hash.
type Secret = Option<(String, String)>;

/// A password for each new person, in the order of the rows.
async fn secrets(planned: &[PersonFate]) -> Result<Vec<Secret>, Error> {
    let each = planned.iter().map(|fate| fate == &PersonFate::New).map(|new| async move {
        if !new {
            return Ok(None);
        }
        let password = passwords::random()?;
        let hash = passwords::hashed(password.clone()).await?;
        Ok::<_, Error>(Some((password, hash)))
    });
    stream::iter(each).buffered(HASHED_AT_ONCE).try_collect().await
}

/// Writes what was planned; the ids of the accounts that were changed.
fn apply(
    conn: &mut Conn,
    wishes: &[Wish],
    planned: &[PersonFate],
    secrets: &[Secret],
    now: Timestamp,
) -> Result<Vec<i64>, Error> {
    let mut changed = Vec::new();
    for ((wish, fate), secret) in wishes.iter().zip(planned).zip(secrets) {
        let Ok(wanted) = &wish.outcome else { continue };
        match (fate, secret) {
            (PersonFate::New, Some((_, hash))) => {
                let made = store::accounts::insert(conn, &new(wanted, hash), now)?;
                made.ok_or(Error::Overtaken)?;
            }
            (PersonFate::Changed, _) => {
                let found = store::accounts::find_any_by_login(conn, &wanted.login)?;
                let id = found.ok_or(Error::Overtaken)?.id;
                let held = store::accounts::find_to_save(conn, id)?.ok_or(Error::Overtaken)?;
                if !held.is_open(now) {
                    // Whoever was signed in when it ended is not when it begins anew.
                    store::sessions::save_all_revoked(conn, id, now)?;
                }
                store::accounts::save(conn, &merged(held, wanted))?;
                changed.push(id);
            }
            _ => {}
        }
    }
    Ok(changed)
}

fn new(wanted: &Wanted, hash: &str) -> NewAccount {
    NewAccount {
        login: wanted.login.clone(),
        name: wanted.name.clone(),
        role: wanted.person.role,
        bureau: wanted.bureau.clone(),
        duty_areas: wanted.duty_areas.clone().unwrap_or_default(),
        password_hash: hash.to_owned(),
        must_change_password: true,
        ends_at: wanted.ends_at.and_then(accounts::Ending::at),
        errands: None,
    }
}

/// The fates as a refusal tells them.
fn told(outcomes: &[PersonOutcome]) -> Value {
    let row = |outcome: &PersonOutcome| {
        let (fate, why) = outcome.fate.told();
        json!({"line": outcome.line, "login": outcome.login, "fate": fate, "why": why, "password": null})
    };
    outcomes.iter().map(row).collect()
}

fn outcomes(wishes: &[Wish], fates: Vec<PersonFate>, secrets: &[Secret]) -> Vec<PersonOutcome> {
    let outcome = |(index, (wish, fate)): (usize, (&Wish, PersonFate))| PersonOutcome {
        line: wish.line,
        login: wish.login.clone(),
        fate,
        password: secrets.get(index).cloned().flatten().map(|(password, _)| password),
    };
    wishes.iter().zip(fates).enumerate().map(outcome).collect()
}
