//! The office's own clocks: how long it takes to file, to dispatch and to the verdict, and what lies about.

use serde_json::{Value, json};
use support::{Person, TestApp, report};

const WEEK: &str = "from=2026-11-16T00:00:00Z&to=2026-11-23T00:00:00Z";

async fn clock(who: &Person, step: &str, asked: &str) -> Value {
    let clocks = who.gets(&format!("/desk-clocks?{asked}")).await.ok()["clocks"].clone();
    clocks.as_array().unwrap().iter().find(|clock| clock["step"] == step).unwrap().clone()
}

async fn waits(who: &Person, asked: &str) -> Vec<(i64, String)> {
    let pages = who.pages(&format!("/desk-waits?{asked}")).await;
    let told =
        |wait: &Value| (wait["issue"].as_i64().unwrap(), wait["step"].as_str().unwrap().to_owned());
    pages.iter().flatten().map(told).collect()
}

#[tokio::test]
async fn each_step_of_the_desk_is_timed_in_working_hours() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let issue = ana.submits(&report().unsorted().at(town.spot(0))).await.issue();
    // What is filed and sent by rule at once did not wait for anybody.
    ana.submits(&report().at(town.spot(3))).await.ok();
    assert_eq!(waits(&office, "").await, [(issue, "filing".to_owned())]);
    assert_eq!(clock(&office, "filing", WEEK).await["waiting"], 1);
    town.wait(60);
    office.files(issue, "0101B").await.ok();
    let filing = clock(&office, "filing", WEEK).await;
    assert_eq!((&filing["median_minutes"], &filing["waiting"]), (&json!(60), &json!(0)));
    assert_eq!(filing["on_time"], json!({"numerator": 1, "denominator": 1, "percent": 100.0}));
    assert_eq!(filing["by_role"][0]["of"], "office");

    let huanwei = town.bureau("huanwei");
    huanwei.accepts(issue).await.ok();
    huanwei.rectifies(issue).await;
    assert_eq!(waits(&office, "").await, [(issue, "verification".to_owned())]);
    // Three days and nights are sixteen hours of work, and some more.
    town.wait(3 * 24 * 60);
    let verification = clock(&office, "verification", WEEK).await;
    assert_eq!((&verification["waiting"], &verification["waiting_late"]), (&json!(1), &json!(1)));
    let nothing_yet = json!({"numerator": 0, "denominator": 1, "percent": 0.0});
    assert_eq!(verification["on_time"], nothing_yet);
    assert_eq!(waits(&office, "on_time=false").await, [(issue, "verification".to_owned())]);
    town.inspector("bo").fails(issue).await.ok();
    let verification = clock(&office, "verification", WEEK).await;
    assert_eq!((&verification["ended"], &verification["waiting"]), (&json!(1), &json!(0)));
    let of = |share: &str| verification[share][0]["of"].clone();
    assert_eq!((of("by_role"), of("by_way")), (json!("inspector"), json!("on_site")));
    let listed = format!("{WEEK}&step=verification");
    assert_eq!(waits(&office, &format!("{listed}&on_time=false")).await.len(), 1);
    assert_eq!(waits(&office, &format!("{listed}&on_time=true")).await.len(), 0);
}

#[tokio::test]
async fn a_return_waits_for_the_desk_again_and_what_is_voided_leaves_the_figures() {
    let town = TestApp::start().await;
    let (ana, office, huanwei) = (town.inspector("ana"), town.office(), town.bureau("huanwei"));
    let issue = ana.submits(&report().at(town.spot(0))).await.issue();
    huanwei.returns(issue).await.ok();
    town.wait(180);
    assert_eq!(clock(&office, "dispatch", WEEK).await["waiting_late"], 1);
    let other = ana.submits(&report().unsorted().at(town.spot(3))).await.issue();
    town.wait(180);
    office.voids(other).await.ok();
    office.dispatches(issue, "huanwei").await.ok();
    let dispatch = clock(&office, "dispatch", WEEK).await;
    assert_eq!((&dispatch["ended"], &dispatch["on_time"]["numerator"]), (&json!(1), &json!(0)));
    let filing = clock(&office, "filing", WEEK).await;
    assert_eq!(filing["on_time"]["denominator"], 0, "voided while it waited");
    assert!(waits(&office, "").await.is_empty());
}

#[tokio::test]
async fn the_figures_as_of_a_position_come_out_the_same() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let (one, two) = (
        ana.submits(&report().unsorted().at(town.spot(0))).await.issue(),
        ana.submits(&report().unsorted().at(town.spot(3))).await.issue(),
    );
    town.wait(30);
    office.files(one, "0101B").await.ok();
    let then = office.gets(&format!("/desk-clocks?{WEEK}")).await.ok();
    let asked = format!("{WEEK}&as_of={}", then["as_of"]);
    let of_then = then["clocks"][0].clone();
    let (on_time, median) = (&of_then["on_time"], &of_then["median_minutes"]);
    town.wait(24 * 60);
    office.files(two, "0101B").await.ok();
    let now = clock(&office, "filing", WEEK).await;
    assert_eq!((&now["ended"], &now["on_time"]["numerator"]), (&json!(2), &json!(1)));
    let again = clock(&office, "filing", &asked).await;
    assert_eq!((&again["on_time"], &again["median_minutes"]), (on_time, median));
    assert_eq!(again["ended"], 1);
    assert_eq!(waits(&office, &asked).await, [(one, "filing".to_owned())]);
}

#[tokio::test]
async fn a_blind_finding_does_not_wait_for_a_dispatch_before_it_is_released() {
    let town = TestApp::start().await;
    let (watch, office) = (town.supervisor(), town.office());
    let draft = report().with("blind", true.into()).with("source", "supervisor".into());
    let issue = watch.submits(&draft.at(town.spot(0))).await.issue();
    assert_eq!(waits(&watch, "").await, [(issue, "filing".to_owned())]);
    office.files(issue, "0101B").await.ok();
    assert!(waits(&office, "").await.is_empty());
    office.commands(issue, "release", json!({})).await.ok();
    assert_eq!(waits(&office, "").await, [(issue, "dispatch".to_owned())]);
}

#[tokio::test]
async fn the_clocks_are_the_office_s_to_read_and_name_no_person() {
    let town = TestApp::start().await;
    for path in [format!("/desk-clocks?{WEEK}"), "/desk-waits".to_owned()] {
        for who in [town.inspector("ana"), town.bureau("huanwei"), town.admin()] {
            who.gets(&path).await.is_problem(403, "forbidden");
        }
        let said = town.office().gets(&path).await.ok().to_string();
        assert!(!said.contains("name") && !said.contains("account"), "{said}");
    }
    let office = town.office();
    for wrong in ["step=coffee", "from=2026-11-16T00:00:00Z", "limit=0"] {
        assert_eq!(office.gets(&format!("/desk-waits?{wrong}")).await.status, 422, "{wrong}");
    }
    let upside_down = "/desk-clocks?to=2026-11-16T00:00:00Z&from=2026-11-17T00:00:00Z";
    office.gets(upside_down).await.is_problem(422, "period-invalid");
}
