//! Rows that name other rows.

use schema::Conn;
use schema::rows::{self, Cell};

use super::Report;
use crate::problem::Error;
use crate::terminal::Progress;

/// A kind of damage, what it is in words, and the rows that show it (a value naming each).
const RELATIONS: [(&str, &str, &str); 8] = [
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
    (
        "draft-without-link",
        "issue",
        "SELECT d.issue_id FROM guest_draft d WHERE NOT EXISTS
            (SELECT 1 FROM guest_link l WHERE l.id = d.link_id AND l.issue_id = d.issue_id)",
    ),
    ("span-upside-down", "issue", "SELECT issue_id FROM issue_span WHERE from_seq >= to_seq"),
    (
        "span-misplaced",
        "issue",
        "SELECT issue_id FROM issue_span WHERE node IS NOT NULL AND NOT
            CASE WHEN to_seq = 9223372036854775807 THEN node = 0 ELSE from_seq <= node AND node < to_seq END",
    ),
];

/// A kind of damage, and the table whose rows name an issue that is not there.
const OF_AN_ISSUE: [(&str, &str); 11] = [
    ("desk-wait-without-issue", "desk_wait"),
    ("task-without-issue", "verification_task"),
    ("report-without-issue", "report"),
    ("photo-without-issue", "photo"),
    ("point-without-issue", "issue_point"),
    ("bureau-without-issue", "issue_bureau"),
    ("offer-without-issue", "issue_offer"),
    ("span-without-issue", "issue_span"),
    ("command-without-issue", "command"),
    ("link-without-issue", "guest_link"),
    ("draft-without-issue", "guest_draft"),
];

/// Looks for rows that name others which are not there.
pub(super) fn check(
    conn: &mut Conn,
    report: &mut Report,
    progress: &Progress,
) -> Result<(), Error> {
    progress.step("relations", Some((RELATIONS.len() + OF_AN_ISSUE.len()) as u64));
    for (kind, of, query) in RELATIONS {
        look(conn, report, (kind, of), query)?;
        progress.advance(1);
    }
    for (kind, table) in OF_AN_ISSUE {
        let query = format!(
            "SELECT o.issue_id FROM {table} o WHERE NOT EXISTS
                (SELECT 1 FROM issue i WHERE i.id = o.issue_id)"
        );
        look(conn, report, (kind, "issue"), &query)?;
        progress.advance(1);
    }
    Ok(())
}

fn look(
    conn: &mut Conn,
    report: &mut Report,
    (kind, of): (&'static str, &str),
    query: &str,
) -> Result<(), Error> {
    rows::each(conn, query, |row| {
        let number = row.first().and_then(Cell::whole).unwrap_or(0);
        report.add(kind, format!("{of} {number}"));
        Ok::<(), Error>(())
    })
}
