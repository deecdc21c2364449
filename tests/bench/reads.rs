//! Reading with many open issues: lists, the pull, and finding where a position lies.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::load::{self, Kind, Seen};
use crate::measure::Outcome;
use crate::measure::client::Client;
use crate::town::{Person, Spot, Town};

/// Readers at once.
const READERS: usize = 4;
/// Changes of a page, and pages of which the cursors are used.
const PAGE: usize = 100;
const PAGES: usize = 20;

/// One kind of read: its key, what it is called, what was seen.
pub type Read = (&'static str, &'static str, Seen);

/// Every kind of read, each for a while.
pub async fn measure(address: SocketAddr, town: &Town, during: Duration) -> Outcome<Vec<Read>> {
    let (office, bureau) = (&town.office, &town.bureau);
    let one = |path: &str| vec![path.to_owned()];
    let pulls = cursors(address, office).await?;
    let plan = [
        ("list_office", "GET /issues, the office's 50 nearest limits", office, one("/issues")),
        (
            "list_bureau",
            "GET /issues, a bureau's 50 open with the nearest limits",
            bureau,
            one("/issues?open=true"),
        ),
        ("changes", "GET /changes, a page of 100 for the office", office, pulls),
    ];
    let mut reads = Vec::new();
    for (key, what, person, paths) in plan {
        let readers = vec![person.clone(); READERS];
        reads.push((
            key,
            what,
            load::run(address, &readers, &Kind::Get(Arc::new(paths)), during, 1).await?,
        ));
    }
    Ok(reads)
}

/// Pages from the beginning of the feed.
async fn cursors(address: SocketAddr, reader: &Person) -> Outcome<Vec<String>> {
    let mut client = Client::new(address, &reader.token);
    let mut paths = vec![format!("/changes?limit={PAGE}")];
    for _ in 1..PAGES {
        let last = paths.last().ok_or("no page")?;
        let page = client.get(last).await?.good("a page of changes")?;
        let next = page["next"].as_str().ok_or("no cursor")?;
        paths.push(format!("/changes?limit={PAGE}&after={next}"));
    }
    Ok(paths)
}

/// Microseconds to find the area of a position.
pub fn locate_us(town: &Town, spots: &[Spot]) -> f64 {
    let gazetteer = town.app.gazetteer();
    let began = Instant::now();
    let found = spots.iter().filter(|spot| gazetteer.locate(spot.position).is_some()).count();
    began.elapsed().as_secs_f64() * 1e6 / found.max(1) as f64
}
