//! How a limit runs on a calendar.

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::calendar::why_on;
use super::{Calendar, Limit, Stint, Unit};

/// How many days in a row without any working time are bridged before a calendar is given up.
pub const IDLE_DAYS_MAX: usize = 400;

/// What a stretch of time is, so that a limit can be explained in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Office hours of a Monday to Friday.
    OfficeHours,
    /// A Monday to Friday counted as a whole, for limits in working days.
    WorkingDay,
    /// 调休: a weekend day worked in exchange for a holiday; its office hours, or the whole day.
    MakeUpDay,
    /// Urgent time, that runs day and night.
    RoundTheClock,
    /// Calendar days, working or not.
    CalendarDay,
    /// Before opening or after closing on a working day.
    Night,
    /// Between two office hours of one day: lunch.
    Break,
    /// A Saturday or Sunday that nobody declared.
    Weekend,
    /// A day declared off.
    Holiday,
}

/// One stretch of time on the way to a limit, from ≤ t < to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Its first instant.
    pub from: Timestamp,
    /// The instant after its last.
    pub to: Timestamp,
    /// Whether it uses up the limit.
    pub counts: bool,
    /// What it is.
    pub why: Why,
}

impl Segment {
    /// The part in from ≤ t < to, if there is any.
    fn within(self, from: Timestamp, to: Timestamp) -> Option<Self> {
        let part = Self { from: self.from.max(from), to: self.to.min(to), ..self };
        (part.from < part.to).then_some(part)
    }

    pub(super) fn length(&self) -> SignedDuration {
        self.to.duration_since(self.from)
    }
}

/// When a limit ends, and how it came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The limit: what is done at this instant is still on time.
    pub at: Timestamp,
    /// It rests on a year whose holidays were not declared, and may move when they are. Urgent time
    /// and calendar days never do.
    pub provisional: bool,
    /// The end of each stage; the last is `at`.
    pub stages: Vec<Timestamp>,
    /// Everything from the start to `at`, in order and without gaps.
    pub segments: Vec<Segment>,
}

/// Why a limit has no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DueError {
    /// The calendar has no working time for more than [`IDLE_DAYS_MAX`] days up to this date.
    #[error("the calendar has no working day in the {IDLE_DAYS_MAX} days before {0}")]
    NoWorkingDay(Date),
    /// The limit ends after the last instant that can be written, in the year 9999.
    #[error("the limit ends beyond the range of dates")]
    OutOfRange,
}

/// When `limit` ends if it starts to run at `start`.
///
/// - Urgent hours and days are hours and 24 hours of real time.
/// - Working hours run in office hours on working days. A limit used up at closing time ends then,
///   not at the next opening.
/// - Working days end at the same time of day on the Nth working day after the start. A start
///   outside a working day, or after its closing, counts from the opening of the next working day;
///   one before opening counts from that day's opening. At closing time itself, and at lunch, the
///   day still counts as begun.
/// - Calendar days end at the same time of day N days later in the calendar's zone.
///
/// A later start, and a larger amount, never give an earlier limit; only in a zone with summer
/// time, in the hour that its clocks repeat, can limits in days be earlier by up to that hour.
pub fn due(start: Timestamp, limit: &Limit, calendar: &Calendar) -> Result<Due, DueError> {
    let mut due = Due { at: start, provisional: false, stages: Vec::new(), segments: Vec::new() };
    for stint in limit.stints() {
        let leg = Leg::run(due.at, *stint, calendar)?;
        due.provisional |= leg.provisional;
        due.at = leg.at;
        due.stages.push(leg.at);
        due.segments.extend(leg.segments);
    }
    Ok(due)
}

/// The office hours on working days in from ≤ t < to; zero if `to` is not after `from`.
///
/// Parts add up: cutting an interval anywhere neither loses time nor counts any twice.
pub fn working_time(from: Timestamp, to: Timestamp, calendar: &Calendar) -> SignedDuration {
    let mut sum = SignedDuration::ZERO;
    if to <= from {
        return sum;
    }
    for date in calendar.date_of(from).series(1.day()) {
        if calendar.bounds(date).0 >= to {
            break;
        }
        let parts = calendar.day(date).into_iter().filter_map(|part| part.within(from, to));
        sum = parts.filter(|part| part.counts).fold(sum, |sum, part| sum + part.length());
    }
    sum
}

/// When a limit ends whose clock stood still from one instant to another, with as much time as was left then.
///
/// What is counted in working time has its office hours left, everything else its hours. Nothing is left of a limit
/// that was over: it ends at the very instant at which the clock runs again, and who was late is late again.
pub fn resumed(
    due_at: Timestamp,
    (stopped, again): (Timestamp, Timestamp),
    limit: Option<&Limit>,
    calendar: &Calendar,
) -> Result<Timestamp, DueError> {
    let last = limit.and_then(|limit| limit.stints().last());
    let in_office_hours =
        last.is_some_and(|stint| matches!(stint.unit, Unit::WorkingHours | Unit::WorkingDays));
    if !in_office_hours {
        let left = due_at.duration_since(stopped).max(SignedDuration::ZERO);
        return again.checked_add(left).map_err(|_| DueError::OutOfRange);
    }
    let left = working_time(stopped, due_at, calendar);
    if left.is_zero() {
        return Ok(again);
    }
    let mut leg = Leg { at: again, provisional: false, segments: Vec::new() };
    leg.working(left, calendar)?;
    Ok(leg.at)
}

