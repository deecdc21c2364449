//! How an issue's limit came to end when it does: as data, and in words.

mod changes;
mod said;

use domain::deadline::{Calendar, Explanation, Stage, Stretch, Unit, Used, Why, explain};
use domain::workflow::{IssueState, Reckoned, Recorded};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use changes::LimitChange;

use super::why::Words;
use crate::problem::Error;

/// How an issue's limit 时限 came to end when it does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "limit": "4工作时", "condition": "0101A", "from": "2026-11-20T09:00:00Z",
    "due_at": "2026-11-23T03:00:00Z", "first_due_at": "2026-11-23T03:00:00Z",
    "provisional": false, "waits_for": null, "period": null, "reference_version": 7,
    "stages": [{"limit": "4工作时", "from": "2026-11-20T09:00:00Z", "ends_at": "2026-11-23T03:00:00Z", "segments": [
        {"from": "2026-11-20T09:00:00Z", "to": "2026-11-20T10:00:00Z", "counts": true, "why": "office_hours",
         "holiday": null, "seconds": 3600, "days": null,
         "words": {"zh": "11-20 周五 17:00–18:00 计 1 工作时", "en": "Fri 20 Nov 17:00–18:00 counts 1 working hour"}}]}],
    "changes": [{"at": "2026-11-20T09:00:00Z", "kind": "dispatched", "due_at": "2026-11-23T03:00:00Z",
        "words": {"zh": "11-20 周五 17:00 派遣，时限 4工作时，11-23 周一 11:00 到期",
            "en": "Fri 20 Nov 17:00 dispatched, limit 4 working hours, due Mon 23 Nov 11:00"}}],
    "words": {"zh": "2026-11-20 周五 17:00 起算；11-20 周五 17:00–18:00 计 1 工作时；11-23 周一 11:00 到期",
        "en": "Runs from Fri 20 Nov 17:00, 2026; Fri 20 Nov 17:00–18:00 counts 1 working hour; due Mon 23 Nov 11:00"}
}))]
pub struct LimitView {
    /// What the limit says, or would say once dispatched; null where the condition has none.
    pub limit: Option<String>,
    /// The condition it is for.
    pub condition: Option<String>,
    /// From when it runs; null while it does not.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub from: Option<Timestamp>,
    /// The limit now. Later than the last stage's end where an extension moved it.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Timestamp>,
    /// The first limit.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub first_due_at: Option<Timestamp>,
    /// It rests on a year whose holidays are not announced, and is reckoned anew when they are.
    pub provisional: bool,
    /// That year; null where it waits for none.
    pub waits_for: Option<i16>,
    /// The time with shorter limits 迎检时限 that it is by; null where it is the condition's own.
    pub period: Option<LimitPeriodUsed>,
    /// Version of the reference data it was reckoned by.
    pub reference_version: Option<i64>,
    /// Its stages, in order; empty where it does not run, or the calendar of that time is not kept.
    pub stages: Vec<LimitStage>,
    /// Every step that set or moved it, in order.
    pub changes: Vec<LimitChange>,
    /// All of it in words.
    pub words: Words,
}

/// A time with shorter limits that a limit is by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"code": "yj-2026-12", "name": "省级测评迎检"}))]
pub struct LimitPeriodUsed {
    /// Its code.
    pub code: String,
    /// What it was called.
    pub name: String,
}

/// One stage of a limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LimitStage {
    /// What it says.
    pub limit: String,
    /// Its start.
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    /// Its end.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
    /// All time in between, in order and without gaps.
    pub segments: Vec<LimitSegment>,
}

