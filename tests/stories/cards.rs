//! 督办卡: drafted by rule or by hand, signed by another person, replied to, accepted once its issues are closed.

use reqwest::Method;
use schema::Conn;
use serde_json::{Value, json};
use support::{Answer, Person, Picture, TestApp, report};
use uuid::Uuid;
use zhoubian::check::{What, check};
use zhoubian::jobs::sweep::sweep;
use zhoubian::terminal::Progress;

const DAY: i64 = 24 * 60;

async fn accepted(town: &TestApp, spot: usize) -> i64 {
    let issue = town.inspector("ana").submits(&report().at(town.spot(spot))).await.issue();
    town.bureau("huanwei").accepts(issue).await.ok();
    issue
}

async fn drafts(officer: &Person, bureau: &str, colour: Option<&str>, issues: &[i64]) -> Answer {
    let body = json!({"id": Uuid::new_v4(), "bureau": bureau, "colour": colour, "facts": "反复出现",
        "issues": issues});
    officer.posts("/cards", &body).await
}

/// Takes a step with a card on the version that they see now.
async fn steps(who: &Person, card: i64, verb: &str, mut body: Value) -> Answer {
    let seen = who.gets(&format!("/cards/{card}")).await;
    let etag = Some(seen.header("etag").to_owned()).filter(|etag| !etag.is_empty());
    body["command_id"] = json!(Uuid::new_v4());
    let request = who.request(Method::POST, &format!("/cards/{card}:{verb}"));
    who.sends(request.header("if-match", etag.unwrap_or("\"1\"".to_owned())).json(&body)).await
}

async fn says(who: &Person, card: i64, verb: &str, text: &str) -> Answer {
    steps(who, card, verb, json!({"text": text})).await
}

async fn replies(who: &Person, card: i64, scan: &[Value], photos: &[Value]) -> Answer {
    let body = json!({"cause": "夜间人手不足", "measures": "增派夜班", "person": "李强", "photos": photos,
        "scan": scan});
    steps(who, card, "reply", body).await
}

/// Drafted by `office`, signed and delivered by `watch`.
pub(crate) async fn delivered(
    town: &TestApp,
    bureau: &str,
    colour: Option<&str>,
    issues: &[i64],
) -> i64 {
    let drafted = drafts(&town.office(), bureau, colour, issues).await.ok();
    let (card, watch) = (drafted["id"].as_i64().unwrap(), town.person("watch"));
    steps(&watch, card, "sign", json!({})).await.ok();
    steps(&watch, card, "deliver", json!({})).await.ok();
    card
}

async fn listed(who: &Person, filters: &str) -> Vec<Value> {
    let page = who.gets(&format!("/cards?{filters}")).await.ok();
    page["items"].as_array().unwrap().clone()
}

async fn closed(town: &TestApp, issue: i64) {
    town.bureau("huanwei").rectifies(issue).await;
    town.inspector("bo").passes(issue).await.ok();
}

#[tokio::test]
async fn a_card_lives_from_its_draft_to_an_accepted_reply() {
    let town = TestApp::start().await;
    let (huanwei, office, watch) = (town.bureau("huanwei"), town.office(), town.person("watch"));
    let issue = accepted(&town, 0).await;
    let drafted = drafts(&office, "huanwei", Some("white"), &[issue]).await.ok();
    let card = drafted["id"].as_i64().unwrap();
    assert_eq!((&drafted["stage"], &drafted["number"]), (&json!("draft"), &Value::Null));
    huanwei.gets(&format!("/cards/{card}")).await.is_problem(404, "not-found");
    steps(&office, card, "sign", json!({})).await.is_problem(409, "card-drafter-signs");
    let signed = steps(&watch, card, "sign", json!({})).await.ok();
    assert_eq!(signed["number"], "督〔2026〕1号");
    assert!(listed(&huanwei, "").await.is_empty(), "signed is not delivered");
    let sent = steps(&office, card, "deliver", json!({})).await.ok();
    // Three working days from Monday 09:00.
    assert_eq!(sent["reply_due_at"], "2026-11-19T01:00:00Z");
    assert_eq!(listed(&huanwei, "").await[0]["id"], json!(card));
    assert!(listed(&town.bureau("xinhua"), "").await.is_empty());
    town.bureau("xinhua").gets(&format!("/cards/{card}")).await.is_problem(404, "not-found");

    let (scan, photo) = (Picture::jpeg(), Picture::jpeg());
    replies(&huanwei, card, &[], &[]).await.is_problem(409, "card-scan-missing");
    let lines = ([scan.line(town.now())], [photo.line(town.now())]);
    replies(&huanwei, card, &lines.0, &lines.1).await.ok();
    says(&watch, card, "accept", "").await.is_problem(409, "card-issue-open");
    closed(&town, issue).await;
    says(&watch, card, "accept", "").await.is_problem(409, "card-scan-not-stored");
    for picture in [&scan, &photo] {
        huanwei.uploads(picture).await.ok();
    }
    let seen = watch.gets(&format!("/cards/{card}")).await.ok();
    assert_eq!((&seen["open_issues"], &seen["reply"]["person"]), (&json!(0), &json!("李强")));
    let photos = seen["reply"]["photos"].as_array().unwrap();
    assert_eq!(photos.iter().filter(|photo| photo["scan"] == true).count(), 1);
    assert!(photos.iter().all(|photo| photo["state"] == "stored"));
    assert_eq!(seen["allowed"], json!(["accept", "upgrade", "withdraw", "comment"]));
    says(&watch, card, "accept", "整改到位").await.ok();
    says(&watch, card, "withdraw", "x").await.is_problem(409, "card-wrong-stage");
    let events = huanwei.gets(&format!("/cards/{card}")).await.ok()["events"].clone();
    let kinds: Vec<&str> =
        events.as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["drafted", "signed", "delivered", "replied", "accepted"]);
    // A photo of a reply shows no problem.
    assert_eq!(office.sees(issue).await["photos"]["expected"], 0);
}

