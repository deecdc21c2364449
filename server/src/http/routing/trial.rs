//! Trying a draft: what is asked, and what came of it.

use jiff::civil::Date;
use schema::columns::At;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::try_rules::{
    Against, EXAMPLES, EXAMPLES_MAX, Example, LIMIT, LIMIT_MAX, Leads, Outcome, Routed, Tally,
    Trial,
};
use crate::gazetteer::Gazetteer;
use crate::intake::FIRST_INSTANT;
use crate::problem::Error;
use crate::rules::Draft;
use crate::views::why::RoutingView;
use domain::routing::Why;

pub use crate::actions::try_rules::Difference;

/// Reasons for finding nobody that are told of, at most; the rest are summed up in the counts.
const REASONS: usize = 100;

/// A draft of the rules, and what to try it with.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "version = \"2026-12\"\n\n[[rule]]\nname = \"其他\"\nfallback = true\nlead = \"chengguan\"\n",
    "from": "2026-10-01", "to": "2026-10-31", "against": "published", "limit": 10000}))]
pub struct TryRules {
    /// The file, TOML; at most 256 KiB.
    pub text: String,
    /// First day of the reports; from the beginning, if not said.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// Last day of the reports; until now, if not said.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
    /// `published` (what the rules in force would do, by the same reference data) or `happened` (where
    /// the issues were first sent).
    #[serde(default)]
    pub against: Against,
    /// As if every issue had been filed on this day; each on its own, if not said. For drafts that
    /// begin later than the issues they are tried with.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub on: Option<Date>,
    /// How many issues to look at, the newest first: 1 to 100,000; 10,000 if not said.
    #[serde(default)]
    pub limit: Option<usize>,
    /// How many examples to give: 0 to 500; 50 if not said.
    #[serde(default)]
    pub examples: Option<usize>,
}

impl TryRules {
    /// The trial that is asked for.
    pub fn trial(self, gazetteer: &Gazetteer) -> Result<Trial, Error> {
        let limit = within("limit", self.limit.unwrap_or(LIMIT), 1, LIMIT_MAX)?;
        let examples = within("examples", self.examples.unwrap_or(EXAMPLES), 0, EXAMPLES_MAX)?;
        let begin = |date: Date| gazetteer.calendar.begin_of(date);
        let from = self.from.and_then(begin).unwrap_or(FIRST_INSTANT).max(FIRST_INSTANT);
        let after = self.to.and_then(|to| begin(to.tomorrow().ok()?));
        let until = after.unwrap_or(At::NEVER.0).min(At::NEVER.0);
        let Draft { set: draft, .. } = Draft::read(&self.text)?;
        Ok(Trial {
            draft,
            against: self.against,
            span: (from, until),
            on: self.on,
            limit,
            examples,
        })
    }
}

fn within(field: &str, asked: usize, least: usize, most: usize) -> Result<usize, Error> {
    if (least..=most).contains(&asked) {
        return Ok(asked);
    }
    Err(Error::invalid("limit-invalid", format!("`{field}` is {asked}, not {least} to {most}.")))
}

/// What a draft would have done.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Tried {
    /// The draft's version.
    pub version: String,
    /// Issues looked at; each is one of the four that follow.
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
    /// By bureau, those with the greatest difference first.
    pub bureaus: Vec<BureauDifference>,
    /// How many issues each rule of the draft decides, in the order of their names.
    pub rules: Vec<RuleUse>,
    /// How many issues each offer of the draft takes 认领, in the order of their names.
    pub offers: Vec<OfferUse>,
    /// Why the draft finds nobody, what it offers left out, the most frequent reason first; at most 100 reasons.
    pub unrouted: Vec<UnroutedCount>,
    /// Some of those that differ, the newest first.
    pub examples: Vec<ExampleView>,
}

/// What a bureau leads, before and by the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"bureau": "huanwei", "name": "环卫中心", "lead_before": 40, "lead_after": 31, "gained": 2, "lost": 11}))]
pub struct BureauDifference {
    /// Its code.
    pub bureau: String,
    /// Its name.
    pub name: Option<String>,
    /// Issues it led.
    pub lead_before: usize,
    /// Issues it would lead.
    pub lead_after: usize,
    /// Of these, those it did not lead before.
    pub gained: usize,
    /// Those it led, and would not.
    pub lost: usize,
}

