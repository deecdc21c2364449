//! Pictures to announce and to send.

use std::io::Cursor;
use std::sync::LazyLock;

use image::ImageFormat::{self, Jpeg, Png};
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
    /// A small JPEG unlike any other.
    pub fn jpeg() -> Self {
        static DRAWN: LazyLock<Vec<u8>> = LazyLock::new(|| encoded(&scene(48, 36), Jpeg));
        let tail: Vec<u8> = (0..4).flat_map(|_| Uuid::new_v4().into_bytes()).collect();
        // What makes it unlike any other stands in a comment, which no viewer shows.
        Self::of(with_segment(&DRAWN, 0xfe, &tail), "image/jpeg")
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
