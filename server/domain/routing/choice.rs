//! Choosing among the rules, and saying why.

use super::{
    because::{Because, Named, Sought, Unrouted},
    rule::{Rule, RuleSet, Subject},
    target::Target,
};

/// Finds who answers for a subject, and why.
///
/// Of the rules in force that hold, the highest priority wins, then the most specific by
/// [`super::When::specificity`]. Where several remain, they must come to the same bureaus: then the
/// first in the file gives its name; else it is a [`Unrouted::Tie`]. An unresolved lead does not
/// fall through to a weaker rule: that would be a guess.
///
/// `resolve` is asked for every target but [`Target::Standard`], named bureaus too, so that one
/// which is gone is not used. For `@standard` it is asked for whom the subject's standard names.
pub fn route(
    rules: &RuleSet,
    subject: &Subject,
    resolve: &dyn Fn(&Target) -> Option<String>,
) -> Result<Because, Unrouted> {
    let best = strongest(rules, subject);
    let outcome = |rule: &&Rule| Outcome::of(rule, subject, resolve);
    let outcomes: Vec<Outcome> = best.iter().map(outcome).collect();
    let (Some(rule), Some(outcome)) = (best.first(), outcomes.first()) else {
        return Err(Unrouted::NoRule);
    };
    if outcomes.iter().any(|other| !other.agrees_with(outcome)) {
        let mut names: Vec<String> = best.iter().map(|rule| rule.name.clone()).collect();
        names.sort();
        return Err(Unrouted::Tie { rules: names });
    }
    let Outcome { sought, lead, helpers, missing } = outcome.clone();
    let Some(bureau) = lead else {
        return Err(Unrouted::Unresolved { rule: rule.name.clone(), sought });
    };
    Ok(Because {
        version: rules.version.clone(),
        rule: rule.name.clone(),
        met: rule.when.holds(subject).unwrap_or_default(),
        lead: named(bureau, sought),
        cooperating: helpers.into_iter().map(|(sought, code)| named(code, sought)).collect(),
        task: rule.task.clone(),
        left_out: missing,
    })
}

/// The rules in force that hold and that no other such rule beats, in the order of the file.
fn strongest<'r>(rules: &'r RuleSet, subject: &Subject) -> Vec<&'r Rule> {
    let holding: Vec<&Rule> = rules
        .rules
        .iter()
        .filter(|rule| rule.in_force(subject.on) && rule.when.holds(subject).is_some())
        .collect();
    let highest = holding.iter().map(|rule| rule.standing()).max();
    holding.into_iter().filter(|rule| Some(rule.standing()) == highest).collect()
}

/// What a rule comes to once its targets are resolved.
#[derive(Clone)]
struct Outcome {
    sought: Sought,
    lead: Option<String>,
    /// Who helps, with what stood for each: without the lead, none twice.
    helpers: Vec<(Sought, String)>,
    missing: Vec<Sought>,
}

impl Outcome {
    fn of(rule: &Rule, subject: &Subject, resolve: &dyn Fn(&Target) -> Option<String>) -> Self {
        let found = |sought: &Sought| found(sought, resolve);
        let sought = lead(rule, subject);
        let lead = found(&sought);
        let mut helpers: Vec<(Sought, String)> = Vec::new();
        let mut missing = Vec::new();
        for sought in rule.cooperating.iter().flat_map(|target| everyone(target, subject)) {
            match found(&sought) {
                None => missing.push(sought),
                Some(code) if lead.as_ref() == Some(&code) => {}
                Some(code) if helpers.iter().any(|(_, known)| *known == code) => {}
                Some(code) => helpers.push((sought, code)),
            }
        }
        Self { sought, lead, helpers, missing }
    }

    /// Two rules whose leads both cannot be found agree when it is the same one they look for.
    fn agrees_with(&self, other: &Self) -> bool {
        match (&self.lead, &other.lead) {
            (None, None) => self.sought == other.sought,
            (mine, theirs) => mine == theirs && self.sorted_helpers() == other.sorted_helpers(),
        }
    }

    fn sorted_helpers(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self.helpers.iter().map(|(_, code)| code.as_str()).collect();
        codes.sort_unstable();
        codes
    }
}

fn lead(rule: &Rule, subject: &Subject) -> Sought {
    let of_standard = || subject.standard.map(|standard| standard.lead.clone());
    let standard = (rule.lead == Target::Standard).then(of_standard).flatten();
    Sought { target: rule.lead.clone(), standard }
}

/// The bureau that is looked for. Whom a standard names leads on to no other standard, and who claims it is not
/// known yet.
pub(super) fn found(
    sought: &Sought,
    resolve: &dyn Fn(&Target) -> Option<String>,
) -> Option<String> {
    let last = sought.last().filter(|target| !matches!(target, Target::Standard | Target::Claim));
    last.and_then(resolve)
}

/// Whom a cooperating target stands for: itself, or everyone the standard names.
pub(super) fn everyone(target: &Target, subject: &Subject) -> Vec<Sought> {
    match (target, subject.standard) {
        (Target::Standard, Some(standard)) => std::iter::once(&standard.lead)
            .chain(&standard.cooperating)
            .map(|named| Sought { target: Target::Standard, standard: Some(named.clone()) })
            .collect(),
        _ => vec![Sought { target: target.clone(), standard: None }],
    }
}

/// A bureau's code stands for itself.
pub(super) fn named(bureau: String, sought: Sought) -> Named {
    let sought = Some(sought).filter(|sought| sought.target.code().is_none());
    Named { bureau, sought }
}
