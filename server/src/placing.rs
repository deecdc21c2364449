//! Places a report: what its position means in this district, and what its clock can be trusted for.

use domain::areas::Placement;
use domain::position::{Metres, Position};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::gazetteer::Gazetteer;
use crate::intake::{StatedPosition, Submission};
use crate::store::issues::{ClaimedPosition, Detail, NearPoint};

/// Something odd about a report. It is kept all the same, for the office to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// No position.
    PositionMissing,
    /// A position that no place on Earth has.
    PositionInvalid,
    /// The position (0, 0).
    PositionZero,
    /// Outside the district and its margin.
    PositionOutside,
    /// Outside, but within the margin: taken for the nearest area.
    PositionNearBorder,
    /// Less accurate than the district's limit.
    PositionInaccurate,
    /// The device's clock is far behind.
    ClockPast,
    /// The device's clock is ahead.
    ClockFuture,
    /// No category: the desk sets it.
    CategoryMissing,
    /// In a permitted zone, in its hours, and of a category it permits.
    PermittedZone,
}

impl Flag {
    /// Its code, as on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::PositionMissing => "position-missing",
            Self::PositionInvalid => "position-invalid",
            Self::PositionZero => "position-zero",
            Self::PositionOutside => "position-outside",
            Self::PositionNearBorder => "position-near-border",
            Self::PositionInaccurate => "position-inaccurate",
            Self::ClockPast => "clock-past",
            Self::ClockFuture => "clock-future",
            Self::CategoryMissing => "category-missing",
            Self::PermittedZone => "permitted-zone",
        }
    }

    /// What is odd, and what the sender can do.
    pub fn hint(self) -> &'static str {
        match self {
            Self::PositionMissing => {
                "There was no position. The desk sets the place; switch location on."
            }
            Self::PositionInvalid => {
                "The position is not on Earth. The desk sets the place; check the app."
            }
            Self::PositionZero => {
                "The position was (0, 0). The desk sets the place; wait for a fix next time."
            }
            Self::PositionOutside => "The position is outside the district. Check the datum.",
            Self::PositionNearBorder => {
                "The position is just outside the district; the nearest area was taken."
            }
            Self::PositionInaccurate => {
                "The position is inaccurate. The desk may ask where it was."
            }
            Self::ClockPast => {
                "The device's clock is behind. Set it automatically; arrival time was used."
            }
            Self::ClockFuture => {
                "The device's clock is ahead. Set it automatically; arrival time was used."
            }
            Self::CategoryMissing => "No category was given. The desk sets it.",
            Self::PermittedZone => {
                "A permitted zone allows this here at this hour. The desk decides; no 一刀切."
            }
        }
    }
}

/// Places a report: position, areas, points and places, and everything odd about it.
pub fn place(
    submission: &Submission,
    received: Timestamp,
    gazetteer: &Gazetteer,
) -> (Detail, Vec<Flag>) {
    let mut flags = Vec::new();
    let position = submission.position.and_then(|stated| usable(&stated, &mut flags));
    if submission.position.is_none() {
        flags.push(Flag::PositionMissing);
    }
    let accuracy = submission.position.and_then(|stated| stated.accuracy_m);
    let ground = Ground::at(position, accuracy, gazetteer);
    flags.extend(&ground.flags);
    flags.extend(clock_flag(submission, received));
    match (&submission.category, position) {
        (None, _) => flags.push(Flag::CategoryMissing),
        (Some(category), Some(position)) => {
            let seen = read_clock(submission, received).used;
            let permitted = !gazetteer.permitted_zones_at(position, category, seen).is_empty();
            flags.extend(permitted.then_some(Flag::PermittedZone));
        }
        (Some(_), None) => {}
    }
    let detail = Detail {
        position,
        claimed: submission.position.map(|stated| ClaimedPosition {
            lat: stated.lat,
            lon: stated.lon,
            datum: stated.datum,
            accuracy_m: stated.accuracy_m,
        }),
        areas: ground.areas,
        points: ground.points,
        places: ground.places,
        flags: flags.iter().map(|flag| flag.code().to_owned()).collect(),
        family: None,
        reporters: Vec::new(),
        photos_unreadable: 0,
        cover: None,
        reference_version: gazetteer.version,
    };
    (detail, flags)
}

/// What reference data says of a position, and of nothing else: the same whenever it is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    /// Area codes, the finest first.
    pub areas: Vec<String>,
    /// The points in whose surroundings it lies.
    pub points: Vec<NearPoint>,
    /// Kinds of place it lies in.
    pub places: Vec<String>,
    /// What is odd about it, of [`Ground::FLAGS`].
    pub flags: Vec<Flag>,
}

