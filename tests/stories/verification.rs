//! 核查: who is asked to look again, where, and why; by hand, by draw, and from the desk.

use serde_json::{Value, json};
use support::{Answer, Person, TestApp, report};
use zhoubian::check::{What, check};
use zhoubian::terminal::Progress;

/// A town where what ana reports is of low gravity, with a share of so many per cent.
async fn sampling(percent: u32) -> TestApp {
    TestApp::start_with(move |config| {
        config.verification.low_gravity = vec!["0101B".to_owned()];
        config.verification.sample_percent = percent;
        config.verification.after_failure_next = 2;
    })
    .await
}

/// Reported by ana at a spot, and rectified by huanwei.
async fn rectified(town: &TestApp, spot: usize) -> i64 {
    let issue = town.inspector("ana").submits(&report().at(town.spot(spot))).await.issue();
    again(town, issue).await;
    issue
}

async fn again(town: &TestApp, issue: i64) {
    let huanwei = town.bureau("huanwei");
    town.wait(5);
    huanwei.accepts(issue).await.ok();
    huanwei.rectifies(issue).await;
}

async fn acts(who: &Person, issue: i64, verb: &str, body: Value) -> Answer {
    who.posts(&format!("/verification-tasks/{issue}:{verb}"), &body).await
}

async fn takes(who: &Person, issue: i64) -> Answer {
    acts(who, issue, "take", json!({})).await
}

async fn tasks(who: &Person, filters: &str) -> Vec<Value> {
    let page = who.gets(&format!("/verification-tasks?{filters}")).await.ok();
    page["items"].as_array().unwrap().clone()
}

async fn offered(who: &Person) -> Vec<i64> {
    tasks(who, "").await.iter().map(|task| task["issue"].as_i64().unwrap()).collect()
}

async fn verifies(who: &Person, issue: i64, passed: bool, way: &str) -> Answer {
    let body = json!({"passed": passed, "note": "looked", "way": way});
    who.commands(issue, "verify", body).await
}

#[tokio::test]
async fn a_task_is_offered_to_those_who_walk_there_and_one_of_two_takes_it() {
    let town = TestApp::start().await;
    let (ana, bo, chen) = (town.inspector("ana"), town.inspector("bo"), town.inspector("chen"));
    let issue = rectified(&town, 0).await;
    assert_eq!((offered(&ana).await, offered(&bo).await), (vec![issue], vec![issue]));
    assert!(offered(&chen).await.is_empty(), "chen walks elsewhere");
    takes(&chen, issue).await.is_problem(404, "not-found");
    takes(&town.bureau("huanwei"), issue).await.is_problem(403, "forbidden");
    town.bureau("huanwei").gets("/verification-tasks").await.is_problem(403, "forbidden");

    let other = town.another().await;
    let elsewhere = other.asked_by(&bo);
    let (one, two) = tokio::join!(takes(&ana, issue), takes(&elsewhere, issue));
    let (won, lost) = if one.status == 200 { (&ana, &bo) } else { (&bo, &ana) };
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(offered(won).await, [issue]);
    assert!(offered(lost).await.is_empty(), "it is in somebody's hands");
    takes(lost, issue).await.is_problem(409, "task-taken");
    acts(lost, issue, "give-back", json!({})).await.is_problem(409, "task-taken");
    let mine = takes(won, issue).await.ok();
    assert_eq!((&mine["mine"], &mine["check"]["because"]), (&json!(true), &json!("every")));

    acts(won, issue, "give-back", json!({})).await.ok();
    assert_eq!(offered(lost).await, [issue], "and free again");
    takes(lost, issue).await.ok();
    lost.passes(issue).await.ok();
    assert!(offered(&ana).await.is_empty() && offered(&bo).await.is_empty());
    takes(&ana, issue).await.is_problem(409, "wrong-stage");
}

#[tokio::test]
async fn what_was_found_after_the_time_was_over_still_counts() {
    let town = TestApp::start().await;
    let (ana, bo) = (town.inspector("ana"), town.inspector("bo"));
    let issue = rectified(&town, 0).await;
    let until = takes(&ana, issue).await.ok()["taken_until"].clone();
    assert_eq!(until, json!(town.now() + jiff::SignedDuration::from_mins(240)));
    // Decided on without a network, on what was seen then.
    let (etag, id) = (format!("\"{}\"", ana.sees(issue).await["version"]), uuid::Uuid::new_v4());
    town.wait(239);
    assert!(offered(&bo).await.is_empty());
    town.wait(1);
    assert_eq!(offered(&bo).await, [issue], "nobody's again");
    takes(&bo, issue).await.ok();
    let late = ana.commands_at(issue, "verify", &etag, id, json!({"passed": true})).await.ok();
    assert_eq!(late["stage"], "closed");
    assert!(offered(&bo).await.is_empty());
    bo.sees_nothing_of(issue).await;
}

