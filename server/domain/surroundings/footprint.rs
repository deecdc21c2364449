//! How far a position is from what a point occupies.

use geo::{BoundingRect, Line, LineString, MultiLineString, MultiPolygon, Polygon, Rect};

use crate::position::plane::{Plane, ray_crosses, reach};
use crate::position::{Metres, Position};

use super::Band;

/// What a point or place occupies: x is the longitude and y the latitude, in WGS-84 degrees.
///
/// Shapes and lines may not cross the 180th meridian, as RFC 7946 asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Footprint {
    /// Where it is, its extent unknown.
    Location(Position),
    /// The ground it covers.
    Shape(MultiPolygon<f64>),
    /// The lines it runs along, as a back street does.
    Lines(MultiLineString<f64>),
}

impl Footprint {
    /// How far `position` is from the footprint: 0 inside a shape, else the distance to the
    /// nearest edge (that of a hole, for a position in the hole), within 0.1 % of the geodesic as
    /// far as 3 km up to 54° of latitude. Infinite when there is no edge.
    pub fn distance_to(&self, position: Position) -> Metres {
        let plane = Plane::at(position);
        match self {
            Self::Location(location) => location.distance_to(position),
            Self::Shape(shape) if shape.iter().any(|part| holds(part, position)) => Metres(0.0),
            Self::Shape(shape) => nearest(&plane, shape.iter().flat_map(edges)),
            Self::Lines(lines) => nearest(&plane, lines.iter().flat_map(LineString::lines)),
        }
    }

    /// The lower and upper corner, in degrees, of a box that holds every position within `radius`;
    /// none when no position can be, or a coordinate is not finite (which an R-tree cannot sort).
    pub(super) fn grown_box(&self, radius: Metres) -> Option<([f64; 2], [f64; 2])> {
        let extent = self.extent().filter(|_| radius.0 >= 0.0)?;
        let (lower, upper) = (extent.min(), extent.max());
        let radius = Metres(radius.0.min(Band::Wide.limit().0));
        let room = reach(lower.y.abs().max(upper.y.abs()), radius);
        let (west, east) = (lower.x - room.x, upper.x + room.x);
        // Near the 180th meridian the circle goes on at the other end of the world.
        let round_the_world = west < -180.0 || east > 180.0;
        let (west, east) = if round_the_world { (-180.0, 180.0) } else { (west, east) };
        let corners = ([west, lower.y - room.y], [east, upper.y + room.y]);
        corners.0.iter().chain(&corners.1).all(|degrees| degrees.is_finite()).then_some(corners)
    }

    fn extent(&self) -> Option<Rect<f64>> {
        match self {
            Self::Location(Position { lat, lon }) => Some(Rect::new((*lon, *lat), (*lon, *lat))),
            Self::Shape(shape) => shape.bounding_rect(),
            Self::Lines(lines) => lines.bounding_rect(),
        }
    }
}

fn edges(part: &Polygon<f64>) -> impl Iterator<Item = Line<f64>> {
    std::iter::once(part.exterior()).chain(part.interiors()).flat_map(LineString::lines)
}

fn holds(part: &Polygon<f64>, position: Position) -> bool {
    let place = geo::Coord { x: position.lon, y: position.lat };
    edges(part).filter(|edge| ray_crosses(place, *edge)).count() % 2 == 1
}

fn nearest(plane: &Plane, edges: impl Iterator<Item = Line<f64>>) -> Metres {
    let squared = edges.map(|edge| plane.distance_squared(edge)).fold(f64::INFINITY, f64::min);
    Metres(squared.sqrt())
}
