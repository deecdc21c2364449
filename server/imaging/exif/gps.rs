//! The directory of the position (EXIF 3.0, 4.6.6).

use super::{tiff::Directory, time::date};
use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::Offset};

const LATITUDE: u16 = 2;
const LONGITUDE: u16 = 4;
const TIME: u16 = 7;
const DATE: u16 = 29;

/// Latitude and longitude in degrees; `None` when neither is there.
pub(super) fn position(gps: &Directory<'_>) -> Result<Option<(f64, f64)>, &'static str> {
    if gps.value(LATITUDE).is_none() && gps.value(LONGITUDE).is_none() {
        return Ok(None);
    }
    let latitude = angle(gps, LATITUDE, [b'N', b'S'], 90.0);
    let longitude = angle(gps, LONGITUDE, [b'E', b'W'], 180.0);
    match latitude.zip(longitude) {
        None => Err("position-invalid"),
        Some((latitude, longitude)) if latitude.abs() < 1e-9 && longitude.abs() < 1e-9 => {
            Err("position-zero")
        }
        position => Ok(position),
    }
}

/// Degrees, minutes and seconds, with the hemisphere in the tag before.
fn angle(gps: &Directory<'_>, tag: u16, signs: [u8; 2], most: f64) -> Option<f64> {
    let [degrees, minutes, seconds] = gps.value(tag)?.three()?;
    let degrees = degrees + minutes / 60.0 + seconds / 3600.0;
    let hemisphere = gps.value(tag - 1)?.ascii()?.first()?.to_ascii_uppercase();
    if minutes > 60.0 || seconds > 60.0 || degrees > most || !signs.contains(&hemisphere) {
        return None;
    }
    Some(if hemisphere == signs[1] { -degrees } else { degrees })
}

/// The instant by the satellites; `None` unless both date and time are there.
pub(super) fn time(gps: &Directory<'_>) -> Result<Option<Timestamp>, &'static str> {
    let (Some(day), Some(time)) = (gps.value(DATE), gps.value(TIME)) else { return Ok(None) };
    let text = day.ascii().ok_or("gps-time-invalid")?.trim_ascii_end();
    if text.is_empty() {
        return Ok(None);
    }
    let instant = || {
        let [hours, minutes, seconds] = time.three()?;
        if hours >= 24.0 || minutes >= 60.0 || seconds > 60.0 {
            return None;
        }
        let since = SignedDuration::try_from_secs_f64(hours * 3600.0 + minutes * 60.0 + seconds);
        let midnight = date(text)?.to_datetime(DateTime::ZERO.time());
        Offset::UTC.to_timestamp(midnight).ok()?.checked_add(since.ok()?).ok()
    };
    instant().map(Some).ok_or("gps-time-invalid")
}
