//! The part of the reference data that somebody needs who works in some of the areas.

use std::collections::BTreeSet;

use actix_web::web::Bytes;
use domain::surroundings::Footprint;

use super::layer::{Bounds, LayerOf};
use super::points::Point;
use super::{Gazetteer, areas, ground};

/// Metres in a degree of latitude, at most (WGS-84, at the pole).
const METRES_IN_A_DEGREE: f64 = 111_694.0;

/// Some of the areas, and the bounds they lie in.
#[derive(Debug)]
pub struct Within<'g> {
    gazetteer: &'g Gazetteer,
    codes: BTreeSet<&'g str>,
    /// None where no areas are named: then it is the whole district.
    bounds: Option<Bounds>,
}

impl Gazetteer {
    /// What lies in these areas or around them; the whole district without any. Codes that are not
    /// known count for nothing.
    pub fn within<'g>(&'g self, codes: &'g [String]) -> Within<'g> {
        let known = codes.iter().filter_map(|code| self.areas.index_of(code));
        let shapes = known.map(|index| self.areas.areas()[index].shape.clone());
        let bounds = shapes.filter_map(|shape| ground::bounds(&Footprint::Shape(shape)));
        let bounds = bounds.reduce(Bounds::and);
        Within { gazetteer: self, codes: codes.iter().map(String::as_str).collect(), bounds }
    }
}

impl<'g> Within<'g> {
    /// The areas as a `FeatureCollection`.
    pub fn areas(&self) -> Bytes {
        if self.bounds.is_none() {
            return self.gazetteer.areas_geojson();
        }
        let all = self.gazetteer.areas.areas().iter();
        areas::collection(all.filter(|area| self.codes.contains(area.code.as_str()))).into()
    }

    /// The points whose surroundings may reach the areas, by code.
    pub fn points(&self) -> impl Iterator<Item = Point<'g>> {
        let bounds = self.bounds;
        self.gazetteer.points().filter(move |point| bounds.is_none_or(|here| reaches(point, &here)))
    }

    /// The part of a map whose features lie in the areas' bounds; none when there are more than `most`.
    pub fn layer(&self, of: LayerOf, most: usize) -> Option<Bytes> {
        let layer = self.gazetteer.layer(of);
        match self.bounds {
            Some(bounds) => layer.within(bounds, most),
            None => layer.whole(most),
        }
    }
}

/// Whether a point's surroundings may meet these bounds; some that do not quite do are let in.
fn reaches(point: &Point<'_>, here: &Bounds) -> bool {
    ground::bounds(point.footprint).is_some_and(|ground| {
        let north = point.radius_m / METRES_IN_A_DEGREE * 1.02;
        let east = north / ground.north.abs().max(ground.south.abs()).to_radians().cos().max(0.01);
        let reached = Bounds {
            west: ground.west - east,
            south: ground.south - north,
            east: ground.east + east,
            north: ground.north + north,
        };
        reached.meets(here)
    })
}
