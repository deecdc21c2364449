//! A report made without signal, all the way to 销号.

use jiff::SignedDuration;
use support::{Picture, START, TestApp, report};

use super::{figures, kinds};

#[tokio::test]
async fn a_report_made_offline_is_worked_to_its_end() {
    let town = TestApp::start().await;
    let (ana, bo) = (town.inspector("ana"), town.inspector("bo"));
    let (huanwei, office) = (town.bureau("huanwei"), town.office());

    // Her phone's clock is an hour fast; what it counted since the shutter is what stands.
    let age = SignedDuration::from_hours(3);
    let draft = report().at(town.spot(0)).condition("0101A").photos(2).aged(age);
    let draft = draft.captured(START - age + SignedDuration::from_hours(1)).note("西门外散落垃圾");
    let receipt = ana.submits(&draft).await;
    assert_eq!(receipt.status, 201);
    let clock = &receipt.body["clock"];
    assert_eq!(
        (&clock["basis"], &clock["used"]),
        (&"device_age".into(), &"2026-11-15T22:00:00Z".into())
    );
    assert_eq!(
        (&receipt.body["stage"], &receipt.body["complete"]),
        (&"dispatched".into(), &false.into())
    );
    let issue = receipt.issue();
    for picture in &draft.pictures {
        assert_eq!(ana.uploads(picture).await.status, 201);
    }
    let again = ana.submits(&draft).await;
    assert_eq!((again.status, &again.body["complete"]), (200, &true.into()));

    let held = huanwei.pulls_all().await;
    let pulled = &held[&issue];
    assert_eq!((&pulled["lead"], &pulled["cooperating"][0]), (&"huanwei".into(), &"xinhua".into()));
    assert_eq!(pulled["reported_at"], "2026-11-15T22:00:00Z");
    assert_eq!(pulled["due_at"], "2026-11-16T02:00:00Z", "the limit of an hour starts at dispatch");
    assert_eq!(pulled["photos"], serde_json::json!({"expected": 2, "stored": 2, "unreadable": 0}));
    let points = ana.sees(issue).await["points"].as_array().unwrap().clone();
    let distances: Vec<f64> =
        points.iter().map(|point| point["distance_m"].as_f64().unwrap()).collect();
    assert!(!points.is_empty() && distances.is_sorted(), "{distances:?}");

    town.wait(10);
    assert_eq!(huanwei.accepts(issue).await.ok()["accepted_at"], "2026-11-16T01:10:00Z");
    town.wait(20);
    let after = Picture::jpeg();
    huanwei.announces_fix(issue, &after).await.ok();
    bo.passes(issue).await.is_problem(409, "after-photo-not-stored");
    assert_eq!(huanwei.uploads(&after).await.status, 201);
    huanwei
        .commands(issue, "verify", serde_json::json!({"passed": true}))
        .await
        .is_problem(403, "forbidden");
    town.wait(15);
    let closed = bo.passes(issue).await.ok();
    assert_eq!(closed["stage"], "closed");
    assert_eq!(
        closed["handled_at"], "2026-11-16T01:30:00Z",
        "the bureau's clock stops at its rectification"
    );
    assert_eq!(closed["closed_at"], "2026-11-16T01:45:00Z");

    let events = kinds(&office, issue).await;
    let story = [
        "reported",
        "filed",
        "dispatched",
        "photo_stored",
        "photo_stored",
        "accepted",
        "rectified",
    ];
    assert_eq!(events, [&story[..], &["photo_stored", "closed"]].concat());
    let total = figures(&office).await;
    for count in ["due", "handled", "handled_on_time", "closed", "closed_on_time"] {
        assert_eq!(total[count], 1, "{count}");
    }
    assert_eq!(
        total["on_time_close_rate"],
        serde_json::json!({"numerator": 1, "denominator": 1, "percent": 100.0})
    );
    assert_eq!(
        figures(&town.bureau("zhifa")).await["due"],
        0,
        "another bureau's figures are its own"
    );
}

#[tokio::test]
async fn what_a_photo_must_show() {
    let town = TestApp::start().await;
    let (ana, bo, huanwei) = (town.inspector("ana"), town.inspector("bo"), town.bureau("huanwei"));
    let spot = town.spot(0);
    for (line, refusal) in [
        (
            Picture::jpeg().line_at(START - SignedDuration::from_mins(1), spot),
            "after-photo-too-early",
        ),
        (Picture::jpeg().line_at(START, spot.north(260.0)), "after-photo-too-far"),
        (Picture::jpeg().line(START), "after-photo-too-far"),
    ] {
        let issue = ana.submits(&report().at(spot)).await.issue();
        huanwei.accepts(issue).await.ok();
        let bare = serde_json::json!({"outcome": "rectified", "photos": []});
        huanwei.commands(issue, "rectify", bare).await.is_problem(409, "after-photo-missing");
        // The manifest is honest about the bytes, and they are sent.
        let picture = Picture::jpeg();
        let mut line = line;
        line["sha256"] = picture.sha256().into();
        line["bytes"] = picture.bytes.len().into();
        let body = serde_json::json!({"outcome": "rectified", "photos": [line]});
        huanwei.commands(issue, "rectify", body).await.ok();
        huanwei.uploads(&picture).await.ok();
        bo.passes(issue).await.is_problem(409, refusal);
        assert_eq!(town.office().voids(issue).await.ok()["stage"], "void");
    }
}
