//! What the two databases do differently, each under a name of its own.

#[cfg(feature = "postgres")]
use diesel::QueryDsl;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::{ExpressionMethods, QueryResult, RunQueryDsl};

use crate::tables::feed_head;
#[cfg(feature = "postgres")]
use crate::tables::issue;
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
            // All in one statement of one shape, so that it is prepared once. The functions of a
            // SELECT's list run from left to right; a key that stands twice is taken twice.
            for four in keys.chunks(4) {
                let key = |at: usize| advisory_lock(four[at.min(four.len() - 1)]);
                diesel::select((key(0), key(1), key(2), key(3))).execute(c)?;
            }
            Ok(())
        }
    }
}

#[cfg(feature = "postgres")]
diesel::define_sql_function! {
    /// PostgreSQL's `pg_advisory_xact_lock`. It returns nothing, and nothing of it is read.
    #[sql_name = "pg_advisory_xact_lock"]
    fn advisory_lock(key: diesel::sql_types::BigInt) -> diesel::sql_types::Text;
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
        // In diesel's own words: a statement given as text would be prepared anew each time.
        Conn::Postgres(c) => {
            issue::table.find(id).select(issue::id).for_update().execute(c).map(|_rows| ())
        }
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
