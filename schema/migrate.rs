//! The migrations of both databases, built into the program.

use diesel::RunQueryDsl;
#[cfg(feature = "postgres")]
use diesel::connection::SimpleConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::{Conn, DbError};

#[cfg(feature = "sqlite")]
const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");
#[cfg(feature = "postgres")]
const POSTGRES: EmbeddedMigrations = embed_migrations!("../migrations/postgres");

/// Only one of several servers that start together migrates; the key is ours alone.
#[cfg(feature = "postgres")]
const MIGRATION_LOCK: i64 = 0x7a68_6f75_6269_616e;

/// Brings the tables up to what this program needs; returns how many migrations ran.
pub fn migrate(conn: &mut Conn) -> Result<usize, DbError> {
    match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(c) => {
            let source = c.migrations();
            run(c, source)
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => {
            c.batch_execute(&format!("SELECT pg_advisory_lock({MIGRATION_LOCK})"))?;
            let source = c.migrations();
            let ran = run(c, source);
            c.batch_execute(&format!("SELECT pg_advisory_unlock({MIGRATION_LOCK})"))?;
            ran
        }
    }
}

/// Which migrations this program has, and which of all there ever were the database has been through;
/// each by its version, the oldest first.
///
/// A database that nobody set up has been through none; nothing is changed in it.
pub fn migrations(conn: &mut Conn) -> Result<(Vec<String>, Vec<String>), DbError> {
    crate::on!(conn, |c| {
        let source = c.migrations();
        let own = names(&source, c)?;
        let ran =
            diesel::sql_query("SELECT version FROM __diesel_schema_migrations ORDER BY version");
        let ran: Vec<Ran> = match ran.load(c) {
            Err(diesel::result::Error::DatabaseError(_, said)) if is_missing(said.message()) => {
                Vec::new()
            }
            ran => ran?,
        };
        Ok((own, ran.into_iter().map(|ran| ran.version).collect()))
    })
}

#[derive(diesel::QueryableByName)]
struct Ran {
    #[diesel(sql_type = diesel::sql_types::Text)]
    version: String,
}

/// Neither database has a kind of error for a table that is not there.
fn is_missing(said: &str) -> bool {
    said.contains("no such table") || said.contains("does not exist")
}

fn names<DB: diesel::backend::Backend>(
    source: &EmbeddedMigrations,
    _of: &mut impl diesel::Connection<Backend = DB>,
) -> Result<Vec<String>, DbError>
where
    EmbeddedMigrations: diesel::migration::MigrationSource<DB>,
{
    use diesel::migration::MigrationSource;
    let migrations = MigrationSource::<DB>::migrations(source).map_err(failed)?;
    let mut names: Vec<String> =
        migrations.iter().map(|migration| migration.name().version().to_string()).collect();
    names.sort_unstable();
    Ok(names)
}

/// Takes every migration back, newest first; returns how many.
pub fn revert_all(conn: &mut Conn) -> Result<usize, DbError> {
    crate::on!(conn, |c| {
        let source = c.migrations();
        let reverted = c.revert_all_migrations(source);
        Ok(reverted.map_err(failed)?.len())
    })
}

trait Embedded {
    fn migrations(&self) -> EmbeddedMigrations;
}

#[cfg(feature = "sqlite")]
impl Embedded for diesel::SqliteConnection {
    fn migrations(&self) -> EmbeddedMigrations {
        SQLITE
    }
}

#[cfg(feature = "postgres")]
impl Embedded for diesel::PgConnection {
    fn migrations(&self) -> EmbeddedMigrations {
        POSTGRES
    }
}

fn run<DB: diesel::backend::Backend>(
    conn: &mut impl MigrationHarness<DB>,
    source: EmbeddedMigrations,
) -> Result<usize, DbError>
where
    EmbeddedMigrations: diesel::migration::MigrationSource<DB>,
{
    Ok(conn.run_pending_migrations(source).map_err(failed)?.len())
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[allow(clippy::needless_pass_by_value)] // the shape `map_err` hands it over in
fn failed(error: Failure) -> DbError {
    DbError::Migration(error.to_string())
}
