//! What each event changes in the state of its issue.

use jiff::Timestamp;

use super::claim;
use super::event::{Event, Recorded};
use super::limit::{self, Reckoned};
use super::link;
use super::part;
use super::request::{self, Request};
use super::stage::Stage;
use super::staged;
use super::state::IssueState;
use super::suspension;
use super::verification;

/// Folds one recorded event into the state.
pub fn apply(state: &mut IssueState, recorded: &Recorded) {
    match &recorded.event {
        Event::Reported { category, condition, blind, .. } => {
            state.category.clone_from(category);
            state.condition.clone_from(condition);
            state.blind = *blind;
            state.reports += 1;
        }
        Event::Joined { against_rectification, .. } => {
            state.reports += 1;
            if *against_rectification {
                verification::contradict(state);
            }
        }
        Event::Raised { condition, due_at, limit } => {
            raise(state, Some(condition.clone()), *due_at, limit.as_deref());
        }
        Event::LimitRecomputed { .. } => limit::recompute(state, &recorded.event),
        Event::Filed { category, condition, .. } => {
            state.stage = Stage::Filed;
            state.filed_at = Some(recorded.at);
            state.category = Some(category.clone());
            state.condition = Some(condition.clone());
        }
        Event::Unrouted { .. } | Event::Offered { .. } => unroute(state, &recorded.event),
        Event::Dispatched { .. } => dispatch(state, recorded),
        Event::Accepted => {
            state.stage = Stage::Accepted;
            state.accepted_at = Some(recorded.at);
        }
        Event::Returned { .. } => {
            state.stage = Stage::Returned;
            state.returns += 1;
        }
        Event::Asked { wish, reason, .. } => {
            let (wish, reason) = (*wish, reason.clone());
            state.request = Some(Request { wish, at: recorded.at, reason, endorsed_by: None });
        }
        Event::Endorsed { .. } => {
            if let Some(request) = &mut state.request {
                request.endorsed_by = Some(recorded.by);
            }
        }
        Event::Extended { due_at, .. } => {
            state.request = None;
            state.extensions += 1;
            state.due_at = Some(*due_at);
        }
        Event::Declined { .. } => state.request = None,
        Event::Deferred { .. }
        | Event::Shelved { .. }
        | Event::Reviewed { .. }
        | Event::Resumed { .. } => suspension::apply(state, recorded),
        Event::Rectified { check, .. } => {
            state.stage = Stage::Rectified;
            state.verification.clone_from(check);
            state.rectified_at = Some(recorded.at);
            state.rectified_by = Some(recorded.by);
        }
        Event::Secured { .. } => staged::apply(state, recorded),
        Event::Reopened { .. } => {
            state.stage = Stage::Reopened;
            state.rectified_at = None;
            state.rework += 1;
        }
        Event::SelfHandled { .. } | Event::Checked { .. } | Event::CheckFailed { .. } => {
            self_handled(state, recorded);
        }
        Event::Closed { .. } | Event::Overridden { .. } => close(state, recorded.at),
        Event::Refused { .. } => state.stage = Stage::Refused,
        Event::Voided { .. } => state.stage = Stage::Void,
        Event::Merged { into } => {
            state.stage = Stage::Merged;
            state.merged_into = Some(*into);
            state.reports = 0;
        }
        Event::Absorbed { reports, condition, due_at, limit, .. } => {
            state.reports += reports;
            let condition = condition.clone().or_else(|| state.condition.clone());
            raise(state, condition, *due_at, limit.as_deref());
        }
        Event::Released => state.blind = false,
        Event::SubTaskSet { .. }
        | Event::PartAccepted { .. }
        | Event::PartDone { .. }
        | Event::PartReleased { .. } => part::apply(state, recorded),
        // What is told elsewhere, or of what is kept beside the state: where it lies, its photos, its links.
        Event::Claimed { .. }
        | Event::ClaimDeclined { .. }
        | Event::OfferLapsed { .. }
        | Event::PhotoStored { .. }
        | Event::PhotoUnreadable { .. }
        | Event::PhotoFlagged { .. }
        | Event::Reassigned { .. }
        | Event::LinkMade { .. }
        | Event::LinkRevoked { .. }
        | Event::DraftSent { .. }
        | Event::DraftDiscarded { .. } => {}
    }
    claim::apply(state, recorded);
    link::apply(state, recorded);
    lapse(state, recorded);
}

/// What waits only while the issue stands where it stood.
fn lapse(state: &mut IssueState, recorded: &Recorded) {
    // What was asked for lapses with the work that it was asked for.
    if !request::may_wait(state.stage) || matches!(recorded.event, Event::Dispatched { .. }) {
        state.request = None;
    }
    if !state.stage.is_suspended() {
        state.suspension = None;
    }
    verification::lapse(state);
    claim::withdraw(state);
}

/// What its finder fixed is closed at once; a check that fails makes it as if only reported.
fn self_handled(state: &mut IssueState, recorded: &Recorded) {
    match &recorded.event {
        Event::SelfHandled { check, .. } => {
            state.self_handled = true;
            state.rectified_by = Some(recorded.by);
            state.verification.clone_from(check);
            close(state, recorded.at);
        }
        Event::Checked { .. } => state.checked_at = Some(recorded.at),
        _ => {
            state.stage = Stage::Reported;
            state.self_handled = false;
            state.rectified_by = None;
            (state.handled_at, state.closed_at) = (None, None);
        }
    }
}

/// Nobody answers for it any more; a clock that was started runs on.
fn unroute(state: &mut IssueState, event: &Event) {
    state.stage = Stage::Filed;
    state.lead = None;
    state.cooperating.clear();
    state.parts.clear();
    state.return_until = None;
    state.offer = None;
    state.why = event.why();
}

/// A graver condition never gives a bureau more time, and one without a limit takes none away.
fn raise(
    state: &mut IssueState,
    condition: Option<String>,
    due_at: Option<Timestamp>,
    limit: Option<&Reckoned>,
) {
    state.condition = condition;
    if due_at.is_some_and(|sooner| state.due_at.is_none_or(|before| sooner < before)) {
        limit::replace(state, limit);
    }
    state.due_at = [state.due_at, due_at].into_iter().flatten().min();
    if state.dispatched_at.is_some() {
        state.first_due_at = state.first_due_at.or(state.due_at);
    }
}

/// An override may come before any rectification: then the issue counts as handled by it.
fn close(state: &mut IssueState, at: Timestamp) {
    state.stage = Stage::Closed;
    state.handled_at = Some(state.rectified_at.unwrap_or(at));
    state.closed_at = Some(at);
}

fn dispatch(state: &mut IssueState, recorded: &Recorded) {
    let Event::Dispatched { lead, cooperating, because, due_at, limit, return_until, .. } =
        &recorded.event
    else {
        return;
    };
    state.stage = Stage::Dispatched;
    if state.dispatched_at.is_none() {
        state.dispatched_at = Some(recorded.at);
        state.first_due_at = *due_at;
        state.limit.clone_from(limit);
        state.first_limit = None;
        staged::begin(state, limit.as_deref());
    }
    state.due_at = *due_at;
    state.return_until = Some(*return_until);
    state.lead = Some(lead.clone());
    state.cooperating.clone_from(cooperating);
    part::involve(state, because.as_ref().and_then(|because| because.task.as_ref()));
    state.why = recorded.event.why();
    for bureau in std::iter::once(lead).chain(cooperating) {
        if !state.bureaus.contains(bureau) {
            state.bureaus.push(bureau.clone());
        }
    }
}
