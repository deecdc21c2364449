//! Points 固定点位 by code.

use domain::position::{Metres, Position};
use domain::surroundings::{Anchor, Footprint, PointKind, Surroundings};
use geo::Centroid;
use geojson::GeometryValue;

use super::ground;
use super::items::PointItem;

/// All points, in the order of their codes: the same in the names and in the anchors.
#[derive(Debug)]
pub(super) struct Points {
    names: Vec<String>,
    pub(super) surroundings: Surroundings,
}

/// A point, as kept in the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point<'g> {
    /// Its code.
    pub code: &'g str,
    /// Its Chinese name.
    pub name: &'g str,
    /// Which of the six kinds it is.
    pub kind: PointKind,
    /// How far its surroundings reach, metres.
    pub radius_m: f64,
    /// Where it is and how far it extends.
    pub footprint: &'g Footprint,
}

impl Points {
    /// Indexes points. The error names the first whose ground cannot be.
    pub(super) fn new(mut items: Vec<PointItem>) -> Result<Self, String> {
        items.sort_by(|a, b| a.code.cmp(&b.code));
        let mut names = Vec::with_capacity(items.len());
        let mut anchors = Vec::with_capacity(items.len());
        for PointItem { code, kind, name, radius_m, geometry } in items {
            let footprint = ground::stored(&geometry).map_err(|e| format!("point {code}: {e}"))?;
            anchors.push(Anchor { code, kind, footprint, radius: Metres(radius_m) });
            names.push(name);
        }
        Ok(Self { names, surroundings: Surroundings::new(anchors) })
    }

    pub(super) fn find(&self, code: &str) -> Option<Point<'_>> {
        let anchors = self.surroundings.anchors();
        self.at(anchors.binary_search_by(|anchor| anchor.code.as_str().cmp(code)).ok()?)
    }

    pub(super) fn at(&self, index: usize) -> Option<Point<'_>> {
        let anchor = self.surroundings.anchors().get(index)?;
        Some(Point {
            code: &anchor.code,
            name: self.names.get(index)?,
            kind: anchor.kind,
            radius_m: anchor.radius.0,
            footprint: &anchor.footprint,
        })
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Point<'_>> {
        (0..self.names.len()).filter_map(|index| self.at(index))
    }
}

impl Point<'_> {
    /// Its ground as `GeoJSON`, WGS-84.
    pub fn geometry(&self) -> GeometryValue {
        ground::geometry(self.footprint)
    }

    /// Where to put its mark on a map: its location, or the centre of what it covers.
    pub fn position(&self) -> Option<Position> {
        let centre = match self.footprint {
            Footprint::Location(position) => return Some(*position),
            Footprint::Shape(shape) => shape.centroid(),
            Footprint::Lines(lines) => lines.centroid(),
        };
        centre.map(|centre| Position { lat: centre.y(), lon: centre.x() })
    }
}