/// One stage on its way.
struct Leg {
    at: Timestamp,
    provisional: bool,
    segments: Vec<Segment>,
}

impl Leg {
    fn run(start: Timestamp, stint: Stint, calendar: &Calendar) -> Result<Self, DueError> {
        let amount = i64::from(stint.amount);
        let mut leg = Self { at: start, provisional: false, segments: Vec::new() };
        match stint.unit {
            Unit::UrgentHours => leg.straight(plus(start, amount)?, Why::RoundTheClock),
            Unit::UrgentDays => leg.straight(plus(start, 24 * amount)?, Why::RoundTheClock),
            Unit::CalendarDays => {
                let civil = calendar.civil(start).checked_add(amount.days());
                let end = civil.ok().and_then(|civil| calendar.moment(civil));
                leg.straight(end.ok_or(DueError::OutOfRange)?, Why::CalendarDay);
            }
            Unit::WorkingHours => leg.working(SignedDuration::from_hours(amount), calendar)?,
            Unit::WorkingDays => leg.working_days(amount, calendar)?,
        }
        Ok(leg)
    }

    fn straight(&mut self, to: Timestamp, why: Why) {
        self.push(Segment { from: self.at, to, counts: true, why });
    }

    /// Appends a stretch, as part of the one before it if it is of the same kind.
    fn push(&mut self, next: Segment) {
        self.at = next.to;
        match self.segments.last_mut() {
            Some(last) if (last.counts, last.why) == (next.counts, next.why) => last.to = next.to,
            _ => self.segments.push(next),
        }
    }

    /// Goes through a day's stretches up to `to`.
    fn pass(&mut self, day: Vec<Segment>, to: Timestamp) {
        for part in day {
            if let Some(part) = part.within(self.at, to) {
                self.push(part);
            }
        }
    }

    fn working(&mut self, mut left: SignedDuration, calendar: &Calendar) -> Result<(), DueError> {
        let mut idle = 0;
        for date in calendar.date_of(self.at).series(1.day()) {
            self.provisional |= !calendar.knows(date.year());
            let before = left;
            for part in calendar.day(date) {
                let Some(part) = part.within(self.at, Timestamp::MAX) else { continue };
                if part.counts && part.length() >= left {
                    let to = part.from.checked_add(left).map_err(|_| DueError::OutOfRange)?;
                    self.push(Segment { to, ..part });
                    return Ok(());
                }
                left -= if part.counts { part.length() } else { SignedDuration::ZERO };
                self.push(part);
            }
            idle = if left < before { 0 } else { idle + 1 };
            if idle > IDLE_DAYS_MAX {
                return Err(DueError::NoWorkingDay(date));
            }
        }
        Err(DueError::OutOfRange)
    }

    fn working_days(&mut self, days: i64, calendar: &Calendar) -> Result<(), DueError> {
        let first = calendar.date_of(self.at);
        let begun = opening_after(calendar.civil(self.at), calendar)?;
        let mut last = begun.date();
        for _ in 0..days {
            last = working_day_after(last, calendar)?;
        }
        let instant = |civil| calendar.moment(civil).ok_or(DueError::OutOfRange);
        let (from, to) = (instant(begun)?, instant(last.to_datetime(begun.time()))?);
        for date in first.series(1.day()).take_while(|date| *date <= last) {
            self.provisional |= !calendar.knows(date.year());
            self.pass(calendar.day(date), from);
            self.pass(vec![whole(date, calendar)], to);
        }
        Ok(())
    }
}

fn plus(start: Timestamp, hours: i64) -> Result<Timestamp, DueError> {
    start.checked_add(SignedDuration::from_hours(hours)).map_err(|_| DueError::OutOfRange)
}

/// From when a start counts for a limit in working days.
fn opening_after(start: DateTime, calendar: &Calendar) -> Result<DateTime, DueError> {
    let (opening, closing) = calendar.opening_and_closing();
    let date = start.date();
    if calendar.is_working(date) && start.time() <= closing {
        return Ok(date.to_datetime(start.time().max(opening)));
    }
    Ok(working_day_after(date, calendar)?.to_datetime(opening))
}

fn working_day_after(date: Date, calendar: &Calendar) -> Result<Date, DueError> {
    let mut last = date;
    for _ in 0..=IDLE_DAYS_MAX {
        last = last.tomorrow().map_err(|_| DueError::OutOfRange)?;
        if calendar.is_working(last) {
            return Ok(last);
        }
    }
    Err(DueError::NoWorkingDay(last))
}

/// A date as one stretch, which counts if it is a working day.
fn whole(date: Date, calendar: &Calendar) -> Segment {
    let (from, to) = calendar.bounds(date);
    let counts = calendar.is_working(date);
    let why = if counts { why_on(date, Why::WorkingDay) } else { calendar.why_off(date) };
    Segment { from, to, counts, why }
}
