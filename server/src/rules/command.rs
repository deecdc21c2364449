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
    let draft = Draft::read(&std::fs::read_to_string(&args.file)?)?;
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
    let text = std::fs::read_to_string(file)?;
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
