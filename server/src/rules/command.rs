//! `zhoubian routing …`: drafts of the rules, from the command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::Draft;
use crate::actions::try_rules::{Against, try_rules};
use crate::app::App;
use crate::http::routing::{Linted, Tried, TryRules};
use crate::problem::Error;
use crate::terminal;

/// What to do with a draft.
#[derive(Debug, Clone, Subcommand)]
pub enum RoutingCommand {
    /// Say what is wrong with a file of rules; status 1 where something must be mended
    Lint(LintArgs),
    /// Say what a file of rules would have done with past issues
    Try(TryArgs),
}

/// A draft to be checked.
#[derive(Debug, Clone, Args)]
pub struct LintArgs {
    /// The file, TOML
    pub file: PathBuf,
    /// The first day it is to be good for; today, if not said
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
}

/// A draft to be tried.
#[derive(Debug, Clone, Args)]
pub struct TryArgs {
    /// The file, TOML
    pub file: PathBuf,
    /// First day of the reports
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Last day of the reports
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,
    /// What it is held against
    #[arg(long, value_enum, default_value = "published")]
    pub against: Against,
    /// As if every issue had been filed on this day
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
    /// How many issues to look at, the newest first; at most 100,000
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// How many examples to give; at most 500
    #[arg(long, value_name = "N")]
    pub examples: Option<usize>,
}

/// Runs `zhoubian routing …`: what to print, and with which status to end.
pub async fn run(command: RoutingCommand, app: &App) -> Result<(Vec<String>, ExitCode), Error> {
    match command {
        RoutingCommand::Lint(args) => lint(&args, app),
        RoutingCommand::Try(args) => Ok((tried(args, app).await?, ExitCode::SUCCESS)),
    }
}

fn lint(args: &LintArgs, app: &App) -> Result<(Vec<String>, ExitCode), Error> {
    let draft = Draft::read(&terminal::read_text(&args.file)?)?;
    let gazetteer = app.gazetteer();
    let today = || gazetteer.calendar.date_of(app.clock.now());
    let linted = Linted::new(&draft, &draft.lint(&gazetteer, args.on.unwrap_or_else(today)));
    let code = if linted.errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    Ok((lint_lines(&linted, &args.file.display().to_string()), code))
}

fn lint_lines(linted: &Linted, file: &str) -> Vec<String> {
    let finding = linted.findings.iter().map(|finding| {
        let lines: Vec<String> = finding.lines.iter().map(|line| format!(":{line}")).collect();
        let (severity, code) = (&finding.severity, &finding.code);
        format!("{severity:8}{file}{} {code}: {}", lines.join(""), finding.words.en)
    });
    let Linted { version, errors, warnings, .. } = linted;
    finding.chain([format!("{version}: {errors} errors, {warnings} warnings")]).collect()
}

async fn tried(args: TryArgs, app: &App) -> Result<Vec<String>, Error> {
    let TryArgs { file, from, to, against, on, limit, examples } = args;
    let text = terminal::read_text(&file)?;
    let gazetteer = app.gazetteer();
    let trial = TryRules { text, from, to, against, on, limit, examples }.trial(&gazetteer)?;
    let version = trial.draft.version.clone();
    let tally = try_rules(app, trial).await?;
    Ok(tried_lines(&Tried::new(version, &tally, &gazetteer)))
}

