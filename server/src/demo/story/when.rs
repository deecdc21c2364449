//! When things happen: thirty days up to now, by day of the week and by hour.

use domain::deadline::Calendar;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::demo::geography::Dice;
use crate::problem::Error;

/// Days from the first to today, today left out.
pub(in crate::demo) const DAYS: i64 = 30;

/// Reports on a working day and on a day off, as they relate to each other.
const WORKING_DAY: f64 = 420.0;
const DAY_OFF: f64 = 260.0;

/// Reports in each half hour from 07:00 to 21:00, as they relate to each other: most at 07:30–09:30
/// and 16:00–18:30.
#[rustfmt::skip]
const HALF_HOURS: [f64; 28] = [
    3.0, 8.0, 9.0, 9.0, 7.0, 4.0, 3.0, 3.0, 3.0, 2.0, 2.0, 1.0, 1.0, 2.0,
    2.0, 3.0, 3.0, 4.0, 8.0, 9.0, 9.0, 8.0, 7.0, 3.0, 2.0, 2.0, 1.0, 1.0,
];
const FIRST_HOUR: i8 = 7;
const LAST_HOUR: i8 = 21;
const HALF_HOUR: SignedDuration = SignedDuration::from_mins(30);

/// The month of the story, in the district's time.
#[derive(Debug, Clone)]
pub(in crate::demo) struct Month {
    zone: TimeZone,
    today: Date,
    /// The instant up to which it is told.
    pub(in crate::demo) now: Timestamp,
}

impl Month {
    /// The month that ends at `now`.
    pub(in crate::demo) fn until(now: Timestamp) -> Result<Self, Error> {
        let zone = TimeZone::get("Asia/Shanghai").map_err(|error| broken(&error))?;
        let today = zone.to_datetime(now).date();
        // Whole seconds: what is said of a month need not be finer.
        let now = Timestamp::from_second(now.as_second()).map_err(|error| broken(&error))?;
        Ok(Self { zone, today, now })
    }

    fn date(&self, day: i64) -> Result<Date, Error> {
        self.today.checked_sub((DAYS - day).days()).map_err(|error| broken(&error))
    }

    fn at(&self, date: Date, hour: i8) -> Result<Timestamp, Error> {
        let zoned = date.at(hour, 0, 0, 0).to_zoned(self.zone.clone());
        zoned.map(|zoned| zoned.timestamp()).map_err(|error| broken(&error))
    }

    /// The first day at five in the morning: the accounts are made, nobody is out yet.
    pub(in crate::demo) fn dawn(&self) -> Result<Timestamp, Error> {
        self.at(self.date(0)?, 5)
    }

    /// When a day begins.
    pub(in crate::demo) fn midnight(&self, day: i64) -> Result<Timestamp, Error> {
        self.at(self.date(day)?, 0)
    }

    /// When the office is at its desk.
    pub(in crate::demo) fn morning(&self, day: i64) -> Result<Timestamp, Error> {
        self.at(self.date(day)?, 8)
    }

    /// Whether a week begins.
    pub(in crate::demo) fn is_monday(&self, day: i64) -> Result<bool, Error> {
        Ok(self.date(day)?.weekday() == Weekday::Monday)
    }

    /// Which day of the story it is, the first being 0.
    pub(in crate::demo) fn day_of(&self, at: Timestamp) -> i64 {
        let date = self.zone.to_datetime(at).date();
        self.today.since(date).map_or(0, |span| DAYS - i64::from(span.get_days()))
    }

    /// The hour on the district's clocks, 0 to 23.
    pub(in crate::demo) fn hour_of(&self, at: Timestamp) -> i8 {
        self.zone.to_datetime(at).hour()
    }

    /// So many instants at which people report, in order, none after `end`.
    pub(in crate::demo) fn instants(
        &self,
        count: usize,
        end: Timestamp,
        calendar: &Calendar,
        dice: &mut Dice,
    ) -> Result<Vec<Timestamp>, Error> {
        let slots = self.slots(end, calendar)?;
        let total: f64 = slots.iter().map(|(_, weight)| weight).sum();
        let draw = |dice: &mut Dice| {
            let mut left = dice.unit() * total;
            let chosen = slots.iter().find(|(_, weight)| {
                left -= weight;
                left < 0.0
            });
            chosen.map_or(end, |(from, _)| *from + dice.minutes(0, 30))
        };
        let mut instants: Vec<Timestamp> = (0..count).map(|_| draw(dice)).collect();
        instants.sort_unstable();
        Ok(instants)
    }

    /// Every half hour of every day that is over by `end`, with its weight.
    fn slots(&self, end: Timestamp, calendar: &Calendar) -> Result<Vec<(Timestamp, f64)>, Error> {
        let mut slots = Vec::new();
        for day in 0..=DAYS {
            let date = self.date(day)?;
            let whole = if calendar.is_working(date) { WORKING_DAY } else { DAY_OFF };
            let mut from = self.at(date, FIRST_HOUR)?;
            for weight in HALF_HOURS {
                let until = from + HALF_HOUR;
                if until <= end {
                    slots.push((from, whole * weight));
                }
                from = until;
            }
        }
        Ok(slots)
    }

    /// Puts what would be done at night off to the next morning, unless that is after `latest`.
    pub(in crate::demo) fn by_day(
        &self,
        at: Timestamp,
        latest: Option<Timestamp>,
        dice: &mut Dice,
    ) -> Timestamp {
        let hour = self.hour_of(at);
        let away = match hour {
            FIRST_HOUR..LAST_HOUR => return at,
            ..FIRST_HOUR => FIRST_HOUR - hour,
            _ => 24 + FIRST_HOUR - hour,
        };
        let morning = at + SignedDuration::from_hours(i64::from(away)) + dice.minutes(0, 40);
        if latest.is_some_and(|latest| morning > latest) { at } else { morning }
    }
}

fn broken(error: &dyn std::fmt::Display) -> Error {
    Error::Internal(format!("the demo's calendar: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month() -> Month {
        // 13:07 in Yunting.
        Month::until("2026-11-22T05:07:00Z".parse().unwrap()).unwrap()
    }

    #[test]
    fn the_month_begins_thirty_days_ago() {
        let month = month();
        assert_eq!(month.dawn().unwrap().to_string(), "2026-10-22T21:00:00Z");
        assert_eq!(month.day_of(month.dawn().unwrap()), 0);
        assert_eq!(month.day_of(month.now), DAYS);
    }

    #[test]
    fn nobody_reports_at_night_or_after_the_end() {
        let month = month();
        let hours = vec![(jiff::civil::time(8, 0, 0, 0), jiff::civil::time(18, 0, 0, 0))];
        let calendar = Calendar::new(TimeZone::UTC, hours).unwrap();
        let instants = month.instants(500, month.now, &calendar, &mut Dice::new(1)).unwrap();
        assert!(instants.is_sorted() && instants.iter().all(|at| *at < month.now));
        assert!(instants.iter().all(|at| (FIRST_HOUR..LAST_HOUR).contains(&month.hour_of(*at))));
        assert_eq!(instants.iter().map(|at| month.day_of(*at)).max(), Some(DAYS));
    }

    #[test]
    fn night_work_waits_for_the_morning_where_it_may() {
        let (month, mut dice) = (month(), Dice::new(2));
        let night: Timestamp = "2026-11-20T15:00:00Z".parse().unwrap();
        assert_eq!(month.hour_of(month.by_day(night, None, &mut dice)), FIRST_HOUR);
        assert_eq!(month.by_day(night, Some(night), &mut dice), night);
    }
}
