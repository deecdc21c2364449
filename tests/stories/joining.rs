//! Several reports of one problem.

use support::{TestApp, report};

#[tokio::test]
async fn a_graver_report_raises_the_condition_and_shortens_the_limit() {
    let town = TestApp::start().await;
    let (ana, bo) = (town.inspector("ana"), town.inspector("bo"));
    let issue = ana.submits(&report().at(town.spot(0)).condition("0101B")).await.issue();
    town.wait(10);
    let graver =
        bo.submits(&report().at(town.spot(0).north(12.0)).condition("0101A").photos(1)).await;
    assert_eq!((&graver.body["joined"], &graver.body["issue"]), (&true.into(), &issue.into()));
    let raised = ana.sees(issue).await;
    assert_eq!((&raised["condition"], &raised["report_count"]), (&"0101A".into(), &2.into()));
    assert_eq!(raised["due_at"], "2026-11-16T02:00:00Z", "one hour from dispatch");
    assert_eq!(raised["first_due_at"], "2026-11-16T03:00:00Z");
    assert_eq!(raised["photos"]["expected"], 1);
    let milder = ana.submits(&report().at(town.spot(0)).condition("0101B")).await.issue();
    assert_eq!(ana.sees(milder).await["condition"], "0101A", "a milder one changes nothing");
}

#[tokio::test]
async fn only_reports_of_one_family_within_its_radius_are_one_problem() {
    let town = TestApp::start().await;
    let (ana, spot) = (town.inspector("ana"), town.spot(0));
    let issue = ana.submits(&report().at(spot)).await.issue();
    let beside = ana.submits(&report().at(spot.north(19.0))).await;
    assert_eq!((&beside.body["joined"], beside.clone().issue()), (&true.into(), issue));
    assert_ne!(ana.submits(&report().at(spot.north(22.0))).await.issue(), issue);
    let corner = ana.submits(&report().at(spot).category("0107").condition("0107A")).await;
    assert_eq!(corner.issue(), issue, "a neglected corner is of the same family");
    let bin = ana.submits(&report().at(spot).category("0102").condition("0102A")).await;
    assert_ne!(bin.issue(), issue);
    town.office().voids(issue).await.ok();
    assert_eq!(
        ana.submits(&report().at(spot.north(-2.0))).await.body["joined"],
        false,
        "what has ended is not joined"
    );
}

#[tokio::test]
async fn a_report_of_a_rectified_issue_is_evidence_against_the_fix() {
    let town = TestApp::start().await;
    let (ana, bo, huanwei) = (town.inspector("ana"), town.inspector("bo"), town.bureau("huanwei"));
    let issue = ana.submits(&report().at(town.spot(0))).await.issue();
    huanwei.accepts(issue).await.ok();
    huanwei.rectifies(issue).await;
    let against = bo.submits(&report().at(town.spot(0)).note("还在")).await;
    assert_eq!(
        (&against.body["joined"], &against.body["stage"]),
        (&true.into(), &"rectified".into())
    );
    let events = bo.gets(&format!("/issues/{issue}/events")).await.ok();
    let last = events["items"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["kind"], &last["payload"]["against_rectification"]),
        (&"joined".into(), &true.into())
    );
    assert_eq!(bo.fails(issue).await.ok()["stage"], "reopened");
}

#[tokio::test]
async fn whoever_joined_keeps_seeing_it_and_the_phone_datum_does_not_matter() {
    let town = TestApp::start().await;
    let (ana, chen, office) = (town.inspector("ana"), town.inspector("chen"), town.office());
    let spot = town.spot(0);
    let issue = ana.submits(&report().at(spot)).await.issue();
    chen.sees_nothing_of(issue).await;
    let here = domain::position::Position { lat: spot.lat, lon: spot.lon };
    for (datum, word) in
        [(domain::position::Datum::Gcj02, "gcj02"), (domain::position::Datum::Bd09, "bd09")]
    {
        let (lat, lon) = here.to_datum(datum);
        assert!((lat - spot.lat).abs() > 0.001, "{word} is shifted here");
        let position = serde_json::json!({"lat": lat, "lon": lon, "datum": word});
        assert_eq!(
            chen.submits(&report().with("position", position)).await.issue(),
            issue,
            "{word}"
        );
    }
    office.voids(issue).await.ok();
    assert_eq!(chen.pulls_all().await[&issue]["stage"], "void");
    town.inspector("bo").sees_nothing_of(issue).await;
}
