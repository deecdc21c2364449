//! A database per test, copied from a template that is made once per run.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use schema::{Conn, DbConfig, DbUrl};
use uuid::Uuid;
use zhoubian::backup::Place;
use zhoubian::gazetteer::Gazetteer;
use zhoubian::store::installation;
use zhoubian::{demo, import};

use crate::START;
use crate::cast::{self, Member};
use crate::ground::{self, Spot};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    /// A file.
    Sqlite,
    /// A throwaway cluster's database.
    Postgres,
}

impl Back {
    /// The one this run is for.
    ///
    /// # Panics
    /// When `ZHOUBIAN_TEST_DB` names neither.
    pub fn of_this_run() -> Self {
        match std::env::var("ZHOUBIAN_TEST_DB").as_deref() {
            Err(_) | Ok("sqlite") => Self::Sqlite,
            Ok("postgres") => Self::Postgres,
            Ok(other) => panic!("ZHOUBIAN_TEST_DB is {other}: sqlite or postgres"),
        }
    }
}

/// The demo district with its cast, ready to be copied.
pub(crate) struct Template {
    kept: Kept,
    pub(crate) cast: Vec<Member>,
    pub(crate) spots: Vec<Spot>,
}

enum Kept {
    /// The bytes of the file: a folder would outlive the run.
    Bytes(Vec<u8>),
    /// Name of a database in the throwaway cluster, and gone with it.
    Named(String),
}

/// A database of one test's own with a data folder beside it; both go when it is dropped.
#[derive(Debug)]
pub struct Database {
    /// Where it is.
    pub url: DbUrl,
    /// The data folder.
    pub folder: PathBuf,
    name: Option<String>,
}

impl Database {
    /// An empty one.
    pub fn empty(back: Back) -> Self {
        let name = format!("zhoubian_{}", Uuid::new_v4().simple());
        let folder = std::env::temp_dir().join(&name);
        std::fs::create_dir(&folder).unwrap();
        match back {
            Back::Sqlite => {
                Self { url: DbUrl::Sqlite(folder.join("zhoubian.db")), folder, name: None }
            }
            Back::Postgres => {
                administer(&format!("CREATE DATABASE {name}"));
                Self { url: DbUrl::Postgres(address(&name)), folder, name: Some(name) }
            }
        }
    }

    /// A copy of the template.
    pub(crate) fn copied() -> Self {
        match &template().kept {
            Kept::Bytes(bytes) => {
                let copy = Self::empty(Back::Sqlite);
                std::fs::write(copy.folder.join("zhoubian.db"), bytes).unwrap();
                copy
            }
            Kept::Named(of) => {
                let name = format!("zhoubian_{}", Uuid::new_v4().simple());
                let folder = std::env::temp_dir().join(&name);
                std::fs::create_dir(&folder).unwrap();
                administer(&format!("CREATE DATABASE {name} TEMPLATE {of}"));
                Self { url: DbUrl::Postgres(address(&name)), folder, name: Some(name) }
            }
        }
    }

    /// Where an installation in it is.
    pub fn place(&self) -> Place {
        Place { data: self.folder.clone(), database: self.config() }
    }

    /// How the server opens it.
    pub fn config(&self) -> DbConfig {
        DbConfig::new(self.url.clone())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.folder));
        if let Some(name) = &self.name {
            administer(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// Makes the template at the first call.
pub(crate) fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(make)
}

fn make() -> Template {
    let mut database = Database::empty(Back::of_this_run());
    let mut conn = Conn::open(&database.url).unwrap();
    schema::migrate(&mut conn).unwrap();
    // One transaction: a thousand durable ones would take their time.
    conn.batch("BEGIN").unwrap();
    installation::insert_epoch(&mut conn, "0123456789ab", START).unwrap();
    // What stands in the streets is left to the tests that put it there.
    let rows = demo::essentials().iter().flat_map(import::read).collect();
    let plan = import::plan(&mut conn, rows).unwrap();
    assert_eq!(plan.refused(), 0, "{:#?}", plan.lines(false));
    import::apply(&mut conn, &plan, START).unwrap();
    let cast = cast::settle(&mut conn);
    conn.batch("COMMIT").unwrap();
    let spots = ground::spots(&Gazetteer::load(&mut conn).unwrap());
    let kept = match database.name.take() {
        Some(name) => Kept::Named(name),
        None => Kept::Bytes(whole(conn, &database.folder)),
    };
    Template { kept, cast, spots }
}

/// The file with all that its log holds.
fn whole(mut conn: Conn, folder: &Path) -> Vec<u8> {
    conn.batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(conn);
    std::fs::read(folder.join("zhoubian.db")).unwrap()
}

/// The address of a database of the cluster that this run was given.
fn address(name: &str) -> String {
    let url = std::env::var("ZHOUBIAN_TEST_POSTGRES_URL")
        .expect("ZHOUBIAN_TEST_POSTGRES_URL is not set: run tests/support/on-each-database.sh");
    let (cluster, _) = url.rsplit_once('/').expect("it names no database");
    format!("{cluster}/{name}")
}

/// Runs a statement as the superuser; one at a time, since two copies of a template may not begin
/// at once.
fn administer(statement: &str) {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut conn = Conn::open(&DbUrl::Postgres(address("postgres"))).unwrap();
    conn.batch(statement).unwrap();
}
