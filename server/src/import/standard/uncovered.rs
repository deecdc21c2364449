//! `zhoubian standard uncovered FILE`: what a mapping does not cover yet.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::draft::draft;
use super::mapping::Mapping;
use super::notes::{Notes, Uncovered, by_count};
use crate::import::{FileKind, Options, Source};
use crate::problem::Error;
use crate::terminal;

/// What can be asked of a city's standard.
#[derive(Debug, Clone, Subcommand)]
pub enum StandardCommand {
    /// Print the limits and units that a mapping does not cover
    Uncovered {
        /// The standard: a workbook (.xlsx) or CSV
        file: PathBuf,
        /// The mapping so far, TOML
        #[arg(long, value_name = "FILE")]
        mapping: Option<PathBuf>,
        /// Write a mapping to be filled in, which holds what the mapping so far says; the file must
        /// not be there yet
        #[arg(long, value_name = "FILE")]
        draft: Option<PathBuf>,
    },
}

/// Answers, in lines to be printed. No installation is needed.
///
/// # Errors
/// [`Error::Invalid`] with code `standard-unreadable` when the standard or the mapping cannot be
/// read, and [`Error::File`] when a file cannot be read or written.
pub fn run(command: &StandardCommand) -> Result<Vec<String>, Error> {
    let StandardCommand::Uncovered { file, mapping, draft: to } = command;
    let text = mapping.as_deref().map(terminal::read_text).transpose()?;
    let source = Source {
        kind: FileKind::Standard,
        name: file.display().to_string(),
        bytes: terminal::read(file)?,
        options: Options { mapping: text, ..Options::default() },
    };
    let unreadable = |why: String| Error::invalid("standard-unreadable", why);
    let mapping = Mapping::read(source.options.mapping.as_deref().unwrap_or_default());
    let mapping = mapping.map_err(unreadable)?;
    let (lines, notes) = super::read_with(&source, &mapping).map_err(unreadable)?;
    if let Some(to) = to {
        let file = file.file_name().unwrap_or_default().to_string_lossy();
        write(to, &draft(&file, &mapping, &notes))?;
    }
    let refused = lines.iter().filter_map(|(sheet, (line, outcome))| {
        let sheet = sheet.as_ref().map(|sheet| format!("[{sheet}]")).unwrap_or_default();
        let why = outcome.as_ref().err()?;
        Some(format!("refused  {}{sheet}:{line}: {why}", source.name))
    });
    Ok(refused.chain(told(&notes)).collect())
}

fn write(to: &Path, text: &str) -> Result<(), Error> {
    Ok(File::create_new(to)?.write_all(text.as_bytes())?)
}

fn told(notes: &Notes) -> Vec<String> {
    let (conditions, published) = notes.counts();
    let line = |what: &'static str| {
        move |(text, codes): (&String, &Vec<String>)| {
            format!("{what} {text:?}: {} conditions", codes.len())
        }
    };
    let mut told: Vec<String> = by_count(&notes.limits).into_iter().map(line("limit")).collect();
    told.extend(by_count(&notes.units).into_iter().map(line("unit")));
    let all = |texts: &Uncovered| texts.len();
    told.push(format!(
        "{conditions} conditions: {published} covered; {} limits and {} units are not covered",
        all(&notes.limits),
        all(&notes.units)
    ));
    told
}
