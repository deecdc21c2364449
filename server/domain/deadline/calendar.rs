//! When the office is open: office hours, weekends, holidays and 调休 make-up days.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::run::{Segment, Why};

/// The statutory calendar of one installation.
///
/// Monday to Friday are working days unless a declared date says otherwise. The State Council
/// publishes the holidays of a year, and the weekend days worked in exchange, only late in the year
/// before: a year that was not declared yet is reckoned without holidays, and [`Calendar::knows`]
/// says so.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
    office_hours: Vec<(Time, Time)>,
    exceptions: BTreeMap<Date, bool>,
    holidays: BTreeMap<Date, String>,
    known: BTreeSet<i16>,
}

/// Why office hours cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// There are none.
    #[error("a calendar needs office hours")]
    NoOfficeHours,
    /// A pair that does not end after it begins. Hours past midnight cannot be given.
    #[error("office hours {0}–{1} do not end after they begin")]
    Backwards(Time, Time),
    /// A pair begins before the one before it ends.
    #[error("office hours that begin at {0} overlap those before them, or are out of order")]
    Overlap(Time),
}

impl Calendar {
    /// A calendar with these office hours (from, to) on every working day, sorted and disjoint, and
    /// no year declared.
    pub fn new(zone: TimeZone, office_hours: Vec<(Time, Time)>) -> Result<Self, CalendarError> {
        if office_hours.is_empty() {
            return Err(CalendarError::NoOfficeHours);
        }
        if let Some(&(open, close)) = office_hours.iter().find(|(open, close)| open >= close) {
            return Err(CalendarError::Backwards(open, close));
        }
        if let Some(pair) = office_hours.windows(2).find(|pair| pair[1].0 < pair[0].1) {
            return Err(CalendarError::Overlap(pair[1].0));
        }
        let (exceptions, holidays) = (BTreeMap::new(), BTreeMap::new());
        Ok(Self { zone, office_hours, exceptions, holidays, known: BTreeSet::new() })
    }

    /// Declares a year's exceptions: each date with whether it is a day off (`true`) or worked.
    ///
    /// Dates of a neighbouring year are taken too, as the New Year holiday reaches into December,
    /// but only `year` becomes known. The last word on a date wins.
    pub fn declare_year(&mut self, year: i16, days: impl IntoIterator<Item = (Date, bool)>) {
        self.known.insert(year);
        self.exceptions.extend(days);
    }

    /// Says which holiday a date is had off for, or worked in exchange for.
    pub fn name_days(&mut self, days: impl IntoIterator<Item = (Date, String)>) {
        self.holidays.extend(days);
    }

    /// The holiday that a declared date belongs to, if it has a name.
    pub fn holiday(&self, date: Date) -> Option<&str> {
        self.holidays.get(&date).map(String::as_str).filter(|name| !name.is_empty())
    }

    /// Whether the office opens on this date.
    pub fn is_working(&self, date: Date) -> bool {
        self.exceptions.get(&date).map_or_else(|| !is_weekend(date), |off| !off)
    }

    /// Whether this year's holidays were declared.
    pub fn knows(&self, year: i16) -> bool {
        self.known.contains(&year)
    }

    /// The date it is in the calendar's zone at this instant.
    pub fn date_of(&self, at: Timestamp) -> Date {
        self.civil(at).date()
    }

    /// The first instant of a date in the calendar's zone; none at the end of time.
    pub fn begin_of(&self, date: Date) -> Option<Timestamp> {
        self.zone.to_timestamp(date.at(0, 0, 0, 0)).ok()
    }

    /// The date and time of day in the calendar's zone.
    pub fn civil(&self, at: Timestamp) -> DateTime {
        self.zone.to_datetime(at)
    }

    /// When the office opens first and closes last on a working day.
    pub(super) fn opening_and_closing(&self) -> (Time, Time) {
        let first = self.office_hours.first().map_or(Time::MIN, |hours| hours.0);
        let last = self.office_hours.last().map_or(Time::MAX, |hours| hours.1);
        (first, last)
    }

    /// The first instant at which clocks show this time or a later one; none outside jiff's range.
    ///
    /// A time that a clock change skips becomes the change itself, not jiff's shift past it: with
    /// the shift 02:30 would come after 03:10, and office hours could overlap.
    pub fn moment(&self, civil: DateTime) -> Option<Timestamp> {
        let ambiguous = self.zone.to_ambiguous_timestamp(civil);
        if matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. }) {
            let before = ambiguous.earlier().ok()?;
            return self.zone.following(before).next().map(|change| change.timestamp());
        }
        ambiguous.earlier().ok()
    }

    /// Like [`Calendar::moment`], and jiff's first or last instant where that has none.
    fn moment_in_range(&self, civil: DateTime) -> Timestamp {
        let end = if civil.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
        self.moment(civil).unwrap_or(end)
    }

    /// The instants at which a date begins and the next one begins; equal for a date that the zone
    /// skipped.
    pub(super) fn bounds(&self, date: Date) -> (Timestamp, Timestamp) {
        let begin = |date: Date| self.moment_in_range(date.to_datetime(Time::midnight()));
        (begin(date), date.tomorrow().map_or(Timestamp::MAX, begin))
    }

    /// A date from midnight to midnight, as open and closed stretches; some may be empty.
    pub(super) fn day(&self, date: Date) -> Vec<Segment> {
        let (begin, end) = self.bounds(date);
        if !self.is_working(date) {
            return vec![Segment { from: begin, to: end, counts: false, why: self.why_off(date) }];
        }
        let mut segments = Vec::with_capacity(2 * self.office_hours.len() + 1);
        let (mut from, mut why) = (begin, Why::Night);
        for (open, close) in &self.office_hours {
            let open = self.moment_in_range(date.to_datetime(*open));
            let close = self.moment_in_range(date.to_datetime(*close));
            segments.push(Segment { from, to: open, counts: false, why });
            let worked = why_on(date, Why::OfficeHours);
            segments.push(Segment { from: open, to: close, counts: true, why: worked });
            (from, why) = (close, Why::Break);
        }
        segments.push(Segment { from, to: end, counts: false, why: Why::Night });
        segments
    }

    /// Why a date that is off is off.
    pub(super) fn why_off(&self, date: Date) -> Why {
        if self.exceptions.contains_key(&date) { Why::Holiday } else { Why::Weekend }
    }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Why a worked date counts: `ordinary`, or because it is a make-up day.
pub(super) fn why_on(date: Date, ordinary: Why) -> Why {
    if is_weekend(date) { Why::MakeUpDay } else { ordinary }
}
