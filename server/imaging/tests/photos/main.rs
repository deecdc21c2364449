//! Photos of every kind, good and bad, looked at from outside.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation)]

mod alike;
mod hostile;
mod kinds;
mod make;
mod same;

use imaging::{Limits, Look, Unreadable, look};
use make::Scene;

/// Room for everything that is made here.
const ROOM: Limits = Limits { max_pixels: 120_000_000, memory: 1 << 30 };

fn seen(bytes: &[u8]) -> Look {
    look(bytes, &ROOM).unwrap()
}

fn refused(bytes: &[u8]) -> Unreadable {
    look(bytes, &ROOM).unwrap_err()
}

/// The pixels of a rendition, by a decoder that has no part in making it.
fn pixels(jpeg: &[u8]) -> Scene {
    let mut decoder = jpeg_decoder::Decoder::new(jpeg);
    let rgb = decoder.decode().unwrap();
    let info = decoder.info().unwrap();
    Scene { width: usize::from(info.width), height: usize::from(info.height), rgb }
}

/// The colours in the middle of the quarters: upper left, upper right, lower left, lower right.
fn middles(scene: &Scene) -> [[u8; 3]; 4] {
    std::array::from_fn(|at| {
        let x = scene.width * (1 + 2 * (at % 2)) / 4;
        let y = scene.height * (1 + 2 * (at / 2)) / 4;
        let from = (y * scene.width + x) * 3;
        [scene.rgb[from], scene.rgb[from + 1], scene.rgb[from + 2]]
    })
}

/// Whether colours are the same to the eye.
fn alike(one: [[u8; 3]; 4], other: [[u8; 3]; 4], within: u8) -> bool {
    one.as_flattened().iter().zip(other.as_flattened()).all(|(a, b)| a.abs_diff(*b) <= within)
}
