//! `zhoubian check`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{Report, What};
use crate::backup::Place;
use crate::clock::Clock;
use crate::config::Settings;
use crate::problem::Error;
use crate::terminal::{self, Progress};

/// What to look at.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Photos whose bytes are read: all, none (not even whether they are there), or such as 5%
    #[arg(long, default_value = "all", value_parser = percent)]
    photos: Percent,
    /// Look at the backup in this folder as well
    #[arg(long)]
    backup: Option<PathBuf>,
    /// Print the report as one JSON object
    #[arg(long)]
    json: bool,
}

/// Of a hundred photos, so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Percent(Option<u8>);

fn percent(text: &str) -> Result<Percent, String> {
    match (text, text.strip_suffix('%').map(str::parse::<u8>)) {
        ("all", _) => Ok(Percent(Some(100))),
        ("none", _) => Ok(Percent(None)),
        (_, Some(Ok(percent @ 0..=100))) => Ok(Percent(Some(percent))),
        _ => Err("write all, none, or a share such as 5%".to_owned()),
    }
}

/// Runs `zhoubian check`; fails when something is wrong.
pub fn run(settings: &Settings, args: &CheckArgs) -> Result<ExitCode, Error> {
    let what = What { photos: args.photos.0, backup: args.backup.clone() };
    let now = Clock::machine().now();
    let report = super::check(&Place::of(settings)?, &what, now, &Progress::begin())?;
    if args.json {
        terminal::print([serde_json::to_string(&report)?])?;
    } else {
        terminal::print(report.lines())?;
    }
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Report {
    /// The report for people.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "looked at {} issues with {} events and {} photos, {} of them read",
            self.issues, self.events, self.photos, self.photos_read
        )];
        if self.unknown_files > 0 {
            let unknown = self.unknown_files;
            lines.push(format!("{unknown} files among the photos belong to nothing (no damage)"));
        }
        for (kind, count) in &self.wrong {
            lines.push(format!("{kind}: {count}"));
            let of_kind = self.findings.iter().filter(|finding| finding.kind == *kind);
            lines.extend(of_kind.map(|finding| format!("  {}", finding.what)));
        }
        let end = if self.is_clean() { "nothing is wrong" } else { "something is wrong" };
        lines.push(end.to_owned());
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_the_photos_is_all_none_or_of_a_hundred() {
        assert_eq!(percent("all"), Ok(Percent(Some(100))));
        assert_eq!(percent("none"), Ok(Percent(None)));
        assert_eq!(percent("5%"), Ok(Percent(Some(5))));
        for wrong in ["5", "101%", "-1%", "%", ""] {
            assert!(percent(wrong).is_err(), "{wrong}");
        }
    }
}
