//! BD-09, Baidu's second shift on top of GCJ-02, as gcoord computes it.

use std::f64::consts::PI;

use super::LatLon;

const TURN: f64 = PI * 3000.0 / 180.0;

/// The BD-09 degrees of a place whose GCJ-02 degrees are given.
pub(super) fn from_gcj02((lat, lon): LatLon) -> LatLon {
    let radius = lon.hypot(lat) + 0.000_02 * (lat * TURN).sin();
    let angle = lat.atan2(lon) + 0.000_003 * (lon * TURN).cos();
    (radius * angle.sin() + 0.006, radius * angle.cos() + 0.0065)
}
