//! The baseline: one plain statement over all rows, without an index, that counts what the figures count.

use std::time::{Duration, Instant};

use diesel::RunQueryDsl;
use diesel::sql_types::BigInt;
use jiff::Timestamp;
use schema::{Conn, on};

use crate::measure::Outcome;
use crate::measure::database;

/// Totals of a period as of a feed number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, diesel::QueryableByName)]
pub struct Totals {
    /// Issues due.
    #[diesel(sql_type = BigInt)]
    pub due: i64,
    /// Those closed in the period.
    #[diesel(sql_type = BigInt)]
    pub closed: i64,
    /// Those closed in time.
    #[diesel(sql_type = BigInt)]
    pub closed_on_time: i64,
}

/// Scans the spans; gives the totals and how long it took.
pub fn totals(
    conn: &mut Conn,
    (from, to): (Timestamp, Timestamp),
    as_of: i64,
) -> Outcome<(Totals, Duration)> {
    let sqlite = database::kind() == "sqlite";
    let instant = |at: Timestamp| {
        if sqlite { at.as_microsecond().to_string() } else { format!("'{at}'::timestamptz") }
    };
    let (from, to) = (instant(from), instant(to));
    let void =
        if sqlite { "void = 0 AND self_handled = 0" } else { "NOT void AND NOT self_handled" };
    let plain = if sqlite { "issue_span NOT INDEXED" } else { "issue_span" };
    let within = format!("closed_at >= {from} AND closed_at < {to}");
    let statement = format!(
        "SELECT COUNT(*) AS due, \
            COALESCE(SUM(CASE WHEN {within} THEN 1 ELSE 0 END), 0) AS closed, \
            COALESCE(SUM(CASE WHEN {within} AND closed_at <= due_at THEN 1 ELSE 0 END), 0) AS closed_on_time \
         FROM {plain} \
         WHERE from_seq <= {as_of} AND to_seq > {as_of} AND {void} AND due_at IS NOT NULL \
            AND ((due_at < {to} AND (closed_at IS NULL OR closed_at >= {from})) OR (due_at >= {to} AND {within}))"
    );
    if !sqlite {
        conn.batch("SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off")?;
    }
    let began = Instant::now();
    let totals: Totals = on!(conn, |c| diesel::sql_query(&statement).get_result(c))?;
    Ok((totals, began.elapsed()))
}
