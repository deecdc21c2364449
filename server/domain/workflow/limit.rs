//! What an issue's limit rests on, and what becomes of it when calendar or rules change.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::event::Event;
use super::period::PeriodUsed;
use super::request::Wish;
use super::staged;
use super::state::IssueState;
use crate::deadline::{Calendar, DueError, Limit, Period, due};

/// A limit as it was reckoned once: what it says, from when, and by which reference data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoned {
    /// Code of the condition it is for.
    pub condition: String,
    /// What it says.
    pub limit: Limit,
    /// When it started to run.
    pub from: Timestamp,
    /// When it ends.
    pub due_at: Timestamp,
    /// The end of each stage, where it has more than one; the last is `due_at`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Timestamp>,
    /// It rests on a year whose holidays were not announced.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub provisional: bool,
    /// The period that made it shorter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<PeriodUsed>,
    /// Version of the reference data.
    pub reference_version: i64,
}

/// What of the reference data a limit is reckoned by.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'a> {
    /// When the office is open.
    pub calendar: &'a Calendar,
    /// Periods with shorter limits.
    pub periods: &'a [Period],
    /// Version of the reference data that says so.
    pub reference_version: i64,
}

/// Why limits were reckoned anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recomputed {
    /// Holidays, make-up days or office hours are others than before.
    Calendar,
    /// The condition has another limit than before.
    Rule,
    /// 迎检时限: a period makes what is open shorter too.
    Period,
}

impl Reckoned {
    /// Reckons the limit of a condition from an instant on.
    ///
    /// # Errors
    /// As [`due`].
    pub fn new(
        condition: &str,
        limit: &Limit,
        from: Timestamp,
        basis: Basis<'_>,
    ) -> Result<Self, DueError> {
        let due = due(from, limit, basis.calendar)?;
        Ok(Self {
            condition: condition.to_owned(),
            limit: limit.clone(),
            from,
            due_at: due.at,
            stages: if due.stages.len() > 1 { due.stages } else { Vec::new() },
            provisional: due.provisional,
            period: None,
            reference_version: basis.reference_version,
        })
    }

    /// The same by newer reference data, with the limit that its condition has there.
    ///
    /// A limit that became longer holds from the start. One that became shorter runs from now on, and
    /// only where that ends earlier: nobody is overdue by a rule that came after.
    fn again(
        &self,
        now_says: Option<&Limit>,
        basis: Basis<'_>,
        now: Timestamp,
    ) -> Result<Self, DueError> {
        let mut same = Self::new(&self.condition, &self.limit, self.from, basis)?;
        same.period.clone_from(&self.period);
        // What a period made of a limit is no longer the condition's.
        let other = now_says.filter(|limit| self.period.is_none() && **limit != self.limit);
        let Some(other) = other else { return Ok(same) };
        let from_the_start = Self::new(&self.condition, other, self.from, basis)?;
        if from_the_start.due_at >= same.due_at {
            return Ok(from_the_start);
        }
        let from_now = Self::new(&self.condition, other, now.max(self.from), basis)?;
        Ok(if from_now.due_at < same.due_at { from_now } else { same })
    }

    /// Whether it comes to the same, whatever the reference data it was reckoned by.
    fn is_as(&self, other: &Self) -> bool {
        let reference_version = other.reference_version;
        Self { reference_version, ..self.clone() } == *other
    }
}

/// A limit in the place of the one that held; the first one is kept.
pub(super) fn replace(state: &mut IssueState, limit: Option<&Reckoned>) {
    let Some(limit) = limit else { return };
    staged::begin(state, Some(limit));
    let before = state.limit.replace(Box::new(limit.clone()));
    if state.first_limit.is_none() {
        state.first_limit = before;
    }
}

/// Takes over what was reckoned anew.
pub(super) fn recompute(state: &mut IssueState, event: &Event) {
    let Event::LimitRecomputed { due_at, first_due_at, limit, first_limit, .. } = event else {
        return;
    };
    // Beside an instant that persons agreed on the stages stay as they are, too.
    if *due_at == limit.due_at {
        staged::begin(state, Some(limit));
    }
    state.due_at = Some(*due_at);
    state.first_due_at = Some(*first_due_at);
    state.limit = Some(limit.clone());
    state.first_limit.clone_from(first_limit);
    // A limit that is no later than the one in force is no extension any more.
    if state.request.as_ref().is_some_and(
        |request| matches!(request.wish, Wish::Extension { until } if until <= *due_at),
    ) {
        state.request = None;
    }
}

impl IssueState {
    /// Whether the limit in force rests on a year whose holidays were not announced.
    pub fn is_provisional(&self) -> bool {
        let rests_on = self.limit.as_ref().filter(|limit| self.due_at == Some(limit.due_at));
        rests_on.is_some_and(|limit| limit.provisional)
    }

    /// The event after which the limit is as newer reference data has it; none where it comes to the
    /// same, and none for an issue that has ended or has no limit.
    ///
    /// An instant that persons agreed on, such as an extension, stays; the first limit beside it moves.
    /// `says` gives the limit that a condition has now.
    ///
    /// # Errors
    /// As [`due`].
    pub fn recomputed<'l>(
        &self,
        says: impl Fn(&str) -> Option<&'l Limit>,
        basis: Basis<'_>,
        now: Timestamp,
    ) -> Result<Option<Event>, DueError> {
        let Some(before) = self.limit.as_deref().filter(|_| self.stage.is_open()) else {
            return Ok(None);
        };
        let (Some(due_at), Some(first_due_at)) = (self.due_at, self.first_due_at) else {
            return Ok(None);
        };
        let again = |reckoned: &Reckoned| reckoned.again(says(&reckoned.condition), basis, now);
        let runs = again(before)?;
        let first_before = self.first_limit.as_deref().unwrap_or(before);
        let first_after =
            if self.first_limit.is_some() { again(first_before)? } else { runs.clone() };
        let after = if due_at == before.due_at {
            runs.clone().within(self, basis, now)?
        } else {
            runs.clone()
        };
        let shortened = after != runs;
        if after.is_as(before) && first_after.is_as(first_before) {
            return Ok(None);
        }
        let other = runs.limit != before.limit || first_after.limit != first_before.limit;
        let moved = |at: Timestamp, from: &Reckoned, to: &Reckoned| {
            if at == from.due_at { to.due_at } else { at }
        };
        Ok(Some(Event::LimitRecomputed {
            because: match (shortened, other) {
                (true, _) => Recomputed::Period,
                (false, true) => Recomputed::Rule,
                (false, false) => Recomputed::Calendar,
            },
            due_at: moved(due_at, before, &after),
            first_due_at: moved(first_due_at, first_before, &first_after),
            first_limit: (self.first_limit.is_some() || shortened).then(|| Box::new(first_after)),
            limit: Box::new(after),
        }))
    }
}
