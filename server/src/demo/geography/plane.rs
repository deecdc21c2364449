//! A flat sheet of metres to draw the district on. No trigonometry: its last digits differ
//! between machines, and the text must not.

/// Longitude and latitude of the sheet's centre, in degrees.
const CENTRE: [f64; 2] = [113.16, 30.66];

/// Metres in a degree of longitude and of latitude there.
const METRES_PER_DEGREE: [f64; 2] = [95_842.0, 110_864.0];

/// A spot on the sheet, in metres east and north of its centre.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Spot {
    pub(super) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The spot `share` of the way to `other`, then `aside` of their distance to the left.
    pub(super) fn towards(self, other: Self, share: f64, aside: f64) -> Self {
        let (dx, dy) = (other.x - self.x, other.y - self.y);
        Self::new(self.x + dx * share - dy * aside, self.y + dy * share + dx * aside)
    }

    pub(super) fn distance(self, other: Self) -> f64 {
        ((self.x - other.x).powi(2) + (self.y - other.y).powi(2)).sqrt()
    }

    /// Longitude and latitude in degrees, six decimals.
    pub(super) fn degrees(self) -> [f64; 2] {
        let degree = |metres: f64, axis: usize| {
            ((CENTRE[axis] + metres / METRES_PER_DEGREE[axis]) * 1e6).round() / 1e6
        };
        [degree(self.x, 0), degree(self.y, 1)]
    }
}

/// Whether `spot` lies in `ring` (its last corner joins its first), by crossings to the east.
pub(super) fn encloses(ring: &[Spot], spot: Spot) -> bool {
    let previous = ring.iter().cycle().skip(ring.len().saturating_sub(1));
    let crossings = ring.iter().zip(previous).filter(|(a, b)| {
        (a.y > spot.y) != (b.y > spot.y)
            && spot.x < (b.x - a.x) * (spot.y - a.y) / (b.y - a.y) + a.x
    });
    crossings.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::{Spot, encloses};

    #[test]
    fn a_notch_is_outside() {
        let corners = [(0., 0.), (4., 0.), (4., 4.), (2., 1.), (0., 4.)];
        let ring = corners.map(|(x, y)| Spot::new(x, y));
        assert!(encloses(&ring, Spot::new(0.5, 2.0)));
        assert!(!encloses(&ring, Spot::new(2.0, 2.0)));
        assert!(!encloses(&ring, Spot::new(5.0, 0.5)));
    }
}
