//! Pictures to announce and to send.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::Spot;

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
    /// A JPEG unlike any other.
    pub fn jpeg() -> Self {
        let start = [0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, b'J', b'F', b'I', b'F', 0x00, 0x01];
        Self::new(&start, "image/jpeg")
    }

    /// A PNG unlike any other.
    pub fn png() -> Self {
        Self::new(b"\x89PNG\r\n\x1a\n", "image/png")
    }

    fn new(start: &[u8], media_type: &'static str) -> Self {
        let tail = (0..16).flat_map(|_| Uuid::new_v4().into_bytes());
        Self { id: Uuid::new_v4(), bytes: start.iter().copied().chain(tail).collect(), media_type }
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

/// SHA-256, lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    zhoubian::actions::record::hex(&Sha256::digest(bytes))
}
