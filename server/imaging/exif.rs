//! What the camera wrote into the file (EXIF 3.0, CIPA DC-008).

mod container;
mod gps;
mod tag;
mod tiff;
mod time;

use jiff::{Timestamp, civil::DateTime, tz::Offset};
use tiff::{Directory, Tiff};

/// When a photo was taken by the camera's own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Captured {
    /// The clock's face: `DateTimeOriginal` with `SubSecTimeOriginal`.
    pub local: DateTime,
    /// What the clock was off UTC: `OffsetTimeOriginal`, absent in most older photos.
    pub offset: Option<Offset>,
}

/// What the camera wrote into the file, as far as it can be read and believed.
#[derive(Clone, Debug, PartialEq)]
pub struct Exif {
    /// 1 to 8 as EXIF counts them; 1, upright, when absent or broken.
    pub orientation: u8,
    /// When it was taken by the camera's clock.
    pub captured: Option<Captured>,
    /// WGS-84 latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
    /// The instant of the position by the satellites' clock.
    pub gps_time: Option<Timestamp>,
    /// The camera's maker; at most 64 characters, none of them control characters.
    pub make: Option<String>,
    /// The camera's model; at most 64 characters, none of them control characters.
    pub model: Option<String>,
    /// What was broken, as stable words.
    pub odd: Vec<&'static str>,
}

impl Default for Exif {
    fn default() -> Self {
        Self {
            orientation: 1,
            captured: None,
            position: None,
            gps_time: None,
            make: None,
            model: None,
            odd: Vec::new(),
        }
    }
}

/// Reads what the camera wrote. Never fails: what is broken is left out and named in
/// [`Exif::odd`]:
///
/// - `exif-broken`: the structure itself cannot be walked; what was found before is kept.
/// - `orientation-invalid`: none of 1 to 8.
/// - `captured-invalid`: a time that is none; a blank one only means that it is not known.
/// - `offset-invalid`: an offset from UTC that is none.
/// - `position-invalid`: a part is missing, divided by zero, or out of range.
/// - `position-zero`: 0° 0°, which receivers write that have found no satellites.
/// - `gps-time-invalid`: a date or time of the satellites that is none.
///
/// Only the structure's few tags that are wanted are looked up, in directories the standard knows,
/// each once: however large or circular a structure is, that takes no memory and bounded time.
pub fn exif(bytes: &[u8]) -> Exif {
    let mut exif = Exif::default();
    let Some(structure) = container::structure(bytes) else { return exif };
    let Some(tiff) = Tiff::new(structure) else {
        exif.odd.push("exif-broken");
        return exif;
    };
    read(&tiff, &mut exif);
    if tiff.is_broken() {
        exif.odd.push("exif-broken");
    }
    exif
}

fn read(tiff: &Tiff<'_>, exif: &mut Exif) {
    let main = tiff.first();
    exif.make = tag::text(&main, tag::MAKE);
    exif.model = tag::text(&main, tag::MODEL);
    match tag::orientation(&main) {
        Ok(orientation) => exif.orientation = orientation.unwrap_or(1),
        Err(odd) => exif.odd.push(odd),
    }
    if let Some(camera) = main.child(tag::CAMERA) {
        match time::offset(&camera) {
            Ok(offset) => exif.captured = captured(&camera, offset, &mut exif.odd),
            Err(odd) => {
                exif.odd.push(odd);
                exif.captured = captured(&camera, None, &mut exif.odd);
            }
        }
    }
    if let Some(gps) = main.child(tag::GPS) {
        match gps::position(&gps) {
            Ok(position) => exif.position = position,
            Err(odd) => exif.odd.push(odd),
        }
        match gps::time(&gps) {
            Ok(time) => exif.gps_time = time,
            Err(odd) => exif.odd.push(odd),
        }
    }
}

fn captured(
    camera: &Directory<'_>,
    offset: Option<Offset>,
    odd: &mut Vec<&'static str>,
) -> Option<Captured> {
    match time::local(camera) {
        Ok(local) => local.map(|local| Captured { local, offset }),
        Err(word) => {
            odd.push(word);
            None
        }
    }
}

#[cfg(test)]
mod tests;
