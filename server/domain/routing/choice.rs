//! Choosing among the rules, and saying why.

use super::{
    rule::{Rule, RuleSet, Subject},
    target::Target,
};

/// Who answers for an issue, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routing {
    /// Code of the one bureau that answers for it.
    pub lead: String,
    /// Codes of the bureaus that help: without the lead, none twice.
    pub cooperating: Vec<String>,
    /// Name of the rule that chose them.
    pub rule: String,
    /// Why, in words: the rule, what met it, how its symbols were resolved, who was left out.
    pub reason: String,
}

/// Why nobody was found; a person must decide.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unrouted {
    /// No rule in force holds.
    #[error("no rule in force holds")]
    NoRule,
    /// Rules of equal standing say different things.
    #[error("rules of equal standing name different bureaus: {}", .rules.join(", "))]
    Tie {
        /// Their names, sorted.
        rules: Vec<String>,
    },
    /// Nobody holds the office that the rule names as lead.
    #[error("rule {rule:?} leads to {target}, and nobody is known for it there")]
    Unresolved {
        /// The rule's name.
        rule: String,
        /// The lead it names.
        target: Target,
    },
}

/// Finds who answers for a subject.
///
/// Of the rules in force that hold, the highest priority wins, then the most specific by
/// [`super::When::specificity`]. Where several remain, they must come to the same bureaus: then the
/// first in the file gives its name; else it is a [`Unrouted::Tie`]. An unresolved lead does not
/// fall through to a weaker rule: that would be a guess.
///
/// `resolve` is asked for every target, named bureaus too, so that one which is gone is not used.
pub fn route(
    rules: &RuleSet,
    subject: &Subject,
    resolve: &dyn Fn(&Target) -> Option<String>,
) -> Result<Routing, Unrouted> {
    let best = strongest(rules, subject);
    let outcomes: Vec<Outcome> = best.iter().map(|rule| Outcome::of(rule, resolve)).collect();
    let (Some(rule), Some(outcome)) = (best.first(), outcomes.first()) else {
        return Err(Unrouted::NoRule);
    };
    if outcomes.iter().any(|other| !other.agrees_with(outcome)) {
        let mut names: Vec<String> = best.iter().map(|rule| rule.name.clone()).collect();
        names.sort();
        return Err(Unrouted::Tie { rules: names });
    }
    let Some(lead) = outcome.lead.clone() else {
        return Err(Unrouted::Unresolved { rule: rule.name.clone(), target: rule.lead.clone() });
    };
    Ok(Routing {
        cooperating: outcome.cooperating(),
        rule: rule.name.clone(),
        reason: reason(&rules.version, rule, subject, &lead, outcome),
        lead,
    })
}

/// The rules in force that hold and that no other such rule beats, in the order of the file.
fn strongest<'r>(rules: &'r RuleSet, subject: &Subject) -> Vec<&'r Rule> {
    let standing = |rule: &Rule| (rule.priority, rule.when.specificity());
    let holding: Vec<&Rule> = rules
        .rules
        .iter()
        .filter(|rule| rule.in_force(subject.on) && rule.when.holds(subject).is_some())
        .collect();
    let highest = holding.iter().map(|rule| standing(rule)).max();
    holding.into_iter().filter(|rule| Some(standing(rule)) == highest).collect()
}

/// What a rule comes to once its targets are resolved.
struct Outcome {
    target: Target,
    lead: Option<String>,
    /// Who helps, with the target each was resolved from: without the lead, none twice.
    helpers: Vec<(Target, String)>,
    missing: Vec<Target>,
}

impl Outcome {
    fn of(rule: &Rule, resolve: &dyn Fn(&Target) -> Option<String>) -> Self {
        let lead = resolve(&rule.lead);
        let mut helpers: Vec<(Target, String)> = Vec::new();
        let mut missing = Vec::new();
        for target in &rule.cooperating {
            match resolve(target) {
                None => missing.push(target.clone()),
                Some(code) if lead.as_ref() == Some(&code) => {}
                Some(code) if helpers.iter().any(|(_, known)| *known == code) => {}
                Some(code) => helpers.push((target.clone(), code)),
            }
        }
        Self { target: rule.lead.clone(), lead, helpers, missing }
    }

    fn cooperating(&self) -> Vec<String> {
        self.helpers.iter().map(|(_, code)| code.clone()).collect()
    }

    /// Two rules whose leads both cannot be found agree when it is the same one they look for.
    fn agrees_with(&self, other: &Self) -> bool {
        match (&self.lead, &other.lead) {
            (None, None) => self.target == other.target,
            (mine, theirs) => mine == theirs && self.sorted_helpers() == other.sorted_helpers(),
        }
    }

    fn sorted_helpers(&self) -> Vec<String> {
        let mut codes = self.cooperating();
        codes.sort();
        codes
    }
}

fn reason(version: &str, rule: &Rule, subject: &Subject, lead: &str, outcome: &Outcome) -> String {
    let met = rule.when.holds(subject).unwrap_or_default();
    let met: Vec<String> = met.iter().map(|(name, value)| format!("{name} {value}")).collect();
    let why = match met.join(", ") {
        nothing if nothing.is_empty() => "takes whatever no other rule does".to_owned(),
        met => format!("met by {met}"),
    };
    let lead = named(&rule.lead, lead);
    let helpers: Vec<String> =
        outcome.helpers.iter().map(|(target, code)| named(target, code)).collect();
    let helpers = listed("cooperating", &helpers);
    let missing: Vec<String> = outcome.missing.iter().map(ToString::to_string).collect();
    let missing = listed("left out, since nobody is known for it there:", &missing);
    format!("rule {:?} of {version}, {why}: lead {lead}{helpers}{missing}", rule.name)
}

fn listed(what: &str, names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!("; {what} {}", names.join(", ")) }
}

/// A resolved symbol is shown with what it stands for here; a bureau's code stands for itself.
fn named(target: &Target, code: &str) -> String {
    match target {
        Target::Bureau(_) => code.to_owned(),
        symbol => format!("{symbol} = {code}"),
    }
}
