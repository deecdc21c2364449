//! From a position to the area that answers for it.

use std::cmp::Reverse;

use geo::{Distance, Haversine, Point};
use rstar::AABB;
use rstar::primitives::{GeomWithData, Rectangle};
use serde::Serialize;

use super::outline::Touch;
use super::{AreaIndex, Part};
use crate::position::plane::{Plane, reach};
use crate::position::{Metres, Position};

/// A position this near to a border is on it: finer than any phone's fix, coarser than the seams
/// that drawing two neighbours apart leaves between them.
pub const BORDER: Metres = Metres(0.5);

/// How far distances to areas are worth measuring edge by edge.
const EXACT: Metres = Metres(20_000.0);

/// Where a position lies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Located {
    /// The index of the area in [`AreaIndex::areas`].
    pub area: usize,
    /// The area and all it is part of, finest first, up to the district.
    pub chain: Vec<usize>,
    /// How the position lies to the area.
    pub how: Placement,
}

/// How a position lies to the area it was given to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Placement {
    /// Inside, farther than [`BORDER`] from its edge.
    Inside,
    /// Within [`BORDER`] of its edge, on either side.
    OnBorder,
    /// Outside every area, this one being the nearest.
    Nearest {
        /// How far its edge is.
        distance: Metres,
    },
}

impl AreaIndex {
    /// The area of the finest level that holds `position`, or else the nearest within `margin`.
    ///
    /// An area holds what is inside it or within [`BORDER`] of its edge. Where several areas of
    /// the finest level hold a position, it belongs to the one with the smallest code, so that a
    /// border always goes to the same side. Outside all, areas as near as the nearest to within
    /// [`BORDER`] count as equal, and the finest of them with the smallest code is taken.
    pub fn locate(&self, position: Position, margin: Metres) -> Option<Located> {
        let plane = Plane::at(position);
        let found = self.holding(position, &plane);
        let (area, how) = found.or_else(|| self.nearest(position, &plane, margin))?;
        Some(Located { area, chain: self.chain(area), how })
    }

    /// The area nearest to `position`, however far, and how far its edge is: within 0.1 % as far as
    /// 3 km, roughly beyond 20 km. None where there are no areas.
    pub fn nearest_to(&self, position: Position) -> Option<(usize, Metres)> {
        if let Some(located) = self.locate(position, EXACT) {
            let distance = match located.how {
                Placement::Nearest { distance } => distance,
                Placement::Inside | Placement::OnBorder => Metres(0.0),
            };
            return Some((located.area, distance));
        }
        let to = |lon: f64, lat: f64| Haversine.distance(position.into(), Point::new(lon, lat));
        let to_box = |part: &GeomWithData<Rectangle<[f64; 2]>, Part>| {
            let (lower, upper) = (part.geom().lower(), part.geom().upper());
            to(position.lon.clamp(lower[0], upper[0]), position.lat.clamp(lower[1], upper[1]))
        };
        let nearest = self.parts.iter().min_by(|a, b| to_box(a).total_cmp(&to_box(b)))?;
        let corners = nearest.data.outline.corners().map(|corner| to(corner.x, corner.y));
        Some((nearest.data.area, Metres(corners.fold(f64::INFINITY, f64::min))))
    }

    /// Whether the area at this index holds `position`, its border included.
    pub fn holds(&self, area: usize, position: Position) -> bool {
        let plane = Plane::at(position);
        let here = AABB::from_point([position.lon, position.lat]);
        self.parts.locate_in_envelope_intersecting(here).any(|part| {
            part.data.area == area && part.data.outline.touch(position, &plane) != Touch::Outside
        })
    }

    /// Every area that has `position` inside, farther than [`BORDER`] from its edge.
    pub(super) fn having_inside(&self, position: Position) -> impl Iterator<Item = usize> {
        let plane = Plane::at(position);
        let here = AABB::from_point([position.lon, position.lat]);
        let inside = self
            .parts
            .locate_in_envelope_intersecting(here)
            .filter(move |part| part.data.outline.touch(position, &plane) == Touch::Inside);
        inside.map(|part| part.data.area)
    }

    fn holding(&self, position: Position, plane: &Plane) -> Option<(usize, Placement)> {
        let here = AABB::from_point([position.lon, position.lat]);
        let touching =
            self.parts.locate_in_envelope_intersecting(here).filter_map(|part| {
                match part.data.outline.touch(position, plane) {
                    Touch::Inside => Some((part.data.area, Placement::Inside)),
                    Touch::Border => Some((part.data.area, Placement::OnBorder)),
                    Touch::Outside => None,
                }
            });
        touching.min_by_key(|&(area, how)| (self.preference(area), how == Placement::OnBorder))
    }

    fn nearest(
        &self,
        position: Position,
        plane: &Plane,
        margin: Metres,
    ) -> Option<(usize, Placement)> {
        let mut near = self.distances_within(position, plane, margin);
        let least = near.iter().map(|(_, distance)| distance.0).fold(f64::INFINITY, f64::min);
        near.retain(|(_, distance)| distance.0 <= least + BORDER.0);
        let (area, distance) = near.into_iter().min_by(|a, b| {
            let by_distance = || a.1.0.total_cmp(&b.1.0);
            self.preference(a.0).cmp(&self.preference(b.0)).then_with(by_distance)
        })?;
        Some((area, Placement::Nearest { distance }))
    }

    fn distances_within(
        &self,
        position: Position,
        plane: &Plane,
        margin: Metres,
    ) -> Vec<(usize, Metres)> {
        let room = reach(position.lat, margin);
        let around = AABB::from_corners(
            [position.lon - room.x, position.lat - room.y],
            [position.lon + room.x, position.lat + room.y],
        );
        let near = self.parts.locate_in_envelope_intersecting(around);
        near.map(|part| {
            let Part { area, outline } = &part.data;
            (*area, outline.distance(plane))
        })
        .filter(|(_, distance)| *distance <= margin)
        .collect()
    }

    /// Finest level first, then the smallest code.
    fn preference(&self, area: usize) -> (Reverse<super::Level>, &str) {
        (Reverse(self.areas[area].level), &self.areas[area].code)
    }
}
