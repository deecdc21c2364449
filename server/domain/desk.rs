//! The office's own clocks: how long issues wait to be filed, to be dispatched, and for the verdict.
//!
//! All run in working hours. A wait is on time when it ended within its limit; one that goes on after its limit
//! counts as late in every period until it ends, so that nothing that lies about is left out.

#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::deadline::{Calendar, Limit, due, working_time};
use crate::figures::{Period, Rate};
use crate::workflow::{IssueState, Stage};

/// What an issue waits for the office to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 受理: to be filed or refused.
    Filing,
    /// 派遣: filed and unrouted, or returned: to be sent to a bureau.
    Dispatch,
    /// 核查: rectified: for the verdict.
    Verification,
}

impl Step {
    /// Every one, in the order of an issue's life.
    pub const ALL: [Self; 3] = [Self::Filing, Self::Dispatch, Self::Verification];

    /// What an issue waits for; none where the office owes it nothing. A blind finding is not dispatched before it is
    /// released, and does not wait for that.
    pub fn of(state: &IssueState) -> Option<Self> {
        match state.stage {
            Stage::Reported => Some(Self::Filing),
            Stage::Filed | Stage::Returned if !state.blind => Some(Self::Dispatch),
            Stage::Rectified => Some(Self::Verification),
            _ => None,
        }
    }

    /// The word used on the wire and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Filing => "filing",
            Self::Dispatch => "dispatch",
            Self::Verification => "verification",
        }
    }

    /// The step of that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.word() == word)
    }
}

/// One wait, as it stood at one position of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Since when.
    pub began_at: Timestamp,
    /// Until when; none while it goes on.
    pub ended_at: Option<Timestamp>,
}

/// How a wait counts in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// It ended, or ran out, within its limit: no for what goes on after it.
    pub on_time: bool,
    /// The working time that it took; none while it goes on.
    pub took: Option<SignedDuration>,
}

/// The limit of one step.
#[derive(Debug, Clone)]
pub struct Clock<'a> {
    limit: &'a Limit,
    length: SignedDuration,
    calendar: &'a Calendar,
}

impl<'a> Clock<'a> {
    /// A clock that runs in office hours, for so many working hours.
    pub fn new(limit: &'a Limit, calendar: &'a Calendar) -> Self {
        let hours = limit.stints().iter().map(|stint| i64::from(stint.amount)).sum();
        Self { limit, length: SignedDuration::from_hours(hours), calendar }
    }

    /// When the limit of a wait ends; none beyond the range of dates.
    pub fn due_at(&self, began: Timestamp) -> Option<Timestamp> {
        due(began, self.limit, self.calendar).ok().map(|due| due.at)
    }

    /// Whether the limit is over at an instant, and the working time until then.
    pub fn read(&self, began: Timestamp, at: Timestamp) -> (bool, SignedDuration) {
        let took = working_time(began, at, self.calendar);
        // A limit that is used up at closing time ends then, and the night takes no working time.
        let late = took > self.length
            || (took == self.length && self.due_at(began).is_some_and(|due| at > due));
        (late, took)
    }

    /// How a wait counts in a period, as of an instant; none where it does not.
    pub fn counted(&self, wait: &Wait, period: Period, as_of: Timestamp) -> Option<Counted> {
        match wait.ended_at {
            Some(ended) if period.contains(ended) => {
                let (late, took) = self.read(wait.began_at, ended);
                Some(Counted { on_time: !late, took: Some(took) })
            }
            Some(ended) if ended < period.from() => None,
            // It goes on at the end of the period, or of what is known.
            _ => {
                let (late, _) = self.read(wait.began_at, period.to().min(as_of));
                late.then_some(Counted { on_time: false, took: None })
            }
        }
    }
}

/// What the waits of one step come to.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    counted: u64,
    on_time: u64,
    took: Vec<SignedDuration>,
}

impl Tally {
    /// Counts one more.
    pub fn add(&mut self, counted: Counted) {
        self.counted += 1;
        self.on_time += u64::from(counted.on_time);
        self.took.extend(counted.took);
    }

    /// 按时率: ended within the limit ÷ ended in the period or late at its end.
    pub fn on_time(&self) -> Rate {
        Rate::new(self.on_time, self.counted)
    }

    /// How many ended.
    pub fn ended(&self) -> u64 {
        self.took.len() as u64
    }

    /// The working time within which so many per cent of what ended did, by nearest rank; none where nothing did.
    pub fn within(&mut self, percent: usize) -> Option<SignedDuration> {
        self.took.sort_unstable();
        let rank = (self.took.len() * percent).div_ceil(100);
        self.took.get(rank.checked_sub(1)?).copied()
    }
}
