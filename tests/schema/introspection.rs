//! What a database says of its own tables.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use schema::Conn;

/// Every table by name.
pub(super) type Tables = BTreeMap<String, Table>;

/// One table.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Table {
    /// In their order: name, class of type, whether it may be null.
    pub(super) columns: Vec<(String, &'static str, bool)>,
    /// Columns of the primary key, in its order.
    pub(super) key: Vec<String>,
    /// Every other index: unique or not, its columns. Names are each database's own affair.
    pub(super) indexes: Vec<(bool, Vec<String>)>,
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
    #[diesel(sql_type = BigInt)]
    in_key: i64,
}

#[derive(QueryableByName)]
struct Index {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Bool)]
    is_unique: bool,
    #[diesel(sql_type = Text)]
    columns: String,
}

const SQLITE_COLUMNS: &str = r#"
    SELECT t.name AS "of", c.name AS name, c.type AS kind,
        NOT c."notnull" AS nullable, c.pk AS in_key
    FROM sqlite_schema t, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND t.name NOT LIKE '\_\_%' ESCAPE '\'
    ORDER BY t.name, c.cid"#;

const SQLITE_INDEXES: &str = r#"
    SELECT t.name AS "of", i."unique" AS is_unique,
        (SELECT group_concat(c.name, ',' ORDER BY c.seqno) FROM pragma_index_info(i.name) c) AS columns
    FROM sqlite_schema t, pragma_index_list(t.name) i
    WHERE t.type = 'table' AND i.origin <> 'pk' AND t.name NOT LIKE '\_\_%' ESCAPE '\'"#;

const POSTGRES_COLUMNS: &str = r#"
    SELECT c.table_name::text AS "of", c.column_name::text AS name, c.data_type::text AS kind,
        c.is_nullable = 'YES' AS nullable,
        coalesce((SELECT k.ordinal_position FROM information_schema.key_column_usage k
            JOIN information_schema.table_constraints u USING (constraint_schema, constraint_name)
            WHERE u.constraint_type = 'PRIMARY KEY' AND k.table_name = c.table_name
                AND k.column_name = c.column_name), 0)::bigint AS in_key
    FROM information_schema.columns c
    WHERE c.table_schema = 'public' AND c.table_name NOT LIKE '\_\_%'
    ORDER BY c.table_name, c.ordinal_position"#;

const POSTGRES_INDEXES: &str = r#"
    SELECT t.relname::text AS "of", i.indisunique AS is_unique,
        (SELECT string_agg(a.attname, ',' ORDER BY k.place)
            FROM unnest(i.indkey::int[]) WITH ORDINALITY k(number, place)
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number)::text AS columns
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relnamespace = 'public'::regnamespace AND NOT i.indisprimary AND t.relname NOT LIKE '\_\_%'"#;

/// Reads every table but the migrations' own.
pub(super) fn tables(conn: &mut Conn) -> Tables {
    let (columns, indexes): (Vec<Column>, Vec<Index>) = match conn {
        Conn::Sqlite(c) => {
            let columns = diesel::sql_query(SQLITE_COLUMNS).load(c).unwrap();
            (columns, diesel::sql_query(SQLITE_INDEXES).load(c).unwrap())
        }
        Conn::Postgres(c) => {
            let columns = diesel::sql_query(POSTGRES_COLUMNS).load(c).unwrap();
            (columns, diesel::sql_query(POSTGRES_INDEXES).load(c).unwrap())
        }
    };
    let mut tables: Tables = BTreeMap::new();
    let mut keys: BTreeMap<String, BTreeMap<i64, String>> = BTreeMap::new();
    for column in columns {
        let table = tables.entry(column.of.clone()).or_insert_with(|| Table {
            columns: Vec::new(),
            key: Vec::new(),
            indexes: Vec::new(),
        });
        if column.in_key > 0 {
            keys.entry(column.of).or_default().insert(column.in_key, column.name.clone());
        }
        table.columns.push((column.name, class(&column.kind), column.nullable));
    }
    for index in indexes {
        let columns = index.columns.split(',').map(str::to_owned).collect();
        tables.get_mut(&index.of).unwrap().indexes.push((index.is_unique, columns));
    }
    for (name, table) in &mut tables {
        table.key = keys.remove(name).unwrap_or_default().into_values().collect();
        table.indexes.sort();
    }
    tables
}

/// What a column's type can hold; `STRICT` tables know five.
fn class(kind: &str) -> &'static str {
    match kind {
        "INTEGER" | "integer" | "bigint" | "boolean" | "timestamp with time zone" => "INTEGER",
        "TEXT" | "text" | "jsonb" => "TEXT",
        "REAL" | "double precision" => "REAL",
        "BLOB" | "bytea" | "uuid" => "BLOB",
        other => panic!("no class for the type {other}"),
    }
}
