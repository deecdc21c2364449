mod district;
mod kinds;
mod outside;
mod readers;

use jiff::Timestamp;
use schema::{Conn, DbUrl};

use super::command::plan_and_apply;
use super::*;
use crate::store::installation;

/// An installation before its first import.
pub(crate) fn bare() -> Conn {
    let mut conn = Conn::open(&DbUrl::Sqlite(":memory:".into())).unwrap();
    schema::migrate(&mut conn).unwrap();
    installation::insert_epoch(&mut conn, "test", Timestamp::UNIX_EPOCH).unwrap();
    conn
}

/// An installation with the demo district, nothing standing in its streets.
pub(crate) fn demo() -> Conn {
    let mut conn = bare();
    import(&mut conn, &crate::demo::essentials());
    conn
}

pub(crate) fn import(conn: &mut Conn, sources: &[Source]) -> Plan {
    let rows: Vec<Row> = sources.iter().flat_map(read).collect();
    plan_and_apply(conn, &rows, Timestamp::UNIX_EPOCH).unwrap()
}

/// What became of each row, as `kind code fate` or the refusal.
fn fates(plan: &Plan) -> Vec<String> {
    let told = |row: &Planned| match (&row.fate, &row.item) {
        (Fate::Refused(why), _) => why.clone(),
        (fate, Some((kind, code))) => format!("{kind} {code} {fate:?}"),
        (fate, None) => format!("{fate:?}"),
    };
    plan.rows.iter().map(told).collect()
}
