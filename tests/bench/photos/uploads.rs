//! Photos sent to the server, whole and in pieces, announced before, beside plain copies of the same files.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zhoubian::actions::record::hex;

use super::sending::{self, How};
use super::{Plan, copies, picture};
use crate::measure::Outcome;
use crate::measure::client::Client;
use crate::measure::database::Own;
use crate::measure::random::Random;
use crate::result::Results;
use crate::town::{self, Spot, Town};
use crate::{disk, server};

/// Photos of one report.
const OF_A_REPORT: usize = 4;

/// Bytes of a piece of tus.
const PIECE: u64 = 1024 * 1024;

/// A photo in a file, and its digest.
#[derive(Debug, Clone)]
pub(super) struct Photo {
    /// Where it is.
    pub path: PathBuf,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// Path of its upload below the API's own, once it is announced.
    pub upload: String,
}

/// One way to send, beside plain copies that sync as often.
struct Way {
    how: How,
    piece: u64,
    sent: Vec<f64>,
    alone: Vec<f64>,
}

impl Way {
    fn new(how: How, piece: u64) -> Self {
        Self { how, piece, sent: Vec::new(), alone: Vec::new() }
    }

    fn tell(&self, (name, what): (&str, &str), plain: &str, results: &mut Results) {
        let mean = |rates: &[f64]| rates.iter().sum::<f64>() / rates.len().max(1) as f64;
        let (sent, alone) = (mean(&self.sent), mean(&self.alone));
        results.add(name, what, sent, "MB/s");
        results.add(&format!("{name}_plain"), plain, alone, "MB/s");
        let percent = sent * 100.0 / alone;
        let what = "  the server reaches of it";
        results.add(&format!("{name}_percent"), what, percent, "%, goal ≥ 60");
    }
}

/// Rounds of all, one after the other, so that an hour of a slow disk slows all.
pub async fn measure(plan: &Plan, own: &Own, jpeg: &[u8], results: &mut Results) -> Outcome<()> {
    let town = town::found(own, plan.clients).await?;
    let spots = town::spots(&town.app.gazetteer(), plan.photos, &mut Random::new(3));
    let running = server::start(Arc::clone(&town.app))?;
    let mut ways = [Way::new(How::Whole, u64::MAX), Way::new(How::InPieces(PIECE), PIECE)];
    let mut together = Vec::new();
    let folder = own.folder.join("copies");
    for round in 0..plan.rounds {
        for (number, way) in (0..).zip(&mut ways) {
            let mut photos = draw(own, jpeg, round * 2 + number, plan.photos)?;
            announce(running.address, &town, &mut photos, &spots).await?;
            let sources: Vec<PathBuf> = photos.iter().map(|photo| photo.path.clone()).collect();
            disk::settle(own)?;
            way.alone.push(copies::write(&sources, &folder, 1, way.piece)? / 1e6);
            if number == 0 {
                disk::settle(own)?;
                together.push(copies::write(&sources, &folder, plan.clients, way.piece)? / 1e6);
            }
            disk::settle(own)?;
            way.sent.push(send(running.address, &town, photos, way.how).await? / 1e6);
        }
    }
    running.stop().await?;
    let [whole, pieces] = &ways;
    let beside = "  a plain copy, an fdatasync for each";
    whole.tell(("photos", "photos of 3 MB made durable"), beside, results);
    let mean = together.iter().sum::<f64>() / together.len().max(1) as f64;
    let what = "  as many plain copies at once as there are clients";
    results.add("photos_plain_at_once", what, mean, "MB/s");
    let beside = "  a plain copy, an fdatasync for each MiB";
    pieces.tell(("tus", "the same by tus in pieces of 1 MiB"), beside, results);
    Ok(())
}

/// Writes photos of which no two are the same.
pub(super) fn draw(own: &Own, jpeg: &[u8], round: u32, count: usize) -> Outcome<Vec<Photo>> {
    let folder = own.folder.join("drawn");
    std::fs::create_dir_all(&folder)?;
    let one = |number: usize| {
        let bytes = picture::unlike_any_other(jpeg, u64::from(round) << 32 | number as u64);
        let path = folder.join(format!("{round}-{number}.jpg"));
        std::fs::write(&path, &bytes)?;
        Ok(Photo { path, sha256: hex(&Sha256::digest(&bytes)), upload: String::new() })
    };
    (0..count).map(one).collect()
}

/// Sends them all, each client its own; gives bytes a second.
pub(super) async fn send(
    address: SocketAddr,
    town: &Town,
    photos: Vec<Photo>,
    how: How,
) -> Outcome<f64> {
    let people = town.inspectors.clone();
    tokio::task::spawn_blocking(move || sending::send(address, &people, &photos, how)).await?
}

/// Reports that say what is to come, each by whoever sends its photos.
pub(super) async fn announce(
    address: SocketAddr,
    town: &Town,
    photos: &mut [Photo],
    spots: &[Spot],
) -> Outcome<()> {
    let of_each = photos.len().div_ceil(town.inspectors.len().max(1));
    for (person, own) in town.inspectors.iter().zip(photos.chunks_mut(of_each)) {
        let mut client = Client::new(address, &person.token);
        for (some, spot) in own.chunks_mut(OF_A_REPORT).zip(spots) {
            let path = format!("/reports/{}", Uuid::now_v7());
            let receipt = client.put(&path, &report(some, spot)?).await?.good("a report")?;
            let lines = receipt["photos"].as_array().ok_or("no photos in the receipt")?;
            for (photo, line) in some.iter_mut().zip(lines) {
                photo.upload = target(line)?;
            }
        }
    }
    Ok(())
}

fn report(photos: &[Photo], spot: &Spot) -> Outcome<String> {
    let mut lines = Vec::with_capacity(photos.len());
    for photo in photos {
        lines.push(json!({
            "photo_id": Uuid::new_v4(), "sha256": photo.sha256, "media_type": "image/jpeg",
            "bytes": photo.path.metadata()?.len(), "captured_at": "2026-11-20T01:12:03Z",
        }));
    }
    let (lat, lon) = spot.position.to_datum(domain::position::Datum::Wgs84);
    Ok(json!({
        "category": spot.category, "condition": spot.condition, "note": "", "source": "inspector",
        "captured_at": "2026-11-20T01:12:03Z", "sent_at": "2026-11-20T01:12:07Z",
        "position": {"lat": lat, "lon": lon, "datum": "wgs84"}, "photos": lines,
    })
    .to_string())
}

/// The path of an upload, below the API's own.
pub(crate) fn target(line: &Value) -> Outcome<String> {
    let url = line["upload_url"].as_str().ok_or("no upload_url")?;
    let (_, path) = url.split_once("/api/v1").ok_or("an upload elsewhere")?;
    Ok(path.to_owned())
}
