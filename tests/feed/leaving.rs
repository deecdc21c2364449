//! What leaves a reader's sight is taken from what they hold.

use serde_json::{Value, json};
use support::{Person, TestApp, report};

/// The changes since a cursor, as (op, id), and the next cursor.
async fn since(reader: &Person, after: Option<&str>) -> (Vec<(String, i64)>, String) {
    let page = reader.pulls(after, 200).await.ok();
    assert_eq!(page["has_more"], false);
    let change = |change: &Value| {
        (change["op"].as_str().unwrap().to_owned(), change["id"].as_i64().unwrap())
    };
    let changes = page["changes"].as_array().unwrap().iter().map(change).collect();
    (changes, page["next"].as_str().unwrap().to_owned())
}

fn upsert(issue: i64) -> Vec<(String, i64)> {
    vec![("upsert".to_owned(), issue)]
}

fn remove(issue: i64) -> Vec<(String, i64)> {
    vec![("remove".to_owned(), issue)]
}

#[tokio::test]
async fn a_bureau_is_told_to_drop_what_went_to_another() {
    let town = TestApp::start().await;
    let (office, huanwei, xinhua) = (town.office(), town.bureau("huanwei"), town.bureau("xinhua"));
    let zhifa = town.bureau("zhifa");
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    let (first, lead) = since(&huanwei, None).await;
    let (_, helper) = since(&xinhua, None).await;
    assert_eq!(first, upsert(issue));
    office.dispatches(issue, "zhifa").await.ok();
    let (dropped, lead) = since(&huanwei, Some(&lead)).await;
    assert_eq!(dropped, remove(issue));
    assert_eq!(since(&xinhua, Some(&helper)).await.0, remove(issue), "and so is who helped");
    assert_eq!(since(&zhifa, None).await.0, upsert(issue));
    // Back again between two pulls.
    office.dispatches(issue, "huanwei").await.ok();
    assert_eq!(since(&huanwei, Some(&lead)).await.0, upsert(issue));
}

#[tokio::test]
async fn an_inspector_drops_what_has_ended_in_their_duty_area() {
    let town = TestApp::start().await;
    let (ana, bo, chen) = (town.inspector("ana"), town.inspector("bo"), town.inspector("chen"));
    let (office, huanwei) = (town.office(), town.bureau("huanwei"));
    let issue = ana.submits(&report().at(town.spot(0))).await.issue();
    let (seen, at_bo) = since(&bo, None).await;
    assert_eq!(seen, upsert(issue));
    let (_, at_ana) = since(&ana, None).await;
    huanwei.accepts(issue).await.ok();
    assert_eq!(since(&bo, Some(&at_bo)).await.0, upsert(issue));
    office.commands(issue, "override", json!({"reason": "on record"})).await.ok();
    assert_eq!(since(&bo, Some(&at_bo)).await.0, remove(issue), "his colleague's, and ended");
    assert_eq!(since(&ana, Some(&at_ana)).await.0, upsert(issue), "her own");
    assert_eq!(since(&huanwei, None).await.0, upsert(issue));
    assert_eq!(since(&chen, None).await.0, Vec::new());
}

#[tokio::test]
async fn a_removal_says_nothing_of_the_issue() {
    let town = TestApp::start().await;
    let (office, huanwei) = (town.office(), town.bureau("huanwei"));
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    office.dispatches(issue, "zhifa").await.ok();
    let page = huanwei.pulls(None, 10).await.ok();
    assert_eq!(page["changes"][0]["issue"], Value::Null);
    assert_eq!(page["changes"][0]["op"], "remove");
}
