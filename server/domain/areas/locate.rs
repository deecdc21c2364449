//! From a position to the area that answers for it.

use std::cmp::Reverse;

use rstar::AABB;
use serde::Serialize;

use super::outline::Touch;
use super::{AreaIndex, Part};
use crate::position::plane::{Plane, reach};
use crate::position::{Metres, Position};

/// A position this near to a border is on it: finer than any phone's fix, coarser than the seams
/// that drawing two neighbours apart leaves between them.
pub const BORDER: Metres = Metres(0.5);

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
