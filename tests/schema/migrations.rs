//! Up, down and up again; and both databases side by side.

use schema::{Conn, migrate, revert_all};
use support::{Back, Database};

use super::introspection::tables;

#[test]
fn every_migration_can_be_taken_back_and_done_again() {
    let database = Database::empty(Back::of_this_run());
    let mut conn = Conn::open(&database.url).unwrap();
    let ran = migrate(&mut conn).unwrap();
    let first = tables(&mut conn);
    assert!(ran > 0 && first.len() > 10, "{first:#?}");
    assert_eq!(migrate(&mut conn).unwrap(), 0, "what is up to date is left alone");
    assert_eq!(revert_all(&mut conn).unwrap(), ran);
    assert!(tables(&mut conn).is_empty());
    assert_eq!(migrate(&mut conn).unwrap(), ran);
    assert_eq!(tables(&mut conn), first);
}

/// Needs both at once, so it runs where there is a cluster to compare with.
#[test]
fn both_databases_have_the_same_tables() {
    if Back::of_this_run() == Back::Sqlite {
        return;
    }
    let (sqlite, postgres) = (Database::empty(Back::Sqlite), Database::empty(Back::Postgres));
    let tables_of = |database: &Database| {
        let mut conn = Conn::open(&database.url).unwrap();
        migrate(&mut conn).unwrap();
        tables(&mut conn)
    };
    let (sqlite, postgres) = (tables_of(&sqlite), tables_of(&postgres));
    assert_eq!(sqlite.keys().collect::<Vec<_>>(), postgres.keys().collect::<Vec<_>>());
    for (name, table) in &sqlite {
        assert_eq!(*table, postgres[name], "table {name}");
        assert!(!table.key.is_empty(), "table {name} has no primary key");
    }
}
