//! Removing what lies so far back that nobody should still pull it.

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::{event, feed, feed_head};
use schema::{Conn, on};

use super::ID;
use crate::problem::Error;

/// Events looked at by one [`seq_before`].
const STEP: i64 = 5_000;

/// The last feed number in a row after `from` whose event is older than `before`, of some thousand that
/// are looked at; `from` where there is none.
pub fn seq_before(conn: &mut Conn, from: i64, before: Timestamp) -> Result<i64, Error> {
    let rows: Vec<(i64, At)> = on!(conn, |c| event::table
        .filter(event::seq.gt(from))
        .order(event::seq)
        .limit(STEP)
        .select((event::seq, event::at))
        .load(c))?;
    let old = rows.into_iter().take_while(|(_, at)| at.0 < before);
    Ok(old.last().map_or(from, |(seq, _)| seq))
}

/// Raises the floor: a cursor below it is no longer good. It never sinks.
pub fn raise_floor(conn: &mut Conn, floor: i64) -> Result<(), Error> {
    let lower = feed_head::table.filter(feed_head::id.eq(ID).and(feed_head::floor.lt(floor)));
    on!(conn, |c| diesel::update(lower).set(feed_head::floor.eq(floor)).execute(c))?;
    Ok(())
}

/// Audiences after this one, at most `most`, each with whether it has entries that lie at or below the
/// floor. One look into the index each: there are few audiences and many entries.
pub fn list_passed(
    conn: &mut Conn,
    after: &str,
    floor: i64,
    most: usize,
) -> Result<Vec<(String, bool)>, Error> {
    let mut found: Vec<(String, bool)> = Vec::new();
    while found.len() < most {
        let last = found.last().map_or(after, |(audience, _)| audience).to_owned();
        let next = feed::table
            .filter(feed::audience.gt(&last))
            .order((feed::audience, feed::seq))
            .select((feed::audience, feed::seq));
        let next: Option<(String, i64)> = on!(conn, |c| next.first(c).optional())?;
        let Some((audience, lowest)) = next else { break };
        found.push((audience, lowest <= floor));
    }
    Ok(found)
}

/// Removes an audience's entries at or below the floor, at most `most`; how many there were.
pub fn remove_passed(
    conn: &mut Conn,
    audience: &str,
    floor: i64,
    most: i64,
) -> Result<usize, Error> {
    let passed = feed::table.filter(feed::audience.eq(audience)).filter(feed::seq.le(floor));
    let bound = passed.order(feed::seq).select(feed::seq).offset(most - 1).limit(1);
    let bound: Option<i64> = on!(conn, |c| bound.first(c).optional())?;
    let upto = feed::table
        .filter(feed::audience.eq(audience))
        .filter(feed::seq.le(bound.unwrap_or(floor)));
    Ok(on!(conn, |c| diesel::delete(upto).execute(c))?)
}
