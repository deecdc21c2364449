//! Which reader's pull shows which change.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use domain::access::Scope;
use schema::news::News;
use schema::tables::{event, feed, feed_head};
use schema::{Conn, dialect, insert_all, on};

use crate::problem::Error;

mod compaction;

pub use compaction::{list_passed, raise_floor, remove_passed, seq_before};

/// The one row of the feed's head.
const ID: i32 = 1;
/// Who reads every issue hears of every change; no rows are written for them.
const EVERY_ISSUE: &str = "all";
/// Who reads every issue but blind ones hears of every change of those.
const RELEASED_ISSUES: &str = "released";

/// One change for one audience.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = feed)]
#[diesel(treat_none_as_default_value = false)]
pub struct Told {
    /// Who is told.
    pub audience: String,
    /// Feed number.
    pub seq: i64,
    /// The issue that changed.
    pub issue_id: i64,
}

/// What the feed has after a number, read at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    /// The last feed number handed out and committed.
    pub head: i64,
    /// Up to this number entries may be missing.
    pub floor: i64,
    /// Feed number and issue, ascending; an issue may stand several times, also with one number.
    pub entries: Vec<(i64, i64)>,
}

/// The audiences that a reader belongs to: of those who read all issues there are no rows.
pub fn audiences(scope: &Scope) -> Vec<String> {
    match scope {
        Scope::All => vec![EVERY_ISSUE.to_owned()],
        Scope::AllButBlind => vec![RELEASED_ISSUES.to_owned()],
        Scope::Bureau(code) => vec![format!("bureau:{code}")],
        Scope::Inspector { account, areas } => {
            let areas = areas.iter().map(|code| format!("area:{code}"));
            std::iter::once(format!("person:{account}")).chain(areas).collect()
        }
        Scope::Nothing => Vec::new(),
    }
}

/// Writes changes up to this feed number, and has whoever waits for them hear of it after the commit.
/// `released`: not all of them are of blind issues.
pub fn insert(conn: &mut Conn, seq: i64, told: &[Told], released: bool) -> Result<(), Error> {
    insert_all!(conn, feed::table, told);
    let readers = told.iter().map(|told| told.audience.clone());
    let mut to: BTreeSet<String> = readers.chain([EVERY_ISSUE.to_owned()]).collect();
    if released {
        to.insert(RELEASED_ISSUES.to_owned());
    }
    Ok(dialect::tell(conn, &News { seq, to: Some(to) })?)
}

/// The last feed number handed out and committed.
pub fn head(conn: &mut Conn) -> Result<i64, Error> {
    Ok(on!(conn, |c| feed_head::table.select(feed_head::seq).first(c))?)
}

diesel::define_sql_function! {
    /// The first that is not null.
    fn coalesce(number: Nullable<BigInt>, otherwise: BigInt) -> BigInt;
}

type Found = (i64, i64, Option<i64>, Option<i64>);

/// A page of `event`, or of `feed` for some audiences, beside the feed's head. Its last number bounds what
/// is read: PostgreSQL would sort all that a reader is behind for each page.
macro_rules! page_of {
    ($conn:expr, $of:ident $(to $audiences:expr)?, after $after:expr, limit $limit:expr) => {
        on!($conn, |c| {
            let page = diesel::alias!($of as page);
            let number = page.field($of::seq);
            let last = page
                .filter(number.gt($after))
                $(.filter(page.field($of::audience).eq_any($audiences)))?
                .order(number)
                .select(number)
                .offset($limit.saturating_sub(1).max(0))
                .limit(1)
                .single_value();
            let on_page = $of::seq
                .gt($after)
                .and($of::seq.le(coalesce(last, i64::MAX)))
                $(.and($of::audience.eq_any($audiences)))?;
            feed_head::table
                .left_join($of::table.on(on_page))
                .filter(feed_head::id.eq(ID))
                .order($of::seq)
                .limit($limit)
                .select((
                    feed_head::seq,
                    feed_head::floor,
                    $of::seq.nullable(),
                    $of::issue_id.nullable(),
                ))
                .load::<Found>(c)
        })
    };
}

/// The changes after a number that a reader is told of, with head and floor, in one statement: what is
/// not in it is not committed yet.
pub fn pull(conn: &mut Conn, scope: &Scope, after: i64, limit: i64) -> Result<Pulled, Error> {
    let found = match scope {
        Scope::All | Scope::AllButBlind => page_of!(conn, event, after after, limit limit)?,
        Scope::Bureau(_) | Scope::Inspector { .. } | Scope::Nothing => {
            let audiences = audiences(scope);
            page_of!(conn, feed to &audiences, after after, limit limit)?
        }
    };
    let (head, floor) = found.first().map_or((0, 0), |(head, floor, ..)| (*head, *floor));
    let entries = found.into_iter().filter_map(|(_, _, seq, issue)| Some((seq?, issue?)));
    Ok(Pulled { head, floor, entries: entries.collect() })
}
