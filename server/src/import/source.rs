//! What is imported, and what has to be said beside the file.

use clap::ValueEnum;
use domain::areas::Level;
use domain::position::Datum;
use domain::surroundings::PointKind;

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
    /// The division of work: TOML.
    Routing,
    /// A year of the statutory calendar: JSON as NateScarlet/holiday-cn publishes it.
    Calendar,
}

impl FileKind {
    /// The word for it, on the command line and in the API.
    pub fn word(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
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
}

impl Default for Options {
    fn default() -> Self {
        Self { datum: Datum::Wgs84, level: None, kind: None, radius_m: None, only: None }
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
