//! Makes notices of what happened and of limits that end.
//!
//! They are made of the log, after the fact, by whichever process is first: reports and commands wait for none of it,
//! and whoever was down for two days tells all of it in one pass, each once. `told` and `limits_at` move in the
//! transaction that writes the notices.

use std::collections::HashMap;

use domain::notices::{Audience, Topic, owed};
use domain::workflow::Event;
use jiff::{SignedDuration, Timestamp};
use schema::Conn;

use crate::app::App;
use crate::problem::Error;
use crate::store::events::{self, Entry};
use crate::store::feed;
use crate::store::issues::{self, Issue};
use crate::store::notices::{self, Due, Head, New};

/// Events of one transaction: on `SQLite` everybody's writes wait for it.
const EVENTS: i64 = 500;
/// What happened longer ago is no news: nobody is woken by what a restored copy missed.
const NEWS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Makes every notice that is owed now; how many those were.
pub async fn tell(app: &App) -> Result<usize, Error> {
    let soon = SignedDuration::from_hours(i64::from(app.config.notices.due_soon_hours));
    let mut made = 0;
    loop {
        let now = app.clock.now();
        let is_owed = app.db.read(move |conn| is_owed(conn, now)).await?;
        if !is_owed {
            return Ok(made);
        }
        made += app.db.write(move |conn| step(conn, now, soon)).await?;
    }
}

/// How coarsely limits are looked at: finer would be a write for every look.
const LIMITS_EVERY: SignedDuration = SignedDuration::from_mins(1);

fn is_owed(conn: &mut Conn, now: Timestamp) -> Result<bool, Error> {
    let head = notices::find_head(conn)?;
    Ok(head.told < feed::head(conn)? || head.limits_at.is_none_or(|at| at + LIMITS_EVERY <= now))
}

/// Some of what is owed.
fn step(conn: &mut Conn, now: Timestamp, soon: SignedDuration) -> Result<usize, Error> {
    let head = notices::lock_head(conn)?;
    let (mut new, told) = of_events(conn, head, now)?;
    let (limits, limits_at) = of_limits(conn, head, now, soon)?;
    new.extend(limits);
    let made = new.len();
    notices::insert(conn, new)?;
    notices::save_progress(conn, told, Some(limits_at))?;
    Ok(made)
}

fn of_events(conn: &mut Conn, head: Head, now: Timestamp) -> Result<(Vec<New>, i64), Error> {
    let stale = feed::seq_before(conn, head.told, now - NEWS)?;
    if stale > head.told {
        return Ok((Vec::new(), stale));
    }
    let entries = events::list_after(conn, head.told, EVENTS)?;
    let told = entries.last().map_or(head.told, |entry| entry.seq);
    let mut ids: Vec<i64> = entries.iter().map(|entry| entry.issue).collect();
    ids.sort_unstable();
    ids.dedup();
    let issues = issues::list(conn, &ids)?;
    let issues: HashMap<i64, Issue> = issues.into_iter().map(|issue| (issue.id, issue)).collect();
    let mut new = Vec::new();
    for entry in &entries {
        let Some(issue) = issues.get(&entry.issue) else { continue };
        new.extend(of_event(entry, issue)?);
    }
    Ok((new, told))
}

fn of_event(entry: &Entry, issue: &Issue) -> Result<Vec<New>, Error> {
    let event: Event = entry.payload.read()?;
    let new = |owed: domain::notices::Owed| New {
        audience: owed.audience,
        topic: owed.topic,
        at: entry.at,
        issue: Some(entry.issue),
        card: None,
    };
    // Nobody is told what they did themselves.
    let own = entry.bureau.clone().map(Audience::Bureau);
    let owed = owed(&event, &issue.state).into_iter();
    Ok(owed.filter(|owed| Some(&owed.audience) != own.as_ref()).map(new).collect())
}

/// Limits that have ended since they were last looked at, and those that end soon as of now and did not then.
fn of_limits(
    conn: &mut Conn,
    head: Head,
    now: Timestamp,
    soon: SignedDuration,
) -> Result<(Vec<New>, Timestamp), Error> {
    // The first look finds nothing: what was late by then is no news.
    let Some(from) = head.limits_at else { return Ok((Vec::new(), now)) };
    let from = from.max(now - NEWS).min(now);
    // As many as a week has at most: each is three columns by index.
    let ended = notices::list_due(conn, (from, now))?;
    let ended = ended.into_iter().map(|due| of_limit(due, Topic::Overdue, SignedDuration::ZERO));
    let ending = notices::list_due(conn, (from + soon, now + soon))?;
    let ending = ending.into_iter().map(|due| of_limit(due, Topic::DueSoon, soon));
    Ok((ended.chain(ending).collect(), now))
}

fn of_limit(due: Due, topic: Topic, ahead: SignedDuration) -> New {
    let audience = Audience::Bureau(due.lead);
    New { audience, topic, at: due.at - ahead, issue: Some(due.issue), card: None }
}
