//! The text of a time limit, and what it says.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The largest amount one stage may have, about ten years of days.
pub const AMOUNT_MAX: u32 = 3_660;
/// How many stages one limit may have.
pub const STAGES_MAX: usize = 8;

/// What a limit is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 紧急工作时: hours that run round the clock.
    UrgentHours,
    /// 紧急工作日: days of 24 hours that run round the clock.
    UrgentDays,
    /// 工作时: hours that run in office hours on working days only.
    WorkingHours,
    /// 工作日: working days.
    WorkingDays,
    /// 自然日: calendar days, holidays included.
    CalendarDays,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 5] = [
        Self::UrgentHours,
        Self::UrgentDays,
        Self::WorkingHours,
        Self::WorkingDays,
        Self::CalendarDays,
    ];

    /// The word the standards use.
    pub fn word(self) -> &'static str {
        match self {
            Self::UrgentHours => "紧急工作时",
            Self::UrgentDays => "紧急工作日",
            Self::WorkingHours => "工作时",
            Self::WorkingDays => "工作日",
            Self::CalendarDays => "自然日",
        }
    }
}

/// One stage of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stint {
    /// How many units, 1 to [`AMOUNT_MAX`] in a [`Limit`].
    pub amount: u32,
    /// Of what.
    pub unit: Unit,
}

/// A time limit: one or more stages that run one after another; the end of the last is the limit.
///
/// Reads and writes texts such as `4工作时` or `2紧急工作时+5工作日` (secure it in two hours, mend
/// it in five days). White space around amounts, units and plus signs, and full-width digits and
/// plus signs, are understood; [`fmt::Display`] and serde give the canonical text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Limit(Vec<Stint>);

/// Why a text, or a list of stages, is no time limit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// No stage at all, or nothing on one side of a plus sign.
    #[error("a time limit, or one of its stages, is empty")]
    Empty,
    /// A stage does not begin with a whole number.
    #[error("{0:?} does not begin with a whole number")]
    AmountMissing(String),
    /// The amount is zero or above [`AMOUNT_MAX`].
    #[error("the amount {0} is not between 1 and {AMOUNT_MAX}")]
    AmountOutOfRange(String),
    /// What follows the number is none of the five units. Plain 小时 and 天 are among these: whether
    /// they run at night and on holidays is for the import's mapping to say.
    #[error("{0:?} is not a unit of time limits")]
    UnknownUnit(String),
    /// More than [`STAGES_MAX`] stages.
    #[error("a time limit has at most {STAGES_MAX} stages, not {0}")]
    TooManyStages(usize),
}

impl Limit {
    /// A limit of these stages, in this order.
    pub fn new(stints: Vec<Stint>) -> Result<Self, LimitError> {
        if stints.is_empty() {
            return Err(LimitError::Empty);
        }
        if stints.len() > STAGES_MAX {
            return Err(LimitError::TooManyStages(stints.len()));
        }
        match stints.iter().find(|stint| !(1..=AMOUNT_MAX).contains(&stint.amount)) {
            Some(stint) => Err(LimitError::AmountOutOfRange(stint.amount.to_string())),
            None => Ok(Self(stints)),
        }
    }

    /// One of a unit.
    pub fn one(unit: Unit) -> Self {
        Self(vec![Stint { amount: 1, unit }])
    }

    /// The stages, in order; never empty.
    pub fn stints(&self) -> &[Stint] {
        &self.0
    }

    /// The days of whatever sort in it; hours are none.
    pub fn days(&self) -> u32 {
        let is_day = |stint: &&Stint| {
            matches!(stint.unit, Unit::UrgentDays | Unit::WorkingDays | Unit::CalendarDays)
        };
        self.0.iter().filter(is_day).map(|stint| stint.amount).sum()
    }
}

/// Full-width digits and plus signs as ASCII; the rest as it is.
fn halved(character: char) -> char {
    match character {
        '０'..='９' => char::from_u32(u32::from(character) - u32::from('０') + u32::from('0'))
            .unwrap_or(character),
        '＋' => '+',
        other => other,
    }
}

impl FromStr for Limit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, LimitError> {
        let text: String = text.chars().map(halved).collect();
        Self::new(text.split('+').map(stint).collect::<Result<_, _>>()?)
    }
}

