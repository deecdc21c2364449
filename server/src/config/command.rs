//! `zhoubian config`: what is set, and where.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;

use super::{Effective, Given, Layers};
use crate::problem::Error;

/// What to do with the configuration.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum ConfigCommand {
    /// Look for mistakes in file, environment and arguments
    Check,
    /// Print every setting with where it came from; secrets are hidden
    Show,
}

/// The settings in force for this process.
///
/// # Errors
/// [`Error::Operation`] with everything that is wrong, one finding a line.
pub fn effective(named: Option<&Path>, flags: Vec<Given>) -> Result<Effective, Error> {
    settled(read(named, flags)?)
}

fn read(named: Option<&Path>, flags: Vec<Given>) -> Result<Layers, Error> {
    // Names and values that are not UTF-8 are none of ours.
    let environment: BTreeMap<String, String> = std::env::vars_os()
        .filter_map(|(name, text)| Some((name.into_string().ok()?, text.into_string().ok()?)))
        .collect();
    Ok(Layers::read(named, &environment, flags)?)
}

fn settled(layers: Layers) -> Result<Effective, Error> {
    layers.settle().map_err(|findings| {
        let lines: Vec<String> = findings.iter().map(|finding| format!("\n  {finding}")).collect();
        Error::Operation(format!("the configuration cannot be used:{}", lines.concat()))
    })
}

/// Runs `zhoubian config …`.
pub fn run(
    what: ConfigCommand,
    named: Option<&Path>,
    flags: Vec<Given>,
) -> Result<ExitCode, Error> {
    let layers = read(named, flags)?;
    let unknown = layers.unknown_variables.clone();
    let effective = settled(layers)?;
    let mut lines = match what {
        ConfigCommand::Check => vec!["the configuration is in order".to_owned()],
        ConfigCommand::Show => effective.lines(),
    };
    let none = |name: String| format!("# {name} is in the environment and sets nothing");
    lines.extend(unknown.into_iter().map(none));
    crate::terminal::print(lines)?;
    Ok(ExitCode::SUCCESS)
}
