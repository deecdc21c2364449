//! Closure figures and how they are counted.
//!
//! An issue enters the figures of a [`Period`] by its limit, not by when it was filed: it is due
//! 应结案 in the period in which its limit falls and in every later one until it is closed, or in
//! the one in which it is closed before its limit. So what is closed counts once, and what is
//! overdue counts until it is closed. Everything is a function of [`Span`]s, which hold an issue as
//! it stood at one position of the event log: the same position gives the same figures for ever.

mod rate;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use rate::Rate;

/// What the figures need of one issue, as it stood at one position of the event log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The limit set by the first dispatch; none stands for a limit that never changed.
    pub first_due_at: Option<Timestamp>,
    /// The limit now; an issue without one is in no figure.
    pub due_at: Option<Timestamp>,
    /// 处置: arrival of the rectification that later passed.
    pub handled_at: Option<Timestamp>,
    /// 结案: the pass.
    pub closed_at: Option<Timestamp>,
    /// 作废: out of the figures.
    pub void: bool,
    /// 返工: how often its verification failed.
    pub rework: u32,
    /// 延期: whether its limit was extended.
    pub extended: bool,
    /// 自处置: fixed by whoever found it. Counted apart, and in no rate.
    #[serde(default)]
    pub self_handled: bool,
    /// 缓办, 挂账: since when its clock stands still, while it does; `due_at` is then the limit it had.
    #[serde(default)]
    pub suspended_at: Option<Timestamp>,
}

impl Span {
    /// When an issue that is deferred or shelved leaves what is due: at the limit it had, or when its clock stopped
    /// if it was late by then.
    fn leaves_at(&self) -> Option<Timestamp> {
        let stopped = self.suspended_at.filter(|_| self.closed_at.is_none())?;
        Some(self.due_at?.max(stopped))
    }
}

/// A stretch of time that figures are made for, from ≤ t < to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Bounds")]
pub struct Period {
    from: Timestamp,
    to: Timestamp,
}

/// A period that does not end after it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a period from {from} to {to} does not end after it begins")]
pub struct PeriodError {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end.
    pub to: Timestamp,
}

#[derive(Deserialize)]
struct Bounds {
    from: Timestamp,
    to: Timestamp,
}

impl TryFrom<Bounds> for Period {
    type Error = PeriodError;

    fn try_from(bounds: Bounds) -> Result<Self, PeriodError> {
        Self::new(bounds.from, bounds.to)
    }
}

impl Period {
    /// The period from ≤ t < to, which must not be empty.
    pub fn new(from: Timestamp, to: Timestamp) -> Result<Self, PeriodError> {
        if from < to { Ok(Self { from, to }) } else { Err(PeriodError { from, to }) }
    }

    /// Its first instant.
    pub fn from(self) -> Timestamp {
        self.from
    }

    /// The instant after its last: the first of the next period.
    pub fn to(self) -> Timestamp {
        self.to
    }

    /// Whether an instant lies in it.
    pub fn contains(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }
}

/// Whether an issue is due 应结案 in a period.
///
/// It is, unless void, self-handled or without a limit, when its limit falls before the period's end and it was
/// not closed before the period began; and also when it was closed in the period before a later
/// limit.
///
/// 缓办, 挂账: what is deferred or shelved enters at the limit it had, and is subtracted once, by
/// [`is_subtracted`]: in the period in which that limit falls, or, if it was late when its clock stopped, in the
/// one in which it stopped – what was overdue before that stays due. From the subtraction on it is due in no
/// period. Once it is resumed it is due by the limit it then has, like anything else, and subtracted nowhere:
/// as of a position before, the figures are what they were.
pub fn is_due(span: &Span, period: Period) -> bool {
    let counts = !span.void && !span.self_handled;
    let Some(limit) = span.due_at.filter(|_| counts) else { return false };
    if let Some(leaves) = span.leaves_at() {
        return limit < period.to && period.to <= leaves;
    }
    if limit < period.to {
        span.closed_at.is_none_or(|closed| closed >= period.from)
    } else {
        span.closed_at.is_some_and(|closed| period.contains(closed))
    }
}

/// Whether an issue that is deferred or shelved is subtracted in a period: it entered at the limit it had, and would
/// be due there. Over consecutive periods it is subtracted once.
pub fn is_subtracted(span: &Span, period: Period) -> bool {
    let counts = !span.void && !span.self_handled;
    counts && span.leaves_at().is_some_and(|at| period.contains(at))
}

