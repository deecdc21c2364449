//! The log shows when it was tampered with.

use domain::workflow::{Event, Recorded};
use serde_json::Value;
use support::{Camera, Picture, TestApp, report};
use zhoubian::actions::record::{chained, hex};

/// The hashes that these events should carry.
fn recomputed(events: &[Value]) -> Vec<String> {
    let mut hash = Vec::new();
    let of = |event: &Value| {
        let recorded = Recorded {
            at: event["at"].as_str().unwrap().parse().unwrap(),
            by: event["by"].as_i64().unwrap(),
            bureau: event["bureau"].as_str().map(str::to_owned),
            event: serde_json::from_value::<Event>(event["payload"].clone()).unwrap(),
        };
        hash = chained(&hash, event["n"].as_i64().unwrap(), &recorded, &event["payload"]).unwrap();
        hex(&hash)
    };
    events.iter().map(of).collect()
}

#[tokio::test]
async fn every_event_carries_the_hash_of_the_one_before() {
    let town = TestApp::start().await;
    let (ana, bo, huanwei) = (town.inspector("ana"), town.inspector("bo"), town.bureau("huanwei"));
    let elsewhere = Camera { position: Some(town.spot(0).north(900.0)), ..Camera::default() };
    let draft = report()
        .at(town.spot(0))
        .condition("0101B")
        .picture(&Picture::jpeg().by(&elsewhere))
        .note("西门 \"quoted\" \u{1f6ae}");
    let issue = ana.submits(&draft).await.issue();
    ana.uploads(&draft.pictures[0]).await.ok();
    bo.submits(&report().at(town.spot(0).north(3.3)).condition("0101A")).await.ok();
    assert_eq!(town.looks_at_photos().await, 1);
    huanwei.accepts(issue).await.ok();
    huanwei.rectifies(issue).await;
    bo.fails(issue).await.ok();

    let events = town.office().gets(&format!("/issues/{issue}/events")).await.ok();
    let mut events = events["items"].as_array().unwrap().clone();
    let carried: Vec<String> =
        events.iter().map(|event| event["hash"].as_str().unwrap().to_owned()).collect();
    assert!(events.iter().any(|event| event["kind"] == "photo_flagged"));
    assert_eq!(recomputed(&events), carried);
    assert!(events.windows(2).all(|two| two[0]["seq"].as_i64() < two[1]["seq"].as_i64()));
    assert_eq!(events.last().unwrap()["n"], ana.sees(issue).await["version"]);

    // One letter in one event, and every hash from there on is another.
    let changed = 4;
    events[changed]["payload"]["distance_m"] = 3.31.into();
    let now = recomputed(&events);
    let same = now.iter().zip(&carried).filter(|(now, then)| now == then).count();
    assert_eq!(same, changed);
}
