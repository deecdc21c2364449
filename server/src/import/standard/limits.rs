//! From the text of a limit to a limit, with what the mapping says.

use domain::deadline::{Limit, Stint, Unit};

use super::mapping::Mapping;
use super::squeezed;

impl Mapping {
    /// The limit a text stands for; none where neither the standard's own units nor the mapping
    /// cover it.
    pub(super) fn limit(&self, text: &str) -> Option<Limit> {
        let whole = self.limits.texts.iter().find(|(known, _)| squeezed(known) == squeezed(text));
        if let Some((_, limit)) = whole {
            return limit.parse().ok();
        }
        let stages = squeezed(text).replace('＋', "+");
        let stages: Vec<String> = stages.split('+').map(|stage| self.stage(stage)).collect();
        stages.join("+").parse().ok()
    }

    /// A stage with its unit in the standards' word, where the mapping has one for it.
    fn stage(&self, stage: &str) -> String {
        let (amount, word) = amount_and_word(stage);
        let known = self.limits.units.iter().find(|(known, _)| squeezed(known) == word);
        known.map_or_else(|| stage.to_owned(), |(_, unit)| format!("{amount}{unit}"))
    }
}

/// A stage as its number and what follows it.
pub(super) fn amount_and_word(stage: &str) -> (&str, &str) {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    stage.split_at(stage.find(|c| !digit(c)).unwrap_or(stage.len()))
}

/// About how long a limit is, in hours, to order limits by: a working hour stands for three hours
/// (eight of twenty-four), a working day for 34 (five of seven).
pub(super) fn about_hours(limit: &Limit) -> u32 {
    let hours = |stint: &Stint| {
        stint.amount
            * match stint.unit {
                Unit::UrgentHours => 1,
                Unit::WorkingHours => 3,
                Unit::UrgentDays | Unit::CalendarDays => 24,
                Unit::WorkingDays => 34,
            }
    };
    limit.stints().iter().map(hours).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(text: &str) -> Mapping {
        Mapping::read(text).unwrap()
    }

    fn read(mapping: &Mapping, text: &str) -> Option<String> {
        mapping.limit(text).map(|limit| limit.to_string())
    }

    #[test]
    fn plain_words_are_covered_only_by_the_mapping() {
        let nothing = mapping("");
        assert_eq!(read(&nothing, " 2紧急工作时\n"), Some("2紧急工作时".into()));
        assert_eq!((read(&nothing, "1天"), read(&nothing, "4小时")), (None, None));
        let words = mapping("limits.units = { \"天\" = \"自然日\", \"小时\" = \"\" }");
        assert_eq!(read(&words, "１ 天"), Some("1自然日".into()));
        assert_eq!(read(&words, "2紧急工作时＋3天"), Some("2紧急工作时+3自然日".into()));
        assert_eq!(read(&words, "4小时"), None, "a line that is not filled in covers nothing");
    }

    #[test]
    fn whole_texts_come_before_words() {
        let texts = mapping(
            "[limits.texts]\n\"1紧急工作时制止\" = \"1紧急工作时\"\n\"种植季节15工作日\" = \"15工作日\"",
        );
        assert_eq!(read(&texts, "1紧急工作时 制止"), Some("1紧急工作时".into()));
        assert_eq!(read(&texts, "种植季节15工作日"), Some("15工作日".into()));
        assert_eq!(read(&texts, "种植季节5工作日"), None);
    }

    #[test]
    fn limits_are_ordered_by_about_how_long_they_are() {
        let hours = |text: &str| about_hours(&text.parse().unwrap());
        assert!(hours("2紧急工作时") < hours("2工作时") && hours("1自然日") < hours("1工作日"));
        assert_eq!(hours("2紧急工作时+1紧急工作日"), 26);
    }
}
