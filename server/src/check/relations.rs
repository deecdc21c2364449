//! Rows that name other rows.

use schema::Conn;
use schema::rows::{self, Cell};

use super::Report;
use crate::problem::Error;
use crate::terminal::Progress;

/// A kind of damage, what it is in words, and the rows that show it (a value naming each).
const RELATIONS: [(&str, &str, &str); 12] = [
    (
        "feed-number-too-high",
        "event",
        "SELECT seq FROM event WHERE seq > (SELECT seq FROM feed_head)",
    ),
    (
        "feed-without-event",
        "feed number",
        "SELECT f.seq FROM feed f WHERE NOT EXISTS
            (SELECT 1 FROM event e WHERE e.seq = f.seq AND e.issue_id = f.issue_id)",
    ),
    (
        "event-without-account",
        "event",
        "SELECT e.seq FROM event e WHERE e.actor <> 0 AND NOT EXISTS
            (SELECT 1 FROM account a WHERE a.id = e.actor)",
    ),
    (
        "report-without-issue",
        "issue",
        "SELECT r.issue_id FROM report r WHERE NOT EXISTS
            (SELECT 1 FROM issue i WHERE i.id = r.issue_id)",
    ),
    (
        "photo-without-issue",
        "issue",
        "SELECT p.issue_id FROM photo p WHERE NOT EXISTS
            (SELECT 1 FROM issue i WHERE i.id = p.issue_id)",
    ),
    (
        "point-without-issue",
        "issue",
        "SELECT p.issue_id FROM issue_point p WHERE NOT EXISTS
            (SELECT 1 FROM issue i WHERE i.id = p.issue_id)",
    ),
    (
        "bureau-without-issue",
        "issue",
        "SELECT b.issue_id FROM issue_bureau b WHERE NOT EXISTS
            (SELECT 1 FROM issue i WHERE i.id = b.issue_id)",
    ),
    (
        "span-without-issue",
        "issue",
        "SELECT s.issue_id FROM issue_span s WHERE NOT EXISTS
            (SELECT 1 FROM issue i WHERE i.id = s.issue_id)",
    ),
    (
        "command-without-issue",
        "issue",
        "SELECT c.issue_id FROM command c WHERE NOT EXISTS
            (SELECT 1 FROM issue i WHERE i.id = c.issue_id)",
    ),
    (
        "session-without-account",
        "account",
        "SELECT s.account_id FROM session s WHERE NOT EXISTS
            (SELECT 1 FROM account a WHERE a.id = s.account_id)",
    ),
    (
        "secret-without-account",
        "account",
        "SELECT s.account_id FROM machine_secret s WHERE NOT EXISTS
            (SELECT 1 FROM account a WHERE a.id = s.account_id)",
    ),
    ("span-upside-down", "issue", "SELECT issue_id FROM issue_span WHERE from_seq >= to_seq"),
];

/// Looks for rows that name others which are not there.
pub(super) fn check(
    conn: &mut Conn,
    report: &mut Report,
    progress: &Progress,
) -> Result<(), Error> {
    progress.step("relations", Some(RELATIONS.len() as u64));
    for (kind, of, query) in RELATIONS {
        rows::each(conn, query, |row| {
            let number = row.first().and_then(Cell::whole).unwrap_or(0);
            report.add(kind, format!("{of} {number}"));
            Ok::<(), Error>(())
        })?;
        progress.advance(1);
    }
    Ok(())
}
