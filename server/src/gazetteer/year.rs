//! Office hours and holidays, as a calendar and as they are kept.

use domain::deadline::Calendar;
use serde::{Deserialize, Serialize};

use super::District;
use super::items::YearItem;

/// What a calendar is made of.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct KeptCalendar {
    /// The zone and the office hours are the district's.
    pub district: District,
    /// The years as imported.
    pub years: Vec<YearItem>,
}

impl KeptCalendar {
    /// The calendar, or what is wrong with zone or hours, in words.
    ///
    /// A year without exceptions was not announced yet: it stays unknown.
    pub fn calendar(&self) -> Result<Calendar, String> {
        let mut calendar = self.district.calendar()?;
        for year in self.years.iter().filter(|year| !year.days.is_empty()) {
            let days = || year.days.iter();
            calendar.declare_year(year.year, days().map(|day| (day.date, day.is_off_day)));
            calendar.name_days(days().map(|day| (day.date, day.name.clone())));
        }
        Ok(calendar)
    }
}
