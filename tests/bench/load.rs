//! Clients that send without pause, each on its own kept connection.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use domain::position::{Datum, Position};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::measure::Outcome;
use crate::measure::client::{Answer, Client};
use crate::measure::latency::Latencies;
use crate::measure::random::Random;
use crate::town::{Person, Spot};

/// What clients saw.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// How long each request took.
    pub took: Latencies,
    /// Requests a second.
    pub rate: f64,
    /// Of these, reports that joined an issue.
    pub joined: usize,
}

/// What each request is.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A report that is kept.
    Report {
        /// Places without an issue, and how many of them were used.
        fresh: (Arc<Vec<Spot>>, Arc<AtomicUsize>),
        /// Places with one.
        known: Arc<Vec<Spot>>,
    },
    /// The same report with a line of its manifest twice: token and body are read, and it is refused.
    Refused(Arc<Vec<Spot>>),
    /// A GET of one of these paths.
    Get(Arc<Vec<String>>),
}

/// Share of reports near an issue that is open.
const NEAR_KNOWN: f64 = 0.3;

/// Lets every person send requests of one kind for a while.
pub async fn run(
    address: SocketAddr,
    people: &[Person],
    kind: &Kind,
    during: Duration,
    seed: u64,
) -> Outcome<Seen> {
    let began = Instant::now();
    let mut clients = JoinSet::new();
    for (number, person) in people.iter().enumerate() {
        let client = Client::new(address, &person.token);
        let random = Random::new(seed + number as u64);
        clients.spawn(one(client, kind.clone(), random, began + during));
    }
    let mut all = Seen::default();
    while let Some(ended) = clients.join_next().await {
        let one = ended??;
        all.took.extend(one.took);
        all.joined += one.joined;
    }
    all.rate = all.took.count() as f64 / began.elapsed().as_secs_f64();
    Ok(all)
}

async fn one(mut client: Client, kind: Kind, mut random: Random, until: Instant) -> Outcome<Seen> {
    let mut seen = Seen::default();
    while Instant::now() < until {
        let answer = once(&mut client, &kind, &mut random).await?;
        if matches!(kind, Kind::Report { .. })
            && answer.body.windows(13).any(|bytes| bytes == b"\"joined\":true")
        {
            seen.joined += 1;
        }
        seen.took.add(answer.took);
    }
    Ok(seen)
}

async fn once(client: &mut Client, kind: &Kind, random: &mut Random) -> Outcome<Answer> {
    let (answer, expected) = match kind {
        Kind::Report { fresh, known } => {
            let next =
                || fresh.0.get(fresh.1.fetch_add(1, Ordering::Relaxed) % fresh.0.len().max(1));
            let spot = if random.share() < NEAR_KNOWN { random.one_of(known) } else { next() };
            let spot = spot.ok_or("no places")?;
            let (id, body) = (Uuid::now_v7(), report(spot, random, false));
            (client.put(&format!("/reports/{id}"), &body).await?, 201)
        }
        Kind::Refused(spots) => {
            let spot = random.one_of(spots).ok_or("no places")?;
            let (id, body) = (random.id(), report(spot, random, true));
            (client.put(&format!("/reports/{id}"), &body).await?, 422)
        }
        Kind::Get(paths) => (client.get(random.one_of(paths).ok_or("no paths")?).await?, 200),
    };
    if answer.status == expected {
        return Ok(answer);
    }
    Err(format!(
        "{} instead of {expected}: {}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    )
    .into())
}

/// The body of a report with three photos, all stated in GCJ-02 as a phone's map has them.
pub fn report(spot: &Spot, random: &mut Random, photo_twice: bool) -> String {
    let position = stated(spot.position);
    let mut photo_id = random.id();
    let photos: Vec<String> = (0..3)
        .map(|_| {
            if !photo_twice {
                photo_id = random.id();
            }
            format!(
                r#"{{"photo_id":"{photo_id}","sha256":"{:016x}{:016x}{:016x}{:016x}","bytes":183422,"media_type":"image/jpeg","captured_at":"2026-11-20T01:12:03.5Z","position":{position}}}"#,
                random.any(),
                random.any(),
                random.any(),
                random.any()
            )
        })
        .collect();
    format!(
        r#"{{"category":"{}","condition":"{}","note":"菜市场西门外散落垃圾，约三平方米","source":"inspector","captured_at":"2026-11-20T01:12:03.5Z","captured_age_ms":4200,"sent_at":"2026-11-20T01:12:07.5Z","position":{position},"photos":[{}]}}"#,
        spot.category,
        spot.condition,
        photos.join(",")
    )
}

fn stated(position: Position) -> String {
    let (lat, lon) = position.to_datum(Datum::Gcj02);
    format!(r#"{{"lat":{lat:.6},"lon":{lon:.6},"datum":"gcj02","accuracy_m":12.0}}"#)
}
