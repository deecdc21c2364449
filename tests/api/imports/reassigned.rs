//! Open issues follow what was imported.

use reqwest::Method;
use serde_json::{Value, json};
use support::{Person, TestApp, report};
use zhoubian::jobs::reassign::{Failed, Progress, reassign, reassign_some};
use zhoubian::store::issues;

use super::{LIULIN, XINHUA, events, kinds, rules_with, sends, subdistrict, swapped_areas};

/// Issues of every standing, all in 新华.
struct Scene {
    /// Waits for the subdistrict to accept it.
    dispatched: i64,
    /// The subdistrict accepted it.
    accepted: i64,
    /// The subdistrict helps the sanitation centre.
    helped: i64,
    /// Ended.
    closed: i64,
    /// Kept from bureaus.
    blind: i64,
    /// The rules name nobody.
    unrouted: i64,
}

async fn scene(town: &TestApp) -> Scene {
    let ana = town.inspector("ana");
    let at = |spot: usize, condition: &str| {
        report().at(town.spot(spot)).category(&condition[..4]).condition(condition)
    };
    let scene = Scene {
        dispatched: ana.submits(&at(0, "0103A")).await.issue(),
        accepted: ana.submits(&at(1, "0103A")).await.issue(),
        helped: ana.submits(&at(2, "0101B")).await.issue(),
        closed: ana.submits(&at(3, "0101B")).await.issue(),
        blind: town.supervisor().submits(&report().at(town.spot(4)).blind()).await.issue(),
        unrouted: ana.submits(&at(5, "1102A")).await.issue(),
    };
    town.bureau("xinhua").accepts(scene.accepted).await.ok();
    town.office().voids(scene.closed).await.ok();
    scene
}

async fn changes(reader: &Person, after: Option<&str>) -> (Vec<(String, i64)>, String) {
    let page = reader.pulls(after, 200).await.ok();
    let change = |change: &Value| {
        (change["op"].as_str().unwrap().to_owned(), change["id"].as_i64().unwrap())
    };
    let changes = page["changes"].as_array().unwrap().iter().map(change).collect();
    (changes, page["next"].as_str().unwrap().to_owned())
}

fn op(op: &str, issue: i64) -> (String, i64) {
    (op.to_owned(), issue)
}

#[tokio::test]
async fn a_dry_run_says_what_would_be_touched_and_the_job_does_it() {
    let town = TestApp::start().await;
    let (office, admin) = (town.office(), town.admin());
    let scene = scene(&town).await;
    let before = office.sees(scene.dispatched).await;
    assert_eq!((before["lead"].as_str(), subdistrict(&before).as_str()), (Some("xinhua"), XINHUA));

    let tried = sends(&office, "kind=areas&dry_run=true", swapped_areas()).await.ok();
    let touches = &tried["touches"];
    for (what, count) in [
        ("looked_at", 5),
        ("changed", 5),
        ("area", 5),
        ("points", 0),
        ("lead", 1),
        ("cooperating", 1),
        ("newly_routed", 0),
        ("newly_unrouted", 0),
    ] {
        assert_eq!(touches[what], count, "{what}: {touches}");
    }
    let examples = touches["examples"].as_array().unwrap();
    let example = examples.iter().find(|one| one["issue"] == scene.dispatched).unwrap();
    assert_eq!(example["before"]["lead"], "xinhua");
    assert_eq!(example["after"]["lead"], "liulin");
    assert_eq!(reassign(&town.app).await.unwrap(), Progress::default());
    assert_eq!(office.sees(scene.dispatched).await, before, "a dry run touches nothing");

    let done = sends(&admin, "kind=areas", swapped_areas()).await.ok();
    assert_eq!(done["touches"], *touches);
    let job = |left: i64, count: i64| json!({"looked_at": count, "changed": count, "left": left});
    let import = office.gets("/reference-imports/1").await.ok();
    assert_eq!(import["reassignment"], job(5, 0));
    town.wait(30);
    let progress = reassign(&town.app).await.unwrap();
    assert_eq!(progress, Progress { looked_at: 5, changed: 5 });
    let import = office.gets("/reference-imports/1").await.ok();
    assert_eq!(import["reassignment"], job(0, 5));
    assert_eq!(reassign(&town.app).await.unwrap(), Progress::default(), "once is enough");

    let moved = office.sees(scene.dispatched).await;
    assert_eq!((moved["lead"].as_str(), subdistrict(&moved).as_str()), (Some("liulin"), LIULIN));
    for kept in ["due_at", "first_due_at", "dispatched_at", "position", "reported_at"] {
        assert_eq!(moved[kept], before[kept], "{kept}");
    }
    assert_ne!(moved["return_until"], before["return_until"], "a new lead has its own window");
    let accepted = office.sees(scene.accepted).await;
    assert_eq!(
        (accepted["lead"].as_str(), accepted["stage"].as_str()),
        (Some("xinhua"), Some("accepted"))
    );
    assert_eq!(subdistrict(&accepted), LIULIN);
    let helped = office.sees(scene.helped).await;
    assert_eq!(
        (helped["lead"].as_str(), &helped["cooperating"]),
        (Some("huanwei"), &json!(["liulin"]))
    );
    let blind = office.sees(scene.blind).await;
    assert_eq!(
        (&blind["blind"], &blind["lead"], subdistrict(&blind).as_str()),
        (&json!(true), &Value::Null, LIULIN)
    );
    let closed = office.sees(scene.closed).await;
    assert_eq!(subdistrict(&closed), XINHUA, "what has ended keeps what was");
    assert_eq!(kinds(&office, scene.closed).await.last().unwrap(), "voided");
}

