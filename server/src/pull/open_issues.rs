//! The open issues of a reader: all of them, and what becomes of them.

use schema::Conn;

use super::{Reader, begin_snapshot, page};
use crate::app::App;
use crate::http::cursor::PackCursor;
use crate::problem::Error;
use crate::store::issue_list::{self, Filter, Key, Order};
use crate::store::issues::Issue;

/// Issues one answer holds, at most: about 2 MB of JSON.
const MOST: usize = 1_000;

/// A part of the open issues, or what changed of them.
#[derive(Debug)]
pub struct OpenIssues {
    /// The feed number from which changes go on.
    pub seq: i64,
    /// The version of the reference data that the reader holds.
    pub reference: Option<i64>,
    /// The reader holds nothing that stays good.
    pub is_whole: bool,
    /// Open issues, in the order they came where it is all of them.
    pub open: Vec<Issue>,
    /// Numbers of those that ended or left the reader's sight.
    pub removed: Vec<i64>,
    /// There is more.
    pub has_more: bool,
    /// The last issue's number where a list goes on, or 0.
    pub last: i64,
}

impl OpenIssues {
    /// A part of all open issues: the first, or the one after what the reader holds.
    pub async fn list(app: &App, reader: &Reader, held: Option<PackCursor>) -> Result<Self, Error> {
        let seq = match &held {
            Some(held) => held.feed.seq,
            None => begin_snapshot(app).await?,
        };
        let after = held.as_ref().map(|held| Key { due: 0, id: held.issue });
        let (scope, filter) =
            (reader.scope.clone(), Filter { open: Some(true), ..Filter::default() });
        // One more than an answer holds tells whether there are more.
        let limit = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
        let read = move |conn: &mut Conn| {
            issue_list::list(conn, &scope, &filter, Order::Newest, after, limit)
        };
        let mut open = app.db.read(read).await?;
        let has_more = open.len() > MOST;
        open.truncate(MOST);
        let last = open.last().filter(|_| has_more).map_or(0, |last| last.id);
        let (is_whole, reference) = (held.is_none(), held.map(|held| held.reference));
        Ok(Self { seq, reference, is_whole, open, removed: Vec::new(), has_more, last })
    }

    /// What changed since what the reader holds.
    pub async fn changed(app: &App, reader: &Reader, held: PackCursor) -> Result<Self, Error> {
        let limit = i64::try_from(MOST).unwrap_or(i64::MAX);
        let page = page(app, reader, held.feed.seq, limit).await?;
        let (mut open, mut removed) = (Vec::new(), Vec::new());
        for changed in page.changes {
            if changed.seen && changed.issue.state.stage.is_open() {
                open.push(changed.issue);
            } else {
                removed.push(changed.issue.id);
            }
        }
        Ok(Self {
            seq: page.seq,
            reference: Some(held.reference),
            is_whole: false,
            open,
            removed,
            has_more: page.has_more,
            last: 0,
        })
    }
}