#[tokio::test]
async fn the_nearest_come_first_and_ones_own_before_all() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let (near, far) = (town.spot(0), town.spot(5));
    let (there, here) = (rectified(&town, 5).await, rectified(&town, 0).await);
    let from = format!("lat={}&lon={}", near.lat, near.lon);
    let order = async |from: &str| -> Vec<i64> {
        tasks(&ana, from).await.iter().map(|task| task["issue"].as_i64().unwrap()).collect()
    };
    assert_eq!(order(&from).await, [here, there]);
    assert_eq!(order(&format!("lat={}&lon={}", far.lat, far.lon)).await, [there, here]);
    assert_eq!(order("").await, [there, here], "what waits longest");
    assert_eq!(order("limit=1").await, [there]);
    assert_eq!(tasks(&ana, &from).await[0]["distance_m"], 0.0);
    takes(&ana, there).await.ok();
    assert_eq!(order(&from).await, [there, here]);
    for wrong in ["lat=1", "lat=91&lon=0", "way=by_ear", "limit=0"] {
        assert_eq!(ana.gets(&format!("/verification-tasks?{wrong}")).await.status, 422, "{wrong}");
    }
}

#[tokio::test]
async fn the_office_sees_who_has_what_and_hands_it_to_somebody() {
    let town = TestApp::start().await;
    let (ana, bo, office) = (town.inspector("ana"), town.inspector("bo"), town.office());
    let issue = rectified(&town, 0).await;
    takes(&ana, issue).await.ok();
    let page = office.gets("/verification-tasks").await.ok();
    assert_eq!(
        (&page["on_site"], &page["desk"], &page["taken"]),
        (&json!(1), &json!(0), &json!(1))
    );
    assert_eq!(page["items"][0]["taken_by_name"], "ana");
    assert_eq!(page["rules"]["sample_percent"], 30);
    let candidates = office.gets(&format!("/verification-tasks/{issue}/inspectors")).await.ok();
    let names: Vec<&str> =
        candidates.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"bo") && !names.contains(&"chen"), "{names:?}");
    assert_eq!(names.last(), Some(&"ana"), "who has most comes last");

    let to = |who: &Person| json!({"account": who.member.account});
    acts(&ana, issue, "hand", to(&bo)).await.is_problem(403, "forbidden");
    for nobody in [&town.inspector("chen"), &town.bureau("huanwei"), &office] {
        acts(&office, issue, "hand", to(nobody)).await.is_problem(422, "inspector-unknown");
    }
    let handed = acts(&office, issue, "hand", to(&bo)).await.ok();
    assert_eq!((&handed["handed"], &handed["taken_by_name"]), (&json!(true), &json!("bo")));
    let held = tasks(&bo, "").await;
    assert_eq!((&held[0]["mine"], &held[0]["handed"]), (&json!(true), &json!(true)));
    assert_eq!(held[0]["taken_by_name"], Value::Null);
    assert!(offered(&ana).await.is_empty());
    town.wait(300);
    assert!(offered(&ana).await.is_empty(), "as long as the office may take for its verdict");
    acts(&office, issue, "give-back", json!({})).await.ok();
    assert_eq!(offered(&ana).await, [issue]);
    town.wait(60 * 24 * 4);
    assert_eq!(tasks(&office, "").await[0]["late"], true);
}

#[tokio::test]
async fn the_finder_is_not_asked_where_others_shall_look() {
    let town = TestApp::start_with(|config| config.verification.not_the_finder = true).await;
    let (ana, bo) = (town.inspector("ana"), town.inspector("bo"));
    let issue = rectified(&town, 0).await;
    assert!(offered(&ana).await.is_empty());
    assert_eq!(offered(&bo).await, [issue]);
    let to = json!({"account": ana.member.account});
    acts(&town.office(), issue, "hand", to).await.ok();
    assert_eq!(offered(&ana).await, [issue], "unless the office says so");
}

#[tokio::test]
async fn what_the_draw_leaves_out_waits_for_the_desk_and_is_told_apart() {
    let town = sampling(0).await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let issue = rectified(&town, 0).await;
    assert!(offered(&ana).await.is_empty(), "nobody has to go there");
    let waiting = tasks(&office, "way=desk").await;
    let check = &waiting[0]["check"];
    assert_eq!((&check["way"], &check["because"]), (&json!("desk"), &json!("left_out")));
    let draw = &check["draw"];
    assert_eq!((&draw["of"], &draw["percent"]), (&json!(issue.to_string()), &json!(0)));
    assert_eq!(office.sees(issue).await["verification"], *check);
    assert!(tasks(&office, "way=on_site").await.is_empty());
    takes(&ana, issue).await.is_problem(409, "desk-by-office");
    verifies(&ana, issue, true, "desk").await.is_problem(409, "desk-by-office");
    let closed = verifies(&office, issue, true, "desk").await.ok();
    assert_eq!((&closed["stage"], &closed["verification"]), (&json!("closed"), &Value::Null));
    assert_eq!(office.sees(issue).await["verifications"][0]["way"], "desk");
    assert!(tasks(&office, "").await.is_empty());
}

