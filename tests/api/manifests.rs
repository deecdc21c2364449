//! Reports that say odd things: kept and flagged where a person may mean it, refused where nothing
//! could make them right.

use jiff::Timestamp;
use serde_json::{Value, json};
use support::{Draft, Picture, START, Spot, TestApp, report};
use uuid::Uuid;

fn line(change: impl Fn(&mut Value)) -> Value {
    let mut line = Picture::jpeg().line(START);
    change(&mut line);
    line
}

fn refused(spot: Spot) -> Vec<(&'static str, Draft)> {
    let with = |field: &str, value: Value| report().at(spot).with(field, value);
    let photos = |lines: Vec<Value>| with("photos", lines.into());
    let twice = line(|_| ());
    vec![
        ("text-invalid", report().at(spot).note("a\0b")),
        ("text-too-long", report().at(spot).note(&"长".repeat(2001))),
        ("manifest-invalid", report().at(spot).photos(21)),
        ("manifest-invalid", photos(vec![twice.clone(), twice])),
        ("manifest-invalid", photos(vec![line(|l| l["sha256"] = "ab".into())])),
        ("manifest-invalid", photos(vec![line(|l| l["sha256"] = "G".repeat(64).into())])),
        ("manifest-invalid", photos(vec![line(|l| l["sha256"] = "A".repeat(64).into())])),
        ("manifest-invalid", photos(vec![line(|l| l["sha256"] = "é".repeat(32).into())])),
        ("manifest-invalid", photos(vec![line(|l| l["bytes"] = 0.into())])),
        ("manifest-invalid", photos(vec![line(|l| l["bytes"] = u64::MAX.into())])),
        ("manifest-invalid", photos(vec![line(|l| l["media_type"] = "image/svg+xml".into())])),
        (
            "manifest-invalid",
            photos(vec![line(|l| l["captured_at"] = "-004800-01-01T00:00:00Z".into())]),
        ),
        ("category-unknown", report().at(spot).category("9999")),
        ("category-unknown", report().at(spot).category("")),
        ("category-unknown", report().at(spot).category("' OR 1=1 --")),
        ("condition-unknown", report().at(spot).condition("0102A")),
        ("category-missing", with("category", Value::Null)),
    ]
}

fn malformed(spot: Spot) -> Vec<Draft> {
    let with = |field: &str, value: Value| report().at(spot).with(field, value);
    vec![
        with("colour", "red".into()),
        with("source", "rumour".into()),
        with("blind", "yes".into()),
        with("note", Value::Null),
        with("captured_age_ms", (-1).into()),
        with("captured_age_ms", json!(1e30)),
        with("sent_at", "yesterday".into()),
        with("sent_at", "-300000-01-01T00:00:00Z".into()),
        with("position", json!({"lat": "30", "lon": 113, "datum": "wgs84"})),
        with("position", json!({"lat": 30, "lon": 113, "datum": "cgcs"})),
        with("position", json!({"lat": 30, "lon": 113})),
        with("position", json!([30, 113])),
        with("photos", json!({})),
        with("photos", json!([{}])),
        with("photos", vec![line(|l| l["photo_id"] = "1".into())].into()),
        with("photos", vec![line(|l| l["bytes"] = (-1).into())].into()),
        with("photos", vec![line(|l| l["secret"] = 1.into())].into()),
    ]
}

/// What is flagged, with the stage it then waits in.
fn kept(town: &TestApp) -> Vec<(&'static str, &'static str, Draft)> {
    let at = |number: usize, change: &dyn Fn(&mut Value)| {
        let mut draft = report().at(town.spot(number));
        change(&mut draft.body["position"]);
        draft
    };
    let on = |number: usize, day: &str| {
        report().at(town.spot(number)).captured(day.parse::<Timestamp>().unwrap())
    };
    let nowhere =
        |lat: Value, lon: Value| at(0, &|p| (p["lat"], p["lon"]) = (lat.clone(), lon.clone()));
    vec![
        ("position-missing", "reported", report()),
        ("position-zero", "reported", nowhere(0.into(), 0.into())),
        (
            "position-zero",
            "reported",
            at(0, &|p| *p = json!({"lat": 0.0, "lon": 0.0, "datum": "gcj02"})),
        ),
        ("position-outside", "reported", nowhere(31.2304.into(), 121.4737.into())),
        ("position-invalid", "reported", nowhere(200.into(), 113.into())),
        ("position-invalid", "reported", nowhere(json!(1e300), json!(-1e300))),
        ("position-inaccurate", "dispatched", at(1, &|p| p["accuracy_m"] = 900.into())),
        ("clock-past", "dispatched", on(2, "1970-01-01T00:00:00Z")),
        ("clock-future", "dispatched", on(3, "2099-12-31T23:59:59Z")),
        ("category-missing", "reported", report().at(town.spot(4)).unsorted()),
    ]
}

