//! Counts 计数观测.

use diesel::dsl::{count_star, sum};
use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::{At, Doc, Uid};
use schema::tables::observed_count;
use schema::{Conn, on};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::problem::Error;

/// A count, as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    /// Made on the device.
    pub id: Uuid,
    /// The account that sent it.
    pub account: i64,
    /// When it arrived.
    pub received_at: Timestamp,
    /// SHA-256 of its canonical content.
    pub content_hash: Vec<u8>,
    /// Of what.
    pub subject: Subject,
    /// Finest area it lies in.
    pub area: Option<String>,
    /// WGS-84 latitude and longitude.
    pub position: Option<(f64, f64)>,
    /// How many were seen.
    pub seen: i32,
    /// How many of them were right.
    pub right: i32,
    /// When it began, by our clock.
    pub began_at: Timestamp,
    /// When it ended, by our clock.
    pub ended_at: Timestamp,
    /// As it was sent.
    pub body: Doc,
}

/// What was counted, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// Category code.
    pub category: String,
    /// Condition code, where it was one.
    pub condition: Option<String>,
    /// Code or name of the site, point or place.
    pub place: Option<String>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = observed_count)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    id: Uid,
    account_id: i64,
    received_at: At,
    content_hash: Vec<u8>,
    category: String,
    condition: Option<String>,
    place: Option<String>,
    area: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    seen: i32,
    right_count: i32,
    began_at: At,
    ended_at: At,
    body: Doc,
}

impl From<Count> for Row {
    fn from(count: Count) -> Self {
        let Subject { category, condition, place } = count.subject;
        Self {
            id: Uid(count.id),
            account_id: count.account,
            received_at: At(count.received_at),
            content_hash: count.content_hash,
            category,
            condition,
            place,
            area: count.area,
            lat: count.position.map(|(lat, _)| lat),
            lon: count.position.map(|(_, lon)| lon),
            seen: count.seen,
            right_count: count.right,
            began_at: At(count.began_at),
            ended_at: At(count.ended_at),
            body: count.body,
        }
    }
}

impl From<Row> for Count {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.0,
            account: row.account_id,
            received_at: row.received_at.0,
            content_hash: row.content_hash,
            subject: Subject { category: row.category, condition: row.condition, place: row.place },
            area: row.area,
            position: row.lat.zip(row.lon),
            seen: row.seen,
            right: row.right_count,
            began_at: row.began_at.0,
            ended_at: row.ended_at.0,
            body: row.body,
        }
    }
}

/// Which counts; everything given must hold.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this category.
    pub category: Option<String>,
    /// Of this condition.
    pub condition: Option<String>,
    /// Of this site, point or place.
    pub place: Option<String>,
    /// In any of these areas (the finest).
    pub areas: Vec<String>,
    /// Ended at or after this.
    pub from: Option<Timestamp>,
    /// Ended before this.
    pub to: Option<Timestamp>,
}

/// Counts of one thing at one place, together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Of what, where.
    pub subject: Subject,
    /// How many counts.
    pub counts: i64,
    /// How many were seen.
    pub seen: i64,
    /// How many of them were right.
    pub right: i64,
}

/// A place in a list of counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// When it ended, in microseconds.
    at: i64,
    id: Uuid,
}

impl Key {
    /// The place of a count.
    pub fn of(count: &Count) -> Self {
        Self { at: count.ended_at.as_microsecond(), id: count.id }
    }
}

/// Cuts a boxed query to what a [`Filter`] asks for.
macro_rules! cut {
    ($query:expr, $filter:expr) => {{
        let mut query = $query;
        if let Some(code) = &$filter.category {
            query = query.filter(observed_count::category.eq(code));
        }
        if let Some(code) = &$filter.condition {
            query = query.filter(observed_count::condition.eq(code));
        }
        if let Some(place) = &$filter.place {
            query = query.filter(observed_count::place.eq(place));
        }
        if !$filter.areas.is_empty() {
            query = query.filter(observed_count::area.eq_any(&$filter.areas));
        }
        if let Some(from) = $filter.from {
            query = query.filter(observed_count::ended_at.ge(At(from)));
        }
        if let Some(to) = $filter.to {
            query = query.filter(observed_count::ended_at.lt(At(to)));
        }
        query
    }};
}

/// The count with this id, or none.
pub fn find(conn: &mut Conn, id: Uuid) -> Result<Option<Count>, Error> {
    let row = on!(conn, |c| observed_count::table
        .find(Uid(id))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    Ok(row.map(Count::from))
}

/// Counts, the one that ended last first, at most `limit` of those before `after`.
pub fn list(
    conn: &mut Conn,
    filter: &Filter,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<Count>, Error> {
    let after = after.and_then(|key| Some((At(Timestamp::from_microsecond(key.at).ok()?), key.id)));
    let rows: Vec<Row> = on!(conn, |c| {
        let every = observed_count::table.select(Row::as_select()).limit(limit).into_boxed();
        let mut query = cut!(every, filter);
        if let Some((at, id)) = after {
            let then = observed_count::ended_at.eq(at).and(observed_count::id.lt(Uid(id)));
            query = query
                .filter(observed_count::ended_at.le(at))
                .filter(observed_count::ended_at.lt(at).or(then));
        }
        query.order((observed_count::ended_at.desc(), observed_count::id.desc())).load(c)
    })?;
    Ok(rows.into_iter().map(Count::from).collect())
}

/// Everything a filter asks for, together by what was counted where.
pub fn sums(conn: &mut Conn, filter: &Filter) -> Result<Vec<Sum>, Error> {
    type Found = (String, Option<String>, Option<String>, i64, Option<i64>, Option<i64>);
    let of = (observed_count::category, observed_count::condition, observed_count::place);
    let rows: Vec<Found> = on!(conn, |c| {
        let grouped = observed_count::table.group_by(of).select((
            observed_count::category,
            observed_count::condition,
            observed_count::place,
            count_star(),
            sum(observed_count::seen),
            sum(observed_count::right_count),
        ));
        cut!(grouped.into_boxed(), filter).load(c)
    })?;
    let mut sums: Vec<Sum> = rows
        .into_iter()
        .map(|(category, condition, place, counts, seen, right)| Sum {
            subject: Subject { category, condition, place },
            counts,
            seen: seen.unwrap_or(0),
            right: right.unwrap_or(0),
        })
        .collect();
    // Databases differ in where they put what is not there.
    sums.sort_by(|a, b| a.subject.cmp(&b.subject));
    Ok(sums)
}

/// Keeps a count; says no, and keeps nothing, where its id is there already.
pub fn insert(conn: &mut Conn, new: Count) -> Result<bool, Error> {
    let row = Row::from(new);
    // A unique violation would end the whole transaction on PostgreSQL.
    let kept = on!(conn, |c| diesel::insert_into(observed_count::table)
        .values(&row)
        .on_conflict(observed_count::id)
        .do_nothing()
        .execute(c))?;
    Ok(kept == 1)
}
