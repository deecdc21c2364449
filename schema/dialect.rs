//! What the two databases do differently, each under a name of its own.

use diesel::result::{DatabaseErrorKind, Error};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl, QueryResult, RunQueryDsl};

use crate::columns::At;
use crate::news::{self, News};
#[cfg(feature = "postgres")]
use crate::tables::{card, issue};
use crate::tables::{feed_head, notice_head, photo_file};
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

/// Keeps the head of the notices from every other transaction until this one ends; gives the last number.
pub fn lock_notice_head(conn: &mut Conn) -> QueryResult<i64> {
    on!(conn, |c| diesel::update(notice_head::table)
        .set(notice_head::seq.eq(notice_head::seq))
        .returning(notice_head::seq)
        .get_result(c))
}

/// How a statement that is written as text names its `n`th value, from 1 on.
pub fn placeholder(conn: &Conn, n: usize) -> String {
    match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(_) => format!("?{n}"),
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => format!("${n}"),
    }
}

/// Has whoever listens hear this once the transaction is committed, and never if it is not.
///
/// On PostgreSQL commits that tell something wait for each other; those with feed numbers do anyway.
pub fn tell(conn: &mut Conn, told: &News) -> QueryResult<()> {
    match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(_) => {
            news::note(told);
            Ok(())
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => {
            diesel::select(notify(news::CHANNEL, told.text())).execute(c).map(|_rows| ())
        }
    }
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
            // One row after another, in the order of the array.
            diesel::select(advisory_lock(unnest(keys))).execute(c).map(|_rows| ())
        }
    }
}

/// Takes `count` numbers for new issues, ascending.
///
/// On PostgreSQL those of a transaction that is rolled back are not given again.
pub fn next_issue_ids(conn: &mut Conn, count: i64) -> QueryResult<Vec<i64>> {
    match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(c) => {
            use counting::sqlite_sequence::dsl::{seq, sqlite_sequence};
            use diesel::OptionalExtension;
            let last = sqlite_sequence.find("issue").select(seq);
            let last: i64 = last.first(c).optional()?.unwrap_or(0);
            Ok((last + 1..=last + count).collect())
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => {
            // As text, though text is not kept prepared: beside a function of many rows in a SELECT's
            // list, one number too many would be taken.
            let rows: Vec<Taken> = diesel::sql_query(
                "SELECT nextval('issue_id_seq') AS id FROM generate_series(1, $1)",
            )
            .bind::<diesel::sql_types::BigInt, _>(count)
            .load(c)?;
            Ok(rows.into_iter().map(|taken| taken.id).collect())
        }
    }
}

/// A number that was taken from a sequence.
#[cfg(feature = "postgres")]
#[derive(diesel::QueryableByName)]
struct Taken {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    id: i64,
}

/// SQLite's own: the last number of each table that counts up.
#[cfg(feature = "sqlite")]
#[allow(missing_docs)]
mod counting {
    diesel::table! {
        sqlite_sequence (name) {
            name -> Text,
            seq -> BigInt,
        }
    }
}

#[cfg(feature = "postgres")]
#[diesel::declare_sql_function]
extern "SQL" {
    /// A row for each element.
    fn unnest(
        array: diesel::sql_types::Array<diesel::sql_types::BigInt>,
    ) -> diesel::sql_types::BigInt;
    /// PostgreSQL's `pg_advisory_xact_lock`. It returns nothing, and nothing of it is read.
    #[sql_name = "pg_advisory_xact_lock"]
    fn advisory_lock(key: diesel::sql_types::BigInt) -> diesel::sql_types::Text;
    /// PostgreSQL's `pg_notify`. It returns nothing, and nothing of it is read.
    #[sql_name = "pg_notify"]
    fn notify(
        channel: diesel::sql_types::Text,
        payload: diesel::sql_types::Text,
    ) -> diesel::sql_types::Text;
}

/// Keeps every other transaction from changing these issues until this one ends.
pub fn lock_issues(conn: &mut Conn, ids: &[i64]) -> QueryResult<()> {
    match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(_) => {
            let _ = ids;
            Ok(())
        }
        #[cfg(feature = "postgres")]
        // In diesel's own words: a statement given as text would be prepared anew each time.
        Conn::Postgres(c) => issue::table
            .filter(issue::id.eq_any(ids))
            .order(issue::id)
            .select(issue::id)
            .for_update()
            .execute(c)
            .map(|_rows| ()),
    }
}

/// Keeps every other transaction from changing this card until this one ends.
pub fn lock_card(conn: &mut Conn, id: i64) -> QueryResult<()> {
    match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(_) => {
            let _ = id;
            Ok(())
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => {
            card::table.find(id).select(card::id).for_update().execute(c).map(|_rows| ())
        }
    }
}

