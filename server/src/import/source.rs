//! What is imported, and what has to be said beside the file.

use clap::ValueEnum;
use domain::areas::Level;
use domain::position::Datum;
use domain::surroundings::PointKind;

use super::Encoding;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum FileKind {
    /// The district itself: TOML.
    District,
    /// Areas 辖区: `GeoJSON` with code, name, level, parent (or `code`, `Name`, `parentCode`).
    Areas,
    /// Points 固定点位: `GeoJSON` or CSV with code, kind, name, `radius_m` (CSV: lat, lon), or a
    /// JSON array of objects with name, address and location.
    Points,
    /// Back streets and compounds 场所: `GeoJSON` with code, kind, name, managed.
    Places,
    /// Bureaus 责任单位: CSV.
    Bureaus,
    /// Categories and conditions 立案条件: CSV, one line per condition.
    Taxonomy,
    /// Kinds of site: CSV with code, name, `name_en`, `is_point`.
    SiteKinds,
    /// Checklists 检查清单 of kinds of site: CSV with code, `site_kind`, text, `text_en`, categories.
    Checklists,
    /// Sites 测评点位: `GeoJSON` or CSV with code, kind, name (CSV: lat, lon).
    Sites,
    /// Facilities 设施: `GeoJSON` or CSV with code, kind, name, owner, categories (CSV: lat, lon);
    /// all else is an attribute.
    Facilities,
    /// Permitted zones 疏导点: `GeoJSON` with code, name, categories, hours.
    PermittedZones,
    /// Cameras 视频点位: `GeoJSON` or CSV with code, name, bureau (CSV: lat, lon).
    Cameras,
    /// Duties 包保: CSV with code, title, unit, person, from, until, level, covers, or `GeoJSON`
    /// with a geometry instead of covers.
    Duties,
    /// A city's standard 立案、处置和结案标准 as it is published: a workbook (.xlsx) or CSV.
    Standard,
    /// The division of work: TOML.
    Routing,
    /// A year of the statutory calendar: JSON as NateScarlet/holiday-cn publishes it.
    Calendar,
    /// A time with shorter limits 迎检时限: JSON.
    LimitPeriod,
}

impl FileKind {
    /// The word for it on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Areas => "areas",
            Self::Points => "points",
            Self::Places => "places",
            Self::Bureaus => "bureaus",
            Self::Taxonomy => "taxonomy",
            Self::SiteKinds => "site-kinds",
            Self::Checklists => "checklists",
            Self::Sites => "sites",
            Self::Facilities => "facilities",
            Self::PermittedZones => "permitted-zones",
            Self::Cameras => "cameras",
            Self::Duties => "duties",
            Self::Standard => "standard",
            Self::Routing => "routing",
            Self::Calendar => "calendar",
            Self::LimitPeriod => "limit-period",
        }
    }

    /// Whether only some of a file's rows may be wanted.
    pub const fn has_some_wanted(self) -> bool {
        matches!(self, Self::Points | Self::Sites | Self::Facilities | Self::Cameras)
    }

    /// Whether its files have columns or properties, which may go by other names. Those of a
    /// standard are named in its mapping.
    pub const fn has_columns(self) -> bool {
        !matches!(
            self,
            Self::District | Self::Standard | Self::Routing | Self::Calendar | Self::LimitPeriod
        )
    }
}

/// What a file does not say itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The datum of its coordinates.
    pub datum: Datum,
    /// The level of areas that name none.
    pub level: Option<Level>,
    /// The kind of points that name none.
    pub kind: Option<PointKind>,
    /// The radius, in metres, of points that name none.
    pub radius_m: Option<f64>,
    /// Only points with this value (second) in this field (first).
    pub only: Option<(String, String)>,
    /// The encoding of its text; found out unless said.
    pub encoding: Option<Encoding>,
    /// Our name (first) for a column or property and the name it has (second).
    pub columns: Vec<(String, String)>,
    /// Whether codes that are missing may be derived from name and position.
    pub derive_codes: bool,
    /// What a city's standard leaves to be said: the text of a mapping, TOML.
    pub mapping: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            datum: Datum::Wgs84,
            level: None,
            kind: None,
            radius_m: None,
            only: None,
            encoding: None,
            columns: Vec::new(),
            derive_codes: false,
            mapping: None,
        }
    }
}

/// One file.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// What it holds.
    pub kind: FileKind,
    /// What people call it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it does not say itself.
    pub options: Options,
}

impl Source {
    /// A file that needs nothing said beside it.
    pub fn new(kind: FileKind, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let options = Options::default();
        Self { kind, name: name.to_owned(), bytes: bytes.into(), options }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_command_line() {
        for kind in FileKind::value_variants() {
            assert_eq!(kind.to_possible_value().unwrap().get_name(), kind.word());
        }
    }
}