fn stint(text: &str) -> Result<Stint, LimitError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(LimitError::Empty);
    }
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (amount, word) = text.split_at(digits);
    if amount.is_empty() {
        return Err(LimitError::AmountMissing(text.to_owned()));
    }
    let word = word.trim_start();
    let unit = Unit::ALL.into_iter().find(|unit| unit.word() == word);
    let unit = unit.ok_or_else(|| LimitError::UnknownUnit(word.to_owned()))?;
    let number = amount.parse().ok().filter(|number| (1..=AMOUNT_MAX).contains(number));
    let amount = number.ok_or_else(|| LimitError::AmountOutOfRange(amount.to_owned()))?;
    Ok(Stint { amount, unit })
}

impl fmt::Display for Stint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.amount, self.unit.word())
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, stint) in self.0.iter().enumerate() {
            let plus = if index == 0 { "" } else { "+" };
            write!(out, "{plus}{stint}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for Limit {
    type Error = LimitError;

    fn try_from(text: String) -> Result<Self, LimitError> {
        text.parse()
    }
}

impl From<Limit> for String {
    fn from(limit: Limit) -> Self {
        limit.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<Limit, LimitError> {
        text.parse()
    }

    #[test]
    fn the_texts_of_the_standards_are_read() {
        for (text, amount, unit) in [
            ("2紧急工作时", 2, Unit::UrgentHours),
            ("4工作时", 4, Unit::WorkingHours),
            ("1紧急工作日", 1, Unit::UrgentDays),
            ("5工作日", 5, Unit::WorkingDays),
            ("7自然日", 7, Unit::CalendarDays),
            ("3660自然日", 3_660, Unit::CalendarDays),
        ] {
            assert_eq!(read(text).unwrap().stints(), [Stint { amount, unit }], "{text}");
            assert_eq!(read(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn full_width_and_spaced_texts_become_canonical() {
        let limit = read(" ２ 紧急工作时\u{3000}＋ 5\t工作日 ").unwrap();
        assert_eq!(limit.to_string(), "2紧急工作时+5工作日");
    }

    #[test]
    fn what_is_not_a_limit_is_refused_and_never_guessed() {
        let unknown = |word: &str| Err(LimitError::UnknownUnit(word.to_owned()));
        assert_eq!(read("24小时"), unknown("小时"));
        assert_eq!(read("3天"), unknown("天"));
        assert_eq!(read("15"), unknown(""));
        assert_eq!(read("1.5工作时"), unknown(".5工作时"));
        assert_eq!(read("1 0工作日"), unknown("0工作日"));
        assert_eq!(read("1紧急工作时制止"), unknown("紧急工作时制止"));
        assert_eq!(
            read("种植季节15工作日"),
            Err(LimitError::AmountMissing("种植季节15工作日".to_owned()))
        );
        for text in ["", " ", "+", "2工作时+", "＋2工作时"] {
            assert_eq!(read(text), Err(LimitError::Empty), "{text:?}");
        }
        for amount in ["0", "3661", "99999999999999999999"] {
            assert_eq!(
                read(&format!("{amount}工作日")),
                Err(LimitError::AmountOutOfRange(amount.to_owned()))
            );
        }
        assert_eq!(read(&["1工作时"; 9].join("+")), Err(LimitError::TooManyStages(9)));
    }

    #[test]
    fn json_holds_the_text() {
        let limit = read("2紧急工作时+5工作日").unwrap();
        assert_eq!(serde_json::to_string(&limit).unwrap(), "\"2紧急工作时+5工作日\"");
        assert_eq!(serde_json::from_str::<Limit>("\"2紧急工作时+5工作日\"").unwrap(), limit);
        assert!(serde_json::from_str::<Limit>("\"2天\"").is_err());
    }

    proptest! {
        #[test]
        fn every_limit_reads_back_as_it_was_written(
            parts in prop::collection::vec(
                (1..=AMOUNT_MAX, prop::sample::select(&Unit::ALL[..])), 1..=STAGES_MAX
            )
        ) {
            let stints = parts.into_iter().map(|(amount, unit)| Stint { amount, unit }).collect();
            let limit = Limit::new(stints).unwrap();
            prop_assert_eq!(read(&limit.to_string()).unwrap(), limit);
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "[0-9０-９+＋ 工作时日紧急自然天x]{0,20}") {
            if let Ok(limit) = read(&text) {
                prop_assert_eq!(read(&limit.to_string()).unwrap(), limit);
            }
        }
    }
}
