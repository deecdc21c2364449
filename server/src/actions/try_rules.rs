//! What a draft of the rules would have done with past issues.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::routing::{Because, Offering, RuleSet, Unrouted, Why};
use domain::workflow::Event;
use jiff::Timestamp;
use jiff::civil::Date;
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::routing::Ground;
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::problem::Error;
use crate::store::issues::Issue;
use crate::store::{events, issues};

/// Issues looked at, unless asked for another number.
pub const LIMIT: usize = 10_000;
/// Issues looked at, at most.
pub const LIMIT_MAX: usize = 100_000;
/// Examples given, unless asked for another number.
pub const EXAMPLES: usize = 50;
/// Examples given, at most.
pub const EXAMPLES_MAX: usize = 500;

/// Issues read at a time: memory is bounded by this, not by how many are looked at.
const PAGE: i64 = 500;

/// What a draft is held against.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema, clap::ValueEnum,
)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// What the rules in force would do with the same issues, by the same reference data.
    #[default]
    Published,
    /// Where the issues were first sent when they were filed.
    Happened,
}

/// What is to be tried.
#[derive(Debug, Clone)]
pub struct Trial {
    /// The draft.
    pub draft: RuleSet,
    /// What it is held against.
    pub against: Against,
    /// Issues reported in this span, its end excluded.
    pub span: (Timestamp, Timestamp),
    /// The day whose rules apply to every issue; the day each was filed, if none.
    pub on: Option<Date>,
    /// How many issues to look at, the newest first.
    pub limit: usize,
    /// How many examples to keep.
    pub examples: usize,
}

/// What rules came to: who, or why nobody.
pub type Outcome = Result<Routed, Nobody>;

/// Bureaus, and why they.
#[derive(Debug, Clone, PartialEq)]
pub struct Routed {
    /// The one that answers for it.
    pub lead: String,
    /// Those that help, sorted.
    pub cooperating: Vec<String>,
    /// Why.
    pub why: Why,
}

/// Why nobody was found, and whom it is offered to.
#[derive(Debug, Clone, PartialEq)]
pub struct Nobody {
    /// The rule set that was asked.
    pub version: String,
    /// Why.
    pub because: Unrouted,
    /// Whom it is offered to; none where the desk decides.
    pub offering: Option<Box<Offering>>,
}

impl Nobody {
    /// All of it.
    pub fn why(&self) -> Why {
        let Self { version, because, offering } = self.clone();
        offering.map_or(Why::Nobody { version, because }, Why::Offer)
    }

    /// The bureaus that are asked to claim it.
    pub fn candidates(&self) -> Vec<String> {
        self.offering.iter().flat_map(|offering| offering.codes()).collect()
    }
}

/// How a draft's outcome differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// Other bureaus; or others are asked to claim it.
    Changed,
    /// Nobody any more.
    NewlyUnrouted,
    /// Somebody at last.
    NewlyRouted,
}

/// An issue that a draft would send elsewhere.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its number.
    pub issue: i64,
    /// Its category.
    pub category: String,
    /// Its finest area.
    pub area: Option<String>,
    /// How they differ.
    pub difference: Difference,
    /// Before.
    pub before: Outcome,
    /// By the draft.
    pub after: Outcome,
}

/// Issues a bureau leads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Leads {
    /// Before.
    pub before: usize,
    /// By the draft.
    pub after: usize,
    /// By the draft, and not before.
    pub gained: usize,
    /// Before, and not by the draft.
    pub lost: usize,
}

/// What a trial came to. Every issue looked at is one of same, changed, newly unrouted, newly routed.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Issues looked at: filed, and not blind.
    pub looked_at: usize,
    /// Whether there are older ones that the limit left out.
    pub more: bool,
    /// The same bureaus, or nobody as before.
    pub same: usize,
    /// Other bureaus.
    pub changed: usize,
    /// Nobody any more.
    pub newly_unrouted: usize,
    /// Somebody at last.
    pub newly_routed: usize,
    /// By bureau.
    pub leads: BTreeMap<String, Leads>,
    /// How many issues each rule of the draft decides; rules that decide none are there too.
    pub rules: BTreeMap<String, usize>,
    /// How many issues each offer of the draft takes; offers that take none are there too.
    pub offers: BTreeMap<String, usize>,
    /// Why the draft finds nobody, and how often; what it offers is not among them.
    pub unrouted: Vec<(Unrouted, usize)>,
    /// Some of those that differ, the newest first.
    pub examples: Vec<Example>,
}

/// Tries a draft. Pages are read one after another, so that others get their turn between them.
pub async fn try_rules(app: &App, trial: Trial) -> Result<Tally, Error> {
    let (gazetteer, trial) = (app.gazetteer(), Arc::new(trial));
    let names = trial.draft.rules.iter().map(|rule| (rule.name.clone(), 0));
    let offers = trial.draft.offers.iter().map(|offer| (offer.name.clone(), 0));
    let mut tally = Tally { rules: names.collect(), offers: offers.collect(), ..Tally::default() };
    let mut before = Some(i64::MAX);
    while let Some(last) = before {
        let (gazetteer, trial) = (Arc::clone(&gazetteer), Arc::clone(&trial));
        (tally, before) =
            app.db.read(move |conn| page(conn, &gazetteer, &trial, tally, last)).await?;
    }
    Ok(tally)
}

