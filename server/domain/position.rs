//! Positions, the three datums phones hand out, and distances in metres.

mod bd09;
mod gcj02;
mod inverse;
pub(crate) mod plane;

use geo::{Distance, Geodesic, Point};
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

/// Why a pair of coordinates is no position.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum PositionError {
    /// A coordinate is infinite or not a number.
    #[error("a coordinate is not a finite number")]
    NotFinite,
    /// The latitude leaves −90 to 90 degrees, or the longitude −180 to 180.
    #[error("latitude {lat}, longitude {lon} is nowhere on earth")]
    OutOfRange {
        /// The latitude as given, in degrees.
        lat: f64,
        /// The longitude as given, in degrees.
        lon: f64,
    },
}

/// How near to (0, 0), in degrees, a position counts as "no fix". Wide enough for 4.9e−324, which
/// Baidu's phone kit returns when it has none, and for coordinates rounded to six decimals.
const NULL_ISLAND: f64 = 1e-6;

impl Position {
    /// The position that `datum` calls `lat`, `lon` (degrees).
    ///
    /// The datums differ inside the box that gcoord and its forerunners call China, longitude
    /// 72.004–137.8347 and latitude 0.8293–55.8271; outside it they coincide, BD-09 included.
    /// Inside, the inverse is iterated until it agrees with [`Position::to_datum`] within 1 mm.
    ///
    /// # Errors
    /// [`PositionError`] when a coordinate is not finite or out of range.
    pub fn from_datum(lat: f64, lon: f64, datum: Datum) -> Result<Self, PositionError> {
        if !(lat.is_finite() && lon.is_finite()) {
            return Err(PositionError::NotFinite);
        }
        if lat.abs() > 90.0 || lon.abs() > 180.0 {
            return Err(PositionError::OutOfRange { lat, lon });
        }
        let given = (lat, lon);
        let (lat, lon) = match shift_of(datum) {
            Some(shift) if gcj02::applies(given) => inverse::of(shift, given),
            _ => given,
        };
        Ok(Self { lat, lon })
    }

    /// The latitude and longitude, in degrees, that `datum` gives this position.
    pub fn to_datum(self, datum: Datum) -> (f64, f64) {
        let own = (self.lat, self.lon);
        match shift_of(datum) {
            Some(shift) if gcj02::applies(own) => shift(own),
            _ => own,
        }
    }

    /// The length of the geodesic to `other` on the WGS-84 ellipsoid (Karney 2013).
    pub fn distance_to(self, other: Self) -> Metres {
        Metres(Geodesic.distance(Point::from(self), Point::from(other)))
    }

    /// Whether this is (0, 0) within a millionth of a degree: a phone that had no fix.
    pub fn is_null_island(self) -> bool {
        self.lat.abs() <= NULL_ISLAND && self.lon.abs() <= NULL_ISLAND
    }
}

impl From<Position> for Point<f64> {
    /// The point with x = longitude and y = latitude.
    fn from(position: Position) -> Self {
        Self::new(position.lon, position.lat)
    }
}

/// Degrees of latitude, then longitude, in a datum the context names.
type LatLon = (f64, f64);

fn shift_of(datum: Datum) -> Option<fn(LatLon) -> LatLon> {
    match datum {
        Datum::Wgs84 => None,
        Datum::Gcj02 => Some(gcj02::from_wgs84),
        Datum::Bd09 => Some(|wgs84| bd09::from_gcj02(gcj02::from_wgs84(wgs84))),
    }
}

#[cfg(test)]
mod tests;
