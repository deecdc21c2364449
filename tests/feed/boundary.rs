//! What changes between two pulls, and between two pages of one.

use std::collections::BTreeMap;

use serde_json::Value;
use support::{Person, TestApp, report};

fn ops(page: &Value) -> Vec<(String, i64)> {
    let op = |change: &Value| {
        (change["op"].as_str().unwrap().to_owned(), change["id"].as_i64().unwrap())
    };
    page["changes"].as_array().unwrap().iter().map(op).collect()
}

/// Case 34: an issue leaves scope and returns between pulls.
#[tokio::test]
async fn what_left_and_returned_between_pulls_is_held_as_it_is() {
    let town = TestApp::start().await;
    let (office, huanwei) = (town.office(), town.bureau("huanwei"));
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    let after = huanwei.catches_up().await;
    for lead in ["zhifa", "huanwei", "zhifa", "huanwei"] {
        office.dispatches(issue, lead).await.ok();
    }
    // Entry by entry it is the same: each says what holds now.
    for limit in [1, 2, 200] {
        let (mut after, mut seen) = (after.clone(), Vec::new());
        loop {
            let page = huanwei.pulls(Some(&after), limit).await.ok();
            seen.extend(ops(&page));
            page["next"].as_str().unwrap().clone_into(&mut after);
            if page["has_more"] == false {
                break;
            }
        }
        assert!(!seen.is_empty());
        assert!(seen.iter().all(|one| *one == ("upsert".to_owned(), issue)), "{seen:?}");
    }
    office.dispatches(issue, "zhifa").await.ok();
    let page = huanwei.pulls(Some(&after), 200).await.ok();
    assert_eq!(ops(&page), [("remove".to_owned(), issue)]);
}

/// What a reader holds after pages of one entry, with something done after each.
async fn page_by_page(
    reader: &Person,
    after: &str,
    mut between: impl AsyncFnMut(usize),
) -> BTreeMap<i64, i64> {
    let (mut held, mut after) = (BTreeMap::new(), after.to_owned());
    for number in 0.. {
        let page = reader.pulls(Some(&after), 1).await.ok();
        for change in page["changes"].as_array().unwrap() {
            let id = change["id"].as_i64().unwrap();
            match change["op"].as_str() {
                Some("upsert") => held.insert(id, change["version"].as_i64().unwrap()),
                _ => held.remove(&id),
            };
        }
        page["next"].as_str().unwrap().clone_into(&mut after);
        if page["has_more"] == false {
            return held;
        }
        between(number).await;
    }
    held
}

/// Case 35: rows change at a page boundary.
#[tokio::test]
async fn what_changes_between_two_pages_is_not_missed() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let (huanwei, zhifa) = (town.bureau("huanwei"), town.bureau("zhifa"));
    let (after, at_zhifa) = (huanwei.catches_up().await, zhifa.catches_up().await);
    let mut issues = Vec::new();
    for number in 0..6 {
        issues.push(ana.submits(&report().at(town.spot(number))).await.issue());
    }
    // The one just read changes, the next one goes away, the last one changes twice.
    let held = page_by_page(&huanwei, &after, async |number| match number {
        0 => drop(huanwei.accepts(issues[0]).await.ok()),
        1 => drop(office.dispatches(issues[2], "zhifa").await.ok()),
        2 => drop(office.voids(issues[5]).await.ok()),
        4 => drop(office.dispatches(issues[1], "zhifa").await.ok()),
        _ => {}
    })
    .await;
    let fresh: BTreeMap<i64, i64> = huanwei
        .pulls_all()
        .await
        .into_iter()
        .map(|(id, issue)| (id, issue["version"].as_i64().unwrap()))
        .collect();
    assert_eq!(held, fresh);
    assert_eq!(held.keys().copied().collect::<Vec<_>>(), [0, 3, 4, 5].map(|number| issues[number]));
    let theirs = page_by_page(&zhifa, &at_zhifa, async |_| ()).await;
    assert_eq!(theirs.keys().copied().collect::<Vec<_>>(), issues[1..3]);
}
