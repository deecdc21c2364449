//! `zhoubian keys`: the keys that sign tokens, from the command line.

use std::path::Path;

use clap::Subcommand;
use jiff::Timestamp;

use super::{Keys, SIGNS_AFTER, list, rotate, withdraw};
use crate::problem::Error;

/// What to do with the keys.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// List the keys, the newest first, without their secrets
    List,
    /// Add a key; it signs after ten seconds, and the others go on verifying
    Rotate,
    /// Remove a key that no longer signs: access tokens it signed end within seconds
    Withdraw {
        /// Its name, as `list` shows it
        kid: String,
    },
}

/// Runs `zhoubian keys …` on a data folder and returns the lines to print. Running servers follow by
/// themselves.
pub fn run(command: &KeysCommand, data: &Path, now: Timestamp) -> Result<Vec<String>, Error> {
    // A folder without keys gets its first here; one that is not there is a mistake.
    Keys::load_or_create(data, now)?;
    match command {
        KeysCommand::List => Ok(list(data, now)?
            .into_iter()
            .map(|key| {
                let signs = if key.signs { "signs" } else { "verifies" };
                format!("{}  {:.0}  {signs}", key.kid, key.created_at)
            })
            .collect()),
        KeysCommand::Rotate => {
            let kid = rotate(data, now)?;
            let after = SIGNS_AFTER.as_secs();
            Ok(vec![format!("key {kid} added; it signs in {after} s. The others still verify.")])
        }
        KeysCommand::Withdraw { kid } => {
            withdraw(data, kid, now)?;
            Ok(vec![format!("key {kid} withdrawn; access tokens it signed end within seconds.")])
        }
    }
}
