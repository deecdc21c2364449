//! Reading from a bounded pool, off the async threads; writing through [`crate::writer`].

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::news::{Ear, Ears, Listening};
use crate::writer::{Commits, StorageFailure, Writer};
use crate::{Conn, DbError, DbUrl};

/// How the database is opened.
#[derive(Debug, Clone)]
pub struct DbConfig {
    /// Where it is.
    pub url: DbUrl,
    /// Connections for reading, at most.
    pub readers: u32,
    /// PostgreSQL connections for writing, at most (SQLite has one writer).
    pub writers: u32,
    /// Writes that share one commit on SQLite, at most.
    pub group: usize,
}

impl DbConfig {
    /// The default sizes for a database.
    pub fn new(url: DbUrl) -> Self {
        Self { url, readers: 4, writers: 8, group: 256 }
    }
}

/// The database as the program uses it; cheap to clone.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct Db {
    readers: Readers,
    writer: Writer,
    commits: Commits,
    url: DbUrl,
    ears: Ears,
}

impl Db {
    /// Opens the pools. The tables must be up to date: see [`crate::migrate`].
    pub fn open(config: &DbConfig) -> Result<Self, DbError> {
        let readers = Readers::open(&config.url, config.readers)?;
        let commits = Commits::default();
        let ears = Ears::default();
        let writer = Writer::open(config, commits.clone(), Arc::clone(&ears))?;
        Ok(Self { readers, writer, commits, url: config.url.clone(), ears })
    }

    /// Has `ear` hear what commits tell ([`crate::dialect::tell`]): on SQLite those of this process, on
    /// PostgreSQL those of every process. One may listen. `awaited` says whether anybody waits for news;
    /// where it is false, it may be late by a second.
    pub fn listen(
        &self,
        ear: Ear,
        awaited: impl Fn() -> bool + Send + 'static,
    ) -> Result<Listening, DbError> {
        match &self.url {
            DbUrl::Sqlite(_) => {
                drop(awaited);
                self.ears.set(ear).map_err(|_taken| DbError::Unavailable)?;
                Ok(Listening::Here)
            }
            #[cfg(feature = "postgres")]
            DbUrl::Postgres(_) => {
                use crate::news::Listener;
                Listener::start(self.url.clone(), ear, awaited).map(Listening::There)
            }
            #[cfg(not(feature = "postgres"))]
            DbUrl::Postgres(_) => Err(DbError::Unavailable),
        }
    }

    /// Commits since it was opened.
    pub fn commits(&self) -> u64 {
        self.commits.read()
    }

    /// Runs a read on a pooled connection, away from the async threads.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: StorageFailure,
    {
        self.readers.run(work).await
    }

    /// Runs a write in a transaction and answers after its commit is durable.
    ///
    /// The work may be run again: on PostgreSQL a serialization failure or deadlock repeats it a
    /// bounded number of times. Whatever it returns as an error is rolled back, and only that.
    pub async fn write<T, E>(
        &self,
        work: impl FnMut(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: StorageFailure,
    {
        self.writer.run(work).await
    }
}

struct Manager(DbUrl);

impl r2d2::ManageConnection for Manager {
    type Connection = Conn;
    type Error = DbError;

    fn connect(&self) -> Result<Conn, DbError> {
        Conn::open(&self.0)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), DbError> {
        Ok(conn.batch("SELECT 1")?)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        match conn {
            #[cfg(feature = "sqlite")]
            Conn::Sqlite(_) => false,
            #[cfg(feature = "postgres")]
            Conn::Postgres(c) => {
                use diesel::Connection;
                use diesel::connection::TransactionManager;
                <diesel::PgConnection as Connection>::TransactionManager::is_broken_transaction_manager(c)
            }
        }
    }
}

/// A bounded pool of connections. Waiting for one happens in async code, so a burst of requests
/// parks futures and not threads.
#[derive(Clone)]
pub(crate) struct Readers {
    pool: r2d2::Pool<Manager>,
    permits: Arc<Semaphore>,
}

impl Readers {
    pub(crate) fn open(url: &DbUrl, size: u32) -> Result<Self, DbError> {
        let is_server = matches!(url, DbUrl::Postgres(_));
        let pool = r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(is_server)
            .connection_timeout(Duration::from_secs(5))
            .build(Manager(url.clone()))
            .map_err(|error| DbError::Connect(error.to_string()))?;
        Ok(Self { pool, permits: Arc::new(Semaphore::new(size as usize)) })
    }

    pub(crate) async fn run<T, E>(
        &self,
        work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: StorageFailure,
    {
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let permit = permit.map_err(|_closed| E::from(DbError::Unavailable))?;
        let pool = self.pool.clone();
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let mut conn = pool.get().map_err(|error| DbError::Connect(error.to_string()))?;
            work(&mut conn)
        });
        done.await.unwrap_or_else(|lost| {
            let lost = if lost.is_panic() { DbError::Panicked } else { DbError::Unavailable };
            Err(E::from(lost))
        })
    }
}
