//! What holds for the whole installation.

use domain::deadline::{AMOUNT_MAX, Calendar};
use jiff::civil::Time;
use jiff::tz::{TimeZone, offset};
use serde::{Deserialize, Serialize};

/// The district: its name, its hours, and what it lets pass.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// Its Chinese name; empty until it is imported.
    pub name: String,
    /// Its English name.
    #[serde(default)]
    pub name_en: String,
    /// IANA name of its time zone.
    #[serde(default = "shanghai")]
    pub time_zone: String,
    /// Office hours on working days, in order, as `08:00-12:00`.
    #[serde(default = "usual_hours")]
    pub office_hours: Vec<String>,
    /// Positions farther outside all areas are flagged, metres.
    #[serde(default = "usual_margin")]
    pub margin_m: f64,
    /// Positions with a larger radius of 68 % confidence are flagged, metres.
    #[serde(default = "usual_accuracy")]
    pub max_accuracy_m: f64,
    /// Working hours after dispatch within which a bureau may return an issue.
    #[serde(default = "usual_window")]
    pub return_window_hours: u32,
}

fn shanghai() -> String {
    "Asia/Shanghai".to_owned()
}

fn usual_hours() -> Vec<String> {
    ["08:00-12:00", "14:00-18:00"].map(str::to_owned).to_vec()
}

fn usual_margin() -> f64 {
    300.0
}

fn usual_accuracy() -> f64 {
    100.0
}

fn usual_window() -> u32 {
    4
}

impl Default for District {
    fn default() -> Self {
        Self {
            name: String::new(),
            name_en: String::new(),
            time_zone: shanghai(),
            office_hours: usual_hours(),
            margin_m: usual_margin(),
            max_accuracy_m: usual_accuracy(),
            return_window_hours: usual_window(),
        }
    }
}

impl District {
    /// Its calendar, no year declared yet; else what is wrong with zone or hours, in words.
    pub fn calendar(&self) -> Result<Calendar, String> {
        let hours = self.office_hours.iter().map(|hours| pair(hours)).collect::<Result<_, _>>()?;
        Calendar::new(self.zone()?, hours).map_err(|error| error.to_string())
    }

    /// What is wrong with it, in words.
    pub fn check(&self) -> Result<(), String> {
        self.calendar()?;
        let lengths = [("margin_m", self.margin_m), ("max_accuracy_m", self.max_accuracy_m)];
        let bad = lengths.into_iter().find(|(_, metres)| !(0.0..=10_000.0).contains(metres));
        match bad {
            _ if self.name.trim().is_empty() => Err("the district has no name".to_owned()),
            Some((name, metres)) => Err(format!("{name} {metres} is not between 0 and 10,000")),
            // Every dispatch reckons with it: none would be possible.
            None if !(1..=AMOUNT_MAX).contains(&self.return_window_hours) => {
                let hours = self.return_window_hours;
                Err(format!("return_window_hours {hours} is not between 1 and {AMOUNT_MAX}"))
            }
            None => Ok(()),
        }
    }

    fn zone(&self) -> Result<TimeZone, String> {
        match TimeZone::get(&self.time_zone) {
            Ok(zone) => Ok(zone),
            // Machines without a time zone database: China has been at UTC+8 since 1992.
            Err(_) if self.time_zone == shanghai() => Ok(TimeZone::fixed(offset(8))),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn pair(hours: &str) -> Result<(Time, Time), String> {
    let malformed = || format!("office hours {hours:?} are not written as 08:00-12:00");
    let (open, close) = hours.split_once('-').ok_or_else(malformed)?;
    let time = |text: &str| text.trim().parse::<Time>().map_err(|_malformed| malformed());
    Ok((time(open)?, time(close)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_is_usable_before_it_is_imported() {
        assert!(District::default().calendar().is_ok());
    }

    #[test]
    fn hours_and_zones_that_cannot_be_are_named() {
        let with = |hours: &str, zone: &str| District {
            name: "云汀区".to_owned(),
            office_hours: vec![hours.to_owned()],
            time_zone: zone.to_owned(),
            ..District::default()
        };
        let wrong = |hours, zone| with(hours, zone).check().unwrap_err();
        assert_eq!(with("09:00-17:30", "Asia/Shanghai").check(), Ok(()));
        assert!(wrong("9 to 5", "Asia/Shanghai").contains("08:00-12:00"));
        assert!(wrong("18:00-08:00", "Asia/Shanghai").contains("do not end"));
        assert!(wrong("08:00-12:00", "Asia/Yunting").contains("Yunting"));
        let far = District { margin_m: f64::INFINITY, ..with("09:00-17:30", "Asia/Shanghai") };
        assert!(far.check().unwrap_err().contains("margin_m"));
        for return_window_hours in [0, AMOUNT_MAX + 1] {
            let window = District { return_window_hours, ..with("09:00-17:30", "Asia/Shanghai") };
            assert!(window.check().unwrap_err().contains("return_window_hours"));
        }
    }
}
