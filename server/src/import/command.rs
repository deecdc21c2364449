//! `zhoubian import KIND FILE…`

use std::path::PathBuf;

use clap::Args;
use domain::areas::Level;
use domain::position::Datum;
use domain::surroundings::PointKind;
#[cfg(test)]
use jiff::Timestamp;
#[cfg(test)]
use schema::Conn;
use schema::Db;
use serde::Deserialize;
use serde::de::value::{Error as WordError, StrDeserializer};

use super::{Encoding, FileKind, Options, Source};
#[cfg(test)]
use super::{Plan, Row, apply, plan};
use crate::actions::import_reference::{Ask, Imported, import_reference};
use crate::clock::Clock;
use crate::problem::Error;
use crate::terminal;

/// What to import, and what the files do not say themselves.
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// What the files hold.
    #[arg(value_enum)]
    pub kind: FileKind,
    /// The files, in UTF-8 or GB18030 (GBK).
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The datum of coordinates: wgs84, gcj02 (Tencent and others) or bd09 (Baidu).
    #[arg(long, default_value = "wgs84", value_parser = datum)]
    pub datum: Datum,
    /// The level of areas that name none: district, subdistrict or community.
    #[arg(long)]
    pub level: Option<Level>,
    /// The kind of points that name none: market, mall, school, hospital, transit or community.
    #[arg(long = "kind", value_name = "KIND", id = "point_kind")]
    pub point_kind: Option<PointKind>,
    /// The radius of points that name none, metres.
    #[arg(long = "radius", value_name = "METRES")]
    pub radius_m: Option<f64>,
    /// Only points with this value in this field, for example city=北京市.
    #[arg(long, value_name = "FIELD=VALUE", value_parser = pair)]
    pub only: Option<(String, String)>,
    /// The encoding of the files; found out unless said.
    #[arg(long, value_enum)]
    pub encoding: Option<Encoding>,
    /// Our name for a column or property and the name it has in the files, for example lon=经度.
    #[arg(long = "column", value_name = "OURS=THEIRS", value_parser = pair)]
    pub columns: Vec<(String, String)>,
    /// Derive the codes that are missing from name and position.
    #[arg(long)]
    pub derive_codes: bool,
    /// What the words of a city's standard mean: TOML; `zhoubian standard uncovered` drafts it.
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// Say what would be done, and do nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Tell of every row, not only of those refused or changed.
    #[arg(long, short)]
    pub verbose: bool,
}

/// A datum by its word.
pub fn datum(word: &str) -> Result<Datum, WordError> {
    Datum::deserialize(StrDeserializer::new(word))
}

/// Two words, written with `=` between.
pub fn pair(text: &str) -> Result<(String, String), String> {
    let (first, second) = text.split_once('=').ok_or("it is written with =, as in city=北京市")?;
    Ok((first.trim().to_owned(), second.trim().to_owned()))
}

impl ImportArgs {
    fn options(&self) -> Result<Options, std::io::Error> {
        let mapping = self.mapping.as_deref().map(terminal::read_text).transpose()?;
        Ok(Options {
            datum: self.datum,
            level: self.level,
            kind: self.point_kind,
            radius_m: self.radius_m,
            only: self.only.clone(),
            encoding: self.encoding,
            columns: self.columns.clone(),
            derive_codes: self.derive_codes,
            mapping,
        })
    }

    fn sources(&self) -> Result<Vec<Source>, std::io::Error> {
        let options = self.options()?;
        let source = |file: &PathBuf| {
            let bytes = terminal::read(file)?;
            let name = file.display().to_string();
            Ok(Source { kind: self.kind, name, bytes, options: options.clone() })
        };
        self.files.iter().map(source).collect()
    }
}

/// Imports files and returns what was done with each row; print [`Imported::lines`]. The installation
/// must have its epoch. Rows that are refused do not keep the others out.
pub async fn run(args: &ImportArgs, db: &Db, clock: &Clock) -> Result<Imported, Error> {
    let ask = Ask {
        by: None,
        kind: args.kind,
        sources: args.sources()?,
        dry_run: args.dry_run,
        allow_refused: true,
        expected: None,
    };
    import_reference(db, clock, ask).await
}

/// Plans and applies in the transaction at hand.
#[cfg(test)]
pub(super) fn plan_and_apply(conn: &mut Conn, rows: &[Row], now: Timestamp) -> Result<Plan, Error> {
    let plan = plan(conn, rows.to_vec())?;
    apply(conn, &plan, now)?;
    Ok(plan)
}
