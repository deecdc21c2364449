//! What a camera wrote into a photo, held against what was stated of it.
//!
//! A flag refuses nothing: it tells the office where to look twice.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::position::{Metres, Position};

/// How far the camera's position may lie from the stated one, metres. Phones in a street between
/// houses are off by some tens of metres, and a camera may write the last fix of minutes ago into the
/// file; two hundred is what the after-photo rule allows as well.
pub const POSITION_WITHIN: Metres = Metres(200.0);
/// The same, as a multiple of the stated radius of 68 % confidence: with errors normal in both axes,
/// 99.99 % of fixes lie within three such radii (1 − 0.32⁹).
pub const POSITION_WITHIN_RADII: f64 = 3.0;
/// How far the camera's time may lie from the stated one. Both are read off the same phone in one
/// visit; a stated time is often that of the report, a few minutes after the photo.
pub const TIME_WITHIN: SignedDuration = SignedDuration::from_mins(10);
/// How far after its arrival a photo may say it was taken. Clocks that set themselves by the network
/// agree within seconds; ten minutes is what is forgiven between two claims.
pub const FUTURE_WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// What a photo shows that does not fit what was stated of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhotoFlag {
    /// The camera was elsewhere than stated.
    ExifPositionDisagrees,
    /// The camera's clock says another time than stated.
    ExifTimeDisagrees,
    /// The camera's clock says a time after the photo's arrival.
    ExifTimeFuture,
    /// What the camera wrote is broken.
    ExifOdd,
}

impl PhotoFlag {
    /// Its code, as on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::ExifPositionDisagrees => "exif-position-disagrees",
            Self::ExifTimeDisagrees => "exif-time-disagrees",
            Self::ExifTimeFuture => "exif-time-future",
            Self::ExifOdd => "exif-odd",
        }
    }
}

/// What the camera wrote.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Shown {
    /// When.
    pub at: Option<Timestamp>,
    /// Where, WGS-84.
    pub position: Option<Position>,
    /// Some of it is broken.
    pub is_odd: bool,
}

/// What was stated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stated {
    /// When it was taken.
    pub at: Timestamp,
    /// Where, WGS-84.
    pub position: Option<Position>,
    /// Radius of 68 % confidence, metres.
    pub accuracy_m: Option<f64>,
    /// When its bytes had arrived, by the server's clock.
    pub arrived: Timestamp,
}

/// What does not fit, in the order of [`PhotoFlag`]. What either side leaves out disagrees with
/// nothing: a browser's photos often carry no EXIF at all.
pub fn disagreements(shown: &Shown, stated: &Stated) -> Vec<PhotoFlag> {
    let elsewhere = shown.position.zip(stated.position).is_some_and(|(shown, said)| {
        let radii = stated.accuracy_m.filter(|radius| radius.is_finite()).unwrap_or(0.0);
        let within = Metres(POSITION_WITHIN.0.max(POSITION_WITHIN_RADII * radii));
        shown.distance_to(said) > within
    });
    let another_time = shown.at.is_some_and(|at| at.duration_since(stated.at).abs() > TIME_WITHIN);
    let future = shown.at.is_some_and(|at| at.duration_since(stated.arrived) > FUTURE_WITHIN);
    let found = [
        (elsewhere, PhotoFlag::ExifPositionDisagrees),
        (another_time, PhotoFlag::ExifTimeDisagrees),
        (future, PhotoFlag::ExifTimeFuture),
        (shown.is_odd, PhotoFlag::ExifOdd),
    ];
    found.into_iter().filter_map(|(is_so, flag)| is_so.then_some(flag)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::constant(1_794_790_800, 0);
    const HERE: Position = Position { lat: 30.66, lon: 113.16 };

    fn stated() -> Stated {
        Stated { at: NOON, position: Some(HERE), accuracy_m: Some(8.0), arrived: NOON }
    }

    /// So many metres to the north, along a meridian of 111.2 km a degree.
    fn north(metres: f64) -> Position {
        Position { lat: HERE.lat + metres / 110_860.0, ..HERE }
    }

    fn after(minutes: i64) -> Timestamp {
        NOON + SignedDuration::from_mins(minutes)
    }

    #[test]
    fn nothing_shown_disagrees_with_nothing() {
        assert!(disagreements(&Shown::default(), &stated()).is_empty());
        let shown = Shown { position: Some(north(5_000.0)), ..Shown::default() };
        assert!(disagreements(&shown, &Stated { position: None, ..stated() }).is_empty());
    }

    #[test]
    fn a_position_may_be_off_by_two_hundred_metres_or_three_radii() {
        let flags = |metres, accuracy_m| {
            let shown = Shown { position: Some(north(metres)), ..Shown::default() };
            disagreements(&shown, &Stated { accuracy_m, ..stated() })
        };
        let elsewhere = vec![PhotoFlag::ExifPositionDisagrees];
        assert!(flags(195.0, Some(8.0)).is_empty());
        assert_eq!(flags(205.0, Some(8.0)), elsewhere);
        assert_eq!(flags(205.0, None), elsewhere);
        assert!(flags(295.0, Some(100.0)).is_empty());
        assert_eq!(flags(305.0, Some(100.0)), elsewhere);
        assert_eq!(flags(305.0, Some(f64::INFINITY)), elsewhere, "a radius that is none");
    }

    #[test]
    fn a_time_may_be_off_by_ten_minutes_and_none_lies_in_the_future() {
        let flags = |minutes| {
            disagreements(&Shown { at: Some(after(minutes)), ..Shown::default() }, &stated())
        };
        assert!(flags(10).is_empty() && flags(-10).is_empty());
        assert_eq!(flags(-11), [PhotoFlag::ExifTimeDisagrees]);
        assert_eq!(flags(11), [PhotoFlag::ExifTimeDisagrees, PhotoFlag::ExifTimeFuture]);
        let later = Stated { arrived: NOON + SignedDuration::from_hours(1), ..stated() };
        let shown = Shown { at: Some(after(60)), ..Shown::default() };
        assert_eq!(disagreements(&shown, &later), [PhotoFlag::ExifTimeDisagrees]);
    }

    #[test]
    fn flags_are_written_as_their_codes() {
        let shown = Shown { at: Some(after(60)), position: Some(north(900.0)), is_odd: true };
        let flags = disagreements(&shown, &stated());
        assert_eq!(flags.len(), 4);
        for flag in flags {
            assert_eq!(serde_json::to_value(flag).unwrap(), flag.code());
        }
    }
}
