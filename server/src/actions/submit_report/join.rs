//! A report of a problem that is known: it joins the open issue of its family nearby.

use domain::matching::{Candidate, choose, match_keys};
use domain::position::Metres;
use domain::workflow::{Event, Stage};
use schema::{Conn, dialect};

use super::{Prepared, category};
use crate::actions::record::{Act, Ledger};
use crate::actions::routing;
use crate::problem::Error;
use crate::store::issues::{self, Issue, Joinable};

/// Joins the nearest open issue of the report's family within its radius, or says there is none.
pub(super) fn join(
    conn: &mut Conn,
    ledger: &mut Ledger,
    prepared: &Prepared,
) -> Result<Option<Issue>, Error> {
    let Some((known, _)) = category(&prepared.submission, &prepared.gazetteer)? else {
        return Ok(None);
    };
    let Some(position) = prepared.detail.position else { return Ok(None) };
    let radius = Metres(known.match_radius_m);
    let keys = match_keys(&known.family, prepared.submission.blind, position, radius);
    dialect::lock_cells(conn, &keys)?;
    let candidates: Vec<Candidate> =
        issues::list_joinable(conn, keys)?.iter().map(candidate).collect();
    let Some((id, distance)) = choose(&candidates, position, radius) else { return Ok(None) };
    // A command may have ended it since it was listed: commands lock the issue, not the cell.
    let issue = issues::find_locked(conn, id)?.filter(|issue| issue.state.stage.is_open());
    issue.map(|issue| joined(conn, ledger, prepared, issue, distance)).transpose()
}

fn candidate(known: &Joinable) -> Candidate {
    Candidate { issue: known.id, position: known.position, reported_at: known.reported_at }
}

fn joined(
    conn: &mut Conn,
    ledger: &mut Ledger,
    prepared: &Prepared,
    mut issue: Issue,
    distance: Metres,
) -> Result<Issue, Error> {
    let mut happened = vec![Event::Joined {
        report: prepared.id.to_string(),
        distance_m: (distance.0 * 100.0).round() / 100.0,
        against_rectification: issue.state.stage == Stage::Rectified,
    }];
    happened.extend(raised(prepared, &issue)?);
    let reporter = prepared.actor.account;
    if !issue.detail.reporters.contains(&reporter) {
        issue.detail.reporters.push(reporter);
    }
    let announced = i32::try_from(prepared.submission.photos.len()).unwrap_or(i32::MAX);
    issue.photos_expected = issue.photos_expected.saturating_add(announced);
    let act = Act { actor: &prepared.actor, at: prepared.received, command: None };
    ledger.append(conn, &mut issue, happened, act)?;
    Ok(issue)
}

/// A graver condition of the same category raises the issue's condition and limit.
fn raised(prepared: &Prepared, issue: &Issue) -> Result<Option<Event>, Error> {
    let gazetteer = &prepared.gazetteer;
    let Some((_, Some(graver))) = category(&prepared.submission, gazetteer)? else {
        return Ok(None);
    };
    let current = issue.state.condition.as_deref().and_then(|code| gazetteer.condition(code));
    let Some((category, condition)) = current else { return Ok(None) };
    let same = Some(&category.code) == prepared.submission.category.as_ref();
    if !same || graver.gravity >= condition.gravity {
        return Ok(None);
    }
    let limit = gazetteer.limit(&graver.code);
    let started = issue.state.dispatched_at;
    let due_at = started.zip(limit).map(|(from, limit)| routing::ends(from, limit, gazetteer));
    Ok(Some(Event::Raised { condition: graver.code.clone(), due_at: due_at.transpose()? }))
}
