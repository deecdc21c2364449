//! Counts 计数观测: of n seen, k were right; observations of places, never issues and never of persons.

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Person, TestApp};
use uuid::Uuid;

/// 124 seen in the quarter of an hour up to the beginning of the story, 97 of them with a helmet.
fn helmets() -> Value {
    json!({"category": "0404", "condition": "0404B", "place": "P001", "seen": 124, "right": 97,
        "began_at": "2026-11-16T00:40:00Z", "ended_at": "2026-11-16T00:55:00Z",
        "sent_at": "2026-11-16T01:00:00Z", "note": "早高峰"})
}

fn with(mut count: Value, field: &str, value: Value) -> Value {
    count[field] = value;
    count
}

async fn sends(who: &Person, id: Uuid, count: &Value) -> Answer {
    who.sends(who.request(Method::PUT, &format!("/counts/{id}")).json(count)).await
}

#[tokio::test]
async fn a_count_is_kept_with_its_rate_and_opens_no_issue() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let spot = town.spot(0);
    let position = json!({"lat": spot.lat, "lon": spot.lon, "datum": "wgs84"});
    let id = Uuid::now_v7();
    let sent = sends(&ana, id, &with(helmets(), "position", position)).await;
    assert_eq!(sent.status, 201);
    let kept = sent.ok();
    assert_eq!(kept["rate"], json!({"numerator": 97, "denominator": 124, "percent": 78.23}));
    assert_eq!(kept["category_name"], "骑行违法");
    let points = office.gets("/points").await.ok();
    let first = points["items"].as_array().unwrap().iter().find(|one| one["code"] == "P001");
    assert_eq!(kept["place_name"], first.unwrap()["name"]);
    assert!(kept["area_name"].is_string() && kept["opens_when"].is_string());
    assert_eq!(kept["ended_at"], json!(town.now() - jiff::SignedDuration::from_mins(5)));
    let list = office.gets("/counts").await.ok();
    assert_eq!(list["items"], json!([kept]));
    let text = list.to_string();
    assert!(!text.contains("ana") && !text.contains("account"), "nothing says who counted: {text}");
    assert_eq!(office.lists("").await, Vec::<i64>::new());
}

#[tokio::test]
async fn a_wrong_clock_moves_no_count() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let mut years_off = helmets();
    for (field, at) in [
        ("began_at", "2031-01-01T00:40:00Z"),
        ("ended_at", "2031-01-01T00:55:00Z"),
        ("sent_at", "2031-01-01T01:00:00Z"),
    ] {
        years_off[field] = json!(at);
    }
    let expected = json!(town.now() - jiff::SignedDuration::from_mins(5));
    assert_eq!(sends(&ana, Uuid::now_v7(), &years_off).await.ok()["ended_at"], expected);
    let aged = with(helmets(), "captured_age_ms", json!(60_000));
    let kept = sends(&ana, Uuid::now_v7(), &aged).await.ok();
    assert_eq!(kept["ended_at"], json!(town.now() - jiff::SignedDuration::from_mins(1)));
    assert_eq!(kept["began_at"], json!(town.now() - jiff::SignedDuration::from_mins(16)));
    assert_eq!(office.gets("/counts?from=2030-01-01T00:00:00Z").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn sent_again_a_count_is_the_same_and_changed_it_is_refused() {
    let town = TestApp::start().await;
    let (ana, bo) = (town.inspector("ana"), town.inspector("bo"));
    let id = Uuid::now_v7();
    let first = sends(&ana, id, &helmets()).await.ok();
    town.wait(10);
    // A retry states anew when it was sent.
    let again = with(helmets(), "sent_at", json!("2026-11-16T01:10:00Z"));
    let again = sends(&ana, id, &with(again, "captured_age_ms", json!(900_000))).await;
    assert_eq!(again.status, 200);
    assert_eq!(again.ok(), first);
    let other = with(helmets(), "right", json!(98));
    sends(&ana, id, &other).await.is_problem(409, "count-conflict");
    sends(&bo, id, &helmets()).await.is_problem(409, "count-conflict");
    assert_eq!(town.office().gets("/counts").await.ok()["items"], json!([first]));
}

#[tokio::test]
async fn counts_that_nobody_can_have_made_are_refused() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let early = "-009999-01-02T01:59:59Z";
    for (field, value, code) in [
        ("right", json!(125), "count-invalid"),
        ("seen", json!(100_001), "count-invalid"),
        ("began_at", json!("2026-11-16T00:55:01Z"), "count-invalid"),
        ("began_at", json!("2026-11-15T00:54:59Z"), "count-invalid"),
        ("began_at", json!(early), "count-invalid"),
        ("category", json!("9999"), "category-unknown"),
        ("category", json!("0101"), "category-not-counted"),
        ("condition", json!("0101A"), "condition-unknown"),
        ("note", json!("长".repeat(2_001)), "text-too-long"),
        ("place", json!("长".repeat(101)), "text-too-long"),
        ("place", json!("a\0"), "text-invalid"),
    ] {
        let count = with(helmets(), field, value);
        sends(&ana, Uuid::now_v7(), &count).await.is_problem(422, code);
    }
    for (field, value) in [("seen", json!(-1)), ("right", json!(1.5)), ("x", json!(1))] {
        let count = with(helmets(), field, value);
        sends(&ana, Uuid::now_v7(), &count).await.is_problem(400, "request-malformed");
    }
    let nothing = with(with(helmets(), "seen", json!(0)), "right", json!(0));
    let kept = sends(&ana, Uuid::now_v7(), &nothing).await.ok();
    assert_eq!(kept["rate"]["percent"], Value::Null, "no rate of nothing");
    let position = json!({"lat": 0, "lon": 0, "datum": "wgs84"});
    let kept = sends(&ana, Uuid::now_v7(), &with(helmets(), "position", position)).await.ok();
    assert_eq!(
        (&kept["position"], &kept["area"]),
        (&Value::Null, &Value::Null),
        "kept all the same"
    );
}