#[tokio::test]
async fn events_say_what_changed_and_that_nobody_decided_it() {
    let town = TestApp::start().await;
    let (office, admin) = (town.office(), town.admin());
    let scene = scene(&town).await;
    sends(&admin, "kind=areas", swapped_areas()).await.ok();
    reassign(&town.app).await.unwrap();
    let told = events(&office, scene.dispatched).await;
    let last: Vec<&Value> = told.iter().rev().take(2).collect();
    assert_eq!(
        (last[1]["kind"].as_str(), last[0]["kind"].as_str()),
        (Some("reassigned"), Some("dispatched"))
    );
    for event in last {
        assert_eq!((&event["by"], &event["by_name"]), (&json!(0), &Value::Null));
    }
    assert_eq!(told[told.len() - 2]["payload"]["areas"][1], LIULIN);
    assert_eq!(told[told.len() - 2]["payload"]["reference_version"], 2);
    for issue in [scene.accepted, scene.blind, scene.unrouted] {
        let kinds = kinds(&office, issue).await;
        assert_eq!(kinds.iter().filter(|kind| *kind == "reassigned").count(), 1);
        assert_eq!(kinds.last().unwrap(), "reassigned", "nothing follows");
    }
}

#[tokio::test]
async fn whoever_lost_an_issue_drops_it() {
    let town = TestApp::start().await;
    let (bo, xinhua, liulin) = (town.inspector("bo"), town.bureau("xinhua"), town.bureau("liulin"));
    let scene = scene(&town).await;
    let (_, at_xinhua) = changes(&xinhua, None).await;
    let (_, at_bo) = changes(&bo, None).await;
    sends(&town.admin(), "kind=areas", swapped_areas()).await.ok();
    reassign(&town.app).await.unwrap();
    let (seen, _) = changes(&xinhua, Some(&at_xinhua)).await;
    assert_eq!(
        seen,
        [op("remove", scene.dispatched), op("upsert", scene.accepted), op("remove", scene.helped)]
    );
    let (seen, _) = changes(&liulin, None).await;
    assert_eq!(seen, [op("upsert", scene.dispatched), op("upsert", scene.helped)]);
    let gone = [scene.dispatched, scene.accepted, scene.helped, scene.unrouted];
    let (seen, _) = changes(&bo, Some(&at_bo)).await;
    assert_eq!(seen, gone.map(|issue| op("remove", issue)), "they left his duty areas");
    assert!(town.inspector("chen").pulls_all().await.contains_key(&scene.unrouted));
}

