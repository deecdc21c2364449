//! The reference data, as an immutable snapshot in memory.
//!
//! It is loaded whole and swapped whole, so that whoever holds one sees areas, bureaus and rules
//! that belong together.

mod areas;
mod bureaus;
mod district;
mod duties;
mod facilities;
pub mod ground;
mod grounded;
pub mod items;
mod kind;
mod layer;
pub(crate) mod load;
mod lookup;
mod places;
mod points;
mod responsible;
mod sites;
mod taxonomy;
#[cfg(test)]
mod tests;
mod within;
mod year;
mod zones;

use actix_web::web::Bytes;
use domain::areas::{AreaIndex, Located};
use domain::deadline::{Calendar, Limit, Period};
use domain::likely::Lexicon;
use domain::position::{Metres, Position};
use domain::routing::RuleSet;
use domain::surroundings::Surroundings;
use domain::taxonomy::{Category, Condition};
use domain::workflow::Basis;

pub use bureaus::{Authority, Bureau, BureauKind};
pub use district::District;
pub use duties::Duty;
pub use facilities::{Facility, Owner};
pub use kind::Kind;
pub use layer::{Bounds, Layer, LayerOf};
pub use places::{Place, PlaceKind};
pub use points::Point;
pub use sites::{Site, SiteKind};
pub use within::Within;
pub use year::KeptCalendar;
pub use zones::PermittedZone;

/// The reference data of one version.
#[derive(Debug)]
pub struct Gazetteer {
    /// The version; 0 before the first import.
    pub version: i64,
    /// What holds for the whole installation.
    pub district: District,
    /// When its offices are open.
    pub calendar: Calendar,
    areas: AreaIndex,
    areas_geojson: Bytes,
    points: points::Points,
    places: grounded::Grounded<Place>,
    sites: sites::Sites,
    facilities: grounded::Grounded<Facility>,
    zones: grounded::Grounded<PermittedZone>,
    duties: duties::Duties,
    layers: Layers,
    bureaus: bureaus::Bureaus,
    taxonomy: taxonomy::Taxonomy,
    rules: RuleSet,
    periods: Vec<Period>,
}

/// Maps, built once per version.
#[derive(Debug)]
struct Layers {
    sites: Layer,
    places: Layer,
    facilities: Layer,
    zones: Layer,
    cameras: Layer,
    /// Without persons, and with them.
    duties: [Layer; 2],
}

impl Gazetteer {
    /// The areas of all levels.
    pub fn areas(&self) -> &AreaIndex {
        &self.areas
    }

    /// Every area as one GeoJSON FeatureCollection with `code`, `name`, `level` and `parent`,
    /// as text ready to be sent.
    pub fn areas_geojson(&self) -> Bytes {
        self.areas_geojson.clone()
    }

    /// The Chinese name of the area with this code.
    pub fn area_name(&self, code: &str) -> Option<&str> {
        let index = self.areas.index_of(code)?;
        self.areas.areas().get(index).map(|area| area.name.as_str())
    }

    /// Where a position lies: in the finest area that holds it, or else in the nearest within the
    /// district's margin.
    pub fn locate(&self, position: Position) -> Option<Located> {
        self.areas.locate(position, Metres(self.district.margin_m))
    }

    /// The codes of the areas a position was found in, finest first.
    pub fn area_codes(&self, located: &Located) -> Vec<String> {
        located.chain.iter().map(|&area| self.areas.areas()[area].code.clone()).collect()
    }

    /// These areas and all below them, none twice; codes of no area are left out.
    pub fn expand(&self, areas: &[String]) -> Vec<String> {
        let mut within: Vec<usize> =
            areas.iter().flat_map(|code| self.areas.within(code)).collect();
        within.sort_unstable();
        within.dedup();
        within.into_iter().map(|area| self.areas.areas()[area].code.clone()).collect()
    }

    /// The surroundings of all points; its anchors are in the order of [`Gazetteer::points`].
    pub fn surroundings(&self) -> &Surroundings {
        &self.points.surroundings
    }

    /// The point with this code.
    pub fn point(&self, code: &str) -> Option<Point<'_>> {
        self.points.find(code)
    }

    /// The point at an index of [`Surroundings::anchors`], as in [`domain::surroundings::Held`].
    pub fn point_at(&self, anchor: usize) -> Option<Point<'_>> {
        self.points.at(anchor)
    }

    /// Every point, by code.
    pub fn points(&self) -> impl Iterator<Item = Point<'_>> {
        self.points.iter()
    }

    /// The category with this code.
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.taxonomy.categories.get(code)
    }

    /// Every category, by code.
    pub fn categories(&self) -> impl Iterator<Item = &Category> {
        self.taxonomy.categories.values()
    }

    /// The words of the taxonomy.
    pub fn lexicon(&self) -> &Lexicon {
        &self.taxonomy.lexicon
    }

    /// The condition with this code, and its category.
    pub fn condition(&self, code: &str) -> Option<(&Category, &Condition)> {
        self.taxonomy.condition(code)
    }

    /// The time limit of a condition; none where it has none.
    pub fn limit(&self, condition: &str) -> Option<&Limit> {
        self.taxonomy.limit(condition)
    }

    /// The times with shorter limits, by code.
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// What limits are reckoned by.
    pub fn basis(&self) -> Basis<'_> {
        Basis { calendar: &self.calendar, periods: &self.periods, reference_version: self.version }
    }

    /// The bureau with this code.
    pub fn bureau(&self, code: &str) -> Option<&Bureau> {
        self.bureaus.by_code.get(code)
    }

    /// Every bureau, by code.
    pub fn bureaus(&self) -> impl Iterator<Item = &Bureau> {
        self.bureaus.by_code.values()
    }

    /// The code of the subdistrict office of the first of these areas that has one.
    pub fn subdistrict_office(&self, areas: &[String]) -> Option<&str> {
        self.bureaus.office(areas)
    }

    /// The code of the enforcement team of the first of these areas that has one.
    pub fn enforcement_team(&self, areas: &[String]) -> Option<&str> {
        self.bureaus.enforcement(areas)
    }

    /// The division of work.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }
}
