//! What becomes of an issue of the year, and when.

use domain::workflow::{DismissReason, Event, IssueState, Outcome, Way};
use jiff::{SignedDuration, Timestamp};

use crate::measure::random::Random;

/// What happens next to an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The lead takes it.
    Accept,
    /// The lead says it is done.
    Rectify,
    /// Somebody else finds that it is not.
    Fail,
    /// Somebody else finds that it is.
    Pass,
    /// Nothing was there.
    Void,
}

/// Shares of all issues.
const VOID: f64 = 0.01;
const NEVER_TAKEN_UP: f64 = 0.004;
const LATE: f64 = 0.12;
const REWORK: f64 = 0.06;

/// The steps of an issue that was dispatched, each with when it is taken, in order.
pub fn steps(state: &IssueState, random: &mut Random) -> Vec<(Timestamp, Step)> {
    let from = state.dispatched_at.unwrap_or(state.reported_at);
    let hours = |random: &mut Random, low: f64, high: f64| after(random.between(low, high));
    if state.lead.is_none() || random.share() < VOID {
        return vec![(from + hours(random, 1.0, 30.0), Step::Void)];
    }
    if random.share() < NEVER_TAKEN_UP {
        return Vec::new();
    }
    let accepted = from + hours(random, 0.1, 5.0);
    let due = state.due_at.filter(|due| *due > accepted).unwrap_or(accepted + after(24.0));
    let left = due.duration_since(accepted).as_secs_f64() / 3_600.0;
    let late = random.share() < LATE;
    let used =
        if late { left + random.between(0.5, 90.0) } else { left * random.between(0.1, 0.95) };
    let mut rectified = accepted + after(used);
    let mut steps = vec![(accepted, Step::Accept), (rectified, Step::Rectify)];
    if random.share() < REWORK {
        let failed = rectified + hours(random, 1.0, 20.0);
        let again = failed + hours(random, 0.2, 3.0);
        rectified = again + hours(random, 1.0, 30.0);
        steps.extend([(failed, Step::Fail), (again, Step::Accept), (rectified, Step::Rectify)]);
    }
    steps.push((rectified + hours(random, 1.0, 20.0), Step::Pass));
    steps
}

fn after(hours: f64) -> SignedDuration {
    SignedDuration::from_secs_f64(hours * 3_600.0)
}

/// What a step leaves in the log.
pub fn event(step: Step, random: &mut Random) -> Event {
    match step {
        Step::Accept => Event::Accepted,
        Step::Rectify => Event::Rectified {
            outcome: Outcome::Rectified,
            note: "已处理".to_owned(),
            photos: vec![random.id().to_string()],
            check: None,
        },
        Step::Fail => Event::Reopened {
            note: "未整改到位".to_owned(),
            photos: Vec::new(),
            way: Some(Way::OnSite),
        },
        Step::Pass => {
            Event::Closed { note: String::new(), photos: Vec::new(), way: Some(Way::OnSite) }
        }
        Step::Void => Event::Voided {
            reason: DismissReason::FalseAlarm,
            note: "现场无此问题".to_owned(),
        },
    }
}
