//! PostgreSQL: one transaction per write, run again when the database asks for it.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

use super::StorageFailure;
use super::counted::Commits;
use crate::{Conn, DbError, dialect};

/// How often a transaction is tried before its failure is the caller's.
const ATTEMPTS: u32 = 6;

/// Runs the work in a transaction, at most [`ATTEMPTS`] times.
pub(crate) fn in_transaction<T, E: StorageFailure>(
    conn: &mut Conn,
    mut work: impl FnMut(&mut Conn) -> Result<T, E>,
    commits: &Commits,
) -> Result<T, E> {
    let mut attempt = 1;
    loop {
        match once(conn, &mut work) {
            Err(error) if attempt < ATTEMPTS && asks_again(&error) => {
                // Twice as long each time, so that those who collided spread out.
                std::thread::sleep(Duration::from_millis(1 << attempt));
                attempt += 1;
            }
            other => {
                if other.is_ok() {
                    commits.add();
                }
                return other;
            }
        }
    }
}

fn asks_again<E: StorageFailure>(error: &E) -> bool {
    matches!(error.storage(), Some(DbError::Query(error)) if dialect::is_retryable(error))
}

fn once<T, E: StorageFailure>(
    conn: &mut Conn,
    work: &mut impl FnMut(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    conn.batch("BEGIN").map_err(|error| E::from(error.into()))?;
    match catch_unwind(AssertUnwindSafe(|| work(conn))) {
        Ok(Ok(value)) => {
            conn.batch("COMMIT").map_err(|error| E::from(error.into()))?;
            Ok(value)
        }
        Ok(Err(error)) => {
            roll_back(conn);
            Err(error)
        }
        Err(panic) => {
            roll_back(conn);
            resume_unwind(panic)
        }
    }
}

fn roll_back(conn: &mut Conn) {
    if let Err(error) = conn.batch("ROLLBACK") {
        tracing::warn!(%error, "rollback failed; the connection is discarded by the pool");
    }
}
