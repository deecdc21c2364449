//! What the two databases do differently, each under a name of its own.

use diesel::result::{DatabaseErrorKind, Error};
use diesel::{ExpressionMethods, QueryResult, RunQueryDsl};

use crate::tables::feed_head;
use crate::{Conn, on};

/// Takes `count` feed numbers and returns the first.
///
/// Call it as the last decision of a transaction: on PostgreSQL the row stays locked until the
/// commit, so numbers become visible in their order and no poller can skip one (a sequence would
/// let a later number commit first). On SQLite the single writer gives the same for free.
pub fn next_feed_numbers(conn: &mut Conn, count: i64) -> QueryResult<i64> {
    let last: i64 = on!(conn, |c| diesel::update(feed_head::table)
        .set(feed_head::seq.eq(feed_head::seq + count))
        .returning(feed_head::seq)
        .get_result(c))?;
    Ok(last - count + 1)
}

/// Keeps two transactions from looking for the same problem at once.
///
/// Locking an issue's row does not help where there is none yet. `keys` must be sorted, so that two
/// transactions never wait for each other. SQLite has one writer and needs nothing.
pub fn lock_cells(conn: &mut Conn, keys: &[i64]) -> QueryResult<()> {
    match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(_) => {
            let _ = keys;
            Ok(())
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => {
            let mut last = None;
            for &key in keys.iter().filter(|&&key| last.replace(key) != Some(key)) {
                diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
                    .bind::<diesel::sql_types::BigInt, _>(key)
                    .execute(c)?;
            }
            Ok(())
        }
    }
}

/// Keeps every other transaction from changing an issue until this one ends.
pub fn lock_issue(conn: &mut Conn, id: i64) -> QueryResult<()> {
    match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(_) => {
            let _ = id;
            Ok(())
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => diesel::sql_query("SELECT 1 FROM issue WHERE id = $1 FOR UPDATE")
            .bind::<diesel::sql_types::BigInt, _>(id)
            .execute(c)
            .map(|_rows| ()),
    }
}

/// Whether the same transaction may succeed when it is run again.
pub fn is_retryable(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        // diesel has no kind of its own for a deadlock (SQLSTATE 40P01).
        Error::DatabaseError(_, info) => info.message().contains("deadlock detected"),
        _ => false,
    }
}
