//! A month's published figures come out: 天门 Tianmen, December 2016.
//!
//! Due 972, closed 911, on time 737: 93.72 % and 75.82 %; events 902 of 956: 94.35 %; components 9 of
//! 16: 56.25 %. The API has no breakdown by group, so events here are one bureau's and components
//! another's. The counts are Tianmen's, the days ours.

use serde_json::{Value, json};
use support::{Answer, Draft, Person, TestApp, report};
use tokio::task::JoinSet;
use uuid::Uuid;

const EVENTS: usize = 956;
const COMPONENTS: usize = 16;

/// What is done at once; enough to keep a small machine busy.
const AT_ONCE: usize = 8;

/// Closes issues, each step over HTTP: accepted, rectified with a photo, verified.
async fn close(town: &TestApp, bureau: &str, issues: &[i64]) {
    let mut working = JoinSet::new();
    for part in issues.chunks(issues.len().div_ceil(AT_ONCE).max(1)) {
        let (bureau, verifier, part) = (town.bureau(bureau), town.office(), part.to_vec());
        let now = town.now();
        working.spawn(async move {
            for issue in part {
                // Version 3: reported, filed, dispatched. Nobody else touches them.
                take(&bureau, issue, "accept", 3, json!({})).await;
                let seen = bureau.sees(issue).await;
                let picture = support::Picture::jpeg();
                let mut line = picture.line(now);
                line["position"] = seen["position"].clone();
                line["position"]["datum"] = "wgs84".into();
                take(
                    &bureau,
                    issue,
                    "rectify",
                    4,
                    json!({"outcome": "rectified", "photos": [line]}),
                )
                .await;
                bureau.uploads(&picture).await.ok();
                take(&verifier, issue, "verify", 6, json!({"passed": true})).await;
            }
        });
    }
    working.join_all().await;
}

async fn take(who: &Person, issue: i64, verb: &str, version: u32, body: Value) {
    let taken = who.commands_at(issue, verb, &format!("\"{version}\""), Uuid::new_v4(), body).await;
    taken.ok();
}

/// Reports them all, from eight phones; the issues in the order of the drafts.
async fn report_all(town: &TestApp, drafts: Vec<Draft>) -> Vec<i64> {
    let mut reporting = JoinSet::new();
    let of_one = drafts.len().div_ceil(AT_ONCE);
    for (phone, part) in drafts.chunks(of_one).enumerate() {
        let (inspector, part) =
            (town.inspector(&format!("inspector{:02}", phone + 1)), part.to_vec());
        reporting.spawn(async move {
            let mut issues = Vec::with_capacity(part.len());
            for draft in &part {
                issues.push(inspector.submits(draft).await);
            }
            issues
        });
    }
    let answers: Vec<Answer> = reporting.join_all().await.into_iter().flatten().collect();
    assert!(answers.iter().all(|answer| answer.body["joined"] == false));
    answers.into_iter().map(Answer::issue).collect()
}

#[tokio::test]
async fn the_published_rates_come_out() {
    let town = TestApp::start().await;
    let at = |n: usize| town.spot_in("429901100000", n / 3).north([0.0, 45.0, -45.0][n % 3]);
    let events = (0..EVENTS).map(|n| report().at(at(n)).condition("0101B")).collect();
    let components = (0..COMPONENTS)
        .map(|n| report().at(town.spot(n)).category("1101").condition("1101A"))
        .collect();
    let (events, components) =
        (report_all(&town, events).await, report_all(&town, components).await);

    // 730 events and 7 components in time …
    town.wait(30);
    close(&town, "huanwei", &events[..730]).await;
    close(&town, "shizheng", &components[..7]).await;
    // … 172 and 2 after their limits (two hours; days) …
    town.wait(8 * 24 * 60);
    close(&town, "huanwei", &events[730..902]).await;
    close(&town, "shizheng", &components[7..9]).await;
    // … and 54 and 7 not at all.
    let read = town
        .office()
        .gets("/figures?from=2026-11-15T16:00:00Z&to=2026-12-15T16:00:00Z&by=bureau")
        .await;
    let figures = read.ok();
    let total = &figures["total"];
    assert_eq!(
        (&total["due"], &total["closed"], &total["closed_on_time"]),
        (&972.into(), &911.into(), &737.into())
    );
    assert_eq!(
        total["close_rate"],
        json!({"numerator": 911, "denominator": 972, "percent": 93.72})
    );
    assert_eq!(
        total["on_time_close_rate"],
        json!({"numerator": 737, "denominator": 972, "percent": 75.82})
    );
    let row = |code: &str| {
        let rows = figures["rows"].as_array().unwrap();
        rows.iter().find(|row| row["code"] == code).unwrap()["close_rate"].clone()
    };
    assert_eq!(row("huanwei"), json!({"numerator": 902, "denominator": 956, "percent": 94.35}));
    assert_eq!(row("shizheng"), json!({"numerator": 9, "denominator": 16, "percent": 56.25}));
    // What is overdue stays due in the next month; what was closed is not due again.
    let next =
        town.office().gets("/figures?from=2026-12-15T16:00:00Z&to=2026-12-20T16:00:00Z").await.ok();
    assert_eq!((&next["total"]["due"], &next["total"]["closed"]), (&61.into(), &0.into()));
}
