//! A limit's explanation in Chinese.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::sentence::{clock, whole};
use super::{Explanation, Stretch, Used};
use crate::deadline::{Calendar, Unit, Why};

impl Explanation {
    /// All of it as one sentence. Nights and lunches go without saying.
    pub fn in_chinese(&self, calendar: &Calendar) -> String {
        let mut parts = vec![format!(
            "{}-{} 起算",
            calendar.date_of(self.from).year(),
            moment(self.from, calendar)
        )];
        let staged = self.stages.len() > 1;
        for (n, stage) in self.stages.iter().enumerate() {
            if staged {
                parts.push(format!("第{}阶段 {}", n + 1, stage.stint));
            }
            parts.extend(stage.told().iter().map(|one| one.in_chinese(stage.stint.unit, calendar)));
            let last = n + 1 == self.stages.len();
            let word = if last { "到期" } else { "本阶段到期" };
            parts.push(format!("{} {word}", moment(stage.to, calendar)));
        }
        if let Some(year) = self.waits_for {
            parts.push(format!("{year} 年放假安排尚未公布，暂按没有假日推算，公布后重新计算"));
        }
        parts.join("；")
    }
}

impl Stretch {
    /// The stretch as a part of a sentence.
    pub fn in_chinese(&self, unit: Unit, calendar: &Calendar) -> String {
        let counts = match self.used {
            Used::Nothing => "不计".to_owned(),
            Used::Time(length) => format!("计 {}", hours(length, unit)),
            Used::Days(0) => "起算当日不计".to_owned(),
            Used::Days(count) => format!("计 {count} {}", unit.word()),
        };
        let name = self.holiday.as_deref().unwrap_or("节假日");
        let why = match self.segment.why {
            Why::Night => "非办公时间".to_owned(),
            Why::Break => "午间".to_owned(),
            Why::Weekend => "周末".to_owned(),
            Why::Holiday => format!("{name}放假"),
            Why::MakeUpDay => format!("{name}调休上班，"),
            Why::RoundTheClock => "昼夜连续".to_owned(),
            Why::CalendarDay => "含周末和节假日，".to_owned(),
            Why::OfficeHours | Why::WorkingDay => String::new(),
        };
        format!("{} {why}{counts}", self.span(calendar, date, "至"))
    }
}

const WEEKDAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

fn date(date: Date) -> String {
    let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
    format!("{:02}-{:02} {}", date.month(), date.day(), WEEKDAYS[weekday])
}

/// An instant with its date and weekday.
pub(super) fn moment(at: Timestamp, calendar: &Calendar) -> String {
    format!("{} {}", date(calendar.date_of(at)), clock(at, calendar))
}

fn hours(length: SignedDuration, unit: Unit) -> String {
    let (hours, minutes) = whole(length);
    let unit = if unit == Unit::UrgentDays { Unit::UrgentHours } else { unit };
    match (hours, minutes) {
        (hours, 0) => format!("{hours} {}", unit.word()),
        (0, minutes) => format!("{minutes} 分钟"),
        (hours, minutes) => format!("{hours} {} {minutes} 分钟", unit.word()),
    }
}

impl Calendar {
    /// An instant in Chinese, with its date and weekday.
    pub fn in_chinese(&self, at: Timestamp) -> String {
        moment(at, self)
    }
}
