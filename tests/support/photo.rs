//! Pictures to announce and to send.

use std::io::Cursor;

use image::ImageFormat::{self, Jpeg, Png};
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Camera, Spot};

/// A photo as a phone holds it: bytes that show their type, and what the manifest says of them.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Made on the device.
    pub id: Uuid,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What the manifest calls them.
    pub media_type: &'static str,
}

impl Picture {
    /// A small JPEG that shows something unlike any other.
    pub fn jpeg() -> Self {
        Self::of(encoded(&view(48, 36, &any_seed()), Jpeg), "image/jpeg")
    }

    /// A JPEG of a scene, large enough to be cut and scaled.
    pub fn of_scene(scene: &RgbImage, quality: u8) -> Self {
        let mut bytes = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
        scene.write_with_encoder(encoder).unwrap();
        Self::of(bytes, "image/jpeg")
    }

    /// JPEGs of about 3, 60, 150 and 300 KB: noise, which does not shrink.
    pub fn of_sizes() -> Vec<Vec<u8>> {
        let noise = |side: u32| {
            let mut random = crate::random::Random::new(u64::from(side));
            let picture = RgbImage::from_fn(side, side, |_, _| {
                let [red, green, blue, ..] = random.any().to_le_bytes();
                Rgb([red, green, blue])
            });
            encoded(&picture, Jpeg)
        };
        [48, 250, 400, 560].into_iter().map(noise).collect()
    }

    /// A JPEG of at least so many bytes, unlike any other.
    pub fn jpeg_of(least: usize) -> Self {
        let mut bytes = Self::jpeg().bytes;
        while bytes.len() < least {
            let noise: Vec<u8> = (0..3_000).flat_map(|_| Uuid::new_v4().into_bytes()).collect();
            bytes = with_segment(&bytes, 0xfe, &noise);
        }
        Self::of(bytes, "image/jpeg")
    }

    /// A small PNG unlike any other.
    pub fn png() -> Self {
        let noise: Vec<u8> = (0..12).flat_map(|_| Uuid::new_v4().into_bytes()).collect();
        Self::of(encoded(&RgbImage::from_raw(8, 8, noise).unwrap(), Png), "image/png")
    }

    /// These bytes, under a new id.
    pub fn of(bytes: Vec<u8>, media_type: &'static str) -> Self {
        Self { id: Uuid::new_v4(), bytes, media_type }
    }

    /// The same JPEG as this camera would have written it.
    #[must_use]
    pub fn by(self, camera: &Camera) -> Self {
        Self { bytes: camera.writes(&self.bytes), ..self }
    }

    /// SHA-256 of its bytes, hex.
    pub fn sha256(&self) -> String {
        sha256(&self.bytes)
    }

    /// Its line in a manifest, taken at this instant, without a position.
    pub fn line(&self, captured_at: jiff::Timestamp) -> Value {
        json!({
            "photo_id": self.id,
            "sha256": self.sha256(),
            "bytes": self.bytes.len(),
            "media_type": self.media_type,
            "captured_at": captured_at,
        })
    }

    /// The same, taken here.
    pub fn line_at(&self, captured_at: jiff::Timestamp, spot: Spot) -> Value {
        let mut line = self.line(captured_at);
        line["position"] = json!({"lat": spot.lat, "lon": spot.lon, "datum": "wgs84"});
        line
    }
}

/// A picture of four corners that can be told apart: red, green, blue and white, from the upper left
/// as one reads.
pub fn scene(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (2 * x < width, 2 * y < height) {
        (true, true) => Rgb([220, 30, 30]),
        (false, true) => Rgb([30, 200, 30]),
        (true, false) => Rgb([30, 30, 220]),
        (false, false) => Rgb([240, 240, 240]),
    })
}

/// Something to see that the seed decides: patches of light and dark, one into the other, and sharp
/// things on them. It fills any size in the same way.
pub fn view(width: u32, height: u32, seed: &[u8; 16]) -> RgbImage {
    const ACROSS: usize = 9;
    const DOWN: usize = 7;
    let number = u64::from_le_bytes(*seed.first_chunk().unwrap())
        ^ u64::from_le_bytes(*seed.last_chunk().unwrap());
    let mut random = crate::random::Random::new(number);
    let mut byte = || random.any().to_le_bytes()[3];
    let patches: [[u8; ACROSS]; DOWN] = std::array::from_fn(|_| std::array::from_fn(|_| byte()));
    let things: [[u8; 5]; 12] = std::array::from_fn(|_| std::array::from_fn(|_| byte()));
    RgbImage::from_fn(width, height, |x, y| {
        let (right, down) = (part(x, width), part(y, height));
        let (column, row) = (right * 7.99, down * 5.99);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let (left, top) = (column as usize, row as usize);
        let at = |x: usize, y: usize| f32::from(patches[y][x]);
        let between = |a: f32, b: f32, share: f32| a + (b - a) * share;
        let upper = between(at(left, top), at(left + 1, top), column.fract());
        let lower = between(at(left, top + 1), at(left + 1, top + 1), column.fract());
        let mut grey = between(upper, lower, row.fract());
        for [x, y, wide, high, shade] in things {
            let within = |at: f32, from: u8, length: u8| {
                let from = f32::from(from) / 280.0;
                (from..from + 0.03 + f32::from(length) / 1_600.0).contains(&at)
            };
            if within(right, x, wide) && within(down, y, high) {
                grey = f32::from(shade);
            }
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let channel = |share: f32| (30.0 + grey * share) as u8;
        Rgb([channel(0.8), channel(0.76), channel(0.7)])
    })
}

/// A seed unlike any other.
pub fn any_seed() -> [u8; 16] {
    Uuid::new_v4().into_bytes()
}

#[allow(clippy::cast_precision_loss)]
fn part(at: u32, of: u32) -> f32 {
    (at as f32 + 0.5) / of as f32
}

/// A picture as a file.
pub fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG with one more segment right after its start (ITU-T T.81 B.1.1.4).
pub fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let (start, rest) = jpeg.split_at(2);
    // The length counts itself.
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [start, &[0xff, marker], &length, content, rest].concat()
}

/// SHA-256, lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    zhoubian::actions::record::hex(&Sha256::digest(bytes))
}
