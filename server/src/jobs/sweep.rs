//! Drafts the cards that rules owe, once a minute.
//!
//! Nothing of a sweep is remembered but the drafts: each has a name made of its rule, its issue or bureau and
//! the period, and that name is unique. So whoever was down for two days drafts the same in one pass, and two
//! processes that sweep at once draft nothing twice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use domain::cards::{CardRules, Dispatch, OwingIssue, Trigger, due_cards};
use jiff::{SignedDuration, Timestamp};
use schema::{Conn, dialect};

use crate::actions::cards::draft_owed;
use crate::app::App;
use crate::problem::Error;
use crate::store::cards::{self, Drafted, Overdue};
use crate::store::events::{self, Happened};
use crate::store::issues;

/// How often it is swept.
const EVERY: Duration = Duration::from_mins(1);
/// Drafts of one transaction: on `SQLite` everybody's writes wait for it.
const CHUNK: usize = 100;

/// Drafts whatever is owed now; how many cards that were.
pub async fn sweep(app: &App) -> Result<usize, Error> {
    let (gazetteer, now) = (app.gazetteer(), app.clock.now());
    let calendar = gazetteer.calendar.clone();
    let find = move |conn: &mut Conn| {
        let rules = cards::find_rules(conn)?.rules;
        let candidates = candidates(conn, &rules, now)?;
        let known = known(conn, &candidates)?;
        let issues = owing(conn, &candidates)?;
        let mut owed = due_cards(&views(&issues), &rules, &calendar, now);
        owed.retain(|card| !known.contains(&card.key));
        Ok::<_, Error>((rules, owed))
    };
    let (rules, owed) = app.db.read(find).await?;
    let (rules, mut drafted) = (Arc::new(rules), 0);
    for chunk in owed.chunks(CHUNK) {
        let (chunk, rules) = (chunk.to_vec(), Arc::clone(&rules));
        let gazetteer = Arc::clone(&gazetteer);
        let write = move |conn: &mut Conn| -> Result<usize, Error> {
            dialect::claim_sweep(conn)?;
            let mut new = 0;
            for card in &chunk {
                new += usize::from(draft_owed(conn, card, &rules, &gazetteer, now)?);
            }
            Ok(new)
        };
        drafted += app.db.write(write).await?;
    }
    Ok(drafted)
}

/// Numbers of the issues for which anything may be owed that was not drafted, ascending.
fn candidates(conn: &mut Conn, rules: &CardRules, now: Timestamp) -> Result<Vec<i64>, Error> {
    let of = |trigger| rules.rules.iter().filter(move |rule| rule.trigger == trigger);
    let mut found = BTreeSet::new();
    let over = of(Trigger::OverdueHours).chain(of(Trigger::OverdueInWeek)).next().is_some();
    if over {
        let overdue = cards::list_overdue(conn, now)?;
        let ids: Vec<i64> = overdue.iter().map(|one| one.issue).collect();
        let drafted = cards::list_drafted(conn, &ids)?;
        for rule in of(Trigger::OverdueHours) {
            let after = SignedDuration::from_hours(i64::from(rule.amount));
            let prefix = format!("rule/{}/", rule.code);
            let owes = |one: &&Overdue| {
                one.due_at.checked_add(after).is_ok_and(|at| {
                    at <= now && !is_drafted(drafted.get(&one.issue), &prefix, Some(at))
                })
            };
            found.extend(overdue.iter().filter(owes).map(|one| one.issue));
        }
        for rule in of(Trigger::OverdueInWeek) {
            found.extend(of_many(&overdue, usize::try_from(rule.amount).unwrap_or(usize::MAX)));
        }
    }
    if of(Trigger::UnacknowledgedHours).next().is_some() {
        found.extend(cards::list_unaccepted(conn)?);
    }
    if let Some(times) = of(Trigger::ReworkTimes).map(|rule| rule.amount).min() {
        let reworked = cards::list_reworked(conn, i32::try_from(times).unwrap_or(i32::MAX))?;
        let drafted = cards::list_drafted(conn, &reworked)?;
        for rule in of(Trigger::ReworkTimes) {
            let prefix = format!("rule/{}/", rule.code);
            let owes = |id: &&i64| !is_drafted(drafted.get(*id), &prefix, None);
            found.extend(reworked.iter().filter(owes));
        }
    }
    Ok(found.into_iter().collect())
}

/// Whether a rule drafted about an issue, by the same limit where it goes by one.
fn is_drafted(about: Option<&Vec<Drafted>>, prefix: &str, at: Option<Timestamp>) -> bool {
    let is = |one: &Drafted| one.key.starts_with(prefix) && (at.is_none() || one.owed_at == at);
    about.is_some_and(|drafted| drafted.iter().any(is))
}

/// The overdue issues of bureaus that have so many at all: which week each counts in is the rule's to say.
fn of_many(overdue: &[Overdue], amount: usize) -> Vec<i64> {
    let mut by_lead: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for one in overdue {
        if let Some(lead) = &one.lead {
            by_lead.entry(lead).or_default().push(one.issue);
        }
    }
    by_lead.into_values().filter(|ids| ids.len() >= amount).flatten().collect()
}

/// The names of what was drafted about these issues.
fn known(conn: &mut Conn, issues: &[i64]) -> Result<BTreeSet<String>, Error> {
    let drafted = cards::list_drafted(conn, issues)?;
    Ok(drafted.into_values().flatten().map(|one| one.key).collect())
}

/// An issue with what of its log the rules look at.
struct Owing {
    issue: issues::Issue,
    dispatch: Option<Dispatch>,
    failed_at: Vec<Timestamp>,
}

fn owing(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Owing>, Error> {
    /// Issues of one statement.
    const READ: usize = 500;
    let mut owing = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(READ) {
        let mut logs: BTreeMap<i64, Vec<Happened>> = BTreeMap::new();
        for one in events::list_of_kinds(conn, chunk, &["dispatched", "reopened"])? {
            logs.entry(one.issue).or_default().push(one);
        }
        for issue in issues::list(conn, chunk)? {
            let log = logs.remove(&issue.id).unwrap_or_default();
            let dispatched = log.iter().rfind(|one| one.kind == "dispatched");
            let failed = log.iter().filter(|one| one.kind == "reopened").map(|one| one.at);
            owing.push(Owing {
                dispatch: dispatched.map(|one| Dispatch { n: one.n, at: one.at }),
                failed_at: failed.collect(),
                issue,
            });
        }
    }
    Ok(owing)
}

fn views(issues: &[Owing]) -> Vec<OwingIssue<'_>> {
    fn view(one: &Owing) -> OwingIssue<'_> {
        OwingIssue {
            issue: one.issue.id,
            state: &one.issue.state,
            dispatch: one.dispatch,
            failed_at: &one.failed_at,
        }
    }
    issues.iter().map(view).collect()
}

/// Sweeps once a minute; runs until it is dropped.
pub async fn keep_sweeping(app: Arc<App>) {
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tick.tick().await;
        match sweep(&app).await {
            Ok(0) => {}
            Ok(drafted) => tracing::info!(drafted, "supervision cards were drafted by rule"),
            Err(error) => tracing::warn!(%error, "overdue work could not be swept"),
        }
    }
}
