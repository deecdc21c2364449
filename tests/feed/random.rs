//! Anything in any order: writers who write, wait in their transactions and take back, and readers who
//! pull and poll all the while. A run tells its seed; the same seed does the same.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::workflow::Event;
use serde_json::Value;
use support::{Back, Person, Spot, TestApp, report};
use tokio::task::JoinSet;
use zhoubian::actions::record::{Act, Ledger};
use zhoubian::problem::Error;
use zhoubian::store::issues;

const WRITERS: u64 = 16;
const STEPS: usize = 12;

/// `SplitMix64` (Steele et al. 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % count as u64).unwrap()
    }
}

/// Holds a step of an issue between its feed number and its end, whichever that is.
async fn long_transaction(actor: &Person, issue: i64, held: Duration, ends_well: bool) {
    let (app, who) = (actor.app(), actor.actor());
    let now = app.clock.now();
    let work = move |conn: &mut schema::Conn| {
        let mut issue = issues::find_locked(conn, issue)?.ok_or(Error::NotFound)?;
        let act = Act { actor: &who, at: now, command: None };
        let mut ledger = Ledger::default();
        ledger.append(conn, &mut issue, vec![Event::Accepted], act)?;
        ledger.close(conn)?;
        std::thread::sleep(held);
        if ends_well { Ok(()) } else { Err(Error::NotFound) }
    };
    let done = app.db.write(work).await;
    assert!(done.is_ok() == ends_well, "{done:?}");
}

async fn writes(seed: u64, inspector: Person, desk: [Person; 3], spots: Vec<Spot>) {
    let mut random = Random(seed);
    let [office, huanwei, zhifa] = desk;
    let mut mine = Vec::new();
    for step in 0..STEPS {
        let new = mine.is_empty() || random.below(3) == 0;
        if new {
            let spot = spots[random.below(spots.len())];
            mine.push(inspector.submits(&report().at(spot).note(&step.to_string())).await.issue());
            continue;
        }
        let issue = mine[random.below(mine.len())];
        let answer = match random.below(7) {
            0 => office.dispatches(issue, "zhifa").await,
            1 => office.dispatches(issue, "huanwei").await,
            2 => huanwei.accepts(issue).await,
            3 => zhifa.accepts(issue).await,
            4 => office.voids(issue).await,
            well => {
                let held = Duration::from_millis(random.below(20) as u64);
                long_transaction(&huanwei, issue, held, well == 5).await;
                continue;
            }
        };
        assert!([200, 404, 409, 412].contains(&answer.status), "{} {}", answer.status, answer.body);
    }
}

/// What a reader holds, and at which versions.
#[derive(Default)]
struct Holding {
    issues: BTreeMap<i64, Value>,
    versions: BTreeMap<i64, i64>,
}

impl Holding {
    fn take(&mut self, page: &Value) {
        for change in page["changes"].as_array().unwrap() {
            let (id, version) =
                (change["id"].as_i64().unwrap(), change["version"].as_i64().unwrap());
            let before = self.versions.insert(id, version);
            assert!(before.is_none_or(|before| before <= version), "issue {id} went back");
            match change["op"].as_str() {
                Some("upsert") => self.issues.insert(id, change["issue"].clone()),
                _ => self.issues.remove(&id),
            };
        }
    }
}

/// Pulls, or polls where `wait_s` is not 0, until the writers are done and nothing is left.
async fn follows(
    reader: Person,
    limit: u32,
    wait_s: u64,
    done: Arc<AtomicBool>,
) -> (Person, Holding) {
    let (mut holding, mut after) = (Holding::default(), String::new());
    loop {
        let last_round = done.load(Ordering::Acquire);
        let wait_s = if last_round { 0 } else { wait_s };
        let path = format!("/changes?limit={limit}&wait={wait_s}{after}");
        let page = reader.gets(&path).await.ok();
        holding.take(&page);
        after = format!("&after={}", page["next"].as_str().unwrap());
        if last_round && page["has_more"] == false {
            return (reader, holding);
        }
    }
}

/// Cases 30 and 31, at random: numbers out of order under long transactions, rollbacks after allocation.
#[tokio::test]
async fn no_poller_misses_anything_or_sees_an_issue_go_back() {
    let town = TestApp::start().await;
    let seed = u64::from(uuid::Uuid::new_v4().as_fields().0);
    println!("seed {seed}");
    let done = Arc::new(AtomicBool::new(false));
    // On PostgreSQL half of them ask another process than the writers do.
    let other = match Back::of_this_run() {
        Back::Postgres => Some(town.another().await),
        Back::Sqlite => None,
    };
    let elsewhere =
        |person: Person| other.as_ref().map_or(person.clone(), |other| other.asked_by(&person));
    let mut readers = JoinSet::new();
    for (reader, limit, wait_s) in [
        (town.office(), 7, 0),
        (town.bureau("huanwei"), 3, 0),
        (town.admin(), 5, 1),
        (town.inspector("bo"), 2, 1),
        (elsewhere(town.bureau("zhifa")), 4, 1),
        (elsewhere(town.office()), 1000, 1),
        (elsewhere(town.inspector("ana")), 3, 0),
    ] {
        readers.spawn(follows(reader, limit, wait_s, Arc::clone(&done)));
    }
    let spots: Vec<Spot> = (0..24).map(|number| town.spot(number)).collect();
    let mut writers = JoinSet::new();
    for number in 1..=WRITERS {
        let desk = [town.office(), town.bureau("huanwei"), town.bureau("zhifa")];
        let inspector = town.inspector(&format!("inspector{number:02}"));
        writers.spawn(writes(seed.wrapping_mul(31) + number, inspector, desk, spots.clone()));
    }
    writers.join_all().await;
    done.store(true, Ordering::Release);
    for (reader, holding) in readers.join_all().await {
        let login = &reader.member.login;
        assert!(holding.issues == reader.pulls_all().await, "{login}, seed {seed}");
        assert!(holding.issues == reader.starts_again(9).await, "{login}, seed {seed}");
    }
}
