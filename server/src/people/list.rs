//! `zhoubian user import`: people from a list.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use crate::actions::import_accounts::{AskPeople, PersonFate, PersonOutcome, import_accounts};
use crate::app::App;
use crate::import::{Encoding, people};
use crate::problem::Error;
use crate::terminal;

/// A list to import.
#[derive(Debug, Args)]
pub struct ImportPeople {
    /// A CSV file or workbook with the columns 账号, 姓名, 角色 and, if wished, 单位, 责任区, 截止日期
    file: PathBuf,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Rows that are refused do not keep the others out
    #[arg(long)]
    partial: bool,
    /// The encoding of a CSV file; found out unless said
    #[arg(long, value_enum)]
    encoding: Option<Encoding>,
    /// Where new people's passwords are written, for its owner only; must not be there yet. Without
    /// it they are printed
    #[arg(long, value_name = "OUT.csv")]
    passwords: Option<PathBuf>,
}

/// Imports a list and prints every row's fate; fails where rows are refused.
pub(super) async fn run(args: ImportPeople, app: &App) -> Result<ExitCode, Error> {
    let bytes = terminal::read(&args.file)?;
    let (rows, note) = people::read(&bytes, args.encoding)
        .map_err(|why| Error::invalid("list-unreadable", why))?;
    // Before anything is written: a password that nobody can read is of no use.
    let out = args.passwords.as_deref().filter(|_| !args.dry_run).map(private).transpose()?;
    let ask = AskPeople { acting: None, rows, dry_run: args.dry_run, partial: args.partial };
    let done = import_accounts(app, ask).await;
    if let (Err(_), Some(_), Some(path)) = (&done, &out, &args.passwords) {
        std::fs::remove_file(path)?;
    }
    let done = match done {
        Err(Error::PeopleRefused { rows }) => {
            terminal::print(refusals(&rows))?;
            return Ok(ExitCode::FAILURE);
        }
        done => done?,
    };
    terminal::print(std::iter::once(note).chain(done.iter().map(|row| line(row, out.is_none()))))?;
    if let Some(file) = &out {
        write(file, &done)?;
    }
    let refused = done.iter().any(|row| matches!(row.fate, PersonFate::Refused(_)));
    Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn refusals(rows: &serde_json::Value) -> Vec<String> {
    let told = |row: &serde_json::Value| {
        Some(format!("line {}: refused: {}", row["line"], row["why"].as_str()?))
    };
    let mut lines: Vec<String> = rows.as_array().into_iter().flatten().filter_map(told).collect();
    lines.push("Nobody was taken in. Correct these rows, or add --partial.".to_owned());
    lines
}

fn line(row: &PersonOutcome, with_password: bool) -> String {
    let (fate, why) = row.fate.told();
    let login = row.login.as_deref().unwrap_or("-");
    let password = row.password.as_deref().filter(|_| with_password);
    let rest = why.or(password).map(|rest| format!(": {rest}")).unwrap_or_default();
    format!("line {}: {login} {fate}{rest}", row.line)
}

fn private(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let named = |error: std::io::Error| {
        std::io::Error::new(error.kind(), format!("{}: {error}", path.display()))
    };
    options.open(path).map_err(named)
}

fn write(file: &std::fs::File, rows: &[PersonOutcome]) -> Result<(), Error> {
    let mut out = csv::Writer::from_writer(file);
    let broken = |error: csv::Error| Error::File(std::io::Error::other(error));
    out.write_record(["login", "password"]).map_err(broken)?;
    for row in rows {
        if let (Some(login), Some(password)) = (&row.login, &row.password) {
            out.write_record([login, password]).map_err(broken)?;
        }
    }
    out.flush()?;
    drop(out);
    Ok(file.sync_all()?)
}
