//! A connection to either database, and the macro that gives one body to both.

use std::path::PathBuf;

use diesel::connection::SimpleConnection;
use diesel::{Connection, ConnectionResult, QueryResult};
#[cfg(feature = "sqlite")]
use std::time::Duration;

use crate::dialect;

/// Either database.
#[allow(missing_debug_implementations)]
pub enum Conn {
    /// Embedded SQLite.
    #[cfg(feature = "sqlite")]
    Sqlite(diesel::SqliteConnection),
    /// PostgreSQL.
    #[cfg(feature = "postgres")]
    Postgres(diesel::PgConnection),
}

/// Runs one diesel body on whichever database the [`Conn`] is.
///
/// `on!(conn, |c| diesel::select(…).get_result(c))` expands the body once per back end, so that all
/// of diesel's shared query language stays usable without generic bounds.
#[macro_export]
macro_rules! on {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            #[cfg(feature = "sqlite")]
            $crate::Conn::Sqlite($c) => $body,
            #[cfg(feature = "postgres")]
            $crate::Conn::Postgres($c) => $body,
        }
    };
}

/// Inserts rows, up to sixteen in a statement.
///
/// `insert_all!(conn, table, rows)` takes a slice of rows that own what they hold and state every
/// column (diesel: `treat_none_as_default_value = false`). Statements of a fixed number of rows are prepared once;
/// one of any number would be prepared anew each time, and one row each costs a round trip each.
/// Rows without that attribute would have SQLite begin a transaction of its own, inside the writer's.
#[macro_export]
macro_rules! insert_all {
    ($conn:expr, $table:expr, $rows:expr) => {
        $crate::on!($conn, |c| {
            let mut rows: &[_] = $rows;
            loop {
                rows = if let Some((sixteen, rest)) = rows.split_first_chunk::<16>() {
                    diesel::insert_into($table).values(sixteen).execute(c)?;
                    rest
                } else if let Some((four, rest)) = rows.split_first_chunk::<4>() {
                    diesel::insert_into($table).values(four).execute(c)?;
                    rest
                } else if let Some((three, rest)) = rows.split_first_chunk::<3>() {
                    diesel::insert_into($table).values(three).execute(c)?;
                    rest
                } else if let Some((two, rest)) = rows.split_first_chunk::<2>() {
                    diesel::insert_into($table).values(two).execute(c)?;
                    rest
                } else if let Some((one, rest)) = rows.split_first() {
                    diesel::insert_into($table).values(one).execute(c)?;
                    rest
                } else {
                    break;
                };
            }
        })
    };
}

/// What can go wrong between the program and its database.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The URL's scheme is not one that was built in.
    #[error("database URL: {0}")]
    Url(String),
    /// No connection could be made.
    #[error("database connection: {0}")]
    Connect(String),
    /// A statement failed.
    #[error("database: {0}")]
    Query(#[from] diesel::result::Error),
    /// A migration failed.
    #[error("migration: {0}")]
    Migration(String),
    /// The write was part of a group that was lost as a whole (disk full, I/O error).
    #[error("the write was not kept: {0}")]
    GroupLost(String),
    /// The work on the database broke off: a defect.
    #[error("the work broke off")]
    Panicked,
    /// The database is shutting down or every connection is busy.
    #[error("the database is not to be had now")]
    Unavailable,
}

impl DbError {
    /// Whether it says something of the database or the way to it, and not of what was asked of it:
    /// anything else asked now would fail as well.
    pub fn is_outage(&self) -> bool {
        match self {
            Self::Query(error) => self.is_full() || dialect::is_outage(error),
            Self::Connect(_) | Self::GroupLost(_) | Self::Unavailable => true,
            Self::Url(_) | Self::Migration(_) | Self::Panicked => false,
        }
    }

    /// Whether there is no room left on the disk, in SQLite's words or in the operating system's as
    /// PostgreSQL passes them on.
    pub fn is_full(&self) -> bool {
        let says = |reason: &str| reason.contains("is full") || reason.contains("No space left");
        match self {
            Self::Query(error) => says(&error.to_string()),
            Self::GroupLost(reason) => says(reason),
            _ => false,
        }
    }
}

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DbUrl {
    /// A file: `sqlite:path/to/file.db`.
    Sqlite(PathBuf),
    /// A server: `postgres://user:password@host/database`.
    Postgres(String),
}

impl std::str::FromStr for DbUrl {
    type Err = DbError;

    fn from_str(url: &str) -> Result<Self, DbError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        Err(DbError::Url("it starts with neither sqlite: nor postgres://".to_owned()))
    }
}

/// How long a connection waits for another writer before it gives up.
#[cfg(feature = "sqlite")]
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

impl Conn {
    /// Opens a connection and sets it up: write-ahead log and full durability on SQLite, UTC on
    /// PostgreSQL.
    pub fn open(url: &DbUrl) -> Result<Self, DbError> {
        match url {
            #[cfg(feature = "sqlite")]
            DbUrl::Sqlite(path) => open_sqlite(path),
            #[cfg(not(feature = "sqlite"))]
            DbUrl::Sqlite(_) => Err(DbError::Url("SQLite was not built in".to_owned())),
            #[cfg(feature = "postgres")]
            DbUrl::Postgres(url) => {
                let mut conn = established(diesel::PgConnection::establish(url))?;
                conn.batch_execute("SET TIME ZONE 'UTC'; SET statement_timeout = '60s'")?;
                Ok(Self::Postgres(conn))
            }
            #[cfg(not(feature = "postgres"))]
            DbUrl::Postgres(_) => Err(DbError::Url("PostgreSQL was not built in".to_owned())),
        }
    }

    /// Runs statements given as text, such as `BEGIN`.
    pub fn batch(&mut self, sql: &str) -> QueryResult<()> {
        on!(self, |c| c.batch_execute(sql))
    }
}

fn established<C>(result: ConnectionResult<C>) -> Result<C, DbError> {
    result.map_err(|error| DbError::Connect(error.to_string()))
}

#[cfg(feature = "sqlite")]
fn open_sqlite(path: &std::path::Path) -> Result<Conn, DbError> {
    let path = path.to_str().ok_or_else(|| DbError::Url("the path is not UTF-8".to_owned()))?;
    let mut conn = established(diesel::SqliteConnection::establish(path))?;
    // busy_timeout first: switching to WAL needs a lock another process may hold for a moment.
    // Small pages, for databases made from now on: a report touches some twenty places of indexes,
    // and each costs a page of the log and one of the database.
    conn.batch_execute(&format!(
        "PRAGMA busy_timeout = {};
         PRAGMA page_size = 1024;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA wal_autocheckpoint = 16000;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -8000;",
        BUSY_TIMEOUT.as_millis()
    ))?;
    Ok(Conn::Sqlite(conn))
}
