//! A limit's explanation in English.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::sentence::{clock, whole};
use super::{Explanation, Stretch, Used};
use crate::deadline::{Calendar, Limit, Stint, Unit, Why};

impl Explanation {
    /// All of it as one sentence. Nights and lunches go without saying.
    pub fn in_english(&self, calendar: &Calendar) -> String {
        let year = calendar.date_of(self.from).year();
        let mut parts = vec![format!("Runs from {}, {year}", moment(self.from, calendar))];
        let staged = self.stages.len() > 1;
        for (n, stage) in self.stages.iter().enumerate() {
            if staged {
                parts.push(format!("stage {}, {}", n + 1, stint(stage.stint)));
            }
            parts.extend(stage.told().iter().map(|one| one.in_english(stage.stint.unit, calendar)));
            let word = if n + 1 == self.stages.len() { "due" } else { "stage ends" };
            parts.push(format!("{word} {}", moment(stage.to, calendar)));
        }
        if let Some(year) = self.waits_for {
            parts.push(format!(
                "the holidays of {year} are not announced: it is reckoned without any until they are"
            ));
        }
        parts.join("; ")
    }
}

impl Stretch {
    /// The stretch as a part of a sentence.
    pub fn in_english(&self, unit: Unit, calendar: &Calendar) -> String {
        let counts = match self.used {
            Used::Nothing => "does not count".to_owned(),
            Used::Time(length) => format!("counts {}", hours(length, unit)),
            Used::Days(0) => "the day of the start does not count".to_owned(),
            Used::Days(count) => format!("counts {}", amount(count, unit)),
        };
        let name = self.holiday.as_deref().unwrap_or("holiday");
        let why = match self.segment.why {
            Why::Night => "outside office hours, ".to_owned(),
            Why::Break => "lunch break, ".to_owned(),
            Why::Weekend => "weekend, ".to_owned(),
            Why::Holiday => format!("day off for {name}, "),
            Why::MakeUpDay => format!("worked in exchange for {name}, "),
            Why::RoundTheClock => "day and night, ".to_owned(),
            Why::CalendarDay => "weekends and holidays too, ".to_owned(),
            Why::OfficeHours | Why::WorkingDay => String::new(),
        };
        format!("{} {why}{counts}", self.span(calendar, date, "to"))
    }
}

fn date(date: Date) -> String {
    date.strftime("%a %-d %b").to_string()
}

/// An instant with its date and weekday.
pub(super) fn moment(at: Timestamp, calendar: &Calendar) -> String {
    format!("{} {}", date(calendar.date_of(at)), clock(at, calendar))
}

/// One stage of a limit in words.
fn stint(stint: Stint) -> String {
    amount(stint.amount.into(), stint.unit)
}

fn amount(count: i64, unit: Unit) -> String {
    let word = match unit {
        Unit::UrgentHours => "urgent hour",
        Unit::UrgentDays => "urgent day",
        Unit::WorkingHours => "working hour",
        Unit::WorkingDays => "working day",
        Unit::CalendarDays => "calendar day",
    };
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn hours(length: SignedDuration, unit: Unit) -> String {
    let (hours, minutes) = whole(length);
    let unit = if unit == Unit::UrgentDays { Unit::UrgentHours } else { unit };
    match (hours, minutes) {
        (hours, 0) => amount(hours, unit),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{} {minutes} min", amount(hours, unit)),
    }
}

impl Calendar {
    /// An instant in English, with its date and weekday.
    pub fn in_english(&self, at: Timestamp) -> String {
        moment(at, self)
    }
}

impl Limit {
    /// Its stages in English.
    pub fn in_english(&self) -> String {
        let stages: Vec<String> = self.stints().iter().map(|one| stint(*one)).collect();
        stages.join(" + ")
    }
}
