//! Where an issue stands in its life.

use serde::{Deserialize, Serialize};

/// Where an issue stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 上报: submitted, not yet looked at by the desk.
    Reported,
    /// 立案: taken up; waits for a bureau (unrouted when no rule found one).
    Filed,
    /// 派遣: sent to its bureaus; the clock runs.
    Dispatched,
    /// 签收: the lead bureau has taken it.
    Accepted,
    /// 整改: the bureau says it is done; waits for somebody else to look.
    Rectified,
    /// 销号: seen to be done.
    Closed,
    /// 不予立案: the desk did not take it up.
    Refused,
    /// 作废: false alarm, duplicate or not in the district; leaves the figures.
    Void,
    /// 退回: the lead bureau says it is not theirs.
    Returned,
    /// Verification failed: back with the bureau, rework counted.
    Reopened,
    /// 缓办: the clock stands still until a date.
    Deferred,
    /// 挂账: not solvable now; the clock stands still, and it is reviewed every month.
    Shelved,
    /// 合并: the same problem as another issue, which counts in its place.
    Merged,
}

impl Stage {
    /// Every stage, in the order of an issue's life.
    pub const ALL: [Self; 13] = [
        Self::Reported,
        Self::Filed,
        Self::Dispatched,
        Self::Accepted,
        Self::Rectified,
        Self::Closed,
        Self::Refused,
        Self::Void,
        Self::Returned,
        Self::Reopened,
        Self::Deferred,
        Self::Shelved,
        Self::Merged,
    ];

    /// Whether work on the issue is still owed to somebody.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Refused | Self::Void | Self::Merged)
    }

    /// Whether its bureaus still owe work: not while somebody else has to look, nor while the clock stands still.
    pub fn owes_work(self) -> bool {
        self.is_open() && self != Self::Rectified && !self.is_suspended()
    }

    /// Whether its clock stands still by a decision of the office.
    pub fn is_suspended(self) -> bool {
        matches!(self, Self::Deferred | Self::Shelved)
    }

    /// Whether it is in the figures.
    pub fn is_counted(self) -> bool {
        !matches!(self, Self::Refused | Self::Void | Self::Merged)
    }

    /// The word used on the wire and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Filed => "filed",
            Self::Dispatched => "dispatched",
            Self::Accepted => "accepted",
            Self::Rectified => "rectified",
            Self::Closed => "closed",
            Self::Refused => "refused",
            Self::Void => "void",
            Self::Returned => "returned",
            Self::Reopened => "reopened",
            Self::Deferred => "deferred",
            Self::Shelved => "shelved",
            Self::Merged => "merged",
        }
    }
}