fn tried_lines(tried: &Tried) -> Vec<String> {
    let mut lines = vec![format!(
        "{}: {} issues looked at{}: {} same, {} changed, {} newly unrouted, {} newly routed",
        tried.version,
        tried.looked_at,
        if tried.more { " (there are older ones)" } else { "" },
        tried.same,
        tried.changed,
        tried.newly_unrouted,
        tried.newly_routed,
    )];
    lines.extend(tried.bureaus.iter().filter(|one| one.gained + one.lost > 0).map(|one| {
        format!(
            "bureau {} {}: leads {} -> {} (+{} -{})",
            one.bureau,
            one.name.as_deref().unwrap_or_default(),
            one.lead_before,
            one.lead_after,
            one.gained,
            one.lost
        )
    }));
    lines.extend(
        tried.offers.iter().map(|one| format!("offer “{}” takes {}", one.offer, one.issues)),
    );
    lines.extend(
        tried
            .unrouted
            .iter()
            .map(|one| format!("unrouted {}: {}", one.issues, one.routing.words.en)),
    );
    let unused = tried.rules.iter().filter(|rule| rule.issues == 0);
    lines.extend(unused.map(|rule| format!("rule “{}” decides none of them", rule.rule)));
    lines.extend(tried.examples.iter().map(|one| {
        let lead = |lead: &Option<String>| lead.clone().unwrap_or_else(|| "nobody".to_owned());
        format!(
            "issue {} ({}): {} -> {}: {}",
            one.issue,
            one.category,
            lead(&one.before.lead),
            lead(&one.after.lead),
            one.after.routing.words.en
        )
    }));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::tests::Town;

    async fn lints(town: &Town, text: &str) -> (Vec<String>, bool) {
        let file = town.app.config.data.join("draft.toml");
        std::fs::write(&file, text).unwrap();
        let args = LintArgs { file, on: None };
        let (lines, code) = run(RoutingCommand::Lint(args), &town.app).await.unwrap();
        (lines, code == ExitCode::SUCCESS)
    }

    #[tokio::test]
    async fn a_lint_ends_well_only_without_errors() {
        let town = Town::new().await;
        let (lines, well) = lints(&town, include_str!("../demo/routing.toml")).await;
        assert!(well, "{lines:?}");
        assert_eq!(lines.last().unwrap(), "云汀-2026-1: 0 errors, 0 warnings");
        let tie = "version = 'v'\n[[rule]]\nname = 'a'\nfallback = true\nlead = 'zhifa'\n\
                   [[rule]]\nname = 'b'\nfallback = true\nlead = 'huanwei'\n";
        let (lines, well) = lints(&town, tie).await;
        assert!(!well);
        assert!(lines[0].starts_with("error   ") && lines[0].contains(":2:6 tie: "), "{lines:?}");
        assert_eq!(lines.last().unwrap(), "v: 1 errors, 0 warnings");
    }

    #[tokio::test]
    async fn a_trial_tells_of_rules_that_decide_nothing() {
        let town = Town::new().await;
        let file = town.app.config.data.join("draft.toml");
        std::fs::write(&file, include_str!("../demo/routing.toml")).unwrap();
        let args = TryArgs {
            file,
            from: None,
            to: None,
            against: Against::Published,
            on: None,
            limit: None,
            examples: None,
        };
        let (lines, _) = run(RoutingCommand::Try(args), &town.app).await.unwrap();
        assert_eq!(
            lines[0],
            "云汀-2026-1: 0 issues looked at: 0 same, 0 changed, 0 newly unrouted, 0 newly routed"
        );
        assert!(lines.contains(&"rule “暴露垃圾” decides none of them".to_owned()), "{lines:?}");
    }

    #[test]
    fn a_difference_is_told_by_bureau_and_by_issue() {
        let words = |en: &str| crate::views::why::Words { zh: String::new(), en: en.to_owned() };
        let because = |en| crate::views::why::RoutingView {
            rule: None,
            reason: None,
            because: None,
            words: words(en),
        };
        let outcome = |lead: Option<&str>, en| crate::http::routing::OutcomeView {
            lead: lead.map(str::to_owned),
            cooperating: Vec::new(),
            routing: because(en),
        };
        let tried = Tried {
            version: "v".to_owned(),
            looked_at: 1,
            more: true,
            same: 0,
            changed: 0,
            newly_unrouted: 1,
            newly_routed: 0,
            bureaus: vec![crate::http::routing::BureauDifference {
                bureau: "huanwei".to_owned(),
                name: Some("环卫中心".to_owned()),
                lead_before: 1,
                lead_after: 0,
                gained: 0,
                lost: 1,
            }],
            rules: Vec::new(),
            offers: vec![crate::http::routing::OfferUse { offer: "cables".to_owned(), issues: 3 }],
            unrouted: vec![crate::http::routing::UnroutedCount {
                routing: because("no rule"),
                issues: 1,
            }],
            examples: vec![crate::http::routing::ExampleView {
                issue: 7,
                category: "0101".to_owned(),
                category_name: None,
                area: None,
                difference: crate::http::routing::Difference::NewlyUnrouted,
                before: outcome(Some("huanwei"), "by rule"),
                after: outcome(None, "no rule"),
            }],
        };
        assert_eq!(
            tried_lines(&tried),
            [
                "v: 1 issues looked at (there are older ones): 0 same, 0 changed, 1 newly unrouted, 0 newly routed",
                "bureau huanwei 环卫中心: leads 1 -> 0 (+0 -1)",
                "offer “cables” takes 3",
                "unrouted 1: no rule",
                "issue 7 (0101): huanwei -> nobody: no rule",
            ]
        );
    }
}
