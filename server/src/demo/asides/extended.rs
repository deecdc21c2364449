//! Later limits 延期: one that was granted, one that waits for the second level, one for the first.

use domain::access::{Action, Scope};
use domain::workflow::{Command, Stage, Wish};
use jiff::{SignedDuration, Timestamp};

use super::step::{Step, take};
use crate::app::App;
use crate::demo::story::{Cast, Month};
use crate::problem::Error;
use crate::store::issue_list::{self, Filter, Order};
use crate::store::issues::Issue;

/// Why more time is needed, and how many hours of it.
const REASONS: [(&str, i64); 3] = [
    ("配件已订，后天到货，到货即更换", 72),
    ("连日有雨，路面干后才能施工", 48),
    ("需与物业共同腾出场地，已约明天上午", 24),
];
/// How much of the limit has to be left for it to be asked for, and when it was asked for and decided.
const LEFT: SignedDuration = SignedDuration::from_hours(1);
const STEPS_AGO: [SignedDuration; 3] =
    [SignedDuration::from_mins(40), SignedDuration::from_mins(25), SignedDuration::from_mins(10)];

/// Tells them in an installation whose month is told.
pub(super) async fn tell(app: &App, cast: &Cast, month: &Month) -> Result<(), Error> {
    let filter = Filter {
        stages: vec![Stage::Accepted],
        open: Some(true),
        due_after: Some(month.now + LEFT),
        ..Filter::default()
    };
    let accepted = app
        .db
        .read(move |conn| issue_list::list(conn, &Scope::All, &filter, Order::Due, None, 40))
        .await?;
    // Accepted before anything was asked for.
    let asked_at = month.now - STEPS_AGO[0];
    let since = |issue: &Issue| issue.state.accepted_at.is_some_and(|at| at < asked_at);
    let chosen = accepted.into_iter().filter(since);
    for ((number, issue), (reason, hours)) in chosen.enumerate().zip(REASONS) {
        let Some((lead, due_at)) = issue.state.lead.clone().zip(issue.state.due_at) else {
            continue;
        };
        let until = due_at + SignedDuration::from_hours(hours);
        ask(app, cast, (month.now, number), (issue.id, lead, until, reason)).await?;
    }
    Ok(())
}

/// The first is asked for and granted, the second approved once, the third asked for.
async fn ask(
    app: &App,
    cast: &Cast,
    (now, number): (Timestamp, usize),
    (issue, lead, until, reason): (i64, String, Timestamp, &str),
) -> Result<(), Error> {
    let asked = Command::Ask {
        wish: Wish::Extension { until },
        reason: reason.to_owned(),
        photos: Vec::new(),
    };
    let decided = |note: &str| Command::Decide { approved: true, note: note.to_owned() };
    let steps = [
        (Action::ExtendIssue, lead, asked, ["time for parts", "time for rain", "time for room"]),
        (
            Action::DecideIssue,
            "office".to_owned(),
            decided("情况属实"),
            ["parts, first level", "rain, first level", "room, first level"],
        ),
        (
            Action::DecideIssue,
            "watch".to_owned(),
            decided("同意，按新时限督办"),
            ["parts, second level", "rain, second level", "room, second level"],
        ),
    ];
    for ((action, login, command, names), ago) in steps.into_iter().zip(STEPS_AGO).take(3 - number)
    {
        app.clock.set(now - ago);
        take(app, cast, issue, Step { name: names[number], login, action, command }).await?;
    }
    Ok(())
}
