//! Imports, as somebody who sets an installation up does them: with the program's own command line.

use std::path::PathBuf;
use std::time::Instant;

use domain::position::Datum;
use zhoubian::import::{Options, Source};

use crate::measure::Outcome;
use crate::measure::database::Own;
use crate::measure::process::command;

/// Imports the files in their order, those of one kind and options together.
pub fn take_in(own: &Own, sources: &[Source]) -> Outcome<()> {
    let began = Instant::now();
    for group in sources.chunk_by(|a, b| a.kind == b.kind && a.options == b.options) {
        import(own, group)?;
    }
    println!("imports took {:.1} s in all", began.elapsed().as_secs_f64());
    Ok(())
}

fn import(own: &Own, group: &[Source]) -> Outcome<()> {
    let Some(first) = group.first() else { return Ok(()) };
    let began = Instant::now();
    let mut command = command(&["import", first.kind.word()], own)?;
    command.args(group.iter().map(|source| path(own, source)).collect::<Outcome<Vec<PathBuf>>>()?);
    command.args(flags(&first.options));
    let done = command.output()?;
    let said = String::from_utf8_lossy(&done.stdout);
    for line in said.lines() {
        println!("  import {}: {line}", first.kind.word());
    }
    println!(
        "  import {}: {} files in {:.2} s",
        first.kind.word(),
        group.len(),
        began.elapsed().as_secs_f64()
    );
    // Rows may be refused and are told; a program that printed no summary did not import.
    if said.trim().is_empty() {
        return Err(format!(
            "import {}: {}",
            first.kind.word(),
            String::from_utf8_lossy(&done.stderr)
        )
        .into());
    }
    Ok(())
}

/// The file itself where it is one, else one made of its bytes.
fn path(own: &Own, source: &Source) -> Outcome<PathBuf> {
    let real = PathBuf::from(&source.name);
    if real.is_absolute() {
        return Ok(real);
    }
    let made = own.folder.join(&source.name);
    std::fs::write(&made, &source.bytes)?;
    Ok(made)
}

fn flags(options: &Options) -> Vec<String> {
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
    for (our, their) in &options.columns {
        say("--column", format!("{our}={their}"));
    }
    flags.extend(options.derive_codes.then(|| "--derive-codes".to_owned()));
    flags
}
