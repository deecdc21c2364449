//! Every event of every issue, and whether their hashes hold.

use std::collections::BTreeMap;

use domain::workflow::{Event, Recorded};
use serde_json::Value;
use zhoubian::actions::record::{chained, hex};

use super::reader::Reader;
use crate::chaos::{Outcome, Summary};

/// What the events say.
#[derive(Debug, Default)]
pub struct Log {
    /// Reports: id to the issues that name it.
    pub reports: BTreeMap<String, Vec<i64>>,
    /// Photos: id to how often each arrived.
    pub photos: BTreeMap<String, usize>,
    /// Kind of each event, by issue and place.
    pub kinds: BTreeMap<(i64, i64), String>,
}

/// Reads them all.
pub async fn read(reader: &mut Reader, summary: &mut Summary) -> Outcome<Log> {
    let mut log = Log::default();
    for (issue, _version) in reader.issues().await? {
        let page = reader.must(&format!("/issues/{issue}/events")).await?;
        let events = page["items"].as_array().ok_or("no events")?;
        if let Err(why) = holds(events) {
            summary.wrong.push(format!("chain of issue {issue}: {why}"));
        }
        for event in events {
            log.take(issue, event);
        }
        summary.compared.0 += 1;
        summary.compared.1 += events.len();
    }
    Ok(log)
}

impl Log {
    fn take(&mut self, issue: i64, event: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (kind, payload) = (text(&event["kind"]), &event["payload"]);
        match kind.as_str() {
            "reported" | "joined" => {
                self.reports.entry(text(&payload["report"])).or_default().push(issue);
            }
            "photo_stored" => *self.photos.entry(text(&payload["photo"])).or_default() += 1,
            _ => {}
        }
        self.kinds.insert((issue, event["n"].as_i64().unwrap_or_default()), kind);
    }
}

/// Computes every hash anew from what the API shows.
fn holds(events: &[Value]) -> Outcome<()> {
    let mut hash = Vec::new();
    for (place, event) in events.iter().enumerate() {
        let n = event["n"].as_i64().ok_or("no n")?;
        if usize::try_from(n)? != place + 1 {
            return Err(format!("event {n} at place {}", place + 1).into());
        }
        let recorded = Recorded {
            at: event["at"].as_str().ok_or("no time")?.parse()?,
            by: event["by"].as_i64().ok_or("nobody")?,
            bureau: event["bureau"].as_str().map(str::to_owned),
            event: serde_json::from_value::<Event>(event["payload"].clone())?,
        };
        hash = chained(&hash, n, &recorded, &event["payload"])?;
        if event["hash"] != hex(&hash) {
            return Err(format!("event {n} has another hash").into());
        }
    }
    Ok(())
}
