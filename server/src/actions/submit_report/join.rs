//! Reports of problems that are known: each joins the open issue of its family nearby, whether that
//! was there before or opened by a report just before it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use domain::matching::{Candidate, choose};
use domain::position::Metres;
use domain::workflow::{Event, Stage};
use schema::{Conn, dialect};

use super::Prepared;
use super::prepare::{Reach, category};
use crate::actions::record::Happened;
use crate::actions::routing;
use crate::problem::Error;
use crate::store::issues::{self, Issue};

/// What a report of a group does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Choice {
    /// It opens an issue.
    Opens,
    /// It joins the issue with this number.
    Joins(i64, Metres),
    /// It joins what the report at this place of the group opens.
    JoinsNew(usize, Metres),
}

/// Issues without a number stand as candidates under this and their place in the group: above all
/// numbers, as they come last.
const NEW: i64 = 1 << 62;

/// Keeps other transactions from looking for the same problems until this one ends.
pub(super) fn lock_cells(conn: &mut Conn, group: &[Arc<Prepared>]) -> Result<(), Error> {
    let keys = keys(group.iter().map(AsRef::as_ref));
    if !keys.is_empty() {
        dialect::lock_cells(conn, &keys)?;
    }
    Ok(())
}

/// Ascending, each once.
fn keys<'a>(group: impl Iterator<Item = &'a Prepared>) -> Vec<i64> {
    let keys: BTreeSet<i64> =
        group.filter_map(|report| report.reach).flat_map(|reach| reach.keys).collect();
    keys.into_iter().collect()
}

/// Decides for each report of a group in turn; gives the issues near them, locked.
pub(super) fn choices(
    conn: &mut Conn,
    group: &[&Prepared],
) -> Result<(Vec<Choice>, BTreeMap<i64, Issue>), Error> {
    let keys = keys(group.iter().copied());
    let joinable = if keys.is_empty() { Vec::new() } else { issues::list_joinable(conn, &keys)? };
    let mut near = Near::of(joinable);
    let known = near.lock(conn, group)?;
    let mut choices = Vec::with_capacity(group.len());
    for (place, report) in group.iter().enumerate() {
        let nearest = report.reach.and_then(|reach| near.nearest(&reach));
        choices.push(match nearest {
            None => Choice::Opens,
            Some((id, distance)) if id < NEW => Choice::Joins(id, distance),
            Some((id, distance)) => {
                Choice::JoinsNew(usize::try_from(id - NEW).unwrap_or(place), distance)
            }
        });
        if nearest.is_none() {
            near.add(place, &report.opening.issue);
        }
    }
    Ok((choices, known))
}

/// Open issues by match key.
#[derive(Default)]
struct Near(HashMap<i64, Vec<Candidate>>);

impl Near {
    fn of(joinable: Vec<(i64, Candidate)>) -> Self {
        let mut near = Self::default();
        for (key, candidate) in joinable {
            near.0.entry(key).or_default().push(candidate);
        }
        near
    }

    fn add(&mut self, place: usize, issue: &Issue) {
        let (Some(key), Some(position)) = (issue.match_key(), issue.detail.position) else {
            return;
        };
        let issue_at = NEW + i64::try_from(place).unwrap_or(0);
        let reported_at = issue.state.reported_at;
        let candidate = Candidate { issue: issue_at, position, reported_at };
        self.0.entry(key).or_default().push(candidate);
    }

    /// Those within reach of a report.
    fn within(&self, reach: &Reach) -> Vec<Candidate> {
        let keys: BTreeSet<i64> = reach.keys.into_iter().collect();
        let candidates = keys.iter().filter_map(|key| self.0.get(key)).flatten().copied();
        let is_near = |one: &Candidate| one.position.distance_to(reach.position) <= reach.radius;
        candidates.filter(is_near).collect()
    }

    fn nearest(&self, reach: &Reach) -> Option<(i64, Metres)> {
        choose(&self.within(reach), reach.position, reach.radius)
    }

    /// Locks what may be joined and forgets the rest. A command may have ended or refiled an issue
    /// since it was listed (commands lock the issue, not the cell): such a one is forgotten too.
    fn lock(
        &mut self,
        conn: &mut Conn,
        group: &[&Prepared],
    ) -> Result<BTreeMap<i64, Issue>, Error> {
        let within = group.iter().filter_map(|report| Some(self.within(&report.reach?))).flatten();
        let ids: BTreeSet<i64> = within.map(|candidate| candidate.issue).collect();
        let ids: Vec<i64> = ids.into_iter().collect();
        let locked = if ids.is_empty() { Vec::new() } else { issues::list_locked(conn, &ids)? };
        let locked: BTreeMap<i64, Issue> = locked.into_iter().map(|one| (one.id, one)).collect();
        for (key, candidates) in &mut self.0 {
            let stays = |id: i64| locked.get(&id).and_then(Issue::match_key) == Some(*key);
            candidates.retain(|candidate| stays(candidate.issue));
        }
        Ok(locked)
    }
}

/// Adds a report to the issue it joins.
pub(super) fn joined(
    report: &Prepared,
    issue: &mut Issue,
    distance: Metres,
) -> Result<Happened, Error> {
    let mut events = vec![Event::Joined {
        report: report.id.to_string(),
        distance_m: (distance.0 * 100.0).round() / 100.0,
        against_rectification: issue.state.stage == Stage::Rectified,
    }];
    events.extend(raised(report, issue)?);
    let reporter = report.actor.account;
    if !issue.detail.reporters.contains(&reporter) {
        issue.detail.reporters.push(reporter);
    }
    let announced = i32::try_from(report.submission.photos.len()).unwrap_or(i32::MAX);
    issue.photos_expected = issue.photos_expected.saturating_add(announced);
    Happened::to(issue, events, report.act())
}

/// A graver condition of the same category raises the issue's condition and limit.
fn raised(report: &Prepared, issue: &Issue) -> Result<Option<Event>, Error> {
    let gazetteer = &report.gazetteer;
    let Some((_, Some(graver))) = category(&report.submission, gazetteer)? else {
        return Ok(None);
    };
    let current = issue.state.condition.as_deref().and_then(|code| gazetteer.condition(code));
    let Some((category, condition)) = current else { return Ok(None) };
    let same = Some(&category.code) == report.submission.category.as_ref();
    if !same || graver.gravity >= condition.gravity {
        return Ok(None);
    }
    let started = issue.state.dispatched_at;
    let limit = started
        .map(|from| routing::reckoned(&graver.code, from, &issue.state, gazetteer))
        .transpose()?;
    let limit = limit.flatten();
    let due_at = limit.as_ref().map(|limit| limit.due_at);
    Ok(Some(Event::Raised { condition: graver.code.clone(), due_at, limit }))
}
