//! Whatever is imported in whatever order, open issues lie where the data in force has them, the log
//! tells all of it, and figures count everything once.

use domain::workflow::{Event, IssueState, Recorded, apply};
use serde_json::Value;
use support::{TestApp, report};
use zhoubian::import::FileKind;
use zhoubian::jobs::reassign::reassign;
use zhoubian::placing::Ground;
use zhoubian::store::issues::{self, Issue};

use super::{demo_file, events, rules_with, sends, swapped_areas};

/// The demo's points with these radii.
fn points(radius_m: u32) -> String {
    let mut all: Value = serde_json::from_slice(&demo_file(FileKind::Points)).unwrap();
    for feature in all["features"].as_array_mut().unwrap() {
        feature["properties"]["radius_m"] = radius_m.into();
    }
    all.to_string()
}

fn text(kind: FileKind) -> String {
    String::from_utf8(demo_file(kind)).unwrap()
}

/// What may be imported next.
fn imports() -> Vec<(&'static str, String)> {
    vec![
        ("areas", swapped_areas()),
        ("areas", text(FileKind::Areas)),
        ("points", points(500)),
        ("points", points(2_000)),
        ("points", text(FileKind::Points)),
        ("routing", rules_with("category = [\"0101\"]", "category = [\"1102\"]")),
        ("routing", rules_with("lead = \"huanwei\"", "lead = \"zhifa\"")),
        ("routing", text(FileKind::Routing)),
    ]
}

async fn stored(town: &TestApp, id: i64) -> Issue {
    town.app.db.read(move |conn| issues::find(conn, id)).await.unwrap().unwrap()
}

async fn lies_as_the_data_in_force_has_it(town: &TestApp, issue: &Issue) {
    let gazetteer = town.app.gazetteer();
    let accuracy = issue.detail.claimed.unwrap().accuracy_m;
    let ground = Ground::at(issue.detail.position, accuracy, &gazetteer);
    assert_eq!(issue.detail.areas, ground.areas);
    assert_eq!(issue.detail.points, ground.points);
    assert_eq!(issue.detail.places, ground.places);
    assert_eq!(issue.detail.reference_version, gazetteer.version);
    let point = ground.points.first().map(|near| near.code.clone()).unwrap_or_default();
    let listed = town.office().lists(&format!("point={point}")).await;
    assert_eq!(listed.contains(&issue.id), !ground.points.is_empty());
}

async fn the_log_tells_all(town: &TestApp, issue: &Issue) {
    let mut state = IssueState::new(issue.state.reported_at);
    let (mut areas, mut points) = (None, None);
    for event in events(&town.office(), issue.id).await {
        let recorded = Recorded {
            at: event["at"].as_str().unwrap().parse().unwrap(),
            by: event["by"].as_i64().unwrap(),
            bureau: event["bureau"].as_str().map(str::to_owned),
            event: serde_json::from_value(event["payload"].clone()).unwrap(),
        };
        apply(&mut state, &recorded);
        if let Event::Reassigned { areas: now, points: near, .. } = recorded.event {
            (areas, points) = (Some(now), Some(near));
        }
    }
    assert_eq!(state, issue.state);
    assert_eq!(areas.unwrap_or_else(|| issue.detail.areas.clone()), issue.detail.areas);
    assert_eq!(points.unwrap_or_else(|| issue.detail.points.clone()), issue.detail.points);
}

const PERIOD: &str = "from=2026-11-01T00:00:00Z&to=2027-01-01T00:00:00Z";

async fn figures(town: &TestApp, by: &str, as_of: Option<i64>) -> (Value, i64) {
    let as_of = as_of.map(|seq| format!("&as_of={seq}")).unwrap_or_default();
    let got = town.office().gets(&format!("/figures?{PERIOD}&by={by}{as_of}")).await.ok();
    let rows = if by == "total" { serde_json::json!([got["total"]]) } else { got["rows"].clone() };
    (rows, got["as_of"].as_i64().unwrap())
}

fn due(rows: &Value) -> u64 {
    rows.as_array().unwrap().iter().map(|row| row["due"].as_u64().unwrap()).sum()
}

#[tokio::test]
async fn after_any_imports_and_the_job_everything_is_as_if_placed_anew() {
    let town = TestApp::start().await;
    let (admin, ana) = (town.admin(), town.inspector("ana"));
    let mut ids = Vec::new();
    for (spot, condition) in
        ["0101B", "0103A", "1102A", "0102A", "0104A", "0101A"].into_iter().enumerate()
    {
        let draft = report().at(town.spot(spot * 7)).category(&condition[..4]).condition(condition);
        ids.push(ana.submits(&draft).await.issue());
    }
    town.bureau("huanwei").accepts(ids[0]).await.ok();
    let imports = imports();
    let mut bulletins: Vec<(i64, Vec<Value>)> = Vec::new();
    // Every import after every other one, in an order of no meaning.
    for step in 0..16_usize {
        let mut kept = Vec::new();
        let (_, as_of) = figures(&town, "total", None).await;
        for by in ["total", "bureau", "subdistrict", "point"] {
            kept.push(figures(&town, by, Some(as_of)).await.0);
        }
        bulletins.push((as_of, kept));
        let (kind, file) = &imports[(step * 5 + step / 8 * 3) % imports.len()];
        sends(&admin, &format!("kind={kind}"), file.clone()).await.ok();
        reassign(&town.app).await.unwrap();
        for id in &ids {
            let issue = stored(&town, *id).await;
            lies_as_the_data_in_force_has_it(&town, &issue).await;
            the_log_tells_all(&town, &issue).await;
        }
        let total = due(&figures(&town, "total", None).await.0);
        assert_eq!(due(&figures(&town, "subdistrict", None).await.0), total);
        assert_eq!(due(&figures(&town, "bureau", None).await.0), total);
    }
    for (as_of, kept) in bulletins {
        for (by, then) in ["total", "bureau", "subdistrict", "point"].iter().zip(kept) {
            assert_eq!(figures(&town, by, Some(as_of)).await.0, then, "{by} as of {as_of}");
        }
    }
}
