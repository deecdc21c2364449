//! A city's standard as it was published, beside the taxonomy that is there: two side by side.

use std::collections::HashSet;
use std::path::Path;

use support::Program;
use zhoubian::demo;
use zhoubian::import::{FileKind, Options, Source};

use crate::intake;
use crate::measure::database::Own;
use crate::measure::{Outcome, beijing};

const MAPPING: &str = include_str!("yuncheng.toml");
const BUREAUS: &str = include_str!("yuncheng-bureaus.csv");
/// What no other rule speaks of goes to whom its own standard names.
const BY_STANDARD: &str = "\n[[rule]]\nname = \"按标准\"\nfallback = true\nwhen = {}\nlead = \"@standard\"\n\
     cooperating = [\"@standard\"]\n";

/// Takes the workbook in, says what its later edition in CSV would change, and has its conditions
/// routed.
pub fn take_in(own: &Own, real: &Path) -> Outcome<()> {
    let folder = real.join("standard_yuncheng");
    uncovered(own, &folder.join("standard.xlsx"))?;
    let rules = beijing::rules()?.replacen("version = \"", "version = \"按标准-", 1) + BY_STANDARD;
    intake::take_in(
        own,
        &[
            Source::new(FileKind::Bureaus, "yuncheng-bureaus.csv", new_bureaus()),
            published(&folder.join("standard.xlsx")),
            Source::new(FileKind::Routing, "by-standard.toml", rules),
        ],
    )?;
    println!("  the same standard as CSV, another edition, tried and not taken in:");
    intake::import(own, &[published(&folder.join("standard.csv"))], &["--dry-run"])?;
    Ok(())
}

/// The bytes stay where they are: the program reads the file itself.
fn published(path: &Path) -> Source {
    let options = Options { mapping: Some(MAPPING.to_owned()), ..Options::default() };
    let name = path.display().to_string();
    Source { kind: FileKind::Standard, name, bytes: Vec::new(), options }
}

/// The bureaus that the standard names and that are not there under the same code.
fn new_bureaus() -> String {
    let own: Vec<Source> = demo::essentials();
    let tables = own.iter().filter(|source| source.kind == FileKind::Bureaus);
    let known: HashSet<String> = tables
        .flat_map(|table| {
            String::from_utf8_lossy(&table.bytes).lines().map(code).collect::<Vec<_>>()
        })
        .collect();
    let head = BUREAUS.lines().take(1);
    let new = BUREAUS.lines().skip(1).filter(|line| !known.contains(&code(line)));
    head.chain(new).fold(String::new(), |text, line| text + line + "\n")
}

fn code(line: &str) -> String {
    line.split(',').next().unwrap_or_default().to_owned()
}

/// What stays uncovered with no mapping at all, and with the trial's.
fn uncovered(own: &Own, file: &Path) -> Outcome<()> {
    let mapping = intake::written(own, "mapping.toml", MAPPING.as_bytes())?;
    for with in [None, Some(&mapping)] {
        let mut command = std::process::Command::new(Program::find()?.path());
        command.args(["standard", "uncovered"]).arg(file);
        if let Some(mapping) = with {
            command.arg("--mapping").arg(mapping);
        }
        let done = command.output()?;
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        let word = if with.is_some() { "with the trial's mapping" } else { "without a mapping" };
        for line in said.lines() {
            println!("  standard {word}: {line}");
        }
        if !done.status.success() {
            return Err(format!("standard: {}", String::from_utf8_lossy(&done.stderr)).into());
        }
    }
    Ok(())
}