/// Has one transaction at a time, of any process, draft what rules owe.
pub fn claim_sweep(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(_) => Ok(()),
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => diesel::select(advisory_lock(SWEEP)).execute(c).map(|_rows| ()),
    }
}

/// What stands for the sweep among PostgreSQL's advisory locks: "sweep" in ASCII.
#[cfg(feature = "postgres")]
const SWEEP: i64 = 0x73_77_65_65_70;

/// The photos whose turn it is to be looked at, the longest waiting first, each kept from every other
/// transaction until this one ends; those that another one is just taking are passed over.
pub fn lock_due_photos(conn: &mut Conn, now: At, count: i64) -> QueryResult<Vec<Vec<u8>>> {
    match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(c) => photo_file::table
            .filter(photo_file::state.eq("waiting").and(photo_file::next_at.le(now)))
            .order(photo_file::next_at)
            .limit(count)
            .select(photo_file::sha256)
            .load(c),
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => photo_file::table
            .filter(photo_file::state.eq("waiting").and(photo_file::next_at.le(now)))
            .order(photo_file::next_at)
            .limit(count)
            .select(photo_file::sha256)
            .for_update()
            .skip_locked()
            .load(c),
    }
}

/// Keeps every other transaction from changing what is known of these bytes until this one ends.
pub fn lock_photo_files(conn: &mut Conn, digests: &[Vec<u8>]) -> QueryResult<()> {
    match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(_) => {
            let _ = digests;
            Ok(())
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => photo_file::table
            .filter(photo_file::sha256.eq_any(digests))
            .order(photo_file::sha256)
            .select(photo_file::sha256)
            .for_update()
            .execute(c)
            .map(|_rows| ()),
    }
}

/// Begins to read the database as it stands at this moment, whatever others write from now on; ends
/// with `COMMIT` or the connection.
pub fn begin_snapshot(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        #[cfg(feature = "sqlite")]
        // SQLite's begins with what is read first.
        Conn::Sqlite(_) => conn.batch("BEGIN; SELECT seq FROM feed_head"),
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => conn.batch(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0;
             SELECT seq FROM feed_head",
        ),
    }
}

/// Has a database that rows with numbers were written to go on counting after them.
pub fn count_on(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        #[cfg(feature = "sqlite")]
        // Whatever number is inserted, SQLite counts on from it.
        Conn::Sqlite(_) => Ok(()),
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => conn.batch(
            "DO $$ DECLARE counted record; BEGIN
                FOR counted IN SELECT table_name AS t, column_name AS c
                    FROM information_schema.columns
                    WHERE table_schema = current_schema() AND is_identity = 'YES' LOOP
                    EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), max(%I)) FROM %I
                        HAVING max(%I) IS NOT NULL', counted.t, counted.c, counted.c, counted.t, counted.c);
                END LOOP;
            END $$",
        ),
    }
}

/// What the database finds wrong with its own files; nothing where it cannot look.
pub fn integrity(conn: &mut Conn) -> QueryResult<Vec<String>> {
    match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(_) => {
            let mut said = Vec::new();
            crate::rows::each(conn, "PRAGMA integrity_check(100)", |row| {
                said.extend(row.into_iter().filter_map(crate::rows::Cell::text));
                Ok::<(), Error>(())
            })?;
            said.retain(|line| line != "ok");
            Ok(said)
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => Ok(Vec::new()),
    }
}

/// What is said of outages that diesel has no kind of its own for: SQLite's lock, PostgreSQL's limit, its
/// end and its beginning, and libpq's words for a connection that is gone.
const OUTAGES: [&str; 8] = [
    "is locked",
    "statement timeout",
    "terminating connection",
    "the database system is",
    "server closed the connection",
    "could not receive data from server",
    "could not send data to server",
    "no connection to the server",
];

/// Whether it says something of the database and not of the statement.
pub(crate) fn is_outage(error: &Error) -> bool {
    match error {
        Error::DatabaseError(
            DatabaseErrorKind::ClosedConnection
            | DatabaseErrorKind::UnableToSendCommand
            | DatabaseErrorKind::ReadOnlyTransaction,
            _,
        ) => true,
        Error::DatabaseError(_, info) => {
            let said = info.message();
            OUTAGES.iter().any(|outage| said.contains(outage))
        }
        _ => false,
    }
}

/// Whether the same transaction may succeed when it is run again.
pub fn is_retryable(error: &Error) -> bool {
    match error {
        // Another transaction took the key first: looked for again, what it wrote is found.
        Error::DatabaseError(
            DatabaseErrorKind::SerializationFailure | DatabaseErrorKind::UniqueViolation,
            _,
        ) => true,
        // diesel has no kind of its own for a deadlock (SQLSTATE 40P01).
        Error::DatabaseError(_, info) => info.message().contains("deadlock detected"),
        _ => false,
    }
}
