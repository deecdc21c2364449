//! How a limit came to end when it does, stretch by stretch, so that nobody has to take it on trust.

mod chinese;
mod english;
mod sentence;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::run::{Due, DueError, Segment, Why, due};
use super::{Calendar, Limit, Stint, Unit};

/// A limit with everything that led to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// When the clock started.
    pub from: Timestamp,
    /// The limit, as [`due`] has it.
    pub due: Due,
    /// Its stages, in order.
    pub stages: Vec<Stage>,
    /// The first year on the way whose holidays are not declared; none where nothing waits for one.
    pub waits_for: Option<i16>,
}

/// One stage of a limit, from its start to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// What it says.
    pub stint: Stint,
    /// Its start: the end of the one before it.
    pub from: Timestamp,
    /// Its end.
    pub to: Timestamp,
    /// Everything in between, in order and without gaps.
    pub stretches: Vec<Stretch>,
}

/// A stretch of time, how much of the limit it uses up, and what it is called.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// From when to when, and what it is.
    pub segment: Segment,
    /// What it uses up.
    pub used: Used,
    /// The holiday that is had, or that is worked for.
    pub holiday: Option<String>,
}

/// How much of a limit a stretch uses up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Used {
    /// Nothing.
    Nothing,
    /// Time, for limits in hours.
    Time(SignedDuration),
    /// So many days, for limits in days. The day on which they start is none of them.
    Days(i64),
}

/// Explains a limit that starts to run at `from`.
///
/// # Errors
/// As [`due`].
pub fn explain(
    from: Timestamp,
    limit: &Limit,
    calendar: &Calendar,
) -> Result<Explanation, DueError> {
    let due = due(from, limit, calendar)?;
    let (mut stages, mut start) = (Vec::with_capacity(due.stages.len()), from);
    for (stint, to) in limit.stints().iter().zip(&due.stages) {
        let own = due.segments.iter().filter(|part| part.from >= start && part.to <= *to);
        let stretches = own.flat_map(|part| stretches(*part, stint.unit, calendar)).collect();
        stages.push(Stage { stint: *stint, from: start, to: *to, stretches });
        start = *to;
    }
    let mut years = calendar.date_of(from).year()..=calendar.date_of(due.at).year();
    let waits_for = years.find(|year| due.provisional && !calendar.knows(*year));
    Ok(Explanation { from, due, stages, waits_for })
}

/// A segment as one stretch, or as one for each of the holidays that it holds.
fn stretches(segment: Segment, unit: Unit, calendar: &Calendar) -> Vec<Stretch> {
    let mut parts: Vec<Stretch> = Vec::new();
    if !matches!(segment.why, Why::Holiday | Why::MakeUpDay) {
        return vec![Stretch { segment, used: used(segment, unit, calendar), holiday: None }];
    }
    for date in dates(segment, calendar) {
        let (begin, end) = calendar.bounds(date);
        let holiday = calendar.holiday(date).map(str::to_owned);
        match parts.last_mut() {
            Some(last) if last.holiday == holiday => last.segment.to = end.min(segment.to),
            _ => {
                let part =
                    Segment { from: begin.max(segment.from), to: end.min(segment.to), ..segment };
                parts.push(Stretch { segment: part, used: Used::Nothing, holiday });
            }
        }
    }
    for part in &mut parts {
        part.used = used(part.segment, unit, calendar);
    }
    parts
}

fn used(segment: Segment, unit: Unit, calendar: &Calendar) -> Used {
    if !segment.counts {
        return Used::Nothing;
    }
    match unit {
        Unit::UrgentHours | Unit::UrgentDays | Unit::WorkingHours => Used::Time(segment.length()),
        Unit::WorkingDays => {
            let begun = |date: &Date| calendar.bounds(*date).0 >= segment.from;
            days(dates(segment, calendar).filter(begun).count())
        }
        Unit::CalendarDays => {
            let ended = |date: &Date| calendar.bounds(*date).1 <= segment.to;
            days(dates(segment, calendar).filter(ended).count())
        }
    }
}

fn days(count: usize) -> Used {
    Used::Days(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The dates that a segment has a part of.
fn dates(segment: Segment, calendar: &Calendar) -> impl Iterator<Item = Date> {
    let first = calendar.date_of(segment.from).series(1.day());
    first.take_while(move |date| calendar.bounds(*date).0 < segment.to)
}
