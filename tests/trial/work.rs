//! Bureaus at work on a third of the issues, and somebody else who looks again.

use domain::position::{Datum, Position};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use uuid::Uuid;
use zhoubian::clock::Clock;

use crate::corpus::Picture;
use crate::day::stated;
use crate::drawn;
use crate::ledger::Ledger;
use crate::measure::Outcome;
use crate::measure::client::{Answer, Client};
use crate::people::{Person, Staff};

/// Desks at work at once.
const DESKS: usize = 8;

/// Works a third of all issues to their closure; gives how many were closed.
pub async fn a_third(staff: &Staff, issues: &[Value], ledger: &mut Ledger) -> Outcome<usize> {
    let mut working = JoinSet::new();
    for share in jobs(staff, issues, ledger)? {
        working.spawn(async move {
            let mut ledger = Ledger::default();
            let mut closed = 0;
            for job in share {
                closed += usize::from(job.work(&mut ledger).await?);
            }
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>((closed, ledger))
        });
    }
    let mut closed = 0;
    while let Some(done) = working.join_next().await {
        let (count, own) = done??;
        closed += count;
        ledger.merge(own);
    }
    Ok(closed)
}

/// A third of all issues, shared out among those at work; a fault where fewer wait for a bureau.
fn jobs(staff: &Staff, issues: &[Value], ledger: &mut Ledger) -> Outcome<Vec<Vec<Job>>> {
    let third = issues.len().div_ceil(3);
    let waiting: Vec<(i64, &Person)> =
        issues.iter().filter_map(|issue| waiting(staff, issue)).collect();
    if waiting.len() < third {
        let (waiting, issues) = (waiting.len(), issues.len());
        ledger.faults.push(format!(
            "{waiting} of {issues} issues are dispatched, fewer than the third to be worked, {third}"
        ));
    }
    let mut jobs: Vec<Vec<Job>> = (0..DESKS).map(|_| Vec::new()).collect();
    for (number, &(id, desk)) in spread(&waiting, third).enumerate() {
        let verifier = staff.verifiers.get(number % staff.verifiers.len().max(1));
        let verifier = verifier.ok_or("nobody looks again")?.clone();
        jobs[number % DESKS].push(Job { number, id, desk: desk.clone(), verifier });
    }
    Ok(jobs)
}

/// The issue's number and its lead's desk, while it waits to be accepted.
fn waiting<'a>(staff: &'a Staff, issue: &Value) -> Option<(i64, &'a Person)> {
    let desk = staff.bureaus.get(issue["lead"].as_str()?)?;
    (issue["stage"] == "dispatched").then_some((issue["id"].as_i64()?, desk))
}

/// So many of them, or all where there are fewer, evenly from the first to the last: the newest
/// issues alone would be those that nobody reported again.
fn spread<T>(all: &[T], count: usize) -> impl Iterator<Item = &T> {
    let count = count.min(all.len());
    (0..count).filter_map(move |number| all.get(number * all.len() / count))
}

/// One issue, from dispatched to closed.
struct Job {
    number: usize,
    id: i64,
    desk: Person,
    verifier: Person,
}

impl Job {
    async fn work(&self, ledger: &mut Ledger) -> Outcome<bool> {
        let (mut desk, mut verifier) = (self.desk.client(), self.verifier.client());
        let issue = self.read(&mut desk, ledger).await?.good("an issue of one's own")?;
        let mut version = issue["version"].as_i64().unwrap_or(0);
        if !self.step(&mut desk, "accept", &mut version, json!({}), ledger).await? {
            return Ok(false);
        }
        let after = drawn::photo(u64::try_from(self.id)?)?;
        let body =
            json!({"outcome": "rectified", "note": "已整改", "photos": [line(&issue, &after)?]});
        if !self.step(&mut desk, "rectify", &mut version, body, ledger).await? {
            return Ok(false);
        }
        self.photo(&mut desk, &after, ledger).await?;
        let read = self.read(&mut verifier, ledger).await?.good("an issue to verify")?;
        let mut version = read["version"].as_i64().unwrap_or(0);
        let body = json!({"passed": true, "note": "现场已清净", "photos": []});
        self.step(&mut verifier, "verify", &mut version, body, ledger).await
    }

    async fn read(&self, client: &mut Client, ledger: &mut Ledger) -> Outcome<Answer> {
        let answer = client.get(&format!("/issues/{}", self.id)).await?;
        ledger.time("GET /issues/{id}", &answer);
        Ok(answer)
    }

    async fn photo(&self, desk: &mut Client, after: &Picture, ledger: &mut Ledger) -> Outcome<()> {
        let path = format!("/photos/{}", after.sha256);
        let answer = desk.send("PUT", &path, "Content-Type: image/jpeg\r\n", &after.bytes).await?;
        ledger.time("PUT /photos", &answer);
        if answer.status == 201 {
            ledger.uploads += 1;
            ledger.uploaded_bytes += after.bytes.len();
            ledger.photos.insert((self.desk.login.clone(), after.sha256.clone()));
        } else {
            ledger.faults.push(format!("after-photo of issue {}: {}", self.id, answer.code()));
        }
        Ok(())
    }

    /// One command; every tenth is sent again and must give the first result.
    async fn step(
        &self,
        client: &mut Client,
        verb: &str,
        version: &mut i64,
        mut body: Value,
        ledger: &mut Ledger,
    ) -> Outcome<bool> {
        body["command_id"] = json!(Uuid::now_v7());
        let (path, seen) =
            (format!("/issues/{}:{verb}", self.id), format!("If-Match: \"{version}\"\r\n"));
        let answer = client.post(&path, &seen, &body).await?;
        ledger.time("POST /issues/{id}:command", &answer);
        if answer.status != 200 {
            ledger.refuse(verb, &answer);
            ledger.faults.push(format!("{verb} of issue {}: {}", self.id, answer.code()));
            return Ok(false);
        }
        if self.number.is_multiple_of(10) {
            ledger.retries += 1;
            let again = client.post(&path, &seen, &body).await?;
            if again.status != 200 || again.json()?["version"] != answer.json()?["version"] {
                ledger.faults.push(format!("{verb} of issue {} again: {}", self.id, again.code()));
            }
        }
        *version = answer.json()?["version"].as_i64().unwrap_or(0);
        Ok(true)
    }
}

/// A manifest's line for a photo taken where the issue is.
fn line(issue: &Value, picture: &Picture) -> Outcome<Value> {
    let at = &issue["position"];
    let (lat, lon) = at["lat"]
        .as_f64()
        .zip(at["lon"].as_f64())
        .ok_or("an issue without a place was dispatched")?;
    let position = stated(Position::from_datum(lat, lon, Datum::Wgs84)?, Datum::Gcj02);
    Ok(json!({
        "photo_id": Uuid::now_v7(), "sha256": picture.sha256, "bytes": picture.bytes.len(),
        "media_type": picture.media_type, "captured_at": Clock::machine().now().to_string(), "position": position,
    }))
}
