//! A fictional district, 云汀区, to show the program with.

mod asides;
pub mod geography;
mod ids;
pub mod people;
mod pictures;
mod prepare;
mod progress;
mod story;
#[cfg(test)]
mod tests;
mod welcome;

use crate::import::{FileKind, Source};

pub use prepare::prepare;
pub use welcome::welcome;

/// Enforcement teams and property managers: units that only further rules speak of.
const FURTHER_UNITS: &str = "further-units.csv";

/// The files that describe the demo district, in the order in which they are imported.
pub fn sources() -> Vec<Source> {
    let files = geography::files();
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
        Source::new(FileKind::Areas, "areas.geojson", files.areas),
        Source::new(FileKind::Points, "points.geojson", files.points),
        Source::new(FileKind::Places, "places.geojson", files.places),
        Source::new(FileKind::Bureaus, "bureaus.csv", include_str!("demo/bureaus.csv")),
        Source::new(FileKind::Bureaus, FURTHER_UNITS, include_str!("demo/further-units.csv")),
        Source::new(FileKind::Taxonomy, "taxonomy.csv", include_str!("demo/taxonomy.csv")),
        Source::new(FileKind::SiteKinds, "site-kinds.csv", include_str!("demo/site-kinds.csv")),
        Source::new(FileKind::Checklists, "checklists.csv", include_str!("demo/checklists.csv")),
        Source::new(FileKind::Sites, "sites.geojson", files.sites),
        Source::new(FileKind::Facilities, "facilities.geojson", files.facilities),
        Source::new(FileKind::PermittedZones, "permitted-zones.geojson", files.permitted_zones),
        Source::new(FileKind::Cameras, "cameras.geojson", files.cameras),
        Source::new(FileKind::Duties, "duties.csv", files.duties),
        Source::new(FileKind::Routing, "routing.toml", include_str!("demo/routing.toml")),
    ]
}

/// The files that nothing can be reported and dispatched without: [`sources`] but for sites,
/// facilities, permitted zones, cameras, duties, enforcement teams and property managers.
pub fn essentials() -> Vec<Source> {
    let mut sources = sources();
    sources.retain(|source| {
        source.name != FURTHER_UNITS
            && !matches!(
                source.kind,
                FileKind::SiteKinds
                    | FileKind::Checklists
                    | FileKind::Sites
                    | FileKind::Facilities
                    | FileKind::PermittedZones
                    | FileKind::Cameras
                    | FileKind::Duties
            )
    });
    sources
}
