//! What lies at a position, and maps of what lies anywhere.

use domain::position::{Metres, Position};
use jiff::Timestamp;
use jiff::civil::Date;

use super::Gazetteer;
use super::duties::Duty;
use super::facilities::{self, Facility, Owner};
use super::layer::{Layer, LayerOf};
use super::places::Place;
use super::sites::{Site, SiteKind};
use super::zones::PermittedZone;

impl Gazetteer {
    /// The compounds a position lies in and the back streets it lies within 30 m of, nearest
    /// first.
    pub fn places_holding(&self, position: Position) -> Vec<&Place> {
        self.places.holding(position).map(|(place, _)| place).collect()
    }

    /// Every kind of site with its checklist, by code.
    pub fn site_kinds(&self) -> impl Iterator<Item = &SiteKind> {
        self.sites.kinds.values()
    }

    /// Every site, by code.
    pub fn sites(&self) -> impl Iterator<Item = &Site> {
        self.sites.sites.iter()
    }

    /// The site with this code.
    pub fn site(&self, code: &str) -> Option<&Site> {
        self.sites.sites.find(code).map(|(site, _)| site)
    }

    /// The name of the site, point or place with this code.
    pub fn name_of_place(&self, code: &str) -> Option<&str> {
        let place = || self.places.find(code).map(|(place, _)| place.name.as_str());
        let point = || self.point(code).map(|point| point.name);
        self.site(code).map(|site| site.name.as_str()).or_else(point).or_else(place)
    }

    /// Every facility, by code.
    pub fn facilities(&self) -> impl Iterator<Item = &Facility> {
        self.facilities.iter()
    }

    /// Who owns what a report of this category at a position is about: the owner of the nearest
    /// facility for such reports within the category's match radius, unless another's is as near
    /// to within 5 m.
    pub fn owner_at(&self, position: Position, category: &str) -> Owner {
        let radius = self.category(category).map(|known| Metres(known.match_radius_m));
        radius.map_or(Owner::None, |radius| {
            facilities::owner_at(&self.facilities, position, category, radius)
        })
    }

    /// The duties 包保 held at a position on a day of the district, the innermost first.
    pub fn duties_at(&self, position: Position, on: Date) -> Vec<&Duty> {
        self.duties.at(position, on)
    }

    /// The permitted zones that a position lies in and that permit this category at an instant, by
    /// code.
    pub fn permitted_zones_at(
        &self,
        position: Position,
        category: &str,
        at: Timestamp,
    ) -> Vec<&PermittedZone> {
        let civil = self.calendar.civil(at);
        let zones = self.zones.holding(position).map(|(zone, _)| zone);
        zones.filter(|zone| zone.permits(category, civil)).collect()
    }

    /// A map, ready to be sent.
    pub fn layer(&self, of: LayerOf) -> &Layer {
        match of {
            LayerOf::Sites => &self.layers.sites,
            LayerOf::Places => &self.layers.places,
            LayerOf::Facilities => &self.layers.facilities,
            LayerOf::PermittedZones => &self.layers.zones,
            LayerOf::Cameras => &self.layers.cameras,
            LayerOf::Duties => &self.layers.duties[0],
            LayerOf::DutiesWithPersons => &self.layers.duties[1],
        }
    }
}