#[tokio::test]
async fn rules_find_and_lose_bureaus_while_nobody_has_accepted() {
    let town = TestApp::start().await;
    let (office, admin) = (town.office(), town.admin());
    let scene = scene(&town).await;
    // Manhole covers find a bureau; rubbish is nobody's any more.
    let rules = rules_with("when = { category = [\"0101\"] }", "when = { category = [\"1102\"] }");
    let tried = sends(&office, "kind=routing&dry_run=true", rules.clone()).await.ok();
    let counted = |what: &str| tried["touches"][what].as_i64().unwrap();
    assert_eq!((counted("newly_routed"), counted("newly_unrouted"), counted("changed")), (1, 1, 2));
    let due = office.sees(scene.helped).await["due_at"].clone();
    sends(&admin, "kind=routing", rules).await.ok();
    reassign(&town.app).await.unwrap();
    let lost = office.sees(scene.helped).await;
    assert_eq!(
        (&lost["unrouted"], &lost["lead"], &lost["due_at"]),
        (&json!(true), &Value::Null, &due)
    );
    assert_eq!(kinds(&office, scene.helped).await.last().unwrap(), "unrouted");
    let found = office.sees(scene.unrouted).await;
    assert_eq!((&found["lead"], &found["stage"]), (&json!("huanwei"), &json!("dispatched")));
    assert!(office.lists("unrouted=true").await.contains(&scene.helped));
    office.dispatches(scene.helped, "zhifa").await.ok();
    assert_eq!(office.sees(scene.helped).await["due_at"], due, "the clock ran on");
}

#[tokio::test]
async fn newer_rules_offer_once_what_waited_for_the_desk() {
    let town = TestApp::start().await;
    let (office, admin) = (town.office(), town.admin());
    let scene = scene(&town).await;
    office.files(scene.blind, "1102A").await.ok();
    let offer = "name = \"线缆认领\"\nwhen = { category = [\"1201\"";
    let wider = |more: &str| rules_with(offer, &format!("{offer}, {more}"));
    let rules = wider("\"1102\"");
    let tried = sends(&office, "kind=routing&dry_run=true", rules.clone()).await.ok();
    let counted = |what: &str| tried["touches"][what].as_i64().unwrap();
    assert_eq!((counted("offered"), counted("newly_routed"), counted("newly_unrouted")), (1, 0, 0));
    sends(&admin, "kind=routing", rules).await.ok();
    reassign(&town.app).await.unwrap();
    let offered = office.sees(scene.unrouted).await;
    assert_eq!(offered["offer"]["candidates"].as_array().unwrap().len(), 5);
    assert_eq!(office.sees(scene.blind).await["offer"], Value::Null, "blind findings never are");
    assert_eq!(town.bureau("yidong").lists("").await, [scene.unrouted]);

    // An offer that runs stands; one that is over is not made again, nor is whoever has it troubled.
    let again = async |more: &str| {
        sends(&admin, "kind=routing", wider(more)).await.ok();
        reassign(&town.app).await.unwrap();
    };
    again("\"1102\", \"1101\"").await;
    assert_eq!(office.sees(scene.unrouted).await["offer"], offered["offer"]);
    town.wait(24 * 60);
    assert_eq!(town.lapses().await, 1);
    let passed_on = office.sees(scene.unrouted).await;
    assert_eq!((&passed_on["lead"], &passed_on["stage"]), (&json!("xinhua"), &json!("dispatched")));
    again("\"1102\", \"1103\"").await;
    assert_eq!(office.sees(scene.unrouted).await["version"], passed_on["version"]);
}

#[tokio::test]
async fn a_report_that_was_placed_before_an_import_is_placed_anew() {
    let town = TestApp::start().await;
    let (office, old) = (town.office(), town.app.gazetteer().version);
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    sends(&town.admin(), "kind=areas", swapped_areas()).await.ok();
    reassign(&town.app).await.unwrap();
    // This server has not heard of the import yet when the next report comes.
    let stale = zhoubian::gazetteer::Gazetteer::empty();
    town.app.replace_gazetteer(stale);
    let draft = report().at(town.spot(1)).unsorted();
    let late = town.inspector("ana").submits(&draft).await.issue();
    assert_eq!(subdistrict(&office.sees(late).await), LIULIN);
    // On PostgreSQL the import can commit between a report's check and its own commit.
    let back = move |conn: &mut schema::Conn| issues::save_reference_version(conn, &[issue], old);
    town.app.db.write(back).await.unwrap();
    let import = office.gets("/reference-imports/1").await.ok();
    assert_eq!(import["reassignment"]["left"], 1);
    assert_eq!(reassign(&town.app).await.unwrap(), Progress { looked_at: 1, changed: 0 });
    let placed = kinds(&office, issue).await.iter().filter(|kind| *kind == "reassigned").count();
    assert_eq!(placed, 1, "it lay right already");
}

