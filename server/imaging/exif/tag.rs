//! Tags of the main directory (EXIF 3.0, 4.6.5).

use super::tiff::Directory;

pub(super) const MAKE: u16 = 0x010F;
pub(super) const MODEL: u16 = 0x0110;
const ORIENTATION: u16 = 0x0112;
/// Points to the directory of the camera.
pub(super) const CAMERA: u16 = 0x8769;
/// Points to the directory of the position.
pub(super) const GPS: u16 = 0x8825;

/// The most characters of a text that are kept.
const LONGEST: usize = 64;

pub(super) fn orientation(main: &Directory<'_>) -> Result<Option<u8>, &'static str> {
    let Some(value) = main.value(ORIENTATION) else { return Ok(None) };
    let number = value.number().and_then(|number| u8::try_from(number).ok());
    number.filter(|number| (1..=8).contains(number)).map(Some).ok_or("orientation-invalid")
}

/// A text without control characters and outer blanks, cut to a bounded length.
pub(super) fn text(main: &Directory<'_>, tag: u16) -> Option<String> {
    let bytes = main.value(tag)?.ascii()?;
    // Four bytes are the most a character takes.
    let lossy = String::from_utf8_lossy(&bytes[..bytes.len().min(16 * LONGEST)]);
    let clean: String = lossy.chars().filter(|c| !c.is_control()).collect();
    let text: String = clean.trim().chars().take(LONGEST).collect();
    (!text.is_empty()).then_some(text)
}