/// A stretch of time on the way to a limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LimitSegment {
    /// Its first instant.
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    /// The instant after its last.
    #[schema(value_type = String, format = DateTime)]
    pub to: Timestamp,
    /// Whether it uses up the limit.
    pub counts: bool,
    /// What it is: `office_hours`, `working_day`, `make_up_day`, `round_the_clock`, `calendar_day`, `night`,
    /// `break`, `weekend` or `holiday`.
    #[schema(value_type = String)]
    pub why: Why,
    /// The holiday that is had, or that is worked for.
    pub holiday: Option<String>,
    /// How much of a limit in hours it uses up; null for limits in days, and where it does not count.
    pub seconds: Option<i64>,
    /// How many days it uses up; null for limits in hours, and where it does not count.
    pub days: Option<i64>,
    /// The same in words.
    pub words: Words,
}

/// What is needed to explain an issue's limit.
#[derive(Debug)]
pub struct Telling<'a> {
    /// The issue as it stands.
    pub state: &'a IssueState,
    /// What happened to it, in order.
    pub events: &'a [Recorded],
    /// What the limit in force was reckoned with, if that was kept.
    pub then: &'a Calendar,
    /// The calendar in force.
    pub now: &'a Calendar,
    /// What its condition says now, for a clock that has not started.
    pub says: Option<String>,
}

impl LimitView {
    /// The limit of an issue, explained.
    ///
    /// # Errors
    /// [`Error::Internal`] where a limit that was reckoned cannot be reckoned again.
    pub fn new(telling: &Telling<'_>) -> Result<Self, Error> {
        let Telling { state, then, now, .. } = telling;
        let rests_on = state.limit.as_deref();
        let explained = rests_on.map(|reckoned| again(reckoned, then)).transpose()?.flatten();
        let changes = changes::list(state.reported_at, telling.events, now);
        let words = said::words(telling, explained.as_ref());
        let stages = explained
            .as_ref()
            .map_or_else(Vec::new, |told| told.stages.iter().map(|one| stage(one, then)).collect());
        Ok(Self {
            limit: rests_on.map(|reckoned| reckoned.limit.to_string()).or(telling.says.clone()),
            condition: rests_on
                .map(|reckoned| reckoned.condition.clone())
                .or_else(|| state.condition.clone()),
            from: rests_on.map(|reckoned| reckoned.from),
            due_at: state.due_at,
            first_due_at: state.first_due_at,
            provisional: state.is_provisional(),
            waits_for: explained.and_then(|told| told.waits_for).filter(|_| state.is_provisional()),
            period: rests_on
                .and_then(|reckoned| reckoned.period.as_ref())
                .map(|used| LimitPeriodUsed { code: used.code.clone(), name: used.name.clone() }),
            reference_version: rests_on.map(|reckoned| reckoned.reference_version),
            stages,
            changes,
            words,
        })
    }
}

/// What was reckoned, explained; none where the calendar is not the one it was reckoned with.
fn again(reckoned: &Reckoned, calendar: &Calendar) -> Result<Option<Explanation>, Error> {
    let told = explain(reckoned.from, &reckoned.limit, calendar)
        .map_err(|error| Error::Internal(error.to_string()))?;
    Ok((told.due.at == reckoned.due_at).then_some(told))
}

fn stage(stage: &Stage, calendar: &Calendar) -> LimitStage {
    let unit = stage.stint.unit;
    LimitStage {
        limit: stage.stint.to_string(),
        from: stage.from,
        ends_at: stage.to,
        segments: stage.stretches.iter().map(|one| segment(one, unit, calendar)).collect(),
    }
}

fn segment(stretch: &Stretch, unit: Unit, calendar: &Calendar) -> LimitSegment {
    let (seconds, days) = match stretch.used {
        Used::Nothing => (None, None),
        Used::Time(length) => (Some(length.as_secs()), None),
        Used::Days(days) => (None, Some(days)),
    };
    LimitSegment {
        from: stretch.segment.from,
        to: stretch.segment.to,
        counts: stretch.segment.counts,
        why: stretch.segment.why,
        holiday: stretch.holiday.clone(),
        seconds,
        days,
        words: Words {
            zh: stretch.in_chinese(unit, calendar),
            en: stretch.in_english(unit, calendar),
        },
    }
}
