//! Looks that are owed 核查任务: one row for each issue that waits for one, made from its state.

use diesel::prelude::*;
use domain::access::Scope;
use domain::workflow::{IssueState, Stage, Way};
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::{issue, report, verification_task};
use schema::{Conn, insert_all, on};
use serde::{Deserialize, Serialize};

use super::issues::Issue;
use super::sight::cut;
use crate::problem::Error;

/// What the state of an issue says of the look that it owes.
#[derive(Debug, Clone, PartialEq, Insertable, AsChangeset)]
#[diesel(table_name = verification_task)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(treat_none_as_null = true)]
pub struct Owing {
    issue_id: i64,
    way: String,
    owed_at: At,
    area: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
}

impl Owing {
    /// What an issue owes now; none where nobody has to look.
    pub fn of(issue: &Issue) -> Option<Self> {
        let (way, owed_at) = owed(&issue.state)?;
        let position = issue.detail.position;
        Some(Self {
            issue_id: issue.id,
            way: way.word().to_owned(),
            owed_at: At(owed_at),
            area: issue.area().map(str::to_owned),
            lat: position.map(|at| at.lat),
            lon: position.map(|at| at.lon),
        })
    }
}

fn owed(state: &IssueState) -> Option<(Way, Timestamp)> {
    let way = state.verification.as_ref().map(|owed| owed.way);
    if state.stage == Stage::Rectified {
        // Before it was asked how, everything was looked at on site.
        return Some((way.unwrap_or(Way::OnSite), state.rectified_at?));
    }
    Some((way?, state.closed_at?))
}

/// A look that is owed.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = verification_task)]
pub struct Task {
    /// The issue's number.
    pub issue_id: i64,
    /// `on_site` or `desk`.
    pub way: String,
    /// Since when.
    pub owed_at: At,
    /// Latitude, WGS-84.
    pub lat: Option<f64>,
    /// Longitude, WGS-84.
    pub lon: Option<f64>,
    /// The account that took it, or was handed it.
    pub taken_by: Option<i64>,
    /// Until when it is theirs.
    pub taken_until: Option<At>,
    /// Who of the office handed it to them.
    pub handed_by: Option<i64>,
}

impl Task {
    /// Who has it now.
    pub fn holder(&self, now: Timestamp) -> Option<i64> {
        self.taken_by.filter(|_| self.taken_until.is_some_and(|until| now < until.0))
    }
}

/// Inserts what new issues owe.
pub fn insert(conn: &mut Conn, new: &[&Issue]) -> Result<(), Error> {
    let rows: Vec<Owing> = new.iter().filter_map(|issue| Owing::of(issue)).collect();
    insert_all!(conn, verification_task::table, &rows);
    Ok(())
}

/// Makes the table say of an issue what its state says. What is owed anew is nobody's yet.
pub fn save(conn: &mut Conn, before: Option<&Owing>, issue: &Issue) -> Result<(), Error> {
    let now = Owing::of(issue);
    let is_same = |one: &Owing| before.is_some_and(|before| before.owed_at == one.owed_at);
    match now {
        Some(now) if before == Some(&now) => {}
        Some(now) if is_same(&now) => {
            let row = verification_task::table.find(issue.id);
            on!(conn, |c| diesel::update(row).set(&now).execute(c))?;
        }
        now => {
            let row = verification_task::table.find(issue.id);
            on!(conn, |c| diesel::delete(row).execute(c))?;
            if let Some(now) = now {
                on!(conn, |c| diesel::insert_into(verification_task::table)
                    .values(&now)
                    .execute(c))?;
            }
        }
    }
    Ok(())
}

/// What an issue owes, with who has it.
pub fn find(conn: &mut Conn, issue: i64) -> Result<Option<Task>, Error> {
    Ok(on!(conn, |c| verification_task::table
        .find(issue)
        .select(Task::as_select())
        .first(c)
        .optional())?)
}

/// Numbers above `after` and at most `upto`, for whoever looks whether every row is right.
pub fn list_between(conn: &mut Conn, after: i64, upto: i64) -> Result<Vec<Task>, Error> {
    Ok(on!(conn, |c| verification_task::table
        .filter(verification_task::issue_id.gt(after))
        .filter(verification_task::issue_id.le(upto))
        .order(verification_task::issue_id)
        .select(Task::as_select())
        .load(c))?)
}

impl Task {
    /// Whether it is what the state of its issue says.
    pub fn is(&self, owing: Option<&Owing>) -> bool {
        owing.is_some_and(|owing| {
            (&self.way, self.owed_at, self.lat, self.lon)
                == (&owing.way, owing.owed_at, owing.lat, owing.lon)
        })
    }
}

/// The most tasks that are looked through for whoever goes there.
const OFFERED: i64 = 5_000;

