//! What photos are recognised by, and which of them are one picture.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;
use imaging::Mark;
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::{photo_alike, photo_file, photo_mark};
use schema::{Conn, insert_all, on};

use crate::problem::Error;

/// Photos that one key leads to, at most. What more have in common shows nothing of their scene: a
/// camera app's frame, a date stamp.
const PER_KEY: i64 = 64;
/// Across, of what is kept of a spot.
const ACROSS: i32 = 4096;

/// A mark that was found by its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its key.
    pub key: i64,
    /// Whose it is, see [`number`].
    pub photo: i64,
    /// All its bits.
    pub bits: u64,
    /// Where it is, across and down.
    pub spot: (u16, u16),
}

/// One photo that is another, or nearly.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = photo_alike)]
pub struct Pair {
    /// The SHA-256 of the one.
    pub sha256: Vec<u8>,
    /// That of the other.
    pub other: Vec<u8>,
    /// Share of what both show that is the same, per cent.
    pub percent: f64,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = photo_mark)]
struct Row {
    key: i64,
    photo: i64,
    spot: i32,
    bits: i64,
}

impl Row {
    fn of(photo: i64, mark: &Mark) -> Self {
        let spot = i32::from(mark.spot.1) * ACROSS + i32::from(mark.spot.0).min(ACROSS - 1);
        Self { key: mark.key, photo, spot, bits: mark.bits.cast_signed() }
    }

    fn found(self) -> Found {
        let part = |number: i32| u16::try_from(number).unwrap_or_default();
        Found {
            key: self.key,
            photo: self.photo,
            bits: self.bits.cast_unsigned(),
            spot: (part(self.spot % ACROSS), part(self.spot / ACROSS)),
        }
    }
}

/// The number that stands for a photo among the marks: its digest's first eight bytes.
pub fn number(sha256: &[u8]) -> i64 {
    i64::from_be_bytes(sha256.first_chunk().copied().unwrap_or_default())
}

/// Adds the marks of a photo; those it has, and those under keys that lead to many already, are left.
pub fn insert(conn: &mut Conn, sha256: &[u8], marks: &[Mark]) -> Result<(), Error> {
    let keys: Vec<i64> = marks.iter().map(|mark| mark.key).collect();
    let counted: Vec<(i64, i64)> = on!(conn, |c| photo_mark::table
        .filter(photo_mark::key.eq_any(&keys))
        .group_by(photo_mark::key)
        .select((photo_mark::key, count_star()))
        .load(c))?;
    let counted: HashMap<i64, i64> = counted.into_iter().collect();
    let is_rare = |mark: &&Mark| counted.get(&mark.key).is_none_or(|count| *count < PER_KEY);
    let photo = number(sha256);
    for mark in marks.iter().filter(is_rare) {
        on!(conn, |c| diesel::insert_into(photo_mark::table)
            .values(Row::of(photo, mark))
            .on_conflict_do_nothing()
            .execute(c))?;
    }
    Ok(())
}

/// Every mark under any of these keys.
pub fn list_by_keys(conn: &mut Conn, keys: &[i64]) -> Result<Vec<Found>, Error> {
    let rows: Vec<Row> = on!(conn, |c| photo_mark::table
        .filter(photo_mark::key.eq_any(keys))
        .select(Row::as_select())
        .load(c))?;
    Ok(rows.into_iter().map(Row::found).collect())
}

/// Keeps which photos this one is like, both ways round, and that it was compared.
pub fn save_compared(
    conn: &mut Conn,
    sha256: &[u8],
    alike: &[(Vec<u8>, f64)],
    at: Timestamp,
) -> Result<(), Error> {
    for (other, percent) in alike {
        let pair = |sha256: &[u8], other: &[u8]| Pair {
            sha256: sha256.to_vec(),
            other: other.to_vec(),
            percent: *percent,
        };
        for pair in [pair(sha256, other), pair(other, sha256)] {
            on!(conn, |c| diesel::insert_into(photo_alike::table)
                .values(pair)
                .on_conflict_do_nothing()
                .execute(c))?;
        }
    }
    on!(conn, |c| diesel::update(photo_file::table.find(sha256))
        .set(photo_file::compared_at.eq(Some(At(at))))
        .execute(c))?;
    Ok(())
}

/// The photos that any of these are like.
pub fn list_alike(conn: &mut Conn, digests: &[Vec<u8>]) -> Result<Vec<Pair>, Error> {
    Ok(on!(conn, |c| photo_alike::table
        .filter(photo_alike::sha256.eq_any(digests))
        .order((photo_alike::sha256, photo_alike::other))
        .select(Pair::as_select())
        .load(c))?)
}

/// Adds marks as they are, of photos by their numbers: to measure a large installation.
pub fn insert_many(conn: &mut Conn, marks: &[(i64, Mark)]) -> Result<(), Error> {
    let rows: Vec<Row> = marks.iter().map(|(photo, mark)| Row::of(*photo, mark)).collect();
    insert_all!(conn, photo_mark::table, &rows);
    Ok(())
}
