//! How large the type is, and where it stands.

use ab_glyph::{Font, FontRef, ScaleFont};

/// Type for a picture, as a share of its shorter side.
const SHARE: f32 = 0.032;
/// The smallest type that can be read, in pixels; small pictures get it if it fits.
const SMALLEST: f32 = 10.0;
/// From line to line, in sizes of the type.
const PITCH: f32 = 1.4;
/// The most of the picture's height that lines may take.
const TALLEST: f32 = 0.6;
/// How far the type shrinks for a long line before that is cut.
const SHRINK: f32 = 0.6;
/// No line is drawn further than this, whatever its length.
const LONGEST: usize = 400;

/// Where everything goes, in pixels.
#[derive(Debug)]
pub(super) struct Layout {
    /// Size of the type: the side of a Chinese character.
    pub size: f32,
    pub pitch: f32,
    pub margin: f32,
    /// The first row of the band; it reaches down to the last.
    pub top: usize,
    /// The width of the band.
    pub across: usize,
    pub lines: Vec<String>,
}

pub(super) fn lay_out(face: &FontRef<'_>, lines: &[String], width: usize, height: usize) -> Layout {
    let lines: Vec<String> =
        lines.iter().map(|line| tidy(line)).filter(|l| !l.is_empty()).collect();
    let (across, down) = (width as f32, height as f32);
    let rows = lines.len().max(1) as f32;
    let wished = (across.min(down) * SHARE).max(SMALLEST);
    let tall = wished.min(down * TALLEST / (rows * PITCH + 1.0));
    let margin = tall / 2.0;
    let room = (across - 2.0 * margin).max(0.0);
    let widest = lines.iter().map(|line| length(face, tall, line)).fold(0.0, f32::max);
    let size = if widest > room { tall * (room / widest).max(SHRINK) } else { tall };
    let lines: Vec<String> = lines.into_iter().map(|line| cut(face, size, line, room)).collect();
    let widest = lines.iter().map(|line| length(face, size, line)).fold(0.0, f32::max);
    let band = if lines.is_empty() { 0.0 } else { rows * size * PITCH + 2.0 * margin };
    Layout {
        size,
        pitch: size * PITCH,
        margin,
        top: height - pixels(band).min(height),
        across: pixels(widest + 2.0 * margin).min(width),
        lines,
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn pixels(length: f32) -> usize {
    length.ceil() as usize
}

/// One line of bounded length: breaks and other control characters become blanks.
fn tidy(line: &str) -> String {
    let blank = |c: char| if c.is_control() { ' ' } else { c };
    line.chars().take(LONGEST).map(blank).collect::<String>().trim().to_owned()
}

/// The font's own measure for type of this size: it goes by the height of a line.
pub(super) fn scale(face: &FontRef<'_>, size: f32) -> f32 {
    size * face.height_unscaled() / face.units_per_em().unwrap_or(1000.0)
}

/// The length of a line in pixels.
fn length(face: &FontRef<'_>, size: f32, line: &str) -> f32 {
    let scaled = face.as_scaled(scale(face, size));
    line.chars().map(|letter| scaled.h_advance(scaled.glyph_id(letter))).sum()
}

/// The line, ended by an ellipsis where it is longer than there is room.
fn cut(face: &FontRef<'_>, size: f32, line: String, room: f32) -> String {
    if length(face, size, &line) <= room {
        return line;
    }
    let mut line = line;
    while line.pop().is_some() {
        let ended = format!("{}…", line.trim_end());
        if length(face, size, &ended) <= room {
            return ended;
        }
    }
    String::new()
}
