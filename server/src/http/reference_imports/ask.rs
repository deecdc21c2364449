//! What is asked of an import beside its files: the command line's options, by the same words.

use clap::ValueEnum;
use domain::position::Datum;
use serde::Deserialize;

use super::upload::File;
use crate::import::{Encoding, FileKind, Options, Source, datum, pair};
use crate::problem::Error;

/// What the files hold, what they do not say themselves, and what to do.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// What the files hold: a KIND of `zhoubian import`.
    #[param(example = "areas")]
    pub(super) kind: String,
    /// Say what would be done, and do nothing.
    pub(super) dry_run: Option<bool>,
    /// Rows that are refused do not keep the others out.
    pub(super) allow_refused: Option<bool>,
    /// Which rows to tell of: `told` (refused or changed, the first 1,000) or `all` (the first 100,000).
    #[param(example = "told")]
    rows: Option<String>,
    /// What to call a file that comes as the body itself.
    #[param(example = "areas.geojson")]
    pub(super) name: Option<String>,
    /// The datum of coordinates: `wgs84` (unless said), `gcj02` or `bd09`.
    #[param(example = "bd09")]
    datum: Option<String>,
    /// The level of areas that name none: `district`, `subdistrict` or `community`.
    #[param(example = "subdistrict")]
    level: Option<String>,
    /// The kind of points that name none: `market`, `mall`, `school`, `hospital`, `transit` or
    /// `community`.
    #[param(example = "school")]
    point_kind: Option<String>,
    /// The radius of points that name none, metres.
    #[param(example = 1000.0)]
    radius_m: Option<f64>,
    /// Only points with this value in this field: `FIELD=VALUE`.
    #[param(example = "city=北京市")]
    only: Option<String>,
    /// The encoding of the files: `utf-8` or `gb18030`; found out unless said.
    #[param(example = "gb18030")]
    encoding: Option<String>,
    /// Our names for columns or properties and the names they have in the files: `OURS=THEIRS`,
    /// with `;` between.
    #[param(example = "lon=经度;lat=纬度")]
    columns: Option<String>,
    /// Derive the codes that are missing from name and position.
    derive_codes: Option<bool>,
}

/// A query, understood.
pub(super) struct Read {
    pub kind: FileKind,
    pub options: Options,
    pub all_rows: bool,
}

impl ImportQuery {
    pub(super) fn read(&self) -> Result<Read, Error> {
        let kind = FileKind::from_str(&self.kind, false).map_err(|_unknown| {
            let known: Vec<&str> =
                FileKind::value_variants().iter().map(|kind| kind.word()).collect();
            let detail = format!("`kind` {} is none of {}.", self.kind, known.join(", "));
            Error::invalid("kind-unknown", detail)
        })?;
        let options = Options {
            datum: option("datum", self.datum.as_ref(), datum)?.unwrap_or(Datum::Wgs84),
            level: option("level", self.level.as_ref(), str::parse)?,
            kind: option("point_kind", self.point_kind.as_ref(), str::parse)?,
            radius_m: self.radius_m,
            only: option("only", self.only.as_ref(), pair)?,
            encoding: option("encoding", self.encoding.as_ref(), |word| {
                Encoding::from_str(word, true).map_err(|_unknown| "utf-8 or gb18030")
            })?,
            columns: option("columns", self.columns.as_ref(), |text| {
                text.split(';').map(pair).collect()
            })?
            .unwrap_or_default(),
            derive_codes: self.derive_codes.unwrap_or(false),
            mapping: None,
        };
        let all_rows = match self.rows.as_deref() {
            None | Some("told") => false,
            Some("all") => true,
            Some(other) => {
                let detail = format!("`rows` {other} is neither told nor all.");
                return Err(Error::invalid("option-invalid", detail));
            }
        };
        Ok(Read { kind, options, all_rows })
    }
}

fn option<T, E: std::fmt::Display>(
    name: &str,
    text: Option<&String>,
    read: impl Fn(&str) -> Result<T, E>,
) -> Result<Option<T>, Error> {
    let invalid = |why| Error::invalid("option-invalid", format!("`{name}`: {why}."));
    text.map(|text| read(text)).transpose().map_err(invalid)
}

impl Read {
    pub(super) fn source(&self, file: File) -> Source {
        let File { name, bytes } = file;
        Source { kind: self.kind, name, bytes, options: self.options.clone() }
    }
}
