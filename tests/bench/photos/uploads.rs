//! Photos sent to the server, announced before, beside plain copies of the same files.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zhoubian::actions::record::hex;

use super::{Plan, copies, picture, sending};
use crate::measure::Outcome;
use crate::measure::client::Client;
use crate::measure::database::Own;
use crate::measure::random::Random;
use crate::result::Results;
use crate::town::{self, Spot, Town};
use crate::{disk, server};

/// Photos of one report.
const OF_A_REPORT: usize = 4;

/// A photo in a file, and its digest.
#[derive(Debug, Clone)]
pub(super) struct Photo {
    /// Where it is.
    pub path: PathBuf,
    /// Lower-case hexadecimal.
    pub sha256: String,
}

/// Rounds of both, one after the other, so that an hour of a slow disk slows both.
pub async fn measure(plan: &Plan, own: &Own, jpeg: &[u8], results: &mut Results) -> Outcome<()> {
    let town = town::found(own, plan.clients).await?;
    let spots = town::spots(&town.app.gazetteer(), plan.photos, &mut Random::new(3));
    let running = server::start(Arc::clone(&town.app))?;
    let (mut sent, mut alone, mut together) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..plan.rounds {
        let photos = draw(own, jpeg, round, plan.photos)?;
        announce(running.address, &town, &photos, &spots).await?;
        disk::settle(own)?;
        let sources: Vec<PathBuf> = photos.iter().map(|photo| photo.path.clone()).collect();
        alone.push(copies::write(&sources, &own.folder.join("copies"), 1)? / 1e6);
        disk::settle(own)?;
        together.push(copies::write(&sources, &own.folder.join("copies"), plan.clients)? / 1e6);
        disk::settle(own)?;
        sent.push(send(running.address, &town, photos).await? / 1e6);
    }
    running.stop().await?;
    let mean = |rates: &[f64]| rates.iter().sum::<f64>() / rates.len().max(1) as f64;
    let (sent, alone) = (mean(&sent), mean(&alone));
    results.add("photos", "photos of 3 MB made durable", sent, "MB/s");
    results.add("copies", "  a plain copy, an fdatasync for each", alone, "MB/s");
    results.add(
        "photos_percent",
        "  the server reaches of it",
        sent * 100.0 / alone,
        "%, goal ≥ 60",
    );
    let what = "  as many plain copies at once as there are clients";
    results.add("copies_at_once", what, mean(&together), "MB/s");
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
        Ok(Photo { path, sha256: hex(&Sha256::digest(&bytes)) })
    };
    (0..count).map(one).collect()
}

/// Sends them all, each client its own; gives bytes a second.
pub(super) async fn send(address: SocketAddr, town: &Town, photos: Vec<Photo>) -> Outcome<f64> {
    let people = town.inspectors.clone();
    tokio::task::spawn_blocking(move || sending::send(address, &people, &photos)).await?
}

/// Reports that say what is to come, each by whoever sends its photos.
pub(super) async fn announce(
    address: SocketAddr,
    town: &Town,
    photos: &[Photo],
    spots: &[Spot],
) -> Outcome<()> {
    let of_each = photos.len().div_ceil(town.inspectors.len().max(1));
    for (person, own) in town.inspectors.iter().zip(photos.chunks(of_each)) {
        let mut client = Client::new(address, &person.token);
        for (some, spot) in own.chunks(OF_A_REPORT).zip(spots) {
            let path = format!("/reports/{}", Uuid::now_v7());
            client.put(&path, &report(some, spot)?).await?.good("a report")?;
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
