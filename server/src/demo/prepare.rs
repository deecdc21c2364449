//! Makes the demo in an empty installation, once, whole.
//!
//! Two things in the database tell how far it is, on `SQLite` and `PostgreSQL` alike. The
//! installation's epoch begins with [`EPOCH`] from the first moment on, so that a demo is never
//! taken for a real installation. The account [`LAST`] is made after everything else. A demo that
//! has the first and not the second was cut off (the process was killed, the disk was full). As long
//! as it has none but the demo's accounts, its tables are taken down and it is made anew: the server
//! starts only on a whole one, so nobody has worked with it. Its photos are named by their content
//! and are simply written again.

use std::collections::HashSet;
use std::fs::{File, TryLockError};

use domain::access::{Actor, Errand};
use jiff::{Timestamp, ToSpan};
use schema::{Conn, DbConfig, migrate, revert_all};

use super::asides;
use super::people::{self, Person};
use super::progress::Progress;
use super::story::{self, Cast, Month, REPORTS};
use crate::actions::create_account::new_account;
use crate::actions::create_machine::{AskedMachine, insert, machine};
use crate::app::App;
use crate::boot;
use crate::clock::Clock;
use crate::config::Config;
use crate::import;
use crate::passwords;
use crate::problem::Error;
use crate::store::accounts::{Account, NewAccount};
use crate::store::{accounts, campaign, installation};
use crate::tokens::ClientSecret;

/// Everybody's password.
pub(super) const PASSWORD: &str = "yunting-demo";
/// The client id of 环卫中心's system.
pub(super) const MACHINE: &str = "huanwei-system";
/// Its secret: as public as the password.
pub(super) const MACHINE_SECRET: [u8; 32] = *b"yunting-demo-yunting-demo-yuntin";
/// How the epoch of a demo begins.
const EPOCH: &str = "demo";
/// The account that is made last.
const LAST: &str = "admin";
/// Days from the end of the story to the evaluation.
const EVALUATION: i32 = 38;
/// Held while the demo is made, in the data folder.
const LOCK: &str = "demo.lock";

/// Makes the demo district in an empty installation, once: reference data, an account for
/// everybody in [`super::people`], and a month of `REPORTS` reports up to now.
///
/// A demo that is there is left as it is; one that was cut off is made anew. The variable
/// `ZHOUBIAN_DEMO_REPORTS` asks for another number of reports.
///
/// # Errors
/// [`Error::Internal`] with what to do, when the installation is somebody's own.
pub async fn prepare(config: &Config, database: &DbConfig) -> Result<(), Error> {
    let now = Clock::machine().now();
    let wished = std::env::var("ZHOUBIAN_DEMO_REPORTS").ok();
    let reports = wished.and_then(|text| text.parse().ok()).unwrap_or(REPORTS);
    prepare_at(config, database, now, reports, Progress::begin).await
}

async fn prepare_at(
    config: &Config,
    database: &DbConfig,
    now: Timestamp,
    reports: usize,
    progress: impl FnOnce(u64) -> Progress,
) -> Result<(), Error> {
    std::fs::create_dir_all(&config.data)?;
    let _held = hold(config)?;
    match standing(database)? {
        Standing::Whole => return Ok(()),
        Standing::Own => return Err(own(config)),
        Standing::CutOff => eprintln!("The demo was not finished last time; it is made anew."),
        Standing::Empty => {}
    }
    begin(database, now)?;
    make(config, database, &Month::until(now)?, reports, progress).await
}

/// Keeps another process from making or unmaking the same demo meanwhile.
fn hold(config: &Config) -> Result<File, Error> {
    let file = File::create(config.data.join(LOCK))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Internal(format!(
            "another process is making the demo in {} right now; wait until it is done",
            config.data.display()
        ))),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// What is in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Empty,
    CutOff,
    Whole,
    /// Somebody's own accounts or reference data.
    Own,
}

fn standing(database: &DbConfig) -> Result<Standing, Error> {
    let mut conn = Conn::open(&database.url)?;
    migrate(&mut conn)?;
    let epoch = installation::insert_epoch(&mut conn, &unique(), Timestamp::UNIX_EPOCH)?;
    let is_demo = epoch.starts_with(EPOCH);
    let mut everybody = accounts::list(&mut conn, 0, i64::from(u16::MAX))?;
    everybody.extend(accounts::list_machines(&mut conn, 0, i64::from(u16::MAX))?);
    let known = people::people().into_iter().map(|person| person.login);
    let known: HashSet<String> = known.chain([MACHINE.to_owned()]).collect();
    let empty = everybody.is_empty() && installation::find_reference_version(&mut conn)? == 0;
    Ok(if empty {
        Standing::Empty
    } else if is_demo && everybody.iter().any(|account| account.login == LAST) {
        Standing::Whole
    } else if is_demo && everybody.iter().all(|account| known.contains(&account.login)) {
        Standing::CutOff
    } else {
        Standing::Own
    })
}

