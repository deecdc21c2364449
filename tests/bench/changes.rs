//! Pulling changes from the released program: how fast ten thousand come, what a poll without news
//! weighs, what a thousand held polls take, and how soon they are woken.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::load::report;
use crate::measure::Outcome;
use crate::measure::client::Client;
use crate::measure::latency::Latencies;
use crate::measure::process::Server;
use crate::measure::random::Random;
use crate::result::Results;
use crate::town::{Person, Spot};

/// Changes that are pulled, and of each page.
const CHANGES: usize = 10_000;
const PAGE: usize = 1_000;
/// Polls that are held at once.
const HELD: usize = 1_000;
/// Polls that are woken one after another.
const WOKEN: usize = 100;
/// Time for the server to have all polls that were sent.
const SETTLE: Duration = Duration::from_secs(3);

/// Who pulls; places without an issue.
#[derive(Debug)]
pub struct Cast<'a> {
    /// Those whose polls are held.
    pub inspectors: &'a [Person],
    /// Somebody of the office.
    pub office: &'a Person,
    /// Somebody of a bureau.
    pub bureau: &'a Person,
    /// Where nothing is reported yet.
    pub fresh: &'a [Spot],
}

/// Measures all of it.
pub async fn measure(server: &Server, cast: &Cast<'_>, results: &mut Results) -> Outcome<()> {
    for (key, whose, person) in
        [("office", "the office's", cast.office), ("bureau", "a bureau's", cast.bureau)]
    {
        let pulled = pull(server.address, person).await?;
        let seconds = pulled.took.as_secs_f64() * CHANGES as f64 / pulled.changes.max(1) as f64;
        let what = format!("pulling 10,000 changes, {whose}");
        results.add(&format!("pull_{key}_s"), &what, seconds, "s, goal ≤ 2");
        let bytes = pulled.bytes as f64 / pulled.changes.max(1) as f64;
        results.add(&format!("pull_{key}_bytes"), "  JSON of each", bytes, "bytes");
    }
    let quiet = weight(server.address, cast.bureau).await?;
    results.add(
        "quiet_poll_bytes",
        "a poll with nothing new, head and body",
        quiet,
        "bytes, goal ≤ 1,024",
    );
    held(server, cast, results).await
}

struct Pulled {
    changes: usize,
    bytes: usize,
    took: Duration,
}

/// Epoch, last feed number and scope of somebody's cursor.
async fn cursor(client: &mut Client) -> Outcome<[String; 3]> {
    let page = client.get("/changes/snapshot?limit=1").await?.good("a snapshot")?;
    let mut parts = page["next"].as_str().ok_or("no cursor")?.split('.').map(str::to_owned);
    let mut next = || parts.next().ok_or("a short cursor");
    Ok([next()?, next()?, next()?])
}

/// From the beginning of the feed.
async fn pull(address: SocketAddr, person: &Person) -> Outcome<Pulled> {
    let mut client = Client::new(address, &person.token);
    let [epoch, _, scope] = cursor(&mut client).await?;
    let mut after = format!("{epoch}.0.{scope}");
    let mut pulled = Pulled { changes: 0, bytes: 0, took: Duration::ZERO };
    while pulled.changes < CHANGES {
        let page = client.get(&format!("/changes?limit={PAGE}&after={after}")).await?;
        pulled.took += page.took;
        pulled.bytes += page.body.len();
        let page = page.good("a page of changes")?;
        pulled.changes += page["changes"].as_array().map_or(0, Vec::len);
        page["next"].as_str().ok_or("no cursor")?.clone_into(&mut after);
        if page["has_more"] != true {
            break;
        }
    }
    Ok(pulled)
}

/// Bytes of a whole answer when there is nothing new.
async fn weight(address: SocketAddr, person: &Person) -> Outcome<f64> {
    let after = cursor(&mut Client::new(address, &person.token)).await?.join(".");
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(poll(&after, 0, person, "Connection: close\r\n").as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer.len() as f64)
}

fn poll(after: &str, wait_s: u64, person: &Person, headers: &str) -> String {
    format!(
        "GET /api/v1/changes?wait={wait_s}&after={after} HTTP/1.1\r\nHost: bench\r\n{headers}Authorization: Bearer {}\r\n\r\n",
        person.token
    )
}

async fn held(server: &Server, cast: &Cast<'_>, results: &mut Results) -> Outcome<()> {
    let (waker, others) = cast.inspectors.split_first().ok_or("no inspectors")?;
    // Snapshots have a memory of their own: they are asked for before the polls are weighed.
    let mut cursors = Vec::with_capacity(others.len());
    for person in others {
        let after = cursor(&mut Client::new(server.address, &person.token)).await?.join(".");
        cursors.push((person, after));
    }
    let before = server.resident_mib()?;
    let mut polls = Vec::with_capacity(HELD);
    for (person, after) in cursors.iter().cycle().take(HELD) {
        let mut stream = TcpStream::connect(server.address).await?;
        stream.write_all(poll(after, 60, person, "").as_bytes()).await?;
        polls.push(stream);
    }
    tokio::time::sleep(SETTLE).await;
    let answered = polls.iter().filter(|stream| stream.try_read(&mut [0]).is_ok()).count();
    if answered > 0 {
        return Err(format!("{answered} polls were not held").into());
    }
    let taken = server.resident_mib()? - before;
    results.add("held_polls_mib", "memory of 1,000 held polls", taken, "MiB, goal ≤ 50");
    let woken = wakes(server.address, waker, cast.fresh).await?;
    for percent in [50, 99] {
        let key = format!("wake_p{percent}_ms");
        let what = format!("a poll is answered after its report is, beside them: p{percent}");
        results.add(&key, &what, woken.percentile_ms(percent), "ms");
    }
    Ok(())
}

/// From the answer to a report to that of the poll of whoever sent it.
async fn wakes(address: SocketAddr, person: &Person, fresh: &[Spot]) -> Outcome<Latencies> {
    let (mut random, mut took) = (Random::new(9), Latencies::default());
    let mut sender = Client::new(address, &person.token);
    let mut after = cursor(&mut sender).await?.join(".");
    for spot in fresh.iter().take(WOKEN) {
        let mut held = sender.another();
        let path = format!("/changes?wait=60&after={after}");
        let mut poll = JoinSet::new();
        poll.spawn(async move {
            let page = held.get(&path).await?.good("a held poll")?;
            Outcome::Ok((page, Instant::now()))
        });
        tokio::time::sleep(Duration::from_millis(20)).await;
        let path = format!("/reports/{}", uuid::Uuid::now_v7());
        sender.put(&path, &report(spot, &mut random, false)).await?.good("a report")?;
        let reported = Instant::now();
        let (page, answered) = poll.join_next().await.ok_or("no poll")???;
        page["next"].as_str().ok_or("no cursor")?.clone_into(&mut after);
        took.add(answered.saturating_duration_since(reported));
    }
    Ok(took)
}