/// Counts one page in; gives where the next begins.
fn page(
    conn: &mut Conn,
    gazetteer: &Gazetteer,
    trial: &Trial,
    mut tally: Tally,
    before: i64,
) -> Result<(Tally, Option<i64>), Error> {
    let found = issues::list_reported(conn, before, trial.span, PAGE)?;
    let next = found.last().map(|issue| issue.id);
    let happened = match trial.against {
        Against::Published => None,
        Against::Happened => {
            let ids: Vec<i64> = found.iter().map(|issue| issue.id).collect();
            Some(events::list_first(conn, &ids, &["dispatched", "unrouted", "offered"])?)
        }
    };
    for issue in found.iter().filter(|issue| is_past(issue)) {
        if tally.looked_at == trial.limit {
            tally.more = true;
            return Ok((tally, None));
        }
        let before = match &happened {
            None => outcome(issue, gazetteer, gazetteer.rules(), trial.on),
            Some(first) => match first.get(&issue.id) {
                Some(payload) => as_it_happened(&payload.read()?),
                None => continue,
            },
        };
        let after = outcome(issue, gazetteer, &trial.draft, trial.on);
        tally.count(issue, before, after, trial.examples);
    }
    Ok((tally, next))
}

/// Filed, so that rules have something to go by; and not blind, since those are kept from rules.
fn is_past(issue: &Issue) -> bool {
    let state = &issue.state;
    state.filed_at.is_some() && state.condition.is_some() && !state.blind
}

fn outcome(issue: &Issue, gazetteer: &Gazetteer, rules: &RuleSet, on: Option<Date>) -> Outcome {
    let state = &issue.state;
    let filed_at = state.filed_at.unwrap_or(state.reported_at);
    let on = on.unwrap_or_else(|| gazetteer.calendar.date_of(filed_at));
    let ground = Ground::of(issue, state, gazetteer, on);
    let subject = ground.subject(issue, state);
    gazetteer.route_by(rules, &subject).map(Routed::by).map_err(|because| {
        let offering = gazetteer.offer_by(rules, &subject, &because).map(Box::new);
        Nobody { version: rules.version.clone(), because, offering }
    })
}

fn as_it_happened(event: &Event) -> Outcome {
    match event {
        Event::Dispatched { lead, cooperating, .. } => {
            let mut cooperating = cooperating.clone();
            cooperating.sort();
            let by_nobody = || Why::Desk { reason: String::new() };
            let why = event.why().unwrap_or_else(by_nobody);
            Ok(Routed { lead: lead.clone(), cooperating, why })
        }
        Event::Unrouted { version, because } => {
            let (version, because) = (version.clone(), because.clone());
            Err(Nobody { version, because, offering: None })
        }
        Event::Offered { because: Some(offering), .. } => Err(Nobody {
            version: offering.version.clone(),
            because: offering.nobody.clone(),
            offering: Some(offering.clone()),
        }),
        _ => Err(Nobody { version: String::new(), because: Unrouted::NoRule, offering: None }),
    }
}

impl Routed {
    fn by(because: Because) -> Self {
        let mut cooperating = because.helpers();
        cooperating.sort();
        Self { lead: because.lead.bureau.clone(), cooperating, why: Why::Rule(Box::new(because)) }
    }
}

impl Tally {
    fn count(&mut self, issue: &Issue, before: Outcome, after: Outcome, examples: usize) {
        self.looked_at += 1;
        self.count_leads(&before, &after);
        match &after {
            Ok(Routed { why: Why::Rule(because), .. }) => {
                *self.rules.entry(because.rule.clone()).or_default() += 1;
            }
            Ok(_) => {}
            Err(Nobody { offering: Some(offering), .. }) => {
                *self.offers.entry(offering.offer.clone()).or_default() += 1;
            }
            Err(nobody) => self.count_nobody(&nobody.because),
        }
        let Some(difference) = difference(&before, &after) else {
            self.same += 1;
            return;
        };
        *match difference {
            Difference::Changed => &mut self.changed,
            Difference::NewlyUnrouted => &mut self.newly_unrouted,
            Difference::NewlyRouted => &mut self.newly_routed,
        } += 1;
        if self.examples.len() < examples {
            let category = issue.state.category.clone().unwrap_or_default();
            let area = issue.area().map(str::to_owned);
            self.examples.push(Example {
                issue: issue.id,
                category,
                area,
                difference,
                before,
                after,
            });
        }
    }

    fn count_leads(&mut self, before: &Outcome, after: &Outcome) {
        let [was, is] = [before, after].map(|outcome| outcome.as_ref().ok().map(|one| &one.lead));
        if let Some(was) = was {
            let leads = self.leads.entry(was.clone()).or_default();
            leads.before += 1;
            leads.lost += usize::from(is != Some(was));
        }
        if let Some(is) = is {
            let leads = self.leads.entry(is.clone()).or_default();
            leads.after += 1;
            leads.gained += usize::from(was != Some(is));
        }
    }

    fn count_nobody(&mut self, because: &Unrouted) {
        match self.unrouted.iter_mut().find(|(known, _)| known == because) {
            Some((_, count)) => *count += 1,
            None => self.unrouted.push((because.clone(), 1)),
        }
    }
}

/// How two outcomes differ; nobody for another reason is nobody still, unless others are asked to claim it.
fn difference(before: &Outcome, after: &Outcome) -> Option<Difference> {
    match (before, after) {
        (Ok(before), Ok(after)) => {
            let same = before.lead == after.lead && before.cooperating == after.cooperating;
            (!same).then_some(Difference::Changed)
        }
        (Ok(_), Err(_)) => Some(Difference::NewlyUnrouted),
        (Err(_), Ok(_)) => Some(Difference::NewlyRouted),
        (Err(before), Err(after)) => {
            let same = before.candidates() == after.candidates();
            (!same).then_some(Difference::Changed)
        }
    }
}
