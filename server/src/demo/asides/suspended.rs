//! 缓办 and 挂账: one issue that is shelved, one that is deferred, one whose shelving waits for the second level.

use domain::access::{Action, Scope};
use domain::workflow::{Command, Stage, Wish};
use jiff::{SignedDuration, Timestamp};

use super::form::stamped;
use super::step::{Step, take, take_with};
use crate::app::App;
use crate::demo::story::{Cast, Month};
use crate::problem::Error;
use crate::store::issue_list::{self, Filter, Order};
use crate::store::issues::Issue;

/// What is asked for, and why. The levels that are for it follow.
struct Told {
    names: [&'static str; 3],
    reason: &'static str,
    /// Whole yuan; none where it is deferred.
    cost_yuan: Option<u64>,
    hours_ago: i64,
    levels: usize,
}

const TOLD: [Told; 3] = [
    Told {
        names: ["a drain shelved", "a drain, first level", "a drain, second level"],
        reason: "整段排水管须改建，已报明年城建计划，资金未落实",
        cost_yuan: Some(386_000),
        hours_ago: 7,
        levels: 2,
    },
    Told {
        names: ["asphalt deferred", "asphalt, first level", "asphalt, second level"],
        reason: "冬季气温不能摊铺沥青，三月中旬开工",
        cost_yuan: None,
        hours_ago: 5,
        levels: 2,
    },
    Told {
        names: ["a wall shelved", "a wall, first level", "a wall, second level"],
        reason: "围墙产权单位已注销，需财政出资拆除重建",
        cost_yuan: Some(74_000),
        hours_ago: 3,
        levels: 1,
    },
];
/// How far away the deferral's date is.
const UNTIL: SignedDuration = SignedDuration::from_hours(24 * 110);
/// Between one step and the next.
const BETWEEN: SignedDuration = SignedDuration::from_mins(35);

/// Tells them in an installation whose month is told.
pub(super) async fn tell(app: &App, cast: &Cast, month: &Month) -> Result<(), Error> {
    let filter = Filter { stages: vec![Stage::Accepted], open: Some(true), ..Filter::default() };
    let accepted = app
        .db
        .read(move |conn| issue_list::list(conn, &Scope::All, &filter, Order::Due, None, 200))
        .await?;
    // Accepted before anything was asked for; those whose limit is far away, because others have the nearest.
    let ago = |hours: i64| month.now - SignedDuration::from_hours(hours);
    let since =
        |issue: &&Issue| issue.state.accepted_at.is_some_and(|at| at < ago(TOLD[0].hours_ago));
    let chosen = accepted.iter().rev().filter(since).filter(|issue| issue.state.request.is_none());
    for (issue, told) in chosen.zip(TOLD) {
        let Some(lead) = issue.state.lead.clone() else { continue };
        ask(app, cast, (issue.id, lead), (ago(told.hours_ago), told)).await?;
    }
    Ok(())
}

async fn ask(
    app: &App,
    cast: &Cast,
    (issue, lead): (i64, String),
    (mut at, told): (Timestamp, Told),
) -> Result<(), Error> {
    let [asked, first, second] = told.names;
    let form = told.cost_yuan.map(|_| stamped(asked, at)).transpose()?;
    let photos = form.iter().map(|form| form.line.photo_id.to_string()).collect();
    let (action, wish) = match told.cost_yuan {
        Some(cost_yuan) => (Action::ShelveIssue, Wish::Shelving { cost_yuan }),
        None => (Action::DeferIssue, Wish::Deferral { until: at + UNTIL }),
    };
    let command = Command::Ask { wish, reason: told.reason.to_owned(), photos };
    app.clock.set(at);
    take_with(app, cast, issue, Step { name: asked, login: lead, action, command }, form).await?;
    for (name, login) in [(first, "office"), (second, "watch")].into_iter().take(told.levels) {
        at += BETWEEN;
        app.clock.set(at);
        let command = Command::Decide { approved: true, note: "情况属实".to_owned() };
        let step = Step { name, login: login.to_owned(), action: Action::DecideIssue, command };
        take(app, cast, issue, step).await?;
    }
    Ok(())
}
