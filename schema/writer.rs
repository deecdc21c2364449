//! Writing: group commit on SQLite, bounded retry on PostgreSQL.

use crate::news::Ears;
#[cfg(feature = "postgres")]
use crate::pool::Readers;
use crate::{Conn, DbConfig, DbError, DbUrl};

#[cfg(feature = "sqlite")]
mod checkpoint;
mod counted;
#[cfg(feature = "sqlite")]
mod group;
#[cfg(feature = "postgres")]
mod retry;

pub(crate) use counted::Commits;

/// An error of a use case that may carry a failure of the database inside.
pub trait StorageFailure: From<DbError> + Send + 'static {
    /// The database's own failure, if that is what this is.
    fn storage(&self) -> Option<&DbError>;
}

impl StorageFailure for DbError {
    fn storage(&self) -> Option<&DbError> {
        Some(self)
    }
}

/// The way all writes go.
#[derive(Clone)]
pub(crate) enum Writer {
    #[cfg(feature = "sqlite")]
    Group(group::GroupWriter),
    #[cfg(feature = "postgres")]
    Retry(Readers, Commits),
}

impl Writer {
    /// `ears` hear on SQLite, from the writer itself; PostgreSQL passes news on by itself.
    pub(crate) fn open(config: &DbConfig, commits: Commits, ears: Ears) -> Result<Self, DbError> {
        match &config.url {
            #[cfg(feature = "sqlite")]
            DbUrl::Sqlite(_) => {
                let after = group::Committed { commits, ears };
                Ok(Self::Group(group::GroupWriter::open(&config.url, config.group, after)?))
            }
            #[cfg(feature = "postgres")]
            DbUrl::Postgres(_) => {
                drop(ears);
                Ok(Self::Retry(Readers::open(&config.url, config.writers)?, commits))
            }
            #[allow(unreachable_patterns)]
            _ => Err(DbError::Url("this database was not built in".to_owned())),
        }
    }

    pub(crate) async fn run<T, E>(
        &self,
        work: impl FnMut(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: StorageFailure,
    {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Group(writer) => writer.run(work).await,
            #[cfg(feature = "postgres")]
            Self::Retry(pool, commits) => {
                let commits = commits.clone();
                pool.run(move |conn| retry::in_transaction(conn, work, &commits)).await
            }
        }
    }
}

#[cfg(test)]
mod tests;