#[tokio::test]
async fn the_office_reads_sums_by_what_was_counted_where() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    for (place, seen, right) in [("P001", 100, 80), ("P001", 24, 17), ("东门路口", 3, 1)] {
        let count = with(helmets(), "place", json!(place));
        let count = with(with(count, "seen", json!(seen)), "right", json!(right));
        sends(&ana, Uuid::now_v7(), &count).await.ok();
        town.wait(60);
    }
    let elsewhere = with(with(helmets(), "condition", Value::Null), "place", Value::Null);
    sends(&ana, Uuid::now_v7(), &elsewhere).await.ok();
    let sums = async |query: &str| {
        let page = office.gets(&format!("/counts?{query}")).await.ok();
        let sums = page["sums"].as_array().unwrap().clone();
        let of = |sum: &Value| {
            let percent = sum["rate"]["percent"].as_f64();
            (sum["place"].as_str().map(str::to_owned), sum["counts"].as_i64().unwrap(), percent)
        };
        sums.iter().map(of).collect::<Vec<_>>()
    };
    let market = (Some("P001".to_owned()), 2, Some(78.23));
    let gate = (Some("东门路口".to_owned()), 1, Some(33.33));
    let nowhere = (None, 1, Some(78.23));
    assert_eq!(sums("limit=1").await, [nowhere.clone(), market.clone(), gate.clone()]);
    assert_eq!(sums("condition=0404B").await, [market.clone(), gate]);
    assert_eq!(sums("place=P001").await, [market]);
    assert_eq!(sums("category=0101").await, []);
    assert_eq!(sums("area=429901100000").await, []);
    let until = town.now() - jiff::SignedDuration::from_mins(30);
    assert_eq!(sums(&format!("from={until}")).await, [nowhere]);
    assert_eq!(sums(&format!("to={until}")).await.len(), 2);

    let all = office.gets("/counts?limit=200").await.ok();
    for limit in [1, 3, 4] {
        let pages = office.pages(&format!("/counts?limit={limit}")).await;
        assert_eq!(json!(pages.concat()), all["items"], "{limit} a page");
    }
    office.gets("/counts?area=1").await.is_problem(422, "area-unknown");
    office.gets("/counts?limit=201").await.is_problem(422, "limit-invalid");
    office.gets("/counts?from=now").await.is_problem(400, "request-malformed");
}

#[tokio::test]
async fn whoever_reports_counts_and_the_office_alone_reads() {
    let town = TestApp::start().await;
    for who in [town.bureau("huanwei"), town.admin()] {
        sends(&who, Uuid::now_v7(), &helmets()).await.is_problem(403, "forbidden");
    }
    for who in [town.inspector("ana"), town.supervisor(), town.office()] {
        assert_eq!(sends(&who, Uuid::now_v7(), &helmets()).await.status, 201);
    }
    let others = [town.inspector("ana"), town.supervisor(), town.bureau("huanwei"), town.admin()];
    for who in others {
        who.gets("/counts").await.is_problem(403, "forbidden");
    }
}
