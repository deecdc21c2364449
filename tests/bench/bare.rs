//! The bare loop: the very rows the server wrote, written once more with nothing around them. No HTTP,
//! no parsing, no looking up, no thinking; the same number of reports to a commit.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use schema::tables::{
    event, feed, feed_head, issue, issue_bureau, issue_point, issue_span, photo, report,
};
use schema::{Conn, on};

use crate::measure::Outcome;
use crate::measure::database::{self, Own};

pub mod rows;
pub use rows::{Kept, written};

/// Connections that write on PostgreSQL.
const WRITERS: usize = 8;

/// What the bare loop reached.
#[derive(Debug, Clone, Copy)]
pub struct Reached {
    /// Reports a second.
    pub rate: f64,
    /// Reports in each transaction, on the average.
    pub group: f64,
}

/// Writes what the server kept to a database that is as the server's was before; gives how many
/// reports that were, too.
pub fn write(
    own: &Own,
    kept: Vec<Kept>,
    group: f64,
    during: Duration,
) -> Outcome<(Reached, usize)> {
    if database::kind() == "sqlite" {
        let mut conn = own.open()?;
        let (rate, group, count) = in_groups(&mut conn, &kept, group, during)?;
        return Ok((Reached { rate, group }, count));
    }
    let mut shares: Vec<Vec<Kept>> = (0..WRITERS).map(|_| Vec::new()).collect();
    for one in kept {
        // All that changes an issue in one share: two of them would wait for each other crosswise.
        let share = usize::try_from(one.issue.id).unwrap_or(0) % WRITERS;
        shares[share].push(one);
    }
    let conns = (0..WRITERS).map(|_| own.open()).collect::<Outcome<Vec<Conn>>>()?;
    let threads: Vec<_> = conns
        .into_iter()
        .zip(shares)
        .map(|(mut conn, share)| {
            std::thread::spawn(move || in_groups(&mut conn, &share, group, during))
        })
        .collect();
    let (mut rate, mut count) = (0.0, 0);
    for thread in threads {
        let reached = thread.join().map_err(|_panic| "a writer panicked")??;
        rate += reached.0;
        count += reached.2;
    }
    Ok((Reached { rate, group }, count))
}

/// Transactions of so many reports on the average, until the time or the rows are over: reports a
/// second, reports in a transaction, reports.
fn in_groups(
    conn: &mut Conn,
    kept: &[Kept],
    group: f64,
    during: Duration,
) -> Outcome<(f64, f64, usize)> {
    let (began, mut done, mut commits) = (Instant::now(), 0_usize, 0_u32);
    while done < kept.len() && began.elapsed() < during {
        commits += 1;
        // A group of 7.4 is sometimes 7 and sometimes 8; a count of reports is neither negative nor huge.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let until =
            ((f64::from(commits) * group).round().max(1.0) as usize).clamp(done + 1, kept.len());
        conn.batch(if database::kind() == "sqlite" { "BEGIN IMMEDIATE" } else { "BEGIN" })?;
        for one in &kept[done..until] {
            one_report(conn, one)?;
        }
        number(conn, &kept[done..until])?;
        conn.batch("COMMIT")?;
        done = until;
    }
    Ok((done as f64 / began.elapsed().as_secs_f64(), done as f64 / f64::from(commits.max(1)), done))
}

/// Moves the feed's head, which other writers on PostgreSQL wait for from then on.
fn number(conn: &mut Conn, group: &[Kept]) -> QueryResult<()> {
    let count: usize = group.iter().map(|kept| kept.events.len()).sum();
    let count = i64::try_from(count).unwrap_or(0);
    on!(conn, |c| diesel::update(feed_head::table)
        .set(feed_head::seq.eq(feed_head::seq + count))
        .execute(c))?;
    Ok(())
}

fn one_report(conn: &mut Conn, kept: &Kept) -> QueryResult<()> {
    if kept.opens {
        on!(conn, |c| diesel::insert_into(issue::table).values(&kept.issue).execute(c))?;
        several!(conn, issue_point::table, &kept.points);
        several!(conn, issue_bureau::table, &kept.bureaus);
    } else {
        on!(conn, |c| diesel::update(issue::table.find(kept.issue.id))
            .set(&kept.issue)
            .execute(c))?;
    }
    on!(conn, |c| diesel::insert_into(report::table).values(&kept.report).execute(c))?;
    several!(conn, photo::table, &kept.photos);
    several!(conn, event::table, &kept.events);
    several!(conn, feed::table, &kept.feed);
    several!(conn, issue_span::table, &kept.spans);
    Ok(())
}
