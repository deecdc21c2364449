//! `zhoubian backup` and `zhoubian restore`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{Options, Place, make};
use crate::boot;
use crate::clock::Clock;
use crate::config::Settings;
use crate::problem::Error;
use crate::terminal::{self, Progress};

/// How a backup is made.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// Folder for the backup; a second one into the same folder adds only the photos that are new
    #[arg(long)]
    to: PathBuf,
    /// Give photos a second name instead of copying them, where both are on one file system
    #[arg(long)]
    link: bool,
    /// Leave the keys out: whoever restores it has everybody sign in anew
    #[arg(long)]
    without_keys: bool,
}

/// What is restored.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// Folder of the backup
    #[arg(long)]
    from: PathBuf,
}

impl Place {
    /// The installation that these settings are of.
    pub fn of(settings: &Settings) -> Result<Self, Error> {
        let database = boot::database(settings.database.reveal(), &settings.data)?;
        Ok(Self { data: settings.data.clone(), database })
    }
}

/// Runs `zhoubian backup`; fails when photos were lost before.
pub fn backup(settings: &Settings, args: &BackupArgs) -> Result<ExitCode, Error> {
    let options = Options { link: args.link, without_keys: args.without_keys };
    let (place, now) = (Place::of(settings)?, Clock::machine().now());
    let made = make(&place, &args.to, options, now, &Progress::begin())?;
    let manifest = &made.manifest;
    let rows: u64 = manifest.tables.iter().map(|part| part.rows).sum();
    let mut lines = vec![format!(
        "backed up: {rows} rows up to feed number {}, {} photos ({} new), {} files of keys",
        manifest.feed,
        manifest.photos.list.rows - manifest.photos.lost,
        made.new_photos,
        manifest.keys.len()
    )];
    lines.extend(lost(manifest.photos.lost, &made.lost));
    terminal::print(lines)?;
    Ok(if made.manifest.photos.lost == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs `zhoubian restore`; fails when photos are not in the backup.
pub fn restore(settings: &Settings, args: &RestoreArgs) -> Result<ExitCode, Error> {
    let (place, now) = (Place::of(settings)?, Clock::machine().now());
    let restored = super::restore(&args.from, &place, now, &Progress::begin())?;
    let mut lines = vec![format!(
        "restored: {} rows up to feed number {} as of {}; the epoch is now {}",
        restored.rows, restored.manifest.feed, restored.manifest.made_at, restored.epoch
    )];
    if restored.manifest.keys.is_empty() {
        lines.push("the backup holds no keys; new ones are made at the first start".to_owned());
    }
    lines.push("everybody signs in anew, and phones fetch what they hold again".to_owned());
    lines.extend(lost(restored.lost.len() as u64, &restored.lost));
    terminal::print(lines)?;
    Ok(if restored.lost.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn lost(count: u64, names: &[String]) -> Vec<String> {
    if count == 0 {
        return Vec::new();
    }
    let head = format!("{count} photos are missing or damaged, among them:");
    [head].into_iter().chain(names.iter().map(|sha256| format!("  {sha256}"))).collect()
}
