//! What happens next to an issue, and when.

use domain::workflow::{Part, Stage};
use jiff::{SignedDuration, Timestamp};

use super::script::{Fate, Scene};
use super::when::Month;
use crate::store::issues::Issue;

/// One step of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Move {
    /// The first report.
    Report,
    /// Another report of the same problem.
    Again,
    /// 立案 at the desk.
    File,
    /// 不予立案.
    Refuse,
    /// 作废.
    Void,
    /// A blind finding is shown to bureaus.
    Release,
    /// 派遣 by the desk.
    Dispatch,
    /// 签收.
    Accept,
    /// 退回.
    Return,
    /// 整改.
    Rectify,
    /// 阶段完成: fenced off, before it is repaired.
    Secure,
    /// 协办签收, by the first cooperating bureau that has not.
    TakePart,
    /// 协办完成, by the first cooperating bureau that owes its part.
    DoPart,
    /// 核查.
    Verify {
        /// Whether it passes.
        passed: bool,
    },
}

/// The longest a rectification waits for somebody to look.
const LOOK_WITHIN: SignedDuration = SignedDuration::from_hours(6);
/// The longest an issue waits to be accepted.
const ACCEPT_WITHIN: SignedDuration = SignedDuration::from_mins(100);

/// The step that follows where an issue stands after a step at `at`; none when its story ends there.
pub(super) fn next(
    scene: &mut Scene,
    issue: &Issue,
    at: Timestamp,
    month: &Month,
) -> Option<(Timestamp, Move)> {
    let stage = issue.state.stage;
    if scene.rests == Some(stage) {
        return None;
    }
    let (then, step) = match stage {
        Stage::Reported if scene.fate == Fate::Refused => {
            (at_the_desk(scene, at, month), Move::Refuse)
        }
        Stage::Reported => (at_the_desk(scene, at, month), Move::File),
        Stage::Filed if issue.state.blind => {
            let days = SignedDuration::from_hours(24 * i64::from(scene.dice.within(1, 4)));
            (at_the_desk(scene, at + days, month), Move::Release)
        }
        Stage::Filed | Stage::Returned => (at_the_desk(scene, at, month), Move::Dispatch),
        Stage::Dispatched if scene.fate == Fate::Returned && issue.state.returns == 0 => {
            (returned(scene, issue, at, month), Move::Return)
        }
        Stage::Dispatched if scene.fate == Fate::Void => {
            (at_the_desk(scene, at, month), Move::Void)
        }
        Stage::Dispatched | Stage::Reopened => (accepted(scene, issue, at), Move::Accept),
        Stage::Accepted if issue.state.parts.iter().any(Part::is_owed) => {
            helped(scene, issue, at, month)
        }
        Stage::Accepted if issue.state.stage_due().is_some() => {
            (secured(scene, issue, at), Move::Secure)
        }
        Stage::Accepted => (rectified(scene, issue, at, month), Move::Rectify),
        Stage::Rectified => {
            let passed = scene.fate != Fate::Rework || issue.state.rework > 0;
            (verified(scene, issue, at, month), Move::Verify { passed })
        }
        Stage::Closed
        | Stage::Refused
        | Stage::Void
        | Stage::Merged
        | Stage::Deferred
        | Stage::Shelved => return None,
    };
    // Nobody takes two steps at once.
    Some((then.max(at + SignedDuration::from_mins(2)), step))
}

/// What is left of the limit; none where there is no limit or it is over.
fn left(issue: &Issue, at: Timestamp) -> Option<SignedDuration> {
    left_until(issue.state.due_at, at)
}

fn left_until(due: Option<Timestamp>, at: Timestamp) -> Option<SignedDuration> {
    due.filter(|due| *due > at).map(|due| due.duration_since(at))
}

fn at_the_desk(scene: &mut Scene, at: Timestamp, month: &Month) -> Timestamp {
    if scene.rests.is_some() {
        return at + scene.dice.minutes(3, 9);
    }
    let then = at + scene.dice.minutes(6, 45);
    month.by_day(then, None, &mut scene.dice)
}

fn returned(scene: &mut Scene, issue: &Issue, at: Timestamp, month: &Month) -> Timestamp {
    let then = at + scene.dice.minutes(10, 40);
    month.by_day(then, issue.state.return_until, &mut scene.dice)
}

fn accepted(scene: &mut Scene, issue: &Issue, at: Timestamp) -> Timestamp {
    if scene.rests.is_some() {
        return at + scene.dice.minutes(3, 7);
    }
    let wait = left_until(issue.state.next_due_at(), at);
    let wait = wait.map(|left| scene.dice.share(left, 40, 220));
    at + wait.unwrap_or(scene.dice.minutes(5, 30)).min(ACCEPT_WITHIN)
}

/// Fenced off day and night; now and then not in time.
fn secured(scene: &mut Scene, issue: &Issue, at: Timestamp) -> Timestamp {
    if scene.rests.is_some() {
        return at + scene.dice.minutes(3, 7);
    }
    match left_until(issue.state.next_due_at(), at) {
        Some(left) if scene.on_time => at + scene.dice.share(left, 300, 800),
        Some(left) => at + left + scene.dice.minutes(15, 200),
        None => at + scene.dice.minutes(10, 60),
    }
}

/// Those who help do so one after the other: first each takes its part.
fn helped(scene: &mut Scene, issue: &Issue, at: Timestamp, month: &Month) -> (Timestamp, Move) {
    let quick = scene.rests.is_some();
    let waits = |part: &Part| part.is_owed() && part.accepted_at.is_none();
    if issue.state.parts.iter().any(waits) {
        let most = if quick { 3 } else { 25 };
        return (at + scene.dice.minutes(2, most), Move::TakePart);
    }
    if quick {
        return (at + scene.dice.minutes(2, 4), Move::DoPart);
    }
    let then = at + scene.dice.minutes(20, 90);
    (month.by_day(then, None, &mut scene.dice), Move::DoPart)
}

fn rectified(scene: &mut Scene, issue: &Issue, at: Timestamp, month: &Month) -> Timestamp {
    if scene.rests.is_some() {
        return at + scene.dice.minutes(12, 25);
    }
    match (left(issue, at), issue.state.due_at) {
        (Some(left), due) if scene.on_time => {
            let early = scene.fate == Fate::Rework && issue.state.rework == 0;
            let share = if early {
                scene.dice.share(left, 150, 300)
            } else {
                scene.dice.share(left, 300, 620)
            };
            month.by_day(at + share, due, &mut scene.dice)
        }
        (Some(_), Some(due)) => {
            let late = due + scene.dice.minutes(15, 20 * 60);
            month.by_day(late, None, &mut scene.dice)
        }
        _ => at + scene.dice.minutes(20, 150),
    }
}

fn verified(scene: &mut Scene, issue: &Issue, at: Timestamp, month: &Month) -> Timestamp {
    if scene.rests.is_some() {
        return at + scene.dice.minutes(12, 25);
    }
    if let Some(left) = left(issue, at) {
        let wait = scene.dice.share(left, 250, 800).min(LOOK_WITHIN);
        return month.by_day(at + wait, issue.state.due_at, &mut scene.dice);
    }
    let then = at + scene.dice.minutes(20, 200);
    month.by_day(then, None, &mut scene.dice)
}
