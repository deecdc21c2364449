//! The way back from a shifted datum: neither GCJ-02 nor BD-09 has a closed inverse.

use super::LatLon;

/// Both shifts bend by less than 3 % per degree, so each round gains 1.5 digits and the far
/// tighter bound costs two rounds more than the millimetre (1e−8°) does.
const ENOUGH: f64 = 1e-11;

/// Seven rounds do everywhere but at 105° E exactly, where GCJ-02 has a root with infinite slope
/// and the last digits may swing for ever.
const MOST_ROUNDS: usize = 24;

/// The place that `shift` takes to `target`. The widely copied closed form of BD-09's inverse is
/// up to 0.22 m off in the north-east; this is not.
pub(super) fn of(shift: fn(LatLon) -> LatLon, target: LatLon) -> LatLon {
    let mut place = target;
    for _ in 0..MOST_ROUNDS {
        let shifted = shift(place);
        let (lat, lon) = (shifted.0 - target.0, shifted.1 - target.1);
        place = (place.0 - lat, place.1 - lon);
        if lat.abs().max(lon.abs()) < ENOUGH {
            break;
        }
    }
    place
}
