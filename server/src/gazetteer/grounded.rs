//! Things that lie somewhere, found by code and by position.

use domain::position::{Metres, Position};
use domain::surroundings::{Anchor, Footprint, PointKind, Surroundings};

/// A thing, its code, its ground, and how near to that a position counts as at it.
pub(super) type Placed<T> = (T, String, Footprint, Metres);

/// Things that lie somewhere, in the order of their codes.
#[derive(Debug)]
pub(super) struct Grounded<T> {
    things: Vec<T>,
    /// One anchor per thing, in the same order.
    grounds: Surroundings,
}

impl<T> Grounded<T> {
    pub(super) fn new(mut placed: Vec<Placed<T>>) -> Self {
        placed.sort_by(|a, b| a.1.cmp(&b.1));
        let mut things = Vec::with_capacity(placed.len());
        let mut anchors = Vec::with_capacity(placed.len());
        for (thing, code, footprint, radius) in placed {
            // What is looked for is the index: of what kind its anchors are does not matter.
            anchors.push(Anchor { code, kind: PointKind::Community, footprint, radius });
            things.push(thing);
        }
        Self { things, grounds: Surroundings::new(anchors) }
    }

    /// What is at a position, nearest first, then by code, and how far its ground is.
    pub(super) fn holding(&self, position: Position) -> impl Iterator<Item = (&T, Metres)> {
        let held = self.grounds.holding(position).into_iter();
        held.filter_map(|held| Some((self.things.get(held.anchor)?, held.distance)))
    }

    /// The thing with this code, and its ground.
    pub(super) fn find(&self, code: &str) -> Option<(&T, &Footprint)> {
        let anchors = self.grounds.anchors();
        let index = anchors.binary_search_by(|anchor| anchor.code.as_str().cmp(code)).ok()?;
        Some((self.things.get(index)?, &anchors[index].footprint))
    }

    /// Every thing, by code.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.things.iter()
    }
}