/// The counts of one period over any set of issues. Every field but `suspended` and `self_handled` counts
/// members of `due` only, so none but `rework` can exceed it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// 应结案: issues due, by [`is_due`].
    pub due: u64,
    /// 已处置: those handled before the period's end, in the period *or before it*.
    ///
    /// An issue that was handled in one period and passed in a later one is due in the later one. If
    /// only what was handled within the period counted, such an issue would count as handled in no
    /// period, and the bureau would pay for the office's wait. It can count as handled in several
    /// periods in a row, but only where it counts as due too.
    pub handled: u64,
    /// 按期处置: those of `handled` that were handled at their limit or before.
    pub handled_on_time: u64,
    /// 已结案: those closed within the period. Over consecutive periods each issue counts once.
    pub closed: u64,
    /// 按期结案: those of `closed` that were closed at their limit or before.
    pub closed_on_time: u64,
    /// Those of `closed` that were closed at their first limit or before, whatever extensions they
    /// were given.
    pub closed_on_first_limit: u64,
    /// 返工: the failed verifications of issues due, all of them up to the log position.
    pub rework: u64,
    /// 延期: issues due whose limit was extended.
    pub extended: u64,
    /// 缓办、挂账: what entered by the limit it had when its clock stopped and was subtracted from `due`, by
    /// [`is_subtracted`]. With `due` it is what was to be closed had nothing been deferred or shelved.
    pub suspended: u64,
    /// 自处置: what its finders fixed in the period; none of it is due.
    pub self_handled: u64,
}

impl Tally {
    /// Counts one issue, if it is due in the period.
    pub fn add(&mut self, span: &Span, period: Period) {
        if span.self_handled {
            let fixed = span.closed_at.is_some_and(|at| period.contains(at)) && !span.void;
            self.self_handled += u64::from(fixed);
            return;
        }
        self.suspended += u64::from(is_subtracted(span, period));
        if !is_due(span, period) {
            return;
        }
        let by = |limit: Option<Timestamp>, at| u64::from(limit.is_some_and(|limit| at <= limit));
        self.due += 1;
        self.rework += u64::from(span.rework);
        self.extended += u64::from(span.extended);
        if let Some(at) = span.handled_at.filter(|at| *at < period.to) {
            self.handled += 1;
            self.handled_on_time += by(span.due_at, at);
        }
        if let Some(at) = span.closed_at.filter(|at| period.contains(*at)) {
            self.closed += 1;
            self.closed_on_time += by(span.due_at, at);
            self.closed_on_first_limit += by(span.first_due_at.or(span.due_at), at);
        }
    }

    /// Adds what was counted elsewhere, over other issues.
    pub fn add_all(&mut self, other: &Self) {
        self.due += other.due;
        self.handled += other.handled;
        self.handled_on_time += other.handled_on_time;
        self.closed += other.closed;
        self.closed_on_time += other.closed_on_time;
        self.closed_on_first_limit += other.closed_on_first_limit;
        self.rework += other.rework;
        self.extended += other.extended;
        self.suspended += other.suspended;
        self.self_handled += other.self_handled;
    }

    /// 结案率: closed ÷ due.
    pub fn close_rate(&self) -> Rate {
        Rate::new(self.closed, self.due)
    }

    /// 按期结案率: closed on time ÷ due.
    pub fn on_time_close_rate(&self) -> Rate {
        Rate::new(self.closed_on_time, self.due)
    }

    /// 按期结案率 by the first limit, as if nothing had been extended.
    pub fn first_limit_close_rate(&self) -> Rate {
        Rate::new(self.closed_on_first_limit, self.due)
    }

    /// 处置率: handled ÷ due.
    pub fn handle_rate(&self) -> Rate {
        Rate::new(self.handled, self.due)
    }

    /// 按期处置率: handled on time ÷ due.
    pub fn on_time_handle_rate(&self) -> Rate {
        Rate::new(self.handled_on_time, self.due)
    }

    /// 返工率: failed verifications ÷ due. The one rate that can pass 100 %: an issue can fail often.
    pub fn rework_rate(&self) -> Rate {
        Rate::new(self.rework, self.due)
    }

    /// 延期率: extended ÷ due.
    pub fn extension_rate(&self) -> Rate {
        Rate::new(self.extended, self.due)
    }
}
