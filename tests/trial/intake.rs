//! Imports, as somebody who sets an installation up does them: with the program's own command line.

use std::path::PathBuf;
use std::time::Instant;

use domain::position::Datum;
use zhoubian::import::{FileKind, Options, Source};

use crate::measure::Outcome;
use crate::measure::database::Own;
use crate::measure::process::command;

/// Lines on single rows and files that are printed; the rest is counted.
const LINES_TOLD: usize = 6;

/// What the program said of an import.
#[derive(Debug)]
pub struct Said {
    /// Every line.
    pub lines: Vec<String>,
    /// Whether every row was taken.
    pub is_whole: bool,
}

impl Said {
    /// How many rows were refused.
    pub fn refused(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().filter(|line| line.starts_with("refused ")).map(String::as_str)
    }

    /// Prints it, of the lines on rows and files the first few.
    fn tell(&self, kind: FileKind) {
        let of_one = |line: &&String| {
            ["refused ", "added ", "changed ", "same ", "note "]
                .iter()
                .any(|fate| line.starts_with(fate))
        };
        let (ones, whole): (Vec<&String>, Vec<&String>) = self.lines.iter().partition(of_one);
        let word = kind.word();
        for line in ones.iter().take(LINES_TOLD) {
            println!("  import {word}: {line}");
        }
        if let Some(more @ 1..) = ones.len().checked_sub(LINES_TOLD) {
            println!("  import {word}: … and {more} more lines on single rows and files");
        }
        for line in whole {
            println!("  import {word}: {line}");
        }
    }
}

/// Imports the files in their order, those of one kind and options together.
pub fn take_in(own: &Own, sources: &[Source]) -> Outcome<()> {
    let began = Instant::now();
    for group in sources.chunk_by(|a, b| a.kind == b.kind && a.options == b.options) {
        import(own, group, &[])?;
    }
    println!("imports took {:.1} s in all", began.elapsed().as_secs_f64());
    Ok(())
}

/// Imports files of one kind and with the same options; `more` is said on the command line too.
pub fn import(own: &Own, group: &[Source], more: &[&str]) -> Outcome<Said> {
    let first = group.first().ok_or("nothing to import")?;
    let began = Instant::now();
    let mut command = command(&["import", first.kind.word()], own)?;
    command.args(group.iter().map(|source| path(own, source)).collect::<Outcome<Vec<PathBuf>>>()?);
    command.args(flags(own, &first.options)?).args(more);
    let done = command.output()?;
    let lines = String::from_utf8_lossy(&done.stdout).lines().map(str::to_owned).collect();
    let said = Said { lines, is_whole: done.status.success() };
    said.tell(first.kind);
    let (word, files) = (first.kind.word(), group.len());
    println!("  import {word}: {files} files in {:.2} s", began.elapsed().as_secs_f64());
    // Rows may be refused and are told; a program that printed no summary did not import.
    if said.lines.is_empty() {
        return Err(format!("import {word}: {}", String::from_utf8_lossy(&done.stderr)).into());
    }
    Ok(said)
}

/// The file itself where it is one, else one made of its bytes.
fn path(own: &Own, source: &Source) -> Outcome<PathBuf> {
    let real = PathBuf::from(&source.name);
    if real.is_absolute() {
        return Ok(real);
    }
    written(own, &source.name, &source.bytes)
}

/// A file of these bytes in the data folder.
pub fn written(own: &Own, name: &str, bytes: &[u8]) -> Outcome<PathBuf> {
    let made = own.folder.join(name);
    std::fs::write(&made, bytes)?;
    Ok(made)
}

fn flags(own: &Own, options: &Options) -> Outcome<Vec<String>> {
    let mut flags = Vec::new();
    let datum = match options.datum {
        Datum::Wgs84 => "wgs84",
        Datum::Gcj02 => "gcj02",
        Datum::Bd09 => "bd09",
    };
    let mut say = |flag: &str, value: String| flags.extend([flag.to_owned(), value]);
    say("--datum", datum.to_owned());
    if let Some(level) = options.level {
        say("--level", level.word().to_owned());
    }
    if let Some(kind) = options.kind {
        say("--kind", kind.word().to_owned());
    }
    if let Some(radius) = options.radius_m {
        say("--radius", radius.to_string());
    }
    if let Some((field, value)) = &options.only {
        say("--only", format!("{field}={value}"));
    }
    for (ours, theirs) in &options.columns {
        say("--column", format!("{ours}={theirs}"));
    }
    if let Some(mapping) = &options.mapping {
        let mapping = written(own, "mapping.toml", mapping.as_bytes())?;
        say("--mapping", mapping.display().to_string());
    }
    if options.derive_codes {
        flags.push("--derive-codes".to_owned());
    }
    Ok(flags)
}
