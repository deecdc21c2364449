//! Sixteen who write, and readers who pull all the while: nothing is missed, nothing goes back.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use support::{Draft, Person, Spot, TestApp, report};
use tokio::task::JoinSet;
use uuid::Uuid;

/// Rounds of each writer.
const ROUNDS: usize = 8;

/// What a reader holds, and how it came by it.
#[derive(Default)]
struct Holding {
    issues: BTreeMap<i64, Value>,
    versions: BTreeMap<i64, i64>,
    pages: usize,
}

impl Holding {
    fn take(&mut self, page: &Value) {
        self.pages += 1;
        for change in page["changes"].as_array().unwrap() {
            let (id, version) =
                (change["id"].as_i64().unwrap(), change["version"].as_i64().unwrap());
            let before = self.versions.insert(id, version);
            assert!(
                before.is_none_or(|before| before <= version),
                "issue {id} went back to {version}"
            );
            if change["op"] == "remove" {
                self.issues.remove(&id);
            } else {
                assert_eq!(change["issue"]["version"], version);
                self.issues.insert(id, change["issue"].clone());
            }
        }
    }
}

/// Pulls in small pages until the writers are done, and then to the end.
async fn follow(reader: Person, limit: u32, done: Arc<AtomicBool>) -> (Person, Holding) {
    let (mut holding, mut after) = (Holding::default(), None);
    loop {
        let last_round = done.load(Ordering::Acquire);
        let page = reader.pulls(after.as_deref(), limit).await.ok();
        holding.take(&page);
        after = Some(page["next"].as_str().unwrap().to_owned());
        if last_round && page["has_more"] == false {
            return (reader, holding);
        }
    }
}

/// Reports among few spots, so that most join; sends some twice and some falsely, so that writes are
/// undone all the time.
async fn report_much(inspector: Person, seed: usize, spots: Vec<Spot>, desk: [Person; 3]) {
    let [office, huanwei, zhifa] = desk;
    for round in 0..ROUNDS {
        let spot = spots[(seed * 5 + round * 3) % spots.len()];
        let draft: Draft = report().at(spot).note(&format!("{seed} {round}")).photos(round % 2);
        let (one, other) = tokio::join!(inspector.submits(&draft), inspector.submits(&draft));
        assert_eq!(
            one.status + other.status,
            401,
            "one of the two is new: {} {}",
            one.body,
            other.body
        );
        let issue = one.issue();
        inspector
            .submits(&draft.clone().note("other words"))
            .await
            .is_problem(409, "report-conflict");
        if let Some(picture) = draft.pictures.first() {
            inspector.uploads(picture).await.ok();
        }
        let version = format!("\"{}\"", 3 + round % 3);
        let id = Uuid::new_v4();
        let answer = match (seed + round) % 5 {
            0 => office.dispatches(issue, if round % 2 == 0 { "zhifa" } else { "huanwei" }).await,
            1 => zhifa.commands_at(issue, "accept", &version, id, json!({})).await,
            2 => office.voids(issue).await,
            _ => huanwei.commands_at(issue, "accept", &version, id, json!({})).await,
        };
        assert!([200, 404, 409, 412].contains(&answer.status), "{} {}", answer.status, answer.body);
    }
}

#[tokio::test]
async fn whoever_pulls_while_others_write_ends_with_what_a_fresh_pull_holds() {
    let town = TestApp::start().await;
    let done = Arc::new(AtomicBool::new(false));
    let mut readers = JoinSet::new();
    for (reader, limit) in
        [(town.office(), 7), (town.bureau("huanwei"), 3), (town.inspector("bo"), 5)]
    {
        readers.spawn(follow(reader, limit, Arc::clone(&done)));
    }
    let spots: Vec<Spot> = (0..12).map(|number| town.spot(number)).collect();
    let mut writers = JoinSet::new();
    for seed in 1..=16 {
        let desk = [town.office(), town.bureau("huanwei"), town.bureau("zhifa")];
        writers.spawn(report_much(
            town.inspector(&format!("inspector{seed:02}")),
            seed,
            spots.clone(),
            desk,
        ));
    }
    writers.join_all().await;
    done.store(true, Ordering::Release);
    for (reader, holding) in readers.join_all().await {
        let login = &reader.member.login;
        assert_eq!(holding.issues, reader.pulls_all().await, "{login}");
        let mut listed = reader.lists("").await;
        listed.sort_unstable();
        assert_eq!(holding.issues.keys().copied().collect::<Vec<_>>(), listed, "{login}");
        assert!(!holding.versions.is_empty() && holding.pages > 1, "{login} pulled nothing");
    }
    let total: i64 = town
        .office()
        .pages("/issues?limit=200")
        .await
        .iter()
        .flatten()
        .map(|issue| issue["report_count"].as_i64().unwrap())
        .sum();
    assert_eq!(total, 16 * i64::try_from(ROUNDS).unwrap(), "every report is in exactly one issue");
}
