//! Rows of one table at once.

/// Inserts rows the way each database takes them fastest: one by one from a prepared statement in
/// this process, or all in one statement to a server.
macro_rules! several {
    ($conn:expr, $table:expr, $rows:expr) => {
        if !$rows.is_empty() {
            match $conn {
                schema::Conn::Sqlite(c) => {
                    for row in $rows {
                        diesel::insert_into($table).values(row).execute(c)?;
                    }
                }
                schema::Conn::Postgres(c) => {
                    diesel::insert_into($table).values($rows).execute(c)?;
                }
            }
        }
    };
}
