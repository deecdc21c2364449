//! 迎检时限: shorter limits for what is dispatched within a period.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Limit, Stint};

/// The longest name, characters.
pub const PERIOD_NAME_MAX: usize = 60;

/// A period with shorter limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Its code.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Its first instant.
    pub from: Timestamp,
    /// The instant after its last.
    pub until: Timestamp,
    /// Codes of the categories it is for; all of them where there is none.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Codes of the lead bureaus it is for; all of them where there is none.
    #[serde(default)]
    pub bureaus: Vec<String>,
    /// What limits become.
    pub shorter: Shorter,
    /// What is open when it is set follows too: from then on, or from its first instant.
    #[serde(default)]
    pub open_too: bool,
    /// It holds no more. What was dispatched by it keeps its limit.
    #[serde(default)]
    pub withdrawn: bool,
}

/// What limits become in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shorter {
    /// This limit, whatever the condition's own is.
    Limit(Limit),
    /// So many hundredths of each stage, 1 to 99, rounded up to whole units.
    Percent(u32),
}

/// What is wrong with a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// It has no name, or too long a one.
    #[error("its name is empty or longer than {PERIOD_NAME_MAX} characters")]
    Name,
    /// It does not end after it begins.
    #[error("it does not end after it begins")]
    Backwards,
    /// A share that makes nothing shorter, or leaves nothing.
    #[error("the share is not between 1 and 99 percent")]
    Percent,
}

impl Period {
    /// What is wrong with it by itself.
    ///
    /// # Errors
    /// See [`PeriodError`].
    pub fn check(&self) -> Result<(), PeriodError> {
        if self.name.trim().is_empty() || self.name.chars().count() > PERIOD_NAME_MAX {
            return Err(PeriodError::Name);
        }
        if self.from >= self.until {
            return Err(PeriodError::Backwards);
        }
        match self.shorter {
            Shorter::Percent(percent) if !(1..=99).contains(&percent) => Err(PeriodError::Percent),
            _ => Ok(()),
        }
    }

    /// Whether it is for this category and this lead bureau, and was not withdrawn.
    pub fn is_for(&self, category: Option<&str>, lead: Option<&str>) -> bool {
        let among = |codes: &[String], code: Option<&str>| {
            codes.is_empty() || code.is_some_and(|code| codes.iter().any(|one| one == code))
        };
        !self.withdrawn && among(&self.categories, category) && among(&self.bureaus, lead)
    }

    /// Whether this instant is within it.
    pub fn holds_at(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }

    /// What a limit becomes.
    pub fn shortened(&self, limit: &Limit) -> Limit {
        match &self.shorter {
            Shorter::Limit(limit) => limit.clone(),
            Shorter::Percent(percent) => {
                let share = |stint: &Stint| Stint {
                    amount: (u64::from(stint.amount) * u64::from(*percent))
                        .div_ceil(100)
                        .try_into()
                        .unwrap_or(stint.amount),
                    ..*stint
                };
                // As many stages, each with at least 1: always a limit.
                Limit::new(limit.stints().iter().map(share).collect())
                    .unwrap_or_else(|_| limit.clone())
            }
        }
    }
}
