//! What happens to problems, from the street to their end.

mod blind;
mod bulletins;
pub(crate) mod cards;
mod claims;
mod conflicts;
mod crowd;
mod desk;
mod desk_clocks;
mod evidence;
mod extension;
mod joining;
mod limit_periods;
mod limits;
mod links;
mod notices;
mod offline;
mod overhead_cables;
mod papers;
mod returns;
mod rework;
mod staged;
mod suspension;
mod tianmen;
mod time_travel;
mod together;
mod verification;

use serde_json::Value;
use support::{Person, START};

/// The figures of the day on which stories take place, all together.
async fn figures(reader: &Person) -> Value {
    let (from, to) = (START, START + jiff::SignedDuration::from_hours(24));
    let read = reader.gets(&format!("/figures?from={from}&to={to}&by=bureau")).await;
    read.ok()["total"].clone()
}

/// What happened to an issue, in words.
pub(crate) async fn kinds(reader: &Person, issue: i64) -> Vec<String> {
    let events = reader.gets(&format!("/issues/{issue}/events")).await.ok();
    let events = events["items"].as_array().unwrap().clone();
    events.iter().map(|event| event["kind"].as_str().unwrap().to_owned()).collect()
}
