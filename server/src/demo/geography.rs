//! The lie of the fictional district 云汀区: areas, points and places, made up the same way on
//! every run and handed out as the `GeoJSON` text that an import reads.
//!
//! Positions are WGS-84, longitude before latitude, six decimals (about 0.1 m).

mod allotment;
mod communities;
mod features;
mod names;
mod outline;
mod plane;
mod random;
mod streets;
#[cfg(test)]
mod tests;

pub(super) use random::Dice;

/// The district, its nine subdistricts and their 62 communities as a `FeatureCollection` of polygons.
///
/// Properties: `code` (12 digits), `name`, `level` (`district`, `subdistrict` or `community`),
/// `parent` (`null` for the district), and but for communities `name_en`. Neighbours share their
/// borders coordinate by coordinate.
pub fn areas() -> String {
    let areas = outline::areas();
    let town = streets::town(&areas);
    let allotment = allotment::allot(&town);
    let sites = features::sites(&areas, &allotment);
    features::areas(&areas, &communities::communities(&areas), &sites)
}

/// The 160 points 固定点位 as a `FeatureCollection`: some a footprint polygon, some a location.
///
/// Properties: `code` (`P001`…), `kind` (`market`, `mall`, `school`, `hospital`, `transit`,
/// `community`), `name` and `radius_m`, the reach of its surroundings in metres (500–2,000).
pub fn points() -> String {
    let areas = outline::areas();
    let town = streets::town(&areas);
    features::points(&features::sites(&areas, &allotment::allot(&town)))
}

/// The 186 back streets 背街小巷 (lines) and 312 compounds 小区 (polygons) as one
/// `FeatureCollection`.
///
/// Properties: `code` (`B001`…, `C001`…), `kind` (`back_street` or `compound`), `name`, and for
/// compounds `managed`: whether a property manager 物业 looks after it.
pub fn places() -> String {
    let areas = outline::areas();
    let town = streets::town(&areas);
    features::places(&allotment::allot(&town))
}
