//! The edges of one polygon, sorted into slices of latitude, so that a position looks at the few
//! edges beside it and not at thousands.

use geo::{BoundingRect, Coord, CoordsIter, Line, LineString, Polygon, Rect};
use rstar::primitives::Rectangle;

use super::BORDER;
use crate::position::plane::{Plane, ray_crosses, reach};
use crate::position::{Metres, Position};

/// How a position lies to one polygon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Touch {
    Inside,
    Border,
    Outside,
}

/// With two edges per slice, an edge of an even outline falls into one or two slices.
const EDGES_PER_SLICE: usize = 2;

/// Bounds what an outline of many long north-south edges, each in every slice, takes up.
const MOST_SLICES: usize = 1_024;

/// The edges of a polygon and, per slice of latitude, which of them come within [`BORDER`] of it.
#[derive(Debug, Clone)]
pub(super) struct Outline {
    edges: Vec<Line<f64>>,
    extent: Rect<f64>,
    south: f64,
    slices_per_degree: f64,
    /// Where each slice begins in `sliced`, with a last entry for the end.
    starts: Vec<u32>,
    sliced: Vec<u32>,
}

impl Outline {
    /// The outline of `polygon`, holes included; none when it has no three finite corners.
    pub(super) fn new(polygon: &Polygon<f64>) -> Option<Self> {
        let finite =
            polygon.coords_iter().all(|corner| corner.x.is_finite() && corner.y.is_finite());
        // `geo` closes the ring, so three corners are four coordinates.
        if !finite || polygon.exterior().0.len() < 4 {
            return None;
        }
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        let edges: Vec<Line<f64>> = rings.flat_map(LineString::lines).collect();
        let extent = polygon.bounding_rect()?;
        let margin = reach(0.0, BORDER).y;
        let count = (edges.len() / EDGES_PER_SLICE).clamp(1, MOST_SLICES);
        let mut outline = Self {
            extent,
            south: extent.min().y - margin,
            slices_per_degree: count as f64 / (extent.height() + 2.0 * margin),
            starts: Vec::with_capacity(count + 1),
            sliced: Vec::new(),
            edges,
        };
        outline.fill(count, margin);
        Some(outline)
    }

    #[expect(clippy::cast_possible_truncation, reason = "four thousand million edges are no area")]
    fn fill(&mut self, count: usize, margin: f64) {
        let mut slices = vec![Vec::new(); count];
        for (index, edge) in self.edges.iter().enumerate() {
            let (south, north) = (edge.start.y.min(edge.end.y), edge.start.y.max(edge.end.y));
            let last = self.slice(north + margin).min(count - 1);
            for slice in &mut slices[self.slice(south - margin).min(last)..=last] {
                slice.push(index as u32);
            }
        }
        for slice in slices {
            self.starts.push(self.sliced.len() as u32);
            self.sliced.extend(slice);
        }
        self.starts.push(self.sliced.len() as u32);
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a negative float becomes 0, the first slice"
    )]
    fn slice(&self, lat: f64) -> usize {
        ((lat - self.south) * self.slices_per_degree) as usize
    }

    /// How `position` lies to this polygon.
    pub(super) fn touch(&self, position: Position, plane: &Plane) -> Touch {
        let here = Coord { x: position.lon, y: position.lat };
        let mut inside = false;
        for edge in self.edges_beside(position.lat) {
            if plane.distance_squared(edge) <= BORDER.0 * BORDER.0 {
                return Touch::Border;
            }
            inside ^= ray_crosses(here, edge);
        }
        if inside { Touch::Inside } else { Touch::Outside }
    }

    fn edges_beside(&self, lat: f64) -> impl Iterator<Item = Line<f64>> {
        let slice = self.slice(lat).min(self.starts.len() - 2);
        let range = self.starts[slice] as usize..self.starts[slice + 1] as usize;
        self.sliced[range].iter().map(|&index| self.edges[index as usize])
    }

    /// Its corners, x the longitude and y the latitude.
    pub(super) fn corners(&self) -> impl Iterator<Item = Coord<f64>> {
        self.edges.iter().map(|edge| edge.start)
    }

    /// The distance from the plane's origin to the nearest edge.
    pub(super) fn distance(&self, plane: &Plane) -> Metres {
        let squared = self.edges.iter().map(|edge| plane.distance_squared(*edge));
        Metres(squared.fold(f64::INFINITY, f64::min).sqrt())
    }

    /// A box, in degrees, that holds every position within `room` of the polygon.
    pub(super) fn grown_box(&self, room: Metres) -> Rectangle<[f64; 2]> {
        let (lower, upper) = (self.extent.min(), self.extent.max());
        let room = reach(lower.y.abs().max(upper.y.abs()), room);
        Rectangle::from_corners(
            [lower.x - room.x, lower.y - room.y],
            [upper.x + room.x, upper.y + room.y],
        )
    }
}