#[tokio::test]
async fn what_nothing_could_make_right_is_refused() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    for (code, draft) in refused(town.spot(0)) {
        ana.submits(&draft).await.is_problem(422, code);
    }
    for draft in malformed(town.spot(0)) {
        ana.submits(&draft).await.is_problem(400, "request-malformed");
    }
    assert_eq!(town.office().lists("").await, Vec::<i64>::new());
}

#[tokio::test]
async fn what_is_odd_is_kept_and_flagged() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    for (flag, stage, draft) in kept(&town) {
        let receipt = ana.submits(&draft).await;
        assert_eq!(receipt.status, 201, "{flag}: {}", receipt.body);
        let flags = receipt.body["flags"].as_array().unwrap();
        let found = flags.iter().find(|found| found["code"] == flag);
        assert!(
            found.is_some_and(|found| !found["hint"].as_str().unwrap().is_empty()),
            "{flag}: {flags:?}"
        );
        assert_eq!(receipt.body["stage"], stage, "{flag}");
        assert_eq!(receipt.body["clock"]["used"], "2026-11-16T01:00:00Z", "{flag}");
        let detail = office.sees(receipt.issue()).await;
        assert!(detail["flags"].as_array().unwrap().contains(&flag.into()), "{flag}");
        let kept = ana.gets(&format!("/reports/{}", draft.id)).await.ok();
        assert_eq!(
            kept["body"]["position"]["lat"].as_f64(),
            draft.json()["position"]["lat"].as_f64(),
            "as it was sent"
        );
    }
}

#[tokio::test]
async fn a_capture_time_stands_only_with_its_age_and_only_for_a_day() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    for (number, age, used, basis) in [
        (0, Some(90_000_u64), "2026-11-16T00:58:30Z", "device_age"),
        (1, Some(24 * 3_600_000), "2026-11-15T01:00:00Z", "device_age"),
        (2, Some(24 * 3_600_000 + 1), "2026-11-16T01:00:00Z", "arrival"),
        (3, Some(u64::MAX), "2026-11-16T01:00:00Z", "arrival"),
        (4, None, "2026-11-16T01:00:00Z", "arrival"),
    ] {
        let receipt =
            ana.submits(&report().at(town.spot(number)).with("captured_age_ms", age.into())).await;
        let clock = receipt.ok()["clock"].clone();
        assert_eq!((&clock["used"], &clock["basis"]), (&used.into(), &basis.into()), "{age:?}");
    }
}

#[tokio::test]
async fn a_report_never_changes_once_sent() {
    let town = TestApp::start().await;
    let (ana, bo) = (town.inspector("ana"), town.inspector("bo"));
    let draft = report().at(town.spot(0)).photos(1);
    let first = ana.submits(&draft).await.ok();
    ana.submits(&draft.clone().note("more")).await.is_problem(409, "report-conflict");
    ana.submits(&draft.clone().photos(1)).await.is_problem(409, "report-conflict");
    bo.submits(&draft).await.is_problem(409, "report-conflict");
    // A retry says anew how long ago it was and when it was sent: it is the same report.
    town.wait(5);
    let retry = draft
        .clone()
        .with("captured_age_ms", 300_000.into())
        .with("sent_at", "2026-11-16T01:05:00Z".into());
    let again = ana.submits(&retry).await;
    assert_eq!((again.status, again.body), (200, first));
    let read = ana.gets(&format!("/reports/{}", draft.id)).await.ok();
    assert_eq!(read["body"]["note"], "");
    ana.gets(&format!("/reports/{}", Uuid::new_v4())).await.is_problem(404, "not-found");
}