#[tokio::test]
async fn a_job_that_is_killed_goes_on_and_two_share_it() {
    let town = TestApp::start().await;
    let (office, ana) = (town.office(), town.inspector("ana"));
    let mut all = Vec::new();
    for spot in 0..60 {
        for condition in ["0101B", "0102A", "0103A", "0104A"] {
            let draft = report().at(town.spot(spot)).category(&condition[..4]).condition(condition);
            all.push(ana.submits(&draft).await.issue());
        }
    }
    sends(&town.admin(), "kind=areas", swapped_areas()).await.ok();
    let first = reassign_some(&town.app, &mut Failed::default()).await.unwrap().unwrap();
    assert_eq!(first, Progress { looked_at: 200, changed: 200 }, "then the process is killed");
    let left = office.gets("/reference-imports/1").await.ok()["reassignment"]["left"].clone();
    assert_eq!(left, 40);
    let (one, other) = tokio::join!(reassign(&town.app), reassign(&town.app));
    assert_eq!(one.unwrap().looked_at + other.unwrap().looked_at, 40);
    let import = office.gets("/reference-imports/1").await.ok();
    assert_eq!(import["reassignment"], json!({"looked_at": 240, "changed": 240, "left": 0}));
    for issue in all {
        let kinds = kinds(&office, issue).await;
        assert_eq!(kinds.iter().filter(|kind| *kind == "reassigned").count(), 1, "{issue}");
    }
    let request = town.admin().request(Method::POST, "/reference-imports?kind=areas");
    let again = office.sends(request.body(swapped_areas())).await.ok();
    assert_eq!(again["touches"]["looked_at"], 0, "the same again changes nothing");
    assert_eq!(reassign(&town.app).await.unwrap(), Progress::default());
}

#[tokio::test]
async fn an_issue_that_cannot_be_placed_keeps_no_other_back() {
    let town = TestApp::start().await;
    let (office, ana) = (town.office(), town.inspector("ana"));
    let mut all = Vec::new();
    for spot in 0..3 {
        let draft = report().at(town.spot(spot)).category("0101").condition("0101B");
        all.push(ana.submits(&draft).await.issue());
    }
    sends(&town.admin(), "kind=areas", swapped_areas()).await.ok();
    let broken = all[0];
    let whole = town.app.db.read(move |conn| issues::find(conn, broken)).await.unwrap().unwrap();
    let breaks = move |conn: &mut schema::Conn| {
        conn.batch(&format!("UPDATE issue SET detail = '[1]' WHERE id = {broken}"))?;
        Ok::<_, zhoubian::problem::Error>(())
    };
    town.app.db.write(breaks).await.unwrap();
    let mut failed = Failed::default();
    let mut placed = Progress::default();
    while let Some(some) = reassign_some(&town.app, &mut failed).await.unwrap() {
        placed.looked_at += some.looked_at;
    }
    assert_eq!(placed.looked_at, 2, "the others");
    for issue in &all[1..] {
        assert_eq!(office.sees(*issue).await["cooperating"], json!(["liulin"]));
    }
    let import = office.gets("/reference-imports/1").await.ok();
    assert_eq!(import["reassignment"]["left"], 1, "it is not forgotten");

    let mends = move |conn: &mut schema::Conn| issues::save(conn, &whole);
    town.app.db.write(mends).await.unwrap();
    assert_eq!(reassign_some(&town.app, &mut failed).await.unwrap(), None, "it is left alone");
    town.wait(5);
    let again = reassign_some(&town.app, &mut failed).await.unwrap();
    assert_eq!(again, Some(Progress { looked_at: 1, changed: 1 }), "and tried again");
    assert_eq!(office.sees(broken).await["cooperating"], json!(["liulin"]));
}

#[tokio::test]
async fn no_example_tells_of_a_blind_finding() {
    let town = TestApp::start().await;
    let scene = scene(&town).await;
    let tried = sends(&town.admin(), "kind=areas&dry_run=true", swapped_areas()).await.ok();
    assert_eq!(tried["touches"]["changed"], 5, "it is counted");
    let examples = tried["touches"]["examples"].as_array().unwrap();
    assert_eq!(examples.len(), 4);
    assert!(examples.iter().all(|one| one["issue"] != scene.blind), "{examples:?}");
}
