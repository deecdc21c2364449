//! A year of the statutory calendar from JSON.

use super::Item;
use crate::gazetteer::Kind;
use crate::gazetteer::items::YearItem;

/// One item for the whole file. Dates of the neighbouring years may appear: the New Year holiday reaches into December.
pub(super) fn read(text: &str) -> Result<Item, String> {
    let year: YearItem = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let neighbours = year.year.saturating_sub(1)..=year.year.saturating_add(1);
    if let Some(day) = year.days.iter().find(|day| !neighbours.contains(&day.date.year())) {
        return Err(format!("{} is no date of {}", day.date, year.year));
    }
    let mut dates: Vec<_> = year.days.iter().map(|day| day.date).collect();
    dates.sort_unstable();
    if let Some([twice, ..]) = dates.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(format!("{twice} is there twice"));
    }
    Item::new(Kind::Calendar, &year.year.to_string(), &year, Vec::new())
}

/// That a year has no days yet: it stays unknown, and is reckoned without holidays.
pub(super) fn note(item: &Item) -> Option<String> {
    let days = item.body["days"].as_array().filter(|_| item.kind == Kind::Calendar)?;
    let year = &item.code;
    days.is_empty().then(|| {
        format!(
            "{year} has no days: it is not announced yet, stays unknown, and limits that end in \
             it are reckoned without holidays"
        )
    })
}
