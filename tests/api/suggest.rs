//! What the desk is told before it files: likely categories, the route, what is nearby.

use serde_json::{Value, json};
use support::{Person, Spot, TestApp, report};

async fn asks(who: &Person, body: Value) -> Value {
    who.posts("/routing:suggest", &body).await.ok()
}

fn at(spot: Spot) -> Value {
    json!({"lat": spot.lat, "lon": spot.lon, "datum": "wgs84"})
}

#[tokio::test]
async fn words_lead_to_a_category_and_the_route_it_would_take_is_the_one_it_takes() {
    let town = TestApp::start().await;
    let office = town.office();
    let note = "路边有散落垃圾约2平方米";
    let told = asks(&office, json!({"position": at(town.spot(0)), "text": note})).await;
    let first = &told["candidates"][0];
    assert_eq!((&first["category"], &first["condition"]), (&"0101".into(), &"0101B".into()));
    assert!(first["score"].as_f64().unwrap() >= 0.5, "{first}");
    assert!(first["because"]["zh"].as_str().unwrap().contains("垃圾"));
    assert!(first["opens_when"].as_str().unwrap().contains("1平方米"));
    let scores: Vec<f64> = told["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["score"].as_f64().unwrap())
        .collect();
    assert!(scores.is_sorted_by(|one, other| one >= other) && scores.len() <= 5);

    // What was foretold comes true.
    let issue = town.inspector("ana").submits(&report().at(town.spot(0)).note(note)).await.issue();
    let seen = office.sees(issue).await;
    let route = &told["route"];
    assert_eq!(route["lead"]["code"], seen["lead"]);
    assert_eq!(route["lead"]["name"], seen["lead_name"]);
    let helpers: Vec<&Value> =
        route["cooperating"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    assert_eq!(json!(helpers), seen["cooperating"]);
    assert_eq!(route["routing"], seen["routing"]);
    assert_eq!(route["due_at"], seen["due_at"]);
    assert_eq!(told["areas"][0]["code"], seen["area"]);
    assert_eq!(told["areas"][0]["name"], seen["area_name"]);
    assert_eq!(told["points"], seen["points"]);
}

#[tokio::test]
async fn what_is_open_nearby_is_shown_nearest_first_to_whoever_sees_it() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let spot = town.spot(0);
    let draft = report().at(spot.north(60.0)).photos(1);
    let far = ana.submits(&draft).await.issue();
    ana.uploads(&draft.pictures[0]).await.ok();
    town.looks_at_photos().await;
    let near = ana.submits(&report().at(spot.north(8.0)).category("0301").condition("0301A")).await;
    let near = near.issue();
    let closed = ana.submits(&report().at(spot.north(-30.0))).await.issue();
    office.voids(closed).await.ok();
    ana.submits(&report().at(spot.north(130.0)).unsorted()).await.ok();
    let blind = town.supervisor().submits(&report().at(spot).blind()).await.issue();

    let body = json!({"position": at(spot), "category": "0101"});
    let told = asks(&office, body.clone()).await;
    let row = |one: &Value| {
        (one["id"].as_i64().unwrap(), one["same_family"] == true, one["photo"].is_string())
    };
    let nearby = told["nearby"].as_array().unwrap();
    let rows: Vec<_> = nearby.iter().map(row).collect();
    assert_eq!(rows, [(blind, true, false), (near, false, false), (far, true, true)]);
    let metres: Vec<f64> = nearby.iter().map(|one| one["distance_m"].as_f64().unwrap()).collect();
    assert!((metres[1] - 8.0).abs() < 0.5 && (metres[2] - 60.0).abs() < 0.5, "{metres:?}");
    // An inspector is not shown what is blind; and nothing is near itself.
    let mut body = body;
    body["issue"] = near.into();
    let told = asks(&ana, body).await;
    assert_eq!(
        told["nearby"].as_array().unwrap().iter().map(row).collect::<Vec<_>>(),
        [(far, true, true)]
    );
}

#[tokio::test]
async fn what_is_not_known_is_left_open() {
    let town = TestApp::start().await;
    let office = town.office();
    let nothing = asks(&office, json!({})).await;
    assert_eq!(
        nothing,
        json!({"areas": [], "points": [], "flags": [], "candidates": [], "route": null, "nearby": []})
    );
    let odd = asks(
        &office,
        json!({"text": "今天天气很好", "position": {"lat": 0, "lon": 0, "datum": "wgs84"}}),
    )
    .await;
    assert_eq!(
        (&odd["candidates"], &odd["route"], &odd["nearby"]),
        (&json!([]), &Value::Null, &json!([]))
    );
    // A category without a place still has its limit; who answers for it may be a matter of place.
    let only = asks(&office, json!({"category": "0101", "condition": "0101A"})).await;
    assert!(
        only["route"]["due_at"].is_string() && only["route"]["routing"]["words"]["zh"].is_string()
    );
    // No condition, no limit.
    let open = asks(&office, json!({"category": "0101"})).await;
    assert_eq!(
        (&open["route"]["condition"], &open["route"]["due_at"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let town = TestApp::start().await;
    let office = town.office();
    for (body, status, code) in [
        (json!({"category": "9999"}), 422, "category-unknown"),
        (json!({"category": "0101", "condition": "0301A"}), 422, "condition-unknown"),
        (json!({"condition": "0101A"}), 422, "condition-unknown"),
        (json!({"text": "长".repeat(5000)}), 422, "text-too-long"),
        (json!({"text": "\u{0}"}), 422, "text-invalid"),
        (json!({"source": "rumour"}), 400, "request-malformed"),
        (json!({"colour": "red"}), 400, "request-malformed"),
        (json!({"position": {"lat": 1}}), 400, "request-malformed"),
    ] {
        office.posts("/routing:suggest", &body).await.is_problem(status, code);
    }
    for position in [
        json!({"lat": 1e308, "lon": -1e308, "datum": "bd09"}),
        json!({"lat": 91, "lon": 0, "datum": "wgs84"}),
    ] {
        asks(&office, json!({"position": position, "text": "垃圾"})).await;
    }
    let body = json!({"text": "垃圾"});
    town.bureau("huanwei").posts("/routing:suggest", &body).await.is_problem(403, "forbidden");
    town.admin().posts("/routing:suggest", &body).await.is_problem(403, "forbidden");
}
