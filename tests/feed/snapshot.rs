//! Starting again: a snapshot, and what changed while it was read.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use support::{Person, TestApp, report};

#[tokio::test]
async fn a_snapshot_read_while_others_write_misses_nothing() {
    let town = TestApp::start().await;
    let (office, ana) = (town.office(), town.inspector("ana"));
    let readers =
        [town.office(), town.admin(), town.bureau("huanwei"), town.inspector("bo"), ana.clone()];
    for number in 0..8 {
        ana.submits(&report().at(town.spot(number))).await.ok();
    }
    town.supervisor().submits(&report().at(town.spot(30)).blind()).await.ok();
    let done = Arc::new(AtomicBool::new(false));
    let mut following = tokio::task::JoinSet::new();
    for reader in readers.clone() {
        let done = Arc::clone(&done);
        following.spawn(async move {
            let mut rounds = Vec::new();
            while !done.load(Ordering::Acquire) {
                rounds.push(starts(&reader).await);
            }
            (reader, rounds)
        });
    }
    for round in 0..24 {
        let issue = ana.submits(&report().at(town.spot(8 + round))).await.issue();
        office.dispatches(issue - 4, if round % 2 == 0 { "zhifa" } else { "huanwei" }).await;
        office.voids(issue - 6).await;
    }
    done.store(true, Ordering::Release);
    for ended in following.join_all().await {
        let (reader, rounds) = ended;
        let login = reader.member.login.clone();
        let fresh = reader.pulls_all().await;
        assert_eq!(reader.starts_again(3).await, fresh, "{login}");
        for (mut held, after) in rounds {
            reader.goes_on(&mut held, &after).await;
            assert_eq!(held, fresh, "{login}");
        }
    }
}

/// A snapshot in small pages, and the cursor it ends with.
async fn starts(reader: &Person) -> (std::collections::BTreeMap<i64, serde_json::Value>, String) {
    let (mut held, mut after) = (std::collections::BTreeMap::new(), String::new());
    loop {
        let page = reader.gets(&format!("/changes/snapshot?limit=2{after}")).await.ok();
        let issues = page["issues"].as_array().unwrap();
        assert!(issues.len() <= 2);
        held.extend(issues.iter().map(|issue| (issue["id"].as_i64().unwrap(), issue.clone())));
        let next = page["next"].as_str().unwrap();
        if page["has_more"] == false {
            return (held, next.to_owned());
        }
        after = format!("&after={next}");
    }
}

#[tokio::test]
async fn a_snapshot_holds_what_its_reader_sees() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let issue = ana.submits(&report().at(town.spot(0))).await.issue();
    let blind = town.supervisor().submits(&report().at(town.spot(1)).blind()).await.issue();
    for (reader, sees) in [
        (town.office(), vec![issue, blind]),
        (town.supervisor(), vec![issue, blind]),
        (town.admin(), vec![issue]),
        (town.bureau("huanwei"), vec![issue]),
        (town.bureau("zhifa"), vec![]),
        (town.inspector("chen"), vec![]),
        (ana.clone(), vec![issue]),
    ] {
        let (held, after) = starts(&reader).await;
        assert_eq!(held.keys().copied().collect::<Vec<_>>(), sees, "{}", reader.member.login);
        let page = reader.pulls(Some(&after), 50).await.ok();
        assert_eq!(page["changes"], serde_json::json!([]));
    }
    // Nor is there a word of what is blind in the pull of who may not see it.
    let page = town.admin().pulls(None, 50).await.ok();
    assert_eq!(page["changes"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_cursor_is_for_what_it_was_handed_out_for() {
    let town = TestApp::start().await;
    let (ana, bo) = (town.inspector("ana"), town.inspector("bo"));
    for number in 0..2 {
        ana.submits(&report().at(town.spot(number))).await.ok();
    }
    let page = ana.gets("/changes/snapshot?limit=1").await.ok();
    assert_eq!(page["has_more"], true);
    let next = page["next"].as_str().unwrap();
    ana.pulls(Some(next), 50).await.is_problem(400, "request-malformed");
    let path = format!("/changes/snapshot?after={next}");
    bo.gets(&path).await.is_problem(410, "must-refetch");
    assert_eq!(ana.gets(&path).await.ok()["has_more"], false);
    let feed = ana.catches_up().await;
    let path = format!("/changes/snapshot?after={feed}");
    ana.gets(&path).await.is_problem(400, "request-malformed");
    ana.gets("/changes/snapshot?limit=1001").await.is_problem(422, "limit-invalid");
}