/// Eight hexadecimal digits.
fn unique() -> String {
    uuid::Uuid::new_v4().simple().to_string()[..8].to_owned()
}

fn own(config: &Config) -> Error {
    Error::Internal(format!(
        "this installation (data folder {}) has accounts or reference data of its own, and --demo would add \
         accounts whose password is public. Start it without --demo, or give the demo another --data folder \
         (and another --database, where one is named).",
        config.data.display()
    ))
}

/// Empty tables, and the mark of a demo.
fn begin(database: &DbConfig, now: Timestamp) -> Result<(), Error> {
    let mut conn = Conn::open(&database.url)?;
    revert_all(&mut conn)?;
    migrate(&mut conn)?;
    installation::insert_epoch(&mut conn, &format!("{EPOCH}{}", unique()), now)?;
    Ok(())
}

async fn make(
    config: &Config,
    database: &DbConfig,
    month: &Month,
    reports: usize,
    progress: impl FnOnce(u64) -> Progress,
) -> Result<(), Error> {
    let app = boot::boot(config.clone(), database, Clock::by_hand(month.now))?;
    app.clock.set(month.dawn()?);
    import_district(&app).await?;
    let hash = passwords::hashed(PASSWORD.to_owned()).await?;
    let (last, others): (Vec<Person>, Vec<Person>) =
        people::people().into_iter().partition(|person| person.login == LAST);
    let cast = Cast::new(&add(&app, others, &hash).await?);
    add_machine(&app).await?;
    set_evaluation(&app, month.now).await?;
    story::tell(&app, &cast, month, reports, progress).await?;
    asides::tell(&app, &cast, month).await?;
    add(&app, last, &hash).await?;
    Ok(())
}

async fn import_district(app: &App) -> Result<(), Error> {
    let rows: Vec<import::Row> = super::sources().iter().flat_map(import::read).collect();
    let now = app.clock.now();
    let plan = app
        .db
        .write(move |conn| {
            let plan = import::plan(conn, rows.clone())?;
            import::apply(conn, &plan, now)?;
            Ok::<_, Error>(plan)
        })
        .await?;
    if plan.refused() > 0 {
        return Err(Error::Internal(format!("the demo's files: {}", plan.lines(false).join("; "))));
    }
    app.reload_gazetteer().await
}

async fn add(app: &App, people: Vec<Person>, hash: &str) -> Result<Vec<Account>, Error> {
    let (now, hash) = (app.clock.now(), hash.to_owned());
    let add = move |conn: &mut Conn| {
        people.iter().map(|person| new_account(conn, new(person, &hash), now)).collect()
    };
    app.db.write(add).await
}

/// The day that the demonstration counts down to.
async fn set_evaluation(app: &App, now: Timestamp) -> Result<(), Error> {
    let today = app.gazetteer().calendar.date_of(now);
    let on = today.checked_add(EVALUATION.days()).ok();
    let set = move |conn: &mut Conn| campaign::save_evaluation(conn, on, Actor::SYSTEM, now);
    app.db.write(set).await
}

/// The system of 环卫中心, whose secret is public.
async fn add_machine(app: &App) -> Result<(), Error> {
    let now = app.clock.now();
    let asked = AskedMachine {
        name: "环卫中心 作业调度系统".to_owned(),
        bureau: Some("huanwei".to_owned()),
        errands: Errand::ALL.into_iter().collect(),
        ends_at: None,
        secret_expires_at: None,
    };
    let digest = ClientSecret::of(MACHINE_SECRET).digest();
    let new = machine(MACHINE.to_owned(), &asked);
    let add = move |conn: &mut Conn| {
        insert(conn, new.clone(), &digest, None, now)?;
        Ok::<_, Error>(())
    };
    app.db.write(add).await
}

fn new(person: &Person, hash: &str) -> NewAccount {
    let Person { login, name, role, bureau, duty_areas } = person.clone();
    NewAccount {
        login,
        name,
        role,
        bureau,
        duty_areas,
        password_hash: hash.to_owned(),
        must_change_password: false,
        ends_at: None,
        errands: None,
    }
}

#[cfg(test)]
mod tests;