/// What may be offered to somebody who goes there: on site, in their areas and in nobody else's hands; and what is
/// in theirs, wherever it is. Nothing that they reported themselves where `not_found` is set. Those that wait longest, of more than can be looked through.
pub fn list_offered(
    conn: &mut Conn,
    scope: &Scope,
    (account, areas, not_found): (i64, &[String], bool),
    now: Timestamp,
) -> Result<Vec<Task>, Error> {
    Ok(on!(conn, |c| {
        let every = verification_task::table
            .inner_join(issue::table.on(issue::id.eq(verification_task::issue_id)))
            .select(Task::as_select())
            .into_boxed();
        let free = verification_task::taken_until.is_null();
        let lapsed = verification_task::taken_until.assume_not_null().le(At(now));
        let near = verification_task::area.eq_any(areas).assume_not_null();
        let offered = verification_task::way.eq(Way::OnSite.word()).and(near);
        let own = verification_task::taken_by.eq(account).assume_not_null();
        let mut query = cut!(every, scope);
        if not_found {
            let found = report::table.filter(report::reporter.eq(account)).select(report::issue_id);
            let by_others = verification_task::issue_id.ne_all(found);
            query = query.filter(by_others.or(own));
        }
        query
            .filter(offered.and(free.or(lapsed)).or(own))
            .order((verification_task::owed_at.asc(), verification_task::issue_id.asc()))
            .limit(OFFERED)
            .load(c)
    })?)
}

/// A place in the office's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// Since when it is owed, microseconds.
    pub owed: i64,
    /// The issue's number.
    pub id: i64,
}

/// All that are owed, those that wait longest first; of one way alone where that is said, at most `limit` after
/// `after`.
pub fn list(
    conn: &mut Conn,
    scope: &Scope,
    way: Option<Way>,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<Task>, Error> {
    let after = after.and_then(|key| Some((At(Timestamp::from_microsecond(key.owed).ok()?), key)));
    Ok(on!(conn, |c| {
        let every = verification_task::table
            .inner_join(issue::table.on(issue::id.eq(verification_task::issue_id)))
            .select(Task::as_select())
            .limit(limit)
            .into_boxed();
        let mut query = cut!(every, scope);
        if let Some(way) = way {
            query = query.filter(verification_task::way.eq(way.word()));
        }
        if let Some((at, key)) = after {
            let then =
                verification_task::owed_at.eq(at).and(verification_task::issue_id.gt(key.id));
            query = query
                .filter(verification_task::owed_at.ge(at))
                .filter(verification_task::owed_at.gt(at).or(then));
        }
        query.order((verification_task::owed_at.asc(), verification_task::issue_id.asc())).load(c)
    })?)
}

/// How many are owed of each way, and how many somebody has.
pub fn count(conn: &mut Conn, scope: &Scope, now: Timestamp) -> Result<(i64, i64, i64), Error> {
    let mut of = |way: Option<Way>| -> Result<i64, Error> {
        Ok(on!(conn, |c| {
            let every = verification_task::table
                .inner_join(issue::table.on(issue::id.eq(verification_task::issue_id)))
                .select(diesel::dsl::count_star())
                .into_boxed();
            let query = cut!(every, scope);
            match way {
                Some(way) => query.filter(verification_task::way.eq(way.word())).first(c),
                None => query.filter(verification_task::taken_until.gt(At(now))).first(c),
            }
        })?)
    };
    Ok((of(Some(Way::OnSite))?, of(Some(Way::Desk))?, of(None)?))
}

/// Gives a task to somebody until then; no where somebody else has it. Of two who take it at once, one gets it.
pub fn take(
    conn: &mut Conn,
    issue: i64,
    (account, until): (i64, Timestamp),
    now: Timestamp,
) -> Result<bool, Error> {
    let free = verification_task::taken_until
        .is_null()
        .or(verification_task::taken_until.assume_not_null().le(At(now)))
        .or(verification_task::taken_by.eq(account).assume_not_null());
    let task = verification_task::table.find(issue).filter(free);
    let none: Option<i64> = None;
    let given = on!(conn, |c| diesel::update(task)
        .set((
            verification_task::taken_by.eq(account),
            verification_task::taken_until.eq(At(until)),
            verification_task::handed_by.eq(none),
        ))
        .execute(c))?;
    Ok(given == 1)
}

/// Hands a task to somebody, whoever has it.
pub fn hand(
    conn: &mut Conn,
    issue: i64,
    (account, until): (i64, Timestamp),
    by: i64,
) -> Result<(), Error> {
    on!(conn, |c| diesel::update(verification_task::table.find(issue))
        .set((
            verification_task::taken_by.eq(account),
            verification_task::taken_until.eq(At(until)),
            verification_task::handed_by.eq(by),
        ))
        .execute(c))?;
    Ok(())
}

/// Frees a task that this account has, or anybody where none is named.
pub fn free(conn: &mut Conn, issue: i64, of: Option<i64>) -> Result<bool, Error> {
    let nobody: (Option<i64>, Option<At>, Option<i64>) = (None, None, None);
    let set = (
        verification_task::taken_by.eq(nobody.0),
        verification_task::taken_until.eq(nobody.1),
        verification_task::handed_by.eq(nobody.2),
    );
    let task = verification_task::table.find(issue);
    let freed = on!(conn, |c| match of {
        Some(account) =>
            diesel::update(task.filter(verification_task::taken_by.eq(account))).set(set).execute(c),
        None => diesel::update(task).set(set).execute(c),
    })?;
    Ok(freed == 1)
}

/// How many tasks each of these accounts has now.
pub fn count_held(
    conn: &mut Conn,
    now: Timestamp,
) -> Result<std::collections::HashMap<i64, i64>, Error> {
    let held: Vec<Option<i64>> = on!(conn, |c| verification_task::table
        .filter(verification_task::taken_by.is_not_null())
        .filter(verification_task::taken_until.gt(At(now)))
        .select(verification_task::taken_by)
        .load(c))?;
    let mut count = std::collections::HashMap::new();
    for account in held.into_iter().flatten() {
        *count.entry(account).or_insert(0) += 1;
    }
    Ok(count)
}
