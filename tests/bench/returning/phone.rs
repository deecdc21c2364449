//! A phone that brings its day: as the reference client does, over a client that takes less of the
//! processors.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;

use super::backlog::Report;
use super::{PIECE, Seen};
use crate::measure::Outcome;
use crate::measure::client::{Answer, Client};
use crate::photos::picture::unlike_any_other;
use crate::photos::uploads::target;

/// Brings everything.
pub async fn returns(
    address: SocketAddr,
    token: String,
    day: Vec<Report>,
    jpeg: Vec<u8>,
) -> Outcome<Seen> {
    let (mut client, mut seen) = (Client::new(address, &token), Seen::default());
    for report in day {
        let path = format!("/reports/{}", report.id);
        let receipt = put(&mut client, &path, &report.body, &mut seen).await?;
        let lines = receipt["photos"].as_array().ok_or("no photos in the receipt")?;
        for (line, number) in lines.iter().zip(&report.photos) {
            let photo = unlike_any_other(&jpeg, *number);
            send(&mut client, &target(line)?, &photo, &mut seen).await?;
        }
        let receipt = client.put(&path, &report.body).await?.good("a report again")?;
        if receipt["complete"] != true {
            return Err(format!("not complete: {receipt}").into());
        }
    }
    Ok(seen)
}

async fn put(client: &mut Client, path: &str, body: &str, seen: &mut Seen) -> Outcome<Value> {
    loop {
        let answer = client.put(path, body).await?;
        if !waits(&answer, seen).await {
            seen.reports.add(answer.took);
            return answer.good("a report");
        }
    }
}

async fn send(client: &mut Client, path: &str, photo: &[u8], seen: &mut Seen) -> Outcome<()> {
    let mut at = 0;
    while at < photo.len() {
        let piece = &photo[at..photo.len().min(at + PIECE)];
        let headers = format!(
            "Tus-Resumable: 1.0.0\r\nUpload-Offset: {at}\r\n\
             Content-Type: application/offset+octet-stream\r\n"
        );
        let answer = client.send("PATCH", path, &headers, piece).await?;
        if waits(&answer, seen).await {
            continue;
        }
        if answer.status != 204 {
            return Err(format!("a piece: {} {}", answer.status, answer.code()).into());
        }
        seen.pieces.add(answer.took);
        seen.bytes += piece.len() as u64;
        at += piece.len();
    }
    Ok(())
}

/// Obeys Retry-After; whether there was one with 429 or 503.
async fn waits(answer: &Answer, seen: &mut Seen) -> bool {
    let Some(seconds) = answer.retry_after.filter(|_| [429, 503].contains(&answer.status)) else {
        return false;
    };
    *seen.waits.entry(answer.code()).or_default() += 1;
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    true
}