#[tokio::test]
async fn a_late_reply_goes_up_to_red_and_into_the_proposals() {
    let town = TestApp::start().await;
    let (huanwei, office, watch) = (town.bureau("huanwei"), town.office(), town.person("watch"));
    let issue = accepted(&town, 0).await;
    let mut card = delivered(&town, "huanwei", Some("white"), &[issue]).await;
    assert_eq!(office.gets("/cards/proposals").await.ok()["items"], json!([]));
    for colour in ["yellow", "red"] {
        says(&office, card, "upgrade", "未回复").await.is_problem(409, "card-reply-not-late");
        let due = office.gets(&format!("/cards/{card}")).await.ok()["reply_due_at"].clone();
        // Whatever is said, until then it is not late, and after it it is.
        says(&huanwei, card, "comment", "正在协调").await.ok();
        town.wait(5 * DAY);
        says(&office, card, "comment", "请抓紧").await.ok();
        let seen = office.gets(&format!("/cards/{card}")).await.ok();
        assert_eq!((&seen["reply_due_at"], &seen["reply_late"]), (&due, &json!(true)));
        assert_eq!(listed(&office, "late=true").await.len(), 1);
        let upgraded = says(&office, card, "upgrade", "未回复").await.ok();
        assert_eq!(upgraded["stage"], "upgraded");
        let next = upgraded["upgraded_to"].as_i64().unwrap();
        let drafted = office.gets(&format!("/cards/{next}")).await.ok();
        assert_eq!(
            (&drafted["colour"], &drafted["upgrade_of"], &drafted["stage"]),
            (&json!(colour), &json!(card), &json!("draft"))
        );
        steps(&watch, next, "sign", json!({})).await.ok();
        steps(&watch, next, "deliver", json!({})).await.ok();
        card = next;
    }
    town.wait(5 * DAY);
    says(&office, card, "upgrade", "未回复").await.is_problem(409, "card-red-is-gravest");
    let proposed = office.gets("/cards/proposals").await.ok()["items"].clone();
    assert_eq!((&proposed[0]["bureau"], &proposed[0]["red"]), (&json!("huanwei"), &json!(1)));
    assert_eq!(proposed[0]["measure"], "talk");
    says(&office, card, "withdraw", "核实有误").await.ok();
    assert_eq!(office.gets("/cards/proposals").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn companies_get_letters_and_numbers_are_counted_without_gaps() {
    let town = TestApp::start().await;
    let (office, watch) = (town.office(), town.person("watch"));
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    let number = async |card: i64| steps(&watch, card, "sign", json!({})).await;
    let ours = drafts(&office, "huanwei", Some("white"), &[issue]).await.ok()["id"].clone();
    assert_eq!(number(ours.as_i64().unwrap()).await.ok()["number"], "督〔2026〕1号");
    drafts(&office, "gongdian", Some("red"), &[issue])
        .await
        .is_problem(409, "card-issue-of-others");
    office.dispatches(issue, "gongdian").await.ok();
    let letter = drafts(&office, "gongdian", Some("red"), &[issue]).await.ok();
    assert_eq!((&letter["kind"], &letter["colour"]), (&json!("letter"), &Value::Null));
    let letter = letter["id"].as_i64().unwrap();
    assert_eq!(number(letter).await.ok()["number"], "协函〔2026〕1号");
    number(letter).await.is_problem(409, "card-wrong-stage");
    office.dispatches(issue, "huanwei").await.ok();
    // What was refused took no number.
    let again = drafts(&office, "huanwei", Some("red"), &[issue]).await.ok()["id"].clone();
    assert_eq!(number(again.as_i64().unwrap()).await.ok()["number"], "督〔2026〕2号");
    steps(&office, letter, "deliver", json!({})).await.ok();
    town.wait(30 * DAY);
    says(&office, letter, "upgrade", "未回复").await.is_problem(409, "card-letter-has-no-colour");
}

#[tokio::test]
async fn what_may_not_be_drafted_is_refused_by_name_and_a_draft_is_made_once() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let issue = accepted(&town, 0).await;
    let blind = town.supervisor().submits(&report().at(town.spot(5)).blind()).await.issue();
    drafts(&office, "huanwei", Some("white"), &[blind]).await.is_problem(409, "card-blind");
    drafts(&office, "huanwei", None, &[issue]).await.is_problem(422, "colour-missing");
    drafts(&office, "huanwei", Some("white"), &[]).await.is_problem(422, "card-issues");
    drafts(&office, "nobody", Some("white"), &[issue]).await.is_problem(422, "bureau-unknown");
    drafts(&office, "huanwei", Some("white"), &[999]).await.is_problem(422, "issue-unknown");
    for who in [&ana, &town.bureau("huanwei"), &town.supervisor(), &town.admin()] {
        drafts(who, "huanwei", Some("white"), &[issue]).await.is_problem(403, "forbidden");
    }
    let mut body = json!({"id": Uuid::new_v4(), "bureau": "huanwei", "colour": "white",
        "facts": "反复出现", "issues": [issue]});
    let first = office.posts("/cards", &body).await.ok();
    assert_eq!(office.posts("/cards", &body).await.ok(), first);
    assert_eq!(listed(&office, "mine=true").await.len(), 1);
    assert!(listed(&town.person("watch"), "mine=true").await.is_empty());
    body["colour"] = json!("red");
    office.posts("/cards", &body).await.is_problem(409, "card-conflict");
    closed(&town, issue).await;
    drafts(&office, "huanwei", Some("white"), &[issue]).await.is_problem(409, "card-issue-ended");

    // A step sent again does nothing twice; one decided on an older version is refused.
    let (card, watch) = (first["id"].as_i64().unwrap(), town.person("watch"));
    let sign = |etag: &str, id: Uuid| {
        let request = watch.request(Method::POST, &format!("/cards/{card}:sign"));
        watch.sends(request.header("if-match", etag.to_owned()).json(&json!({"command_id": id})))
    };
    let id = Uuid::new_v4();
    sign("\"7\"", id).await.is_problem(412, "card-stale");
    let signed = sign("\"1\"", id).await.ok();
    assert_eq!(sign("\"1\"", id).await.ok(), signed);
    assert_eq!(signed["version"], 2);
}

async fn owed(town: &TestApp) -> Vec<(String, String)> {
    let mut cards = listed(&town.office(), "").await;
    cards.reverse();
    let of = |card: &Value| {
        let word = |name: &str| card[name].as_str().unwrap_or_default().to_owned();
        (word("rule"), word("owed_at"))
    };
    cards.iter().map(of).collect()
}

#[tokio::test]
async fn a_sweep_after_two_days_down_drafts_each_card_once_and_dates_it_rightly() {
    let town = TestApp::start().await;
    let issue = accepted(&town, 0).await;
    let waiting = town.inspector("ana").submits(&report().at(town.spot(3))).await.issue();
    let due: jiff::Timestamp =
        town.office().sees(issue).await["due_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(sweep(&town.app).await.unwrap(), 0);
    town.wait(5 * DAY);
    let drafted = sweep(&town.app).await.unwrap();
    let cards = owed(&town).await;
    assert_eq!(drafted, cards.len());
    let day = jiff::SignedDuration::from_hours(24);
    for (rule, after) in [("overdue-1d", 1), ("overdue-3d", 3)] {
        let dated = (rule.to_owned(), (due + day * after).to_string());
        // Both issues were reported in the same minute, and have the same limit.
        assert_eq!(cards.iter().filter(|card| **card == dated).count(), 2, "{rule} {cards:?}");
    }
    let unacknowledged: Vec<_> =
        cards.iter().filter(|(rule, _)| rule == "unacknowledged-1d").collect();
    assert_eq!(unacknowledged.len(), 1);
    let about = listed(&town.office(), &format!("issue={waiting}")).await;
    assert!(about.iter().any(|card| card["rule"] == "unacknowledged-1d"));
    assert_eq!(cards.len(), 5, "{cards:?}");
    assert!(cards.windows(2).all(|two| two[0].1 <= two[1].1), "in the order they came to be owed");
    for _ in 0..3 {
        town.wait(1);
        assert_eq!(sweep(&town.app).await.unwrap(), 0);
    }
    assert_eq!(owed(&town).await, cards);
    let drawn = listed(&town.office(), "stage=draft&colour=yellow").await;
    assert!(drawn.iter().all(|card| card["to"] == "主要负责人" && card["bureau"] == "huanwei"));
}

#[tokio::test]
async fn two_processes_that_sweep_at_once_draft_nothing_twice() {
    let town = TestApp::start().await;
    for spot in 0..6 {
        accepted(&town, spot).await;
    }
    let other = town.another().await;
    town.wait(9 * DAY);
    let (one, two) = tokio::join!(sweep(&town.app), sweep(&other.app));
    let (one, two) = (one.unwrap(), two.unwrap());
    let cards = owed(&town).await;
    // Three steps of the ladder for each of six issues, between them.
    assert_eq!((one + two, cards.len()), (18, 18));
}

#[tokio::test]
async fn a_failed_verification_twice_drafts_a_yellow_card() {
    let town = TestApp::start().await;
    let issue = accepted(&town, 0).await;
    for failures in 1..=2 {
        town.bureau("huanwei").rectifies(issue).await;
        town.inspector("bo").fails(issue).await.ok();
        assert_eq!(sweep(&town.app).await.unwrap(), failures - 1);
        town.bureau("huanwei").accepts(issue).await.ok();
        town.wait(1);
    }
    let card = listed(&town.office(), "").await[0].clone();
    assert_eq!((&card["rule"], &card["colour"]), (&json!("rework-2"), &json!("yellow")));
}

#[tokio::test]
async fn the_office_sets_the_rules_and_whoever_was_slower_reads_them_again() {
    let town = TestApp::start().await;
    let (office, watch) = (town.office(), town.person("watch"));
    let put = |who: &Person, body: &Value| {
        let request = who.request(Method::PUT, "/card-rules").json(body);
        let who = who.clone();
        async move { who.sends(request).await }
    };
    let known = office.gets("/card-rules").await.ok();
    assert_eq!((&known["version"], &known["set_at"]), (&json!(0), &Value::Null));
    let mut body = json!({"version": 0, "rules": known["rules"]});
    body["rules"]["rules"] = json!([{"code": "quick", "trigger": "unacknowledged_hours", "amount": 2,
        "colour": "red"}]);
    let set = put(&office, &body).await.ok();
    assert_eq!((&set["version"], &set["rules"]), (&json!(1), &body["rules"]));
    body["rules"]["rules"][0]["amount"] = json!(3);
    put(&watch, &body).await.is_problem(412, "card-stale");
    body["rules"]["rules"][0]["amount"] = json!(0);
    body["version"] = json!(1);
    put(&watch, &body).await.is_problem(422, "card-rules-invalid");
    put(&town.bureau("huanwei"), &body).await.is_problem(403, "forbidden");
    town.inspector("ana").submits(&report().at(town.spot(0))).await.ok();
    town.wait(121);
    assert_eq!(sweep(&town.app).await.unwrap(), 1);
    assert_eq!(listed(&office, "colour=red").await[0]["rule"], "quick");
}

#[tokio::test]
async fn a_log_of_a_card_that_was_tampered_with_is_found() {
    let town = TestApp::start().await;
    let issue = accepted(&town, 0).await;
    delivered(&town, "huanwei", Some("white"), &[issue]).await;
    let found = |statement: &str| {
        let place = town.place();
        Conn::open(&place.database.url).unwrap().batch(statement).unwrap();
        let what = What { photos: None, backup: None };
        let report = check(&place, &what, town.now(), &Progress::silent()).unwrap();
        report.wrong.keys().copied().collect::<Vec<_>>()
    };
    assert!(found("SELECT 1").is_empty());
    assert_eq!(found("UPDATE card_event SET actor = 99 WHERE n = 2"), ["card-chain-broken"]);
    assert_eq!(found("DELETE FROM card_event WHERE n > 1"), ["card-chain-broken"]);
}
