//! Limits that a period makes shorter: of what is dispatched within it, and of what was open before.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::limit::{Basis, Reckoned};
use super::state::IssueState;
use crate::deadline::{DueError, Limit, Period};

/// The period that made a limit shorter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodUsed {
    /// Its code.
    pub code: String,
    /// What it was called.
    pub name: String,
}

/// For whom a limit is reckoned.
#[derive(Debug, Clone, Copy)]
pub struct For<'a> {
    /// Category code.
    pub category: Option<&'a str>,
    /// The lead bureau.
    pub lead: Option<&'a str>,
}

impl Reckoned {
    /// The limit of a condition from an instant on, or what a period that holds then makes of it where
    /// that ends earlier.
    ///
    /// # Errors
    /// As [`crate::deadline::due`].
    pub fn dispatched(
        condition: &str,
        limit: &Limit,
        from: Timestamp,
        whose: For<'_>,
        basis: Basis<'_>,
    ) -> Result<Self, DueError> {
        let mut best = Self::new(condition, limit, from, basis)?;
        for period in basis.periods {
            if period.holds_at(from) && period.is_for(whose.category, whose.lead) {
                best = best.or_sooner(limit, period, from, basis)?;
            }
        }
        Ok(best)
    }

    /// What a period makes of a limit that runs already.
    pub(super) fn within(
        self,
        state: &IssueState,
        basis: Basis<'_>,
        now: Timestamp,
    ) -> Result<Self, DueError> {
        let (mut best, limit) = (self.clone(), self.limit.clone());
        let whose = For { category: state.category.as_deref(), lead: state.lead.as_deref() };
        let for_it = |period: &&Period| {
            period.open_too && now < period.until && period.is_for(whose.category, whose.lead)
        };
        // One that was shortened already is not shortened again.
        for period in basis.periods.iter().filter(|_| self.period.is_none()).filter(for_it) {
            let from = now.max(period.from).max(self.from);
            best = best.or_sooner(&limit, period, from, basis)?;
        }
        Ok(best)
    }

    fn or_sooner(
        self,
        limit: &Limit,
        period: &Period,
        from: Timestamp,
        basis: Basis<'_>,
    ) -> Result<Self, DueError> {
        let shorter = Self::new(&self.condition, &period.shortened(limit), from, basis)?;
        if shorter.due_at >= self.due_at {
            return Ok(self);
        }
        let used = PeriodUsed { code: period.code.clone(), name: period.name.clone() };
        Ok(Self { period: Some(used), ..shorter })
    }
}
