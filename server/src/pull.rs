//! Pulling changes: a page of what a reader is told of, now or once there is something.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use domain::access::{Actor, Errands, Scope, scope};
use jiff::Timestamp;
use schema::Conn;
use uuid::Uuid;

use crate::accounts;
use crate::actions::command_issue::facets;
use crate::app::App;
use crate::problem::Error;
use crate::store::accounts::Account;
use crate::store::issues::{self, Issue};
use crate::store::{feed, snapshot};

mod held;
mod hints;
mod open_issues;

pub use held::held;
pub use hints::{Hint, hints};
pub use open_issues::OpenIssues;

/// Who pulls.
#[derive(Debug, Clone)]
pub struct Reader {
    account: Arc<Account>,
    session: Uuid,
    errands: Option<Errands>,
    /// Until when what they showed is good.
    until: Timestamp,
    /// What they see.
    pub scope: Scope,
}

/// An issue that changed.
#[derive(Debug, Clone)]
pub struct Changed {
    /// As it stands now.
    pub issue: Issue,
    /// Whether the reader sees it; otherwise they did once.
    pub seen: bool,
}

/// What changed.
#[derive(Debug, Clone)]
pub struct Page {
    /// In the order it was committed, an issue once.
    pub changes: Vec<Changed>,
    /// Up to this feed number everything was examined.
    pub seq: i64,
    /// There is more now.
    pub has_more: bool,
}

/// Issues of a snapshot.
#[derive(Debug, Clone)]
pub struct Part {
    /// By number.
    pub issues: Vec<Issue>,
    /// There are more.
    pub has_more: bool,
}

impl Reader {
    /// Somebody signed in: `errands` are those of a machine's token, `until` is that token's end.
    pub fn new(
        app: &App,
        account: Arc<Account>,
        session: Uuid,
        errands: Option<Errands>,
        until: Timestamp,
    ) -> Self {
        let scope = scope(&acting(app, &account, errands.as_ref()));
        let until = account.ends_at.map_or(until, |end| end.min(until));
        Self { account, session, errands, until, scope }
    }

    /// Whose account it is.
    pub fn account(&self) -> i64 {
        self.account.id
    }

    /// How long they may still wait.
    pub fn left(&self, app: &App) -> Duration {
        self.until.duration_since(app.clock.now()).try_into().unwrap_or(Duration::ZERO)
    }

    /// Looks again who they are, after a while.
    ///
    /// [`Error::Unauthenticated`] where they no longer are, [`Error::MustRefetch`] where they no longer
    /// see the same.
    async fn look_again(&self, app: &App) -> Result<(), Error> {
        let account = accounts::actor(app, self.session, self.account.id).await?;
        let must = accounts::must(&account, &app.config.sign_in, app.clock.now());
        if let Some(first) = must.first() {
            return Err(first.refusal());
        }
        let errands = account.errands.as_ref().map(|may| match &self.errands {
            Some(asked) => may & asked,
            None => may.clone(),
        });
        if errands != self.errands {
            return Err(Error::Unauthenticated);
        }
        let now = scope(&acting(app, &account, errands.as_ref()));
        if now == self.scope { Ok(()) } else { Err(Error::MustRefetch) }
    }
}

/// Who somebody is to the rules; an area they are assigned to stands for every area in it.
pub fn acting(app: &App, account: &Account, errands: Option<&Errands>) -> Actor {
    let assigned = account.actor();
    Actor {
        duty_areas: app.gazetteer().expand(&assigned.duty_areas),
        errands: errands.cloned(),
        ..assigned
    }
}

/// What changed after a feed number, of at most `size` entries.
///
/// [`Error::MustRefetch`] where entries after it are gone, or none was ever so high.
pub async fn page(app: &App, reader: &Reader, after: i64, size: i64) -> Result<Page, Error> {
    let scope = reader.scope.clone();
    app.db.read(move |conn| read(conn, &scope, after, size)).await
}

fn read(conn: &mut Conn, scope: &Scope, after: i64, size: i64) -> Result<Page, Error> {
    let pulled = feed::pull(conn, scope, after, size)?;
    if after < pulled.floor || after > pulled.head {
        return Err(Error::MustRefetch);
    }
    let is_full = i64::try_from(pulled.entries.len()).unwrap_or(i64::MAX) >= size;
    let last = pulled.entries.last().map_or(after, |(seq, _)| *seq);
    // A page that is not full has examined everything up to the head.
    let seq = if is_full { last } else { pulled.head };
    let ids = latest(&pulled.entries);
    // As they stand now, which may be later than the entries: then they come again.
    let found = if ids.is_empty() { Vec::new() } else { issues::list(conn, &ids)? };
    let mut found: std::collections::HashMap<i64, Issue> =
        found.into_iter().map(|issue| (issue.id, issue)).collect();
    let issues = ids.iter().filter_map(|id| found.remove(id));
    let changes = issues.filter_map(|issue| changed(scope, issue)).collect();
    Ok(Page { changes, seq, has_more: seq < pulled.head })
}

/// None of an issue that was never theirs to know of: a blind one was not seen before its release.
fn changed(scope: &Scope, issue: Issue) -> Option<Changed> {
    let seen = scope.covers(&facets(&issue));
    (seen || !issue.state.blind).then_some(Changed { issue, seen })
}

/// Each issue once, at the place of its last entry.
fn latest(entries: &[(i64, i64)]) -> Vec<i64> {
    let mut seen = HashSet::new();
    let backwards = entries.iter().rev().map(|(_, issue)| *issue);
    let mut ids: Vec<i64> = backwards.filter(|issue| seen.insert(*issue)).collect();
    ids.reverse();
    ids
}

/// The feed number from which a snapshot that is begun now is followed by changes.
pub async fn begin_snapshot(app: &App) -> Result<i64, Error> {
    app.db.read(feed::head).await
}

/// The issues a reader sees with numbers above `after`, of a snapshot that was begun at `seq`. Each as it
/// stands now: what changes from `seq` on comes with the changes after it.
pub async fn snapshot(
    app: &App,
    reader: &Reader,
    seq: i64,
    after: i64,
    size: i64,
) -> Result<Part, Error> {
    let scope = reader.scope.clone();
    let list = move |conn: &mut Conn| {
        let bounds = feed::pull(conn, &Scope::Nothing, seq, 1)?;
        if seq < bounds.floor || seq > bounds.head {
            return Err(Error::MustRefetch);
        }
        // One more than asked for tells whether there are more.
        snapshot::list(conn, &scope, after, size + 1)
    };
    let mut issues = app.db.read(list).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let has_more = issues.len() > size;
    issues.truncate(size);
    Ok(Part { issues, has_more })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issue_stands_where_it_changed_last() {
        assert_eq!(latest(&[(1, 7), (2, 8), (3, 7), (3, 7), (4, 9)]), [8, 7, 9]);
        assert_eq!(latest(&[]), Vec::<i64>::new());
    }
}
