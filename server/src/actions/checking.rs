//! How a rectification is to be looked at: by its condition, its bureau, and a draw.

use domain::workflow::{CheckBecause, Checking, IssueState, Share};
use jiff::Timestamp;
use schema::Conn;

use crate::config::VerificationSettings;
use crate::gazetteer::Gazetteer;
use crate::problem::Error;
use crate::store::issues::Issue;
use crate::store::sample_raises;

/// How the rectification that comes in now is to be looked at. Takes one off its bureau's higher share.
pub fn checking(
    conn: &mut Conn,
    issue: &Issue,
    gazetteer: &Gazetteer,
    settings: &VerificationSettings,
) -> Result<Checking, Error> {
    let every = Checking { issue: issue.id, share: None };
    if !is_low(&issue.state, gazetteer, settings) || issue.state.rework > 0 {
        return Ok(every);
    }
    let lead = issue.state.lead.as_deref();
    let raised = lead.map(|lead| sample_raises::take_one(conn, lead)).transpose()?.flatten();
    let percent = match raised {
        Some(_) => settings.after_failure_percent.max(settings.sample_percent),
        None => settings.sample_percent,
    };
    let share = Share { seed: settings.seed.clone(), percent, raised };
    Ok(Checking { share: Some(share), ..every })
}

/// Whether an issue is of low gravity 低风险: by its condition, or by how long it may take.
fn is_low(state: &IssueState, gazetteer: &Gazetteer, settings: &VerificationSettings) -> bool {
    let Some(condition) = &state.condition else { return false };
    if settings.low_gravity.contains(condition) {
        return true;
    }
    let days = gazetteer.limit(condition).map_or(0, domain::deadline::Limit::days);
    settings.low_gravity_days > 0 && days >= settings.low_gravity_days
}

/// A check of what is of low gravity failed: its bureau's next ones have the higher share.
pub fn failed(
    conn: &mut Conn,
    before: &IssueState,
    issue: &Issue,
    settings: &VerificationSettings,
    now: Timestamp,
) -> Result<(), Error> {
    let was_drawn = before.verification.as_ref().is_some_and(|owed| {
        matches!(owed.because, CheckBecause::Drawn(_) | CheckBecause::LeftOut(_))
    });
    if issue.state.rework == before.rework || !was_drawn {
        return Ok(());
    }
    let Some(lead) = &before.lead else { return Ok(()) };
    sample_raises::raise(conn, lead, issue.id, settings.after_failure_next, now)
}
