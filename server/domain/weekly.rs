//! Hours that come back every week, such as those of a permitted zone 疏导点.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{DateTime, Weekday};
use serde::{Deserialize, Serialize};

const DAY: u16 = 24 * 60;

/// The days' words, Monday first.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Some days of the week, and from when until when on each. Written as `mon-fri 17:00-22:00`,
/// `sat,sun 09:00-24:00` or `daily 18:00-01:00`: hours that end no later than they begin end the
/// day after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WeeklyRange {
    /// As it was written, in lower case and with single blanks.
    text: String,
    /// Whether it begins on this day, Monday first.
    days: [bool; 7],
    /// Minutes after midnight.
    from: u16,
    /// Minutes after the midnight before `from`; above a day's where it ends the day after.
    until: u16,
}

/// Hours that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("hours {0:?} are not written as mon-fri 17:00-22:00")]
pub struct NoHours(pub String);

impl WeeklyRange {
    /// Whether it holds at a date and time of day; its first minute does, its last does not.
    pub fn holds(&self, at: DateTime) -> bool {
        let minute =
            u16::from(at.hour().unsigned_abs()) * 60 + u16::from(at.minute().unsigned_abs());
        let (today, yesterday) = (index(at.weekday()), index(at.weekday().previous()));
        let during = |minute| self.from <= minute && minute < self.until;
        (self.days[today] && during(minute)) || (self.days[yesterday] && during(minute + DAY))
    }
}

fn index(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs())
}

impl FromStr for WeeklyRange {
    type Err = NoHours;

    fn from_str(written: &str) -> Result<Self, NoHours> {
        let words: Vec<String> = written.split_whitespace().map(str::to_lowercase).collect();
        let read = || {
            let [days, hours] = words.as_slice() else { return None };
            let (from, until) = hours.split_once('-')?;
            let (from, until) = (minutes(from)?, minutes(until)?);
            if from == until || from == DAY {
                return None;
            }
            let until = if until > from { until } else { until + DAY };
            Some(Self { text: words.join(" "), days: days_of(days)?, from, until })
        };
        read().ok_or_else(|| NoHours(written.chars().take(60).collect()))
    }
}

/// `HH:MM`, 24:00 being the end of the day.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= DAY).then_some(total)
}

/// `daily`, or days and spans of days separated by commas; `sat-mon` goes round the week's end.
fn days_of(text: &str) -> Option<[bool; 7]> {
    if text == "daily" {
        return Some([true; 7]);
    }
    let mut days = [false; 7];
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let position = |word| DAYS.iter().position(|day| *day == word);
        let (first, last) = (position(first)?, position(last)?);
        let length = (last + 7 - first) % 7 + 1;
        (first..first + length).for_each(|day| days[day % 7] = true);
    }
    Some(days)
}

impl TryFrom<String> for WeeklyRange {
    type Error = NoHours;

    fn try_from(text: String) -> Result<Self, NoHours> {
        text.parse()
    }
}

impl From<WeeklyRange> for String {
    fn from(range: WeeklyRange) -> Self {
        range.text
    }
}

impl fmt::Display for WeeklyRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// In the week of Monday 2026-03-02.
    fn holds(hours: &str, day: i8, hour: i8, minute: i8) -> bool {
        let range: WeeklyRange = hours.parse().unwrap();
        range.holds(date(2026, 3, day).at(hour, minute, 0, 0))
    }

    #[test]
    fn the_first_minute_counts_and_the_last_does_not() {
        let evening = "mon-fri 17:00-22:00";
        assert!(!holds(evening, 2, 16, 59) && holds(evening, 2, 17, 0));
        assert!(holds(evening, 6, 21, 59) && !holds(evening, 6, 22, 0));
        assert!(!holds(evening, 7, 18, 0), "Saturday");
    }

    #[test]
    fn hours_over_midnight_belong_to_the_day_they_begin_on() {
        let friday = "Fri 18:00-01:00";
        assert!(holds(friday, 6, 23, 59) && holds(friday, 7, 0, 59));
        assert!(!holds(friday, 7, 1, 0) && !holds(friday, 6, 0, 30) && !holds(friday, 7, 18, 0));
        assert!(holds("sun 23:00-02:00", 2, 1, 0), "Monday, from the Sunday before");
    }

    #[test]
    fn days_are_listed_and_go_round_the_weeks_end() {
        assert!(holds("sat-mon,wed 06:00-24:00", 2, 23, 59));
        assert!(!holds("sat-mon,wed 06:00-24:00", 3, 12, 0));
        assert!(holds("sat-mon,wed 06:00-24:00", 4, 12, 0));
        assert!((2..9).all(|day| holds("daily 00:00-24:00", day, 0, 0)));
    }

    #[test]
    fn what_is_no_hours_is_refused() {
        for wrong in [
            "",
            "17:00-22:00",
            "mon 17:00",
            "mon 17-22",
            "moon 17:00-22:00",
            "mon 25:00-26:00",
            "mon 17:60-22:00",
            "mon 17:00-17:00",
            "mon 24:00-01:00",
            "mon 1:00-2:00",
            "mon- 17:00-18:00",
            "mon 17:00-22:00 23:00-24:00",
            "mon +1:00-02:00",
        ] {
            assert!(wrong.parse::<WeeklyRange>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn it_is_written_as_it_was_read() {
        let range: WeeklyRange = serde_json::from_str("\" Mon-Fri  17:00-22:00\"").unwrap();
        assert_eq!(serde_json::to_string(&range).unwrap(), "\"mon-fri 17:00-22:00\"");
        assert!(serde_json::from_str::<WeeklyRange>("\"always\"").is_err());
    }
}
