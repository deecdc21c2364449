//! The steps that set or moved a limit, from the issue's own log.

use domain::deadline::Calendar;
use domain::workflow::{Event, IssueState, Recomputed, Recorded, apply};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::views::why::Words;

/// A step that set or moved a limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"at": "2026-11-20T09:00:00Z", "kind": "dispatched", "due_at": "2026-11-23T03:00:00Z",
    "words": {"zh": "11-20 周五 17:00 派遣，时限 4工作时，11-23 周一 11:00 到期",
        "en": "Fri 20 Nov 17:00 dispatched, limit 4 working hours, due Mon 23 Nov 11:00"}}))]
pub struct LimitChange {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The event that did, as in the issue's events.
    pub kind: String,
    /// The limit from then on.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Timestamp,
    /// In words.
    pub words: Words,
}

/// Every event after which the limit was another one, or waited for nothing any more.
pub(super) fn list(
    reported_at: Timestamp,
    events: &[Recorded],
    calendar: &Calendar,
) -> Vec<LimitChange> {
    let (mut state, mut changes) = (IssueState::new(reported_at), Vec::new());
    for recorded in events {
        let before = limits(&state);
        apply(&mut state, recorded);
        let anew = matches!(recorded.event, Event::LimitRecomputed { .. });
        let Some(due_at) = state.due_at.filter(|_| anew || limits(&state) != before) else {
            continue;
        };
        changes.push(LimitChange {
            at: recorded.at,
            kind: kind(&recorded.event),
            due_at,
            words: words(recorded, &state, due_at, calendar),
        });
    }
    changes
}

/// What of a state a change of the limit is seen by.
fn limits(state: &IssueState) -> (Option<Timestamp>, Option<Timestamp>, bool, usize) {
    (state.due_at, state.first_due_at, state.is_provisional(), state.secured.len())
}

fn kind(event: &Event) -> String {
    let value = serde_json::to_value(event).unwrap_or_default();
    value["kind"].as_str().unwrap_or_default().to_owned()
}

/// What the period was called that made the limit shorter.
fn period_of(state: &IssueState) -> &str {
    let period = state.limit.as_ref().and_then(|limit| limit.period.as_ref());
    period.map_or("", |period| &period.name)
}

fn words(recorded: &Recorded, state: &IssueState, due_at: Timestamp, calendar: &Calendar) -> Words {
    let limit = state.limit.as_ref().map(|reckoned| &reckoned.limit);
    let (text, english) =
        limit.map_or_else(Default::default, |limit| (limit.to_string(), limit.in_english()));
    let (zh, en) = match &recorded.event {
        Event::Dispatched { .. }
            if state.limit.as_ref().is_some_and(|limit| limit.period.is_some()) =>
        {
            (
                format!("派遣，时限 {text}（{}）", period_of(state)),
                format!("dispatched, limit {english} ({})", period_of(state)),
            )
        }
        Event::Dispatched { .. } => {
            (format!("派遣，时限 {text}"), format!("dispatched, limit {english}"))
        }
        Event::Raised { .. } => (
            format!("情况更严重，时限按 {text} 计"),
            format!("found to be graver, limit {english} from dispatch on"),
        ),
        Event::Absorbed { issue, .. } => (
            format!("并入第 {issue} 号问题，取较早的时限"),
            format!("issue {issue} was merged in, whose limit was the earlier one"),
        ),
        Event::Secured { .. } => (
            format!("第 {} 阶段完成", state.secured.len()),
            format!("stage {} done", state.secured.len()),
        ),
        Event::Extended { .. } => ("同意延期".to_owned(), "extended".to_owned()),
        Event::LimitRecomputed { because: Recomputed::Calendar, .. } => (
            "放假调休安排或办公时间有变，重新计算".to_owned(),
            "reckoned anew, as holidays or office hours changed".to_owned(),
        ),
        Event::LimitRecomputed { because: Recomputed::Rule, .. } => (
            format!("立案条件的时限改为 {text}，重新计算"),
            format!("reckoned anew, as the condition's limit became {english}"),
        ),
        Event::LimitRecomputed { because: Recomputed::Period, .. } => (
            format!("{}，未办结的按 {text} 重新起算", period_of(state)),
            format!("{}: what is open runs anew, limit {english}", period_of(state)),
        ),
        _ => ("时限变更".to_owned(), "the limit changed".to_owned()),
    };
    let provisional = state.is_provisional();
    Words {
        zh: format!(
            "{} {zh}，{} 到期{}",
            calendar.in_chinese(recorded.at),
            calendar.in_chinese(due_at),
            if provisional { "（暂定）" } else { "" }
        ),
        en: format!(
            "{} {en}, due {}{}",
            calendar.in_english(recorded.at),
            calendar.in_english(due_at),
            if provisional { " (provisional)" } else { "" }
        ),
    }
}
