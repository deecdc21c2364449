//! Notices 通知, and how far whoever reads them has read.

use diesel::prelude::*;
use domain::notices::{Audience, Topic};
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::{notice, notice_head, notice_mark};
use schema::{Conn, dialect, insert_all, on};

use crate::problem::Error;

mod due;

pub use due::{Due, list_due};

/// A notice that is to be kept.
#[derive(Debug, Clone)]
pub struct New {
    /// Whose news it is.
    pub audience: Audience,
    /// What it is about.
    pub topic: Topic,
    /// When it happened.
    pub at: Timestamp,
    /// The issue it is about.
    pub issue: Option<i64>,
    /// The card it is about.
    pub card: Option<i64>,
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its number.
    pub seq: i64,
    /// What it is about.
    pub topic: Topic,
    /// When it happened.
    pub at: Timestamp,
    /// The issue it is about.
    pub issue: Option<i64>,
    /// The card it is about.
    pub card: Option<i64>,
}

#[derive(Insertable)]
#[diesel(table_name = notice)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    seq: i64,
    audience: String,
    topic: &'static str,
    at: At,
    issue_id: Option<i64>,
    card_id: Option<i64>,
}

/// How far notices were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The last notice's number.
    pub seq: i64,
    /// The last feed number they were made of.
    pub told: i64,
    /// Up to when limits were looked at.
    pub limits_at: Option<Timestamp>,
}

/// How far notices were made.
pub fn find_head(conn: &mut Conn) -> Result<Head, Error> {
    let columns = (notice_head::seq, notice_head::told, notice_head::limits_at);
    let (seq, told, limits_at): (i64, i64, Option<At>) =
        on!(conn, |c| notice_head::table.select(columns).first(c))?;
    Ok(Head { seq, told, limits_at: limits_at.map(|at| at.0) })
}

/// The same, kept from every other transaction until this one ends.
pub fn lock_head(conn: &mut Conn) -> Result<Head, Error> {
    dialect::lock_notice_head(conn)?;
    find_head(conn)
}

/// Keeps how far notices were made; the head is locked.
pub fn save_progress(
    conn: &mut Conn,
    told: i64,
    limits_at: Option<Timestamp>,
) -> Result<(), Error> {
    let now = (notice_head::told.eq(told), notice_head::limits_at.eq(limits_at.map(At)));
    on!(conn, |c| diesel::update(notice_head::table).set(now).execute(c))?;
    Ok(())
}

/// Keeps notices, in this order. Whoever else makes some waits until the transaction ends.
pub fn insert(conn: &mut Conn, new: Vec<New>) -> Result<(), Error> {
    if new.is_empty() {
        return Ok(());
    }
    let last = dialect::lock_notice_head(conn)?;
    let row = |(seq, one): (i64, New)| Row {
        seq,
        audience: one.audience.word(),
        topic: one.topic.word(),
        at: At(one.at),
        issue_id: one.issue,
        card_id: one.card,
    };
    let rows: Vec<Row> = (last + 1..).zip(new).map(row).collect();
    let last = rows.last().map_or(last, |row| row.seq);
    on!(conn, |c| diesel::update(notice_head::table).set(notice_head::seq.eq(last)).execute(c))?;
    insert_all!(conn, notice::table, &rows);
    Ok(())
}

type Found = (i64, String, At, Option<i64>, Option<i64>);

fn notices(found: Vec<Found>) -> Vec<Notice> {
    let notice = |(seq, topic, at, issue, card): Found| {
        let topic = Topic::of(&topic)?;
        Some(Notice { seq, topic, at: at.0, issue, card })
    };
    found.into_iter().filter_map(notice).collect()
}

const COLUMNS: (notice::seq, notice::topic, notice::at, notice::issue_id, notice::card_id) =
    (notice::seq, notice::topic, notice::at, notice::issue_id, notice::card_id);

/// An audience's notices before a number, the newest first, at most `limit`.
pub fn list(
    conn: &mut Conn,
    audience: &Audience,
    topic: Option<Topic>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Notice>, Error> {
    let of_it = notice::table
        .filter(notice::audience.eq(audience.word()))
        .filter(notice::seq.lt(before.unwrap_or(i64::MAX)));
    let newest = of_it.order(notice::seq.desc()).limit(limit).select(COLUMNS);
    let found: Vec<Found> = match topic {
        None => on!(conn, |c| newest.load(c))?,
        Some(topic) => on!(conn, |c| newest.filter(notice::topic.eq(topic.word())).load(c))?,
    };
    Ok(notices(found))
}

/// An audience's notices after a number up to another one, in order, at most `limit`.
pub fn list_between(
    conn: &mut Conn,
    audience: &Audience,
    (after, upto): (i64, i64),
    limit: i64,
) -> Result<Vec<Notice>, Error> {
    let found: Vec<Found> = on!(conn, |c| notice::table
        .filter(notice::audience.eq(audience.word()))
        .filter(notice::seq.gt(after).and(notice::seq.le(upto)))
        .order(notice::seq)
        .limit(limit)
        .select(COLUMNS)
        .load(c))?;
    Ok(notices(found))
}

/// How many of an audience's notices an account has not read; it is counted up to `most`.
pub fn count_unread(
    conn: &mut Conn,
    audience: &Audience,
    account: i64,
    most: i64,
) -> Result<i64, Error> {
    let read: Option<i64> = on!(conn, |c| notice_mark::table
        .find(account)
        .select(notice_mark::seq)
        .first(c)
        .optional())?;
    let unread: Vec<i64> = on!(conn, |c| notice::table
        .filter(notice::audience.eq(audience.word()))
        .filter(notice::seq.gt(read.unwrap_or(0)))
        .select(notice::seq)
        .limit(most)
        .load(c))?;
    Ok(i64::try_from(unread.len()).unwrap_or(most))
}

/// Up to which notice an account has read.
pub fn find_mark(conn: &mut Conn, account: i64) -> Result<i64, Error> {
    let mark = notice_mark::table.find(account).select(notice_mark::seq);
    Ok(on!(conn, |c| mark.first(c).optional())?.unwrap_or(0))
}

/// Keeps up to which notice an account has read; it never goes back.
pub fn save_mark(conn: &mut Conn, account: i64, seq: i64) -> Result<(), Error> {
    let now = seq.max(find_mark(conn, account)?).min(find_head(conn)?.seq);
    on!(conn, |c| diesel::insert_into(notice_mark::table)
        .values((notice_mark::account_id.eq(account), notice_mark::seq.eq(now)))
        .on_conflict(notice_mark::account_id)
        .do_update()
        .set(notice_mark::seq.eq(now))
        .execute(c))?;
    Ok(())
}

/// Removes notices that happened before an instant, of the oldest at most `most`; how many there were. What
/// happened is numbered nearly in its order: the first that is younger ends it.
pub fn remove_old(conn: &mut Conn, before: Timestamp, most: i64) -> Result<usize, Error> {
    let oldest: Vec<(i64, At)> = on!(conn, |c| notice::table
        .order(notice::seq)
        .limit(most)
        .select((notice::seq, notice::at))
        .load(c))?;
    let old = oldest.into_iter().take_while(|(_, at)| at.0 < before);
    let Some((last, _)) = old.last() else { return Ok(0) };
    Ok(on!(conn, |c| diesel::delete(notice::table.filter(notice::seq.le(last))).execute(c))?)
}
