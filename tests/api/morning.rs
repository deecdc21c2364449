//! The morning's figures: each is the length of one list, for all, for a bureau and for a point.

use reqwest::Method;
use serde_json::{Value, json};
use support::{Person, TestApp, report};

use super::lists::varied;

/// The figures, and the filter behind each; `{}` is from when on what was reported is new.
const FIGURES: [(&str, &str); 6] = [
    ("new", "new_since={}"),
    ("due_today", "due=today"),
    ("overdue", "due=overdue"),
    ("unrouted", "unrouted=true"),
    ("returned", "returned=true"),
    ("rectified_waiting", "stage=rectified"),
];

/// Compares every figure of a row with the list behind it; gives their sum.
async fn row_is_its_lists(reader: &Person, row: &Value, since: &str, more: &str) -> u64 {
    let mut sum = 0;
    for (figure, filter) in FIGURES {
        let filter = filter.replace("{}", since);
        let count = row[figure].as_u64().unwrap();
        let listed = reader.lists(&format!("{filter}{more}")).await;
        assert_eq!(count, listed.len() as u64, "{figure}{more} by {}: {row}", reader.member.login);
        sum += count;
    }
    sum
}

async fn morning_is_its_lists(reader: &Person) -> Value {
    let morning = reader.gets("/morning").await.ok();
    let since = morning["new_since"].as_str().unwrap();
    row_is_its_lists(reader, &morning["figures"], since, "").await;
    for row in morning["by_bureau"].as_array().unwrap() {
        let lead = row["bureau"].as_str().unwrap_or("-");
        assert_eq!(row["name"].is_null(), lead == "-", "{row}");
        let sum = row_is_its_lists(reader, row, since, &format!("&lead={lead}")).await;
        assert!(sum > 0, "{row} tells nothing");
    }
    for row in morning["by_point"].as_array().unwrap() {
        let point = row["point"].as_str().unwrap();
        let sum = row_is_its_lists(reader, row, since, &format!("&point={point}")).await;
        assert!(sum > 0 && row["name"].is_string(), "{row} tells nothing");
    }
    // An issue has one lead at most, so the bureaus' figures add up.
    for (figure, _) in FIGURES {
        let rows = morning["by_bureau"].as_array().unwrap().iter();
        let sum: u64 = rows.map(|row| row[figure].as_u64().unwrap()).sum();
        assert_eq!(sum, morning["figures"][figure].as_u64().unwrap(), "{figure}");
    }
    morning
}

#[tokio::test]
async fn every_figure_is_the_length_of_its_list() {
    let (town, _) = varied().await;
    town.supervisor().submits(&report().at(town.spot(40)).blind()).await.ok();
    let mut seen = [0; FIGURES.len()];
    for hours in [0, 9, 24] {
        town.wait(60 * hours);
        let extra = report().at(town.spot(60 + usize::try_from(hours).unwrap()));
        town.inspector("ana").submits(&extra).await.ok();
        let morning = morning_is_its_lists(&town.office()).await;
        for (most, (figure, _)) in seen.iter_mut().zip(FIGURES) {
            *most = morning["figures"][figure].as_u64().unwrap().max(*most);
        }
    }
    for reader in [town.supervisor(), town.admin()] {
        morning_is_its_lists(&reader).await;
    }
    assert!(seen.iter().all(|most| *most > 0), "a figure that was never anything: {seen:?}");
}