impl Ground {
    /// The flags that depend on reference data.
    pub const FLAGS: [Flag; 3] =
        [Flag::PositionOutside, Flag::PositionNearBorder, Flag::PositionInaccurate];

    /// What there is at a position that is known to `accuracy_m` metres (68 % confidence).
    pub fn at(position: Option<Position>, accuracy_m: Option<f64>, gazetteer: &Gazetteer) -> Self {
        let mut flags = Vec::new();
        let areas = position.map(|p| areas(p, gazetteer, &mut flags)).unwrap_or_default();
        if accuracy_m.is_some_and(|metres| metres > gazetteer.district.max_accuracy_m) {
            flags.push(Flag::PositionInaccurate);
        }
        Self {
            areas,
            points: position.map(|p| points(p, gazetteer)).unwrap_or_default(),
            places: position.map(|p| places(p, gazetteer)).unwrap_or_default(),
            flags,
        }
    }
}

fn usable(stated: &StatedPosition, flags: &mut Vec<Flag>) -> Option<Position> {
    let Ok(position) = Position::from_datum(stated.lat, stated.lon, stated.datum) else {
        flags.push(Flag::PositionInvalid);
        return None;
    };
    // Devices without a fix say (0, 0), in whatever datum they were asked for.
    if position.is_null_island() || (stated.lat == 0.0 && stated.lon == 0.0) {
        flags.push(Flag::PositionZero);
        return None;
    }
    Some(position)
}

/// WGS-84, or none where the position means nothing.
pub fn wgs84(stated: &StatedPosition) -> Option<Position> {
    usable(stated, &mut Vec::new())
}

fn areas(position: Position, gazetteer: &Gazetteer, flags: &mut Vec<Flag>) -> Vec<String> {
    let index = gazetteer.areas();
    let Some(located) = index.locate(position, Metres(gazetteer.district.margin_m)) else {
        flags.push(Flag::PositionOutside);
        return Vec::new();
    };
    if matches!(located.how, Placement::Nearest { .. }) {
        flags.push(Flag::PositionNearBorder);
    }
    located.chain.iter().map(|&area| index.areas()[area].code.clone()).collect()
}

fn points(position: Position, gazetteer: &Gazetteer) -> Vec<NearPoint> {
    let surroundings = gazetteer.surroundings();
    let near = surroundings.holding(position).into_iter().map(|held| NearPoint {
        code: surroundings.anchors()[held.anchor].code.clone(),
        band: held.band.word().to_owned(),
        distance_m: (held.distance.0 * 10.0).round() / 10.0,
    });
    near.collect()
}

fn places(position: Position, gazetteer: &Gazetteer) -> Vec<String> {
    let mut kinds: Vec<String> = gazetteer
        .places_holding(position)
        .iter()
        .map(|place| place.kind.word().to_owned())
        .collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

/// What a report says of when, what is known of it, and what was used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ClockReading {
    /// When the device says it was.
    #[schema(value_type = String, format = DateTime)]
    pub claimed: Timestamp,
    /// When it arrived.
    #[schema(value_type = String, format = DateTime)]
    pub received: Timestamp,
    /// What stands for the deadline.
    #[schema(value_type = String, format = DateTime)]
    pub used: Timestamp,
    /// Why that.
    pub basis: Basis,
    /// How far the device's clock is behind ours, seconds; includes the time on the way.
    pub skew_s: Option<i64>,
}

/// Which reading of the time was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Arrival less the device's monotonic age of the capture.
    DeviceAge,
    /// Arrival.
    Arrival,
}

/// How old a capture may be for its own time to stand.
const STANDS_FOR: SignedDuration = SignedDuration::from_hours(24);
/// How far ahead a device's clock may be before it is called wrong.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);
/// How far behind a claimed time may be before it is called wrong.
const BEHIND: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The time that stands for a report: its capture only where the device's monotonic age vouches for
/// it and it arrived within 24 hours, else its arrival.
pub fn read_clock(submission: &Submission, received: Timestamp) -> ClockReading {
    let age = submission
        .captured_age_ms
        .and_then(|ms| i64::try_from(ms).ok())
        .map(SignedDuration::from_millis);
    let trusted = age.filter(|age| *age <= STANDS_FOR);
    ClockReading {
        claimed: submission.captured_at,
        received,
        used: trusted.map_or(received, |age| received - age),
        basis: if trusted.is_some() { Basis::DeviceAge } else { Basis::Arrival },
        skew_s: submission.sent_at.map(|sent| received.duration_since(sent).as_secs()),
    }
}

fn clock_flag(submission: &Submission, received: Timestamp) -> Option<Flag> {
    let behind = received.duration_since(submission.captured_at);
    if behind < -AHEAD {
        Some(Flag::ClockFuture)
    } else if behind > BEHIND {
        Some(Flag::ClockPast)
    } else {
        None
    }
}
