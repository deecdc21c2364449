//! GCJ-02, the datum every licensed map of mainland China is drawn in.
//!
//! The transformation is not published; this is the reconstruction that eviltransform and gcoord
//! share, on the Krasovsky 1940 ellipsoid.

use std::f64::consts::PI;

use super::LatLon;

const SEMI_MAJOR_AXIS: f64 = 6_378_245.0;
const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_823;

/// Whether the shift applies here: gcoord's box, borders included, to the last digit. It is wider
/// than China, so its jump never falls between a phone and a street that concern us.
pub(super) fn applies((lat, lon): LatLon) -> bool {
    (72.004..=137.8347).contains(&lon) && (0.8293..=55.8271).contains(&lat)
}

/// The GCJ-02 degrees of a WGS-84 position, wherever it lies.
pub(super) fn from_wgs84((lat, lon): LatLon) -> LatLon {
    let (north, east) = shift_metres(lon - 105.0, lat - 35.0);
    let phi = lat.to_radians();
    let flattening = 1.0 - ECCENTRICITY_SQUARED * phi.sin().powi(2);
    let prime_vertical = SEMI_MAJOR_AXIS / flattening.sqrt();
    let meridian = prime_vertical * (1.0 - ECCENTRICITY_SQUARED) / flattening;
    (
        lat + (north / meridian).to_degrees(),
        lon + (east / (prime_vertical * phi.cos())).to_degrees(),
    )
}

/// The shift north and east in metres, `x` degrees east and `y` degrees north of 105° E, 35° N.
fn shift_metres(x: f64, y: f64) -> (f64, f64) {
    let common = waves([(20.0, 6.0 * x), (20.0, 2.0 * x)]);
    let north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * x.abs().sqrt();
    let east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * x.abs().sqrt();
    (
        north
            + common
            + waves([(20.0, y), (40.0, y / 3.0)])
            + waves([(160.0, y / 12.0), (320.0, y / 30.0)]),
        east + common
            + waves([(20.0, x), (40.0, x / 3.0)])
            + waves([(150.0, x / 12.0), (300.0, x / 30.0)]),
    )
}

/// Two thirds of a sum of sines, each an amplitude in metres and an angle in half turns.
fn waves(terms: [(f64, f64); 2]) -> f64 {
    let sum: f64 = terms.iter().map(|(amplitude, turns)| amplitude * (turns * PI).sin()).sum();
    sum * 2.0 / 3.0
}