#[tokio::test]
async fn what_has_to_be_looked_at_on_site_does_not_pass_from_the_desk() {
    let town = sampling(100).await;
    let office = town.office();
    let issue = rectified(&town, 0).await;
    assert_eq!(office.sees(issue).await["verification"]["because"], "drawn");
    verifies(&office, issue, true, "desk").await.is_problem(409, "on-site-owed");
    assert_eq!(offered(&town.inspector("bo")).await, [issue], "a refusal changes nothing");
    verifies(&office, issue, true, "by_ear").await.is_problem(400, "request-malformed");
    verifies(&office, issue, true, "video").await.ok();
    assert_eq!(office.sees(issue).await["verifications"][0]["way"], "video");
}

#[tokio::test]
async fn a_failed_check_raises_the_share_of_its_bureau_for_the_next_ones() {
    let town = sampling(0).await;
    let office = town.office();
    let first = rectified(&town, 0).await;
    verifies(&office, first, false, "desk").await.ok();
    let because = async |issue: i64| office.sees(issue).await["verification"].clone();
    for (spot, left) in [(1, 1), (2, 0)] {
        let next = rectified(&town, spot).await;
        let check = because(next).await;
        assert_eq!((&check["way"], &check["because"]), (&json!("on_site"), &json!("drawn")));
        let draw = &check["draw"];
        assert_eq!(
            (&draw["percent"], &draw["raised_by"], &draw["raised_left"]),
            (&json!(100), &json!(first), &json!(left))
        );
    }
    let after = rectified(&town, 3).await;
    assert_eq!(because(after).await["because"], "left_out", "as everybody's again");
    // What failed itself is looked at on site, whatever the draw would say.
    again(&town, first).await;
    assert_eq!(because(first).await["because"], "rework");
    assert_eq!(office.sees(first).await["rework"], 1);
}

#[tokio::test]
async fn a_report_that_contradicts_sends_somebody_there() {
    let town = sampling(0).await;
    let (ana, bo) = (town.inspector("ana"), town.inspector("bo"));
    let issue = rectified(&town, 0).await;
    assert!(offered(&ana).await.is_empty());
    assert_eq!(bo.submits(&report().at(town.spot(0))).await.issue(), issue);
    assert_eq!(offered(&ana).await, [issue]);
    assert_eq!(tasks(&ana, "").await[0]["check"]["because"], "contradicted");
    verifies(&town.office(), issue, true, "desk").await.is_problem(409, "on-site-owed");
}

#[tokio::test]
async fn of_what_its_finder_fixed_a_share_waits_for_the_desk() {
    use support::Picture;
    for (percent, expected) in [(100, 1), (0, 0)] {
        let town = TestApp::start_with(move |config| {
            config.verification.self_handled_percent = percent;
        })
        .await;
        let (before, after) = (Picture::jpeg(), Picture::jpeg());
        let line = |picture: &Picture, part: &str| {
            let mut line = picture.line(support::START);
            line["part"] = json!(part);
            line
        };
        let photos = json!([line(&before, "before"), line(&after, "after")]);
        let draft = report().with("self_handled", true.into()).with("photos", photos);
        let issue = town.inspector("ana").submits(&draft.at(town.spot(0))).await.issue();
        let waiting = tasks(&town.office(), "way=desk").await;
        assert_eq!(waiting.len(), expected);
        assert!(offered(&town.inspector("bo")).await.is_empty());
        if let Some(task) = waiting.first() {
            assert_eq!((&task["issue"], &task["self_handled"]), (&json!(issue), &json!(true)));
            let fail = json!({"passed": false, "note": "照片里还有"});
            town.office().commands(issue, "verify", fail).await.ok();
            assert!(tasks(&town.office(), "").await.is_empty());
        }
    }
}

#[tokio::test]
async fn what_is_owed_is_found_to_be_right_by_the_check() {
    let town = sampling(50).await;
    for spot in 0..4 {
        rectified(&town, spot).await;
    }
    verifies(&town.inspector("bo"), 1, false, "on_site").await.ok();
    let (what, quiet) = (What { photos: None, backup: None }, Progress::silent());
    let (place, now) = (town.place(), town.now());
    let look = move || check(&place, &what, now, &quiet).unwrap();
    let found = tokio::task::spawn_blocking(look).await.unwrap();
    assert!(found.is_clean(), "{:?}", found.findings);
}