/// How much a rule decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"rule": "暴露垃圾", "issues": 212}))]
pub struct RuleUse {
    /// Its name.
    pub rule: String,
    /// Issues it decides.
    pub issues: usize,
}

/// How much an offer takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"offer": "线缆找主", "issues": 9}))]
pub struct OfferUse {
    /// Its name.
    pub offer: String,
    /// Issues that are offered by it.
    pub issues: usize,
}

/// A reason for finding nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnroutedCount {
    /// The reason.
    pub routing: RoutingView,
    /// Issues.
    pub issues: usize,
}

/// An issue that the draft would send elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExampleView {
    /// Its number.
    pub issue: i64,
    /// Its category.
    pub category: String,
    /// That category's name.
    pub category_name: Option<String>,
    /// The finest area it lies in.
    pub area: Option<String>,
    /// `changed`, `newly_unrouted` or `newly_routed`.
    pub difference: Difference,
    /// Before.
    pub before: OutcomeView,
    /// By the draft.
    pub after: OutcomeView,
}

/// Where an issue goes, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OutcomeView {
    /// The bureau that answers for it; null where nobody was found.
    pub lead: Option<String>,
    /// Bureaus that help.
    pub cooperating: Vec<String>,
    /// Why.
    pub routing: RoutingView,
}

impl Tried {
    /// What a trial came to.
    pub fn new(version: String, tally: &Tally, gazetteer: &Gazetteer) -> Self {
        Self {
            looked_at: tally.looked_at,
            more: tally.more,
            same: tally.same,
            changed: tally.changed,
            newly_unrouted: tally.newly_unrouted,
            newly_routed: tally.newly_routed,
            bureaus: bureaus(tally, gazetteer),
            rules: tally
                .rules
                .iter()
                .map(|(rule, issues)| RuleUse { rule: rule.clone(), issues: *issues })
                .collect(),
            offers: tally
                .offers
                .iter()
                .map(|(offer, issues)| OfferUse { offer: offer.clone(), issues: *issues })
                .collect(),
            unrouted: unrouted(&version, tally, gazetteer),
            examples: tally.examples.iter().map(|one| example(one, gazetteer)).collect(),
            version,
        }
    }
}

fn bureaus(tally: &Tally, gazetteer: &Gazetteer) -> Vec<BureauDifference> {
    let difference = |(code, leads): (&String, &Leads)| BureauDifference {
        bureau: code.clone(),
        name: gazetteer.bureau(code).map(|bureau| bureau.name.clone()),
        lead_before: leads.before,
        lead_after: leads.after,
        gained: leads.gained,
        lost: leads.lost,
    };
    let mut bureaus: Vec<BureauDifference> = tally.leads.iter().map(difference).collect();
    bureaus.sort_by_key(|bureau| std::cmp::Reverse(bureau.gained + bureau.lost));
    bureaus
}

fn unrouted(version: &str, tally: &Tally, gazetteer: &Gazetteer) -> Vec<UnroutedCount> {
    let mut reasons: Vec<_> = tally.unrouted.iter().collect();
    reasons.sort_by_key(|(_, issues)| std::cmp::Reverse(*issues));
    let count = |(because, issues): &(domain::routing::Unrouted, usize)| {
        let why = Why::Nobody { version: version.to_owned(), because: because.clone() };
        UnroutedCount { routing: RoutingView::new(&why, gazetteer), issues: *issues }
    };
    reasons.into_iter().take(REASONS).map(count).collect()
}

fn example(example: &Example, gazetteer: &Gazetteer) -> ExampleView {
    ExampleView {
        issue: example.issue,
        category: example.category.clone(),
        category_name: gazetteer.category(&example.category).map(|known| known.name.clone()),
        area: example.area.clone(),
        difference: example.difference,
        before: outcome(&example.before, gazetteer),
        after: outcome(&example.after, gazetteer),
    }
}

fn outcome(outcome: &Outcome, gazetteer: &Gazetteer) -> OutcomeView {
    match outcome {
        Ok(Routed { lead, cooperating, why }) => OutcomeView {
            lead: Some(lead.clone()),
            cooperating: cooperating.clone(),
            routing: RoutingView::new(why, gazetteer),
        },
        Err(nobody) => OutcomeView {
            lead: None,
            cooperating: Vec::new(),
            routing: RoutingView::new(&nobody.why(), gazetteer),
        },
    }
}
