//! Reports, photos and commands against what was promised of them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::chains::Log;
use super::reader::Reader;
use crate::chaos::oracle::{Known, Promised};
use crate::chaos::world::World;
use crate::chaos::{Outcome, Summary};
use crate::sha256;

/// What one sender states of a report and the server must give back as it was.
const SAME: [&str; 6] = ["category", "condition", "note", "source", "captured_at", "position"];

/// Compares everything.
pub async fn compare(
    world: &World,
    reader: &mut Reader,
    log: &Log,
    summary: &mut Summary,
) -> Outcome<()> {
    let known = world.oracle.known();
    reports(&known, reader, log, summary).await?;
    for (digest, length) in &known.photos {
        match reader.photo(digest).await? {
            None => summary.lost.push(format!("photo {digest}: not there")),
            Some(bytes) if sha256(&bytes) == *digest && bytes.len() as u64 == *length => {}
            Some(_other) => summary.lost.push(format!("photo {digest}: other bytes")),
        }
    }
    let twice = log.photos.iter().filter(|(_, count)| **count > 1);
    summary
        .doubled
        .extend(twice.map(|(photo, count)| format!("photo {photo} arrived {count} times")));
    commands(&known, log, summary);
    Ok(())
}

async fn reports(
    known: &Known,
    reader: &mut Reader,
    log: &Log,
    summary: &mut Summary,
) -> Outcome<()> {
    for (id, report) in known.reports.iter().filter(|(_, report)| report.is_taken) {
        let of = format!("phone {} report {id}", report.phone);
        let Some(issue) = report.issue else {
            summary.lost.push(format!("{of}: taken, and never acknowledged"));
            continue;
        };
        match log.reports.get(&id.to_string()).map(Vec::as_slice) {
            None => summary.lost.push(format!("{of}: in no issue")),
            Some([only]) if *only == issue => {}
            Some(issues) => summary.doubled.push(format!("{of}: said {issue}, is in {issues:?}")),
        }
        match reader.get(&format!("/reports/{id}")).await? {
            None => summary.lost.push(format!("{of}: not there")),
            Some(found) => summary
                .lost
                .extend(differs(report, &found).into_iter().map(|what| format!("{of}: {what}"))),
        }
    }
    let unknown = log
        .reports
        .keys()
        .filter(|id| id.parse().ok().is_none_or(|id: uuid::Uuid| !known.reports.contains_key(&id)));
    summary.wrong.extend(unknown.map(|id| format!("report {id}: of no phone")));
    Ok(())
}

/// What of a report is not as it was sent.
fn differs(sent: &Promised, found: &Value) -> Vec<String> {
    let mut differs = Vec::new();
    let body = &found["body"];
    for field in SAME {
        let same = match field {
            // The server adds what was left out.
            "position" => {
                ["lat", "lon", "datum"].iter().all(|of| body[field][of] == sent.body[field][of])
            }
            _ => body[field] == sent.body[field],
        };
        if !same {
            differs.push(format!("{field} is {}", body[field]));
        }
    }
    let digests = |photos: &Value| -> Vec<(Value, Value)> {
        let all = photos.as_array().cloned().unwrap_or_default();
        all.iter().map(|line| (line["photo_id"].clone(), line["sha256"].clone())).collect()
    };
    if digests(&body["photos"]) != digests(&sent.body["photos"]) {
        differs.push("another manifest".to_owned());
    }
    if found["receipt"]["complete"] != true {
        differs.push(format!("not complete: {}", found["receipt"]["photos"]));
    }
    differs
}

/// Every acknowledged command is the event that it was said to be, and no two are the same one.
fn commands(known: &Known, log: &Log, summary: &mut Summary) {
    let mut of_version: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    for (id, done) in &known.commands {
        let at = (done.issue, done.version);
        *of_version.entry(at).or_default() += 1;
        let fits: &[&str] = match done.verb.as_str() {
            "accept" => &["accepted"],
            "rectify" => &["rectified"],
            "verify" => &["closed", "reopened"],
            "dispatch" => &["dispatched"],
            _ => continue,
        };
        let kind = log.kinds.get(&at).map_or("nothing", String::as_str);
        if !fits.contains(&kind) {
            summary.lost.push(format!("command {id} {} is {kind} at {at:?}", done.verb));
        }
    }
    let twice = of_version.iter().filter(|(_, count)| **count > 1);
    summary.doubled.extend(twice.map(|(at, count)| format!("{count} commands made {at:?}")));
}
