//! Whether areas lie in their parents and beside their siblings, as their levels say they do.

use geo::BoundingRect;

use super::AreaIndex;
use crate::position::Position;

/// Looked-at places along each side of an area's bounding box.
const STEPS: u32 = 24;

/// Less than this share is how two outlines of one border differ.
const NOTABLE: f64 = 0.05;

/// An area that lies where it should not. Shares are of its ground and from samples: good to a few
/// hundredths.
#[derive(Debug, Clone, PartialEq)]
pub enum Misfit {
    /// Part of it lies outside the area it is part of.
    OutsideParent {
        /// Its index in [`AreaIndex::areas`].
        area: usize,
        /// The index of its parent.
        parent: usize,
        /// How much, 0 to 1.
        share: f64,
    },
    /// Part of it lies in another area of the same parent and level.
    Overlap {
        /// Its index in [`AreaIndex::areas`].
        area: usize,
        /// The index of the other, which has the greater code.
        other: usize,
        /// How much, 0 to 1.
        share: f64,
    },
}

impl AreaIndex {
    /// The areas of which a notable part, 5 % or more, lies outside their parent or in a sibling.
    ///
    /// Looked at are places on a grid over each area: exact shares of polygons that were drawn
    /// apart would take a thousand times longer, and mean no more.
    pub fn misfits(&self) -> Vec<Misfit> {
        (0..self.areas.len()).flat_map(|area| self.misfits_of(area)).collect()
    }

    fn misfits_of(&self, area: usize) -> Vec<Misfit> {
        let places = self.grid(area);
        let share = |count: usize| count as f64 / places.len() as f64;
        let mut misfits = Vec::new();
        if let Some(parent) = self.parents[area] {
            let outside = places.iter().filter(|place| !self.holds(parent, **place)).count();
            if share(outside) >= NOTABLE {
                misfits.push(Misfit::OutsideParent { area, parent, share: share(outside) });
            }
        }
        let mut shared = std::collections::BTreeMap::<usize, usize>::new();
        for place in &places {
            let others = self.having_inside(*place).filter(|other| self.is_sibling(area, *other));
            others.for_each(|other| *shared.entry(other).or_default() += 1);
        }
        let notable = shared.into_iter().filter(|(_, count)| share(*count) >= NOTABLE);
        misfits.extend(notable.map(|(other, count)| Misfit::Overlap {
            area,
            other,
            share: share(count),
        }));
        misfits
    }

    /// Whether another area has the same parent and level, and the greater code.
    fn is_sibling(&self, area: usize, other: usize) -> bool {
        self.parents[area] == self.parents[other]
            && self.areas[area].level == self.areas[other].level
            && self.areas[area].code < self.areas[other].code
    }

    /// Places inside an area, evenly spread over its bounding box.
    fn grid(&self, area: usize) -> Vec<Position> {
        let Some(extent) = self.areas[area].shape.bounding_rect() else { return Vec::new() };
        let part = |step: u32| (f64::from(step) + 0.5) / f64::from(STEPS);
        let place = |row: u32, column: u32| Position {
            lat: extent.min().y + extent.height() * part(row),
            lon: extent.min().x + extent.width() * part(column),
        };
        let places = (0..STEPS).flat_map(|row| (0..STEPS).map(move |column| (row, column)));
        let places = places.map(|(row, column)| place(row, column));
        places.filter(|place| self.holds(area, *place)).collect()
    }
}
