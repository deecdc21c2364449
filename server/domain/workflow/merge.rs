//! Two issues that are one problem: one takes the other's reports.

use jiff::Timestamp;

use super::event::Event;
use super::refusal::Refusal;
use super::state::IssueState;

/// Whether an issue's condition is graver than another one's of the same category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Graver(pub bool);

/// Whether an issue may be merged into another: the events of the one, then of the other.
///
/// Whether it stands where it can be merged at all is [`super::decide`]'s to say. Merging gives nobody more time
/// and no lighter duty: of two limits the earlier one holds, of two conditions the graver one.
pub fn merge(
    (id, state): (i64, &IssueState),
    (into, target): (i64, &IssueState),
    graver: Graver,
) -> Result<(Event, Event), Refusal> {
    if id == into {
        return Err(Refusal::MergeIntoItself);
    }
    if !target.stage.is_open() {
        return Err(Refusal::MergeIntoEnded(target.stage));
    }
    if state.stage.is_suspended() || target.stage.is_suspended() {
        return Err(Refusal::MergeSuspended);
    }
    if state.blind != target.blind {
        return Err(Refusal::MergeBlind);
    }
    if state.dispatched_at.is_some() && target.dispatched_at.is_none() {
        return Err(Refusal::MergeIntoUndispatched);
    }
    let due_at = earlier(state.due_at, target.due_at);
    let absorbed = Event::Absorbed {
        issue: id,
        reports: state.reports,
        condition: state.condition.clone().filter(|_| graver.0),
        due_at,
        // An instant that persons agreed on rests on nothing.
        limit: state.limit.clone().filter(|limit| due_at == Some(limit.due_at)),
    };
    Ok((Event::Merged { into }, absorbed))
}

/// A limit that ends before another; none stands for no limit.
fn earlier(limit: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    limit.filter(|limit| other.is_none_or(|other| *limit < other))
}
