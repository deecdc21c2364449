//! Reference data as it was imported: one document per item.

use diesel::prelude::*;
use schema::columns::Doc;
use schema::tables::reference_item;
use schema::{Conn, on};

use crate::problem::Error;

/// Rows that go into one statement.
const CHUNK: usize = 200;

/// One piece of reference data: an area, a bureau, a year of the calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it is, a word of [`crate::gazetteer::Kind`].
    pub kind: String,
    /// Its code, unique within its kind.
    pub code: String,
    /// What it says; see [`crate::gazetteer::items`].
    pub body: Doc,
    /// SHA-256 of the body as canonical JSON (RFC 8785), hex.
    pub digest: String,
    /// The version of the reference data it came with.
    pub version: i64,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = reference_item)]
// One statement for many rows: else diesel begins a transaction of its own within the writer's.
#[diesel(treat_none_as_default_value = false)]
struct Row {
    kind: String,
    code: String,
    body: Doc,
    digest: String,
    version: i64,
}

impl Row {
    fn item(self) -> Item {
        let Self { kind, code, body, digest, version } = self;
        Item { kind, code, body, digest, version }
    }
}

impl From<&Item> for Row {
    fn from(item: &Item) -> Self {
        let Item { kind, code, body, digest, version } = item.clone();
        Self { kind, code, body, digest, version }
    }
}

/// The item of this kind and code.
pub fn find(conn: &mut Conn, kind: &str, code: &str) -> Result<Option<Item>, Error> {
    let row = on!(conn, |c| reference_item::table
        .find((kind, code))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    Ok(row.map(Row::item))
}

/// Items of a kind in the order of their codes, at most `limit` of those after `after`.
pub fn list(conn: &mut Conn, kind: &str, after: &str, limit: i64) -> Result<Vec<Item>, Error> {
    let rows: Vec<Row> = on!(conn, |c| reference_item::table
        .filter(reference_item::kind.eq(kind).and(reference_item::code.gt(after)))
        .order(reference_item::code)
        .limit(limit)
        .select(Row::as_select())
        .load(c))?;
    Ok(rows.into_iter().map(Row::item).collect())
}

/// Kind, code and digest of every item.
pub fn list_digests(conn: &mut Conn) -> Result<Vec<(String, String, String)>, Error> {
    let columns = (reference_item::kind, reference_item::code, reference_item::digest);
    Ok(on!(conn, |c| reference_item::table.select(columns).load(c))?)
}

/// Inserts items that are not there yet.
pub fn insert(conn: &mut Conn, items: &[Item]) -> Result<(), Error> {
    for chunk in items.chunks(CHUNK) {
        let rows: Vec<Row> = chunk.iter().map(Row::from).collect();
        on!(conn, |c| diesel::insert_into(reference_item::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// Saves what an item says now.
pub fn save(conn: &mut Conn, item: &Item) -> Result<(), Error> {
    let Row { kind, code, body, digest, version } = Row::from(item);
    on!(conn, |c| diesel::update(reference_item::table.find((kind, code)))
        .set((
            reference_item::body.eq(body),
            reference_item::digest.eq(digest),
            reference_item::version.eq(version),
        ))
        .execute(c))?;
    Ok(())
}

/// Removes an item, if it is there.
pub fn remove(conn: &mut Conn, kind: &str, code: &str) -> Result<(), Error> {
    on!(conn, |c| diesel::delete(reference_item::table.find((kind, code))).execute(c))?;
    Ok(())
}
