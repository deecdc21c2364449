//! Positions, the three datums phones hand out, and distances in metres.

use serde::{Deserialize, Serialize};

/// The geodetic datum of a pair of coordinates, as its sender states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Datum {
    /// WGS-84, what satellites and browsers give; CGCS2000 is the same within centimetres.
    Wgs84,
    /// GCJ-02, what `AMap` and Tencent give.
    Gcj02,
    /// BD-09, what Baidu gives.
    Bd09,
}

/// A place on the ellipsoid: WGS-84 degrees, always.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Latitude in degrees, −90 to 90.
    pub lat: f64,
    /// Longitude in degrees, −180 to 180.
    pub lon: f64,
}

/// A length in metres.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Metres(pub f64);
