//! Rows of any table, read one after another and written many at once, the same on both databases.

use diesel::{QueryResult, RunQueryDsl};
use jiff::Timestamp;
use serde_json::Value;

use crate::columns::{At, Doc, Uid, sql};
use crate::listed::{Column, Kind, Listed};
use crate::{Conn, on};

mod cell;

pub use cell::Cell;

/// Cells of one statement, at most: `SQLite` takes 32,766 and `PostgreSQL` 65,535.
const CELLS: usize = 8_000;

/// Binds a cell as what its column holds; what does not fit goes in as null, which [`cells`] ruled out.
macro_rules! bound {
    ($query:expr, $kind:expr, $cell:expr) => {{
        use diesel::sql_types::{BigInt, Binary, Bool, Double, Integer, Nullable, Text};
        let (query, cell) = ($query, $cell);
        match $kind {
            Kind::Whole => query.bind::<Nullable<BigInt>, _>(cell.whole()),
            Kind::Small => {
                query.bind::<Nullable<Integer>, _>(cell.whole().and_then(|n| i32::try_from(n).ok()))
            }
            Kind::Flag => query.bind::<Nullable<Bool>, _>(cell.whole().map(|n| n != 0)),
            Kind::Text => query.bind::<Nullable<Text>, _>(cell.text()),
            Kind::Document => {
                query.bind::<Nullable<sql::Document>, _>(cell.text().map(Doc::from_text))
            }
            Kind::Real => query.bind::<Nullable<Double>, _>(cell.real()),
            Kind::Bytes => query.bind::<Nullable<Binary>, _>(cell.bytes()),
            Kind::Uuid => query.bind::<Nullable<sql::Uuid>, _>(cell.uuid().map(Uid)),
            Kind::Instant => query.bind::<Nullable<sql::Instant>, _>(
                cell.whole().and_then(|n| Timestamp::from_microsecond(n).ok()).map(At),
            ),
        }
    }};
}

/// Reads rows, each as soon as the database has it: memory does not grow with their number.
pub fn each<E: From<diesel::result::Error>>(
    conn: &mut Conn,
    query: &str,
    mut take: impl FnMut(Vec<Cell>) -> Result<(), E>,
) -> Result<(), E> {
    let query = diesel::sql_query(query);
    match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(c) => {
            use diesel::connection::DefaultLoadingMode;
            for row in query.load_iter::<cell::Cells, DefaultLoadingMode>(c)? {
                take(row?.0)?;
            }
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => {
            use diesel::pg::PgRowByRowLoadingMode;
            for row in query.load_iter::<cell::Cells, PgRowByRowLoadingMode>(c)? {
                take(row?.0)?;
            }
        }
    }
    Ok(())
}

/// Reads every row of a table.
pub fn each_of<E: From<diesel::result::Error>>(
    conn: &mut Conn,
    table: &Listed,
    take: impl FnMut(Vec<Cell>) -> Result<(), E>,
) -> Result<(), E> {
    each(conn, &format!("SELECT {} FROM {}", table.names(), table.name), take)
}

/// How many rows of a table go into one statement.
pub fn at_once(table: &Listed) -> usize {
    CELLS / table.columns.len().max(1)
}

/// Inserts rows, at most [`at_once`] of them. Each must have gone through [`cells`].
pub fn insert(conn: &mut Conn, table: &Listed, rows: Vec<Vec<Cell>>) -> QueryResult<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let text = statement(conn, table, rows.len());
    on!(conn, |c| {
        let mut query = diesel::sql_query(text).into_boxed();
        for (column, cell) in rows.into_iter().flat_map(|row| table.columns.iter().zip(row)) {
            query = bound!(query, column.kind, cell);
        }
        query.execute(c).map(|_rows| ())
    })
}

fn statement(conn: &Conn, table: &Listed, rows: usize) -> String {
    let width = table.columns.len();
    let place = |n: usize| match conn {
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(_) => {
            let _ = n;
            "?".to_owned()
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => format!("${n}"),
    };
    let row = |row: usize| {
        let places: Vec<String> = (1..=width).map(|n| place(row * width + n)).collect();
        format!("({})", places.join(","))
    };
    let values: Vec<String> = (0..rows).map(row).collect();
    format!("INSERT INTO {} ({}) VALUES {}", table.name, table.names(), values.join(","))
}

/// A row as a JSON array: numbers and texts as they are, instants as microseconds since 1970, flags
/// as 0 and 1, bytes and UUIDs as hexadecimal digits.
pub fn json(row: &[Cell]) -> Value {
    row.iter().map(Cell::json).collect()
}

/// A row from its JSON array, or what in it is not as the table has it.
pub fn cells(table: &Listed, row: Vec<Value>) -> Result<Vec<Cell>, String> {
    if row.len() != table.columns.len() {
        return Err(format!(
            "{} has {} columns, not {}",
            table.name,
            table.columns.len(),
            row.len()
        ));
    }
    let cell = |(value, column): (Value, &Column)| {
        Cell::read(value, column.kind)
            .filter(|cell| column.nullable || *cell != Cell::Null)
            .ok_or_else(|| format!("{}.{} holds something else", table.name, column.name))
    };
    row.into_iter().zip(&table.columns).map(cell).collect()
}
