//! What phones have to send: drawn before anything is measured.

use domain::position::Datum;
use serde_json::json;
use sha2::{Digest, Sha256};
use support::Picture;
use uuid::Uuid;
use zhoubian::actions::record::hex;

use crate::photos::picture::unlike_any_other;
use crate::town::Spot;

/// Photos of a report.
const PHOTOS: u64 = 3;

/// A report, and by which numbers its photos are unlike any other.
#[derive(Debug)]
pub struct Report {
    /// Its id.
    pub id: Uuid,
    /// Its body.
    pub body: String,
    /// Numbers of its photos, in the order of its manifest.
    pub photos: Vec<u64>,
}

/// A JPEG of about 300 KB.
pub fn jpeg() -> Vec<u8> {
    Picture::of_sizes().pop().unwrap_or_default()
}

/// Every phone's day.
pub fn days(phones: usize, reports: usize, jpeg: &[u8], spots: &[Spot]) -> Vec<Vec<Report>> {
    let spots = &spots[..phones * reports];
    let (mut days, mut number) = (Vec::with_capacity(phones), 0);
    for own in spots.chunks(reports) {
        let mut day = Vec::with_capacity(reports);
        for spot in own {
            let photos: Vec<u64> = (number..number + PHOTOS).collect();
            number += PHOTOS;
            let all: Vec<Vec<u8>> =
                photos.iter().map(|number| unlike_any_other(jpeg, *number)).collect();
            day.push(Report { id: Uuid::now_v7(), body: body(spot, &all), photos });
        }
        days.push(day);
    }
    days
}

/// A report's body with these photos in its manifest.
pub fn body(spot: &Spot, photos: &[Vec<u8>]) -> String {
    let line = |bytes: &Vec<u8>| {
        json!({
            "photo_id": Uuid::now_v7(), "sha256": hex(&Sha256::digest(bytes)),
            "bytes": bytes.len(), "media_type": "image/jpeg",
            "captured_at": "2026-11-20T01:12:03Z",
        })
    };
    let (lat, lon) = spot.position.to_datum(Datum::Wgs84);
    json!({
        "category": spot.category, "condition": spot.condition, "note": "", "source": "inspector",
        "captured_at": "2026-11-20T01:12:03Z", "sent_at": "2026-11-20T01:12:07Z",
        "position": {"lat": lat, "lon": lon, "datum": "wgs84"},
        "photos": photos.iter().map(line).collect::<Vec<_>>(),
    })
    .to_string()
}
