//! Who lies in whose surroundings (周边范围).

mod footprint;
mod words;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use serde::Serialize;

use crate::position::{Metres, Position};

pub use footprint::Footprint;
pub use words::{Band, PointKind, UnknownWord};

/// A point (固定点位) as far as its surroundings are concerned.
#[derive(Debug, Clone, PartialEq)]
pub struct Anchor {
    /// The point's code, unique among points.
    pub code: String,
    /// Which of the six kinds it is.
    pub kind: PointKind,
    /// Where it lies, and how far it extends.
    pub footprint: Footprint,
    /// How far its surroundings reach from the footprint's edge, usually 500–2,000 m. Beyond
    /// 2,000 m there is no [`Band`], so a larger radius holds no more than 2,000 m does.
    pub radius: Metres,
}

/// That a position lies in the surroundings of an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Held {
    /// The anchor's index in [`Surroundings::anchors`].
    pub anchor: usize,
    /// How far the position is from the anchor's footprint, 0 inside it.
    pub distance: Metres,
    /// The band that distance falls in.
    pub band: Band,
}

/// The surroundings of many points, indexed so that a position looks at the near ones only.
#[derive(Debug, Clone)]
pub struct Surroundings {
    anchors: Vec<Anchor>,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl Surroundings {
    /// Index `anchors`, keeping their order. An anchor whose footprint has no extent at all (a
    /// shape without rings) or whose radius is negative or not a number holds nothing.
    pub fn new(anchors: Vec<Anchor>) -> Self {
        let boxes = anchors.iter().enumerate().filter_map(|(index, anchor)| {
            let (lower, upper) = anchor.footprint.grown_box(anchor.radius)?;
            Some(GeomWithData::new(Rectangle::from_corners(lower, upper), index))
        });
        let boxes = RTree::bulk_load(boxes.collect());
        Self { anchors, boxes }
    }

    /// The anchors, in the order given to [`Surroundings::new`].
    pub fn anchors(&self) -> &[Anchor] {
        &self.anchors
    }

    /// Every surroundings that `position` lies in, the radius itself included, nearest first and
    /// by code where equally near.
    pub fn holding(&self, position: Position) -> Vec<Held> {
        let here = AABB::from_point([position.lon, position.lat]);
        let near = self.boxes.locate_in_envelope_intersecting(here);
        let mut held: Vec<Held> =
            near.filter_map(|found| self.held_by(found.data, position)).collect();
        held.sort_by(|a, b| {
            let by_code = || self.anchors[a.anchor].code.cmp(&self.anchors[b.anchor].code);
            a.distance.0.total_cmp(&b.distance.0).then_with(by_code)
        });
        held
    }

    fn held_by(&self, index: usize, position: Position) -> Option<Held> {
        let anchor = &self.anchors[index];
        let distance = anchor.footprint.distance_to(position);
        let band = Band::of(distance)?;
        (distance <= anchor.radius).then_some(Held { anchor: index, distance, band })
    }
}

#[cfg(test)]
mod tests;
