//! The morning meeting 每日例会: what the office looks at every day at 8:30.
//!
//! Six figures, each with exactly one list behind it: [`Figure`] says which issues it counts, and
//! nothing else does. They are of this moment, and none of them is a rate; closure rates are
//! [`crate::figures`].

#[cfg(test)]
mod tests;

use jiff::civil::{Date, Time, time};
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::deadline::Calendar;
use crate::workflow::Stage;

/// When the meeting begins on a working day.
pub const BEGINS: Time = time(8, 30, 0, 0);

/// Days that are looked back for a working day: longer than any holiday.
const LOOK_BACK_DAYS: i8 = 30;

/// What the figures are made as of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meeting {
    /// Now.
    pub at: Timestamp,
    /// What was reported since then is new.
    pub since: Timestamp,
    /// The first instant of tomorrow.
    pub tomorrow: Timestamp,
}

impl Meeting {
    /// The meeting at an instant: new is whatever came in since the meeting of the last working day
    /// before this one, so that after a weekend nothing of it is missed and nothing is told twice.
    pub fn at(at: Timestamp, calendar: &Calendar) -> Self {
        let today = calendar.date_of(at);
        let before = working_day_before(today, calendar);
        let since = calendar.moment(before.to_datetime(BEGINS)).unwrap_or(Timestamp::MIN);
        Self { at, since, tomorrow: tomorrow(today, calendar) }
    }
}

/// Days from today until the evaluation 倒计时: 0 on the day itself, none once it is over.
pub fn days_left(today: Date, evaluation: Date) -> Option<u32> {
    let days = today.until(evaluation).ok()?.get_days();
    u32::try_from(days).ok()
}

/// The first instant of the day after this one.
pub fn tomorrow(today: Date, calendar: &Calendar) -> Timestamp {
    let next = today.tomorrow().ok().and_then(|next| calendar.begin_of(next));
    next.unwrap_or(Timestamp::MAX)
}

fn working_day_before(today: Date, calendar: &Calendar) -> Date {
    let back = |days: i8| today.checked_sub(days.days()).ok();
    let mut days = (1..=LOOK_BACK_DAYS).filter_map(back);
    days.find(|day| calendar.is_working(*day)).or_else(|| back(1)).unwrap_or(today)
}

/// What of an issue the figures look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// Where it stands.
    pub stage: Stage,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// Its limit, if it has one.
    pub due_at: Option<Timestamp>,
}

/// One of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Figure {
    /// 新增: reported since the last meeting, and neither refused nor void.
    New,
    /// 今日到期: a bureau owes work, and the limit ends later today.
    DueToday,
    /// 超期: a bureau owes work, and the limit is over.
    Overdue,
    /// 待派: filed, and no bureau found.
    Unrouted,
    /// 退回: sent back, and nobody else found yet.
    Returned,
    /// 待核查: said to be done, and nobody has looked.
    RectifiedWaiting,
}

impl Figure {
    /// Every one, in the order they are read out.
    pub const ALL: [Self; 6] = [
        Self::New,
        Self::DueToday,
        Self::Overdue,
        Self::Unrouted,
        Self::Returned,
        Self::RectifiedWaiting,
    ];

    /// Whether it counts an issue.
    pub fn counts(self, issue: &Stand, meeting: &Meeting) -> bool {
        let due = |within: &dyn Fn(Timestamp) -> bool| {
            issue.stage.owes_work() && issue.due_at.is_some_and(within)
        };
        match self {
            Self::New => issue.stage.is_counted() && issue.reported_at >= meeting.since,
            Self::DueToday => due(&|limit| meeting.at <= limit && limit < meeting.tomorrow),
            Self::Overdue => due(&|limit| limit < meeting.at),
            Self::Unrouted => issue.stage == Stage::Filed,
            Self::Returned => issue.stage == Stage::Returned,
            Self::RectifiedWaiting => issue.stage == Stage::Rectified,
        }
    }
}

/// The figures over any set of issues.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Counts {
    /// [`Figure::Overdue`].
    pub overdue: u64,
    /// [`Figure::DueToday`].
    pub due_today: u64,
    /// [`Figure::Returned`].
    pub returned: u64,
    /// [`Figure::Unrouted`].
    pub unrouted: u64,
    /// [`Figure::RectifiedWaiting`].
    pub rectified_waiting: u64,
    /// [`Figure::New`].
    pub new: u64,
}

impl Counts {
    /// Counts one issue.
    pub fn add(&mut self, issue: &Stand, meeting: &Meeting) {
        for figure in Figure::ALL {
            *self.of_mut(figure) += u64::from(figure.counts(issue, meeting));
        }
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn of_mut(&mut self, figure: Figure) -> &mut u64 {
        match figure {
            Figure::New => &mut self.new,
            Figure::DueToday => &mut self.due_today,
            Figure::Overdue => &mut self.overdue,
            Figure::Unrouted => &mut self.unrouted,
            Figure::Returned => &mut self.returned,
            Figure::RectifiedWaiting => &mut self.rectified_waiting,
        }
    }
}
