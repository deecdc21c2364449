//! The tables as values are the tables as they are.

use schema::listed::{self, Kind};
use schema::{Conn, migrate};
use support::{Back, Database};

use super::introspection::tables;

#[test]
fn every_table_and_column_of_the_database_is_listed() {
    let database = Database::empty(Back::of_this_run());
    let mut conn = Conn::open(&database.url).unwrap();
    migrate(&mut conn).unwrap();
    let there = tables(&mut conn);
    let mut listed: Vec<_> = listed::all();
    listed.sort_by_key(|table| table.name);
    let names: Vec<&str> = listed.iter().map(|table| table.name).collect();
    assert_eq!(names, there.keys().map(String::as_str).collect::<Vec<_>>());
    for table in listed {
        let class = |kind: Kind| match kind {
            Kind::Whole | Kind::Small | Kind::Flag | Kind::Instant => "INTEGER",
            Kind::Text | Kind::Document => "TEXT",
            Kind::Real => "REAL",
            Kind::Bytes | Kind::Uuid => "BLOB",
        };
        let columns = table.columns.iter();
        let columns: Vec<(String, &str, bool)> = columns
            .map(|column| (column.name.to_owned(), class(column.kind), column.nullable))
            .collect();
        assert_eq!(columns, there[table.name].columns, "{}", table.name);
    }
}