#[tokio::test]
async fn what_is_overdue_is_shown_with_its_picture_and_nothing_blind() {
    let town = TestApp::start().await;
    let (ana, office, huanwei) = (town.inspector("ana"), town.office(), town.bureau("huanwei"));
    let with = report().at(town.spot(0)).photos(2);
    let issue = ana.submits(&with).await.issue();
    for picture in &with.pictures {
        ana.uploads(picture).await.ok();
    }
    let plain = ana.submits(&report().at(town.spot(1))).await.issue();
    let rectified = report().at(town.spot(2)).photos(1);
    let waits = ana.submits(&rectified).await.issue();
    ana.uploads(&rectified.pictures[0]).await.ok();
    huanwei.accepts(waits).await.ok();
    huanwei.rectifies(waits).await;
    let blind = report().at(town.spot(3)).blind().photos(1);
    town.supervisor().submits(&blind).await.ok();
    town.supervisor().uploads(&blind.pictures[0]).await.ok();
    assert_eq!(office.gets("/morning").await.ok()["exposed"], json!([]), "nothing is overdue yet");

    town.wait(60 * 24 * 3);
    let shown = office.gets("/morning").await.ok()["exposed"].clone();
    assert_eq!(shown.as_array().unwrap().len(), 1, "{shown}");
    assert_eq!((&shown[0]["id"], &shown[0]["photo"]), (&issue.into(), &Value::Null));
    assert!(shown[0]["lead_name"].is_string() && shown[0]["points"].is_array());
    town.looks_at_photos().await;
    let shown = office.gets("/morning").await.ok()["exposed"].clone();
    let sha256 = shown[0]["photo"].as_str().unwrap();
    assert!(with.pictures.iter().any(|picture| picture.sha256() == sha256));
    assert_eq!(office.gets(&format!("/photos/{sha256}/large")).await.status, 200);
    assert_eq!(office.gets("/morning").await.ok()["figures"]["overdue"], 2);
    assert_eq!(office.lists("due=overdue").await, [issue, plain]);
}

#[tokio::test]
async fn the_meeting_may_say_since_when_is_new() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    ana.submits(&report().at(town.spot(0))).await.ok();
    town.wait(1);
    let since = town.now();
    ana.submits(&report().at(town.spot(1))).await.ok();
    let voided = ana.submits(&report().at(town.spot(2))).await.issue();
    town.office().voids(voided).await.ok();
    let office = town.office();
    let morning = office.gets(&format!("/morning?new_since={since}")).await.ok();
    assert_eq!((&morning["figures"]["new"], &morning["new_since"]), (&1.into(), &json!(since)));
    assert_eq!(office.gets("/morning").await.ok()["figures"]["new"], 2);
    office.gets("/morning?new_since=yesterday").await.is_problem(400, "request-malformed");
    office.gets("/morning?colour=red").await.is_problem(400, "request-malformed");
}

#[tokio::test]
async fn bureaus_and_inspectors_have_no_morning() {
    let town = TestApp::start().await;
    town.bureau("huanwei").gets("/morning").await.is_problem(403, "forbidden");
    town.inspector("ana").gets("/morning").await.is_problem(403, "forbidden");
}

#[tokio::test]
async fn everybody_counts_down_to_the_day_of_the_evaluation() {
    let town = TestApp::start().await;
    let (office, ana) = (town.office(), town.inspector("ana"));
    let nobody_knows = json!({"evaluation_on": null, "days_left": null});
    assert_eq!(ana.gets("/campaign").await.ok(), nobody_knows);
    let set = async |who: &Person, day: Value| {
        let request = who.request(Method::PUT, "/campaign");
        town.nobody.send(request.json(&json!({"evaluation_on": day}))).await
    };
    let told = set(&office, "2026-12-28".into()).await.ok();
    assert_eq!(told, json!({"evaluation_on": "2026-12-28", "days_left": 42}));
    assert_eq!(ana.gets("/campaign").await.ok(), told);
    let morning = office.gets("/morning").await.ok();
    assert_eq!(
        (&morning["evaluation_on"], &morning["days_left"]),
        (&"2026-12-28".into(), &42.into())
    );
    // Days are the district's: at 16:00 UTC the next one begins.
    town.wait(60 * 15 - 1);
    assert_eq!(ana.gets("/campaign").await.ok()["days_left"], 42);
    town.wait(1);
    assert_eq!(ana.gets("/campaign").await.ok()["days_left"], 41);
    assert_eq!(set(&town.admin(), "2026-11-17".into()).await.ok()["days_left"], 0);
    set(&office, "2026-11-16".into()).await.is_problem(422, "evaluation-over");
    set(&office, "2026-02-30".into()).await.is_problem(400, "request-malformed");
    set(&office, "soon".into()).await.is_problem(400, "request-malformed");
    town.wait(60 * 24);
    let over = ana.gets("/campaign").await.ok();
    assert_eq!(over, json!({"evaluation_on": "2026-11-17", "days_left": null}));
    assert_eq!(set(&office, Value::Null).await.ok(), nobody_knows);
    let empty = office.request(Method::PUT, "/campaign").json(&json!({}));
    town.nobody.send(empty).await.is_problem(400, "request-malformed");
    for other in [ana, town.bureau("huanwei"), town.supervisor()] {
        set(&other, "2026-12-28".into()).await.is_problem(403, "forbidden");
    }
}
