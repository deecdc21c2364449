//! Dates and times written as text (EXIF 3.0, 4.6.5: `DateTimeOriginal` and its companions).

use super::tiff::Directory;
use jiff::{
    civil::{Date, DateTime, Time},
    tz::Offset,
};

const ORIGINAL: u16 = 0x9003;
const OFFSET: u16 = 0x9011;
const FRACTION: u16 = 0x9291;

/// The farthest that civil clocks are from UTC.
const FARTHEST: i32 = 14 * 3600;

/// The time on the camera's clock; `None` when it is absent or blank.
pub(super) fn local(camera: &Directory<'_>) -> Result<Option<DateTime>, &'static str> {
    let Some(value) = camera.value(ORIGINAL) else { return Ok(None) };
    let text = value.ascii().ok_or("captured-invalid")?;
    if blank(text) {
        return Ok(None);
    }
    let (date, time) = text.split_at_checked(10).ok_or("captured-invalid")?;
    let fraction = camera.value(FRACTION).and_then(|value| value.ascii()).map_or(0, nanoseconds);
    self::date(date)
        .zip(clock(time, fraction))
        .map(|(date, time)| Some(date.to_datetime(time)))
        .ok_or("captured-invalid")
}

/// What that clock is off UTC; `None` when it is absent or blank.
pub(super) fn offset(camera: &Directory<'_>) -> Result<Option<Offset>, &'static str> {
    let Some(value) = camera.value(OFFSET) else { return Ok(None) };
    let text = value.ascii().ok_or("offset-invalid")?;
    if blank(text) {
        return Ok(None);
    }
    seconds(text.trim_ascii_end())
        .filter(|seconds| seconds.abs() <= FARTHEST)
        .and_then(|seconds| Offset::from_seconds(seconds).ok())
        .map(Some)
        .ok_or("offset-invalid")
}

/// `YYYY:MM:DD`; some write hyphens.
pub(super) fn date(text: &[u8]) -> Option<Date> {
    let [y1, y2, y3, y4, b':' | b'-', m1, m2, b':' | b'-', d1, d2] = *text else { return None };
    let year = i16::from(two(y1, y2)?) * 100 + i16::from(two(y3, y4)?);
    Date::new(year, two(m1, m2)?, two(d1, d2)?).ok().filter(|date| date.year() > 0)
}

/// ` HH:MM:SS` behind a blank.
fn clock(text: &[u8], nanosecond: i32) -> Option<Time> {
    let [b' ' | b'T', h1, h2, b':', m1, m2, b':', s1, s2] = *text.trim_ascii_end() else {
        return None;
    };
    Time::new(two(h1, h2)?, two(m1, m2)?, two(s1, s2)?, nanosecond).ok()
}

fn two(tens: u8, ones: u8) -> Option<i8> {
    let both = [tens, ones];
    both.iter()
        .all(u8::is_ascii_digit)
        .then(|| (tens - b'0').cast_signed() * 10 + (ones - b'0').cast_signed())
}

/// `±HH:MM` in seconds; some write `Z`.
fn seconds(text: &[u8]) -> Option<i32> {
    if text == b"Z" {
        return Some(0);
    }
    let [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = *text else { return None };
    let minutes = Some(i32::from(two(m1, m2)?)).filter(|minutes| *minutes < 60)?;
    let seconds = i32::from(two(h1, h2)?) * 3600 + minutes * 60;
    Some(if sign == b'-' { -seconds } else { seconds })
}

/// Digits behind the decimal point; up to nine count, and anything else counts as none.
fn nanoseconds(digits: &[u8]) -> i32 {
    let digits = digits.trim_ascii();
    if !digits.iter().all(u8::is_ascii_digit) {
        return 0;
    }
    let padded = digits.iter().chain(std::iter::repeat(&b'0')).take(9);
    padded.fold(0, |value, digit| value * 10 + i32::from(digit - b'0'))
}

/// Blanks, perhaps with colons between them, stand for what is not known.
fn blank(text: &[u8]) -> bool {
    text.iter().all(|byte| matches!(byte, b' ' | b':'))
}
