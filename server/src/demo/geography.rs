//! The lie of the fictional district 云汀区: areas, points, places and what stands there, made up the
//! same way on every run and handed out as the `GeoJSON` and CSV text that an import reads.
//!
//! Positions are WGS-84, longitude before latitude, six decimals (about 0.1 m).

mod allotment;
mod communities;
mod duties;
mod equipment;
mod features;
mod names;
mod outline;
mod plane;
mod random;
mod sites;
mod streets;
#[cfg(test)]
mod tests;

pub(super) use random::Dice;

use allotment::Allotment;
use features::Site;
use outline::Area;
use sites::{Crossing, Road};
use streets::Town;

/// What the district's files say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The district, its nine subdistricts and their 62 communities: polygons.
    ///
    /// Properties: `code` (12 digits), `name`, `level` (`district`, `subdistrict` or `community`),
    /// `parent` (`null` for the district), and but for communities `name_en`. Neighbours share their
    /// borders coordinate by coordinate.
    pub areas: String,
    /// The 160 points 固定点位: some a footprint polygon, some a location.
    ///
    /// Properties: `code` (`P001`…), `kind` (`market`, `mall`, `school`, `hospital`, `transit`,
    /// `community`), `name` and `radius_m`, the reach of its surroundings in metres (500–2,000).
    pub points: String,
    /// The 186 back streets 背街小巷 (lines) and 312 compounds 小区 (polygons).
    ///
    /// Properties: `code` (`B001`…, `C001`…), `kind` (`back_street` or `compound`), `name`, and for
    /// compounds `managed`: whether a property manager 物业 looks after it.
    pub places: String,
    /// The 167 other observation sites 测评点位: lines, polygons and locations.
    pub sites: String,
    /// Toilets, litter bins, manhole covers, with the owners of most.
    pub facilities: String,
    /// The nine zones where stalls are allowed at times.
    pub permitted_zones: String,
    /// The 60 cameras.
    pub cameras: String,
    /// Who answers for points, roads, back streets and compounds, as CSV.
    pub duties: String,
}

/// Everything the files are written from.
struct Lie<'a> {
    areas: &'a [Area],
    town: &'a Town,
    allotment: &'a Allotment<'a>,
    points: &'a [Site<'a>],
    roads: &'a [Road],
    crossings: &'a [Crossing],
}

/// Draws the district.
pub fn files() -> Files {
    let areas = outline::areas();
    let town = streets::town(&areas);
    let allotment = allotment::allot(&town);
    let points = features::sites(&areas, &allotment);
    let roads = sites::roads(&areas, &town);
    let lie = Lie {
        areas: &areas,
        town: &town,
        allotment: &allotment,
        points: &points,
        roads: &roads,
        crossings: &sites::crossings(&roads),
    };
    Files {
        areas: features::areas(&areas, &communities::communities(&areas), &points),
        points: features::points(&points),
        places: features::places(&allotment),
        sites: sites::sites(&lie),
        facilities: equipment::facilities(&lie),
        permitted_zones: equipment::permitted_zones(&lie),
        cameras: equipment::cameras(&lie),
        duties: duties::duties(&lie),
    }
}
