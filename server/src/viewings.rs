//! 暗访: who is shown a blind finding is on record before they are shown it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::problem::Error;
use crate::store::issues::Issue;
use crate::store::viewings;

/// How exactly the last time is known.
const TO_THE: SignedDuration = SignedDuration::from_mins(10);
/// What is remembered at most, so that it is not written again; beyond that it is forgotten whole.
const REMEMBERED: usize = 20_000;

/// In which way somebody is shown an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// The issue itself, its events, or one of its reports.
    Opened,
    /// A line of a list, of a point's surroundings, or of the change feed.
    Listed,
    /// One of its photos.
    Photo,
    /// A row of a file that was downloaded.
    Exported,
}

impl Way {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Listed => "listed",
            Self::Photo => "photo",
            Self::Exported => "exported",
        }
    }

    /// The way of that word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Opened, Self::Listed, Self::Photo, Self::Exported]
            .into_iter()
            .find(|way| way.word() == word)
    }
}

type Shown = (i64, i64, Way);

/// What was written lately.
#[derive(Debug, Default)]
pub struct Viewings(Mutex<HashMap<Shown, Timestamp>>);

impl Viewings {
    /// Those of the issues that are not on record for this account, or not lately.
    fn unwritten(&self, issues: Vec<i64>, account: i64, way: Way, now: Timestamp) -> Vec<i64> {
        let written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = |issue: &i64| {
            written.get(&(*issue, account, way)).is_none_or(|at| now.duration_since(*at) >= TO_THE)
        };
        issues.into_iter().filter(is_due).collect()
    }

    fn remember(&self, issues: &[i64], account: i64, way: Way, now: Timestamp) {
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if written.len() + issues.len() > REMEMBERED {
            written.clear();
        }
        written.extend(issues.iter().map(|issue| ((*issue, account, way), now)));
    }
}

/// Puts on record that an account is about to be shown these issues; only blind ones leave a trace.
///
/// Whoever calls it answers only after it is done: where it fails, nothing is shown.
pub async fn shown<'a>(
    app: &App,
    account: i64,
    way: Way,
    issues: impl IntoIterator<Item = &'a Issue>,
) -> Result<(), Error> {
    let blind = issues.into_iter().filter(|issue| issue.state.blind);
    shown_blind(app, account, way, blind.map(|issue| issue.id).collect()).await
}

/// As [`shown`], of issues that are known to be blind, by their numbers.
pub async fn shown_blind(app: &App, account: i64, way: Way, blind: Vec<i64>) -> Result<(), Error> {
    let now = app.clock.now();
    let issues = app.viewings.unwritten(blind, account, way, now);
    if issues.is_empty() {
        return Ok(());
    }
    let kept = issues.clone();
    let save = move |conn: &mut Conn| viewings::save(conn, &kept, account, way.word(), now);
    app.db.write(save).await?;
    app.viewings.remember(&issues, account, way, now);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_lately_is_not_written_again() {
        let (viewings, now) = (Viewings::default(), Timestamp::UNIX_EPOCH);
        let due = |issues: &[i64], after: SignedDuration| {
            viewings.unwritten(issues.to_vec(), 7, Way::Opened, now + after)
        };
        assert_eq!(due(&[1, 2], SignedDuration::ZERO), [1, 2]);
        viewings.remember(&[1], 7, Way::Opened, now);
        assert_eq!(due(&[1, 2], SignedDuration::from_mins(9)), [2]);
        assert_eq!(due(&[1, 2], SignedDuration::from_mins(10)), [1, 2]);
        assert_eq!(viewings.unwritten(vec![1], 8, Way::Opened, now), [1], "somebody else");
        assert_eq!(viewings.unwritten(vec![1], 7, Way::Listed, now), [1], "another way");
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let (viewings, now) = (Viewings::default(), Timestamp::UNIX_EPOCH);
        let most = i64::try_from(REMEMBERED).unwrap();
        viewings.remember(&(0..most).collect::<Vec<_>>(), 7, Way::Listed, now);
        viewings.remember(&[most], 7, Way::Listed, now);
        assert_eq!(viewings.0.lock().unwrap().len(), 1);
    }
}
