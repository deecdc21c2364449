//! 认领: a cable that hangs down and whose owner nobody knows is offered to the five companies.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use support::{Answer, Person, Picture, TestApp, report};
use zhoubian::check::{What, check};
use zhoubian::terminal::Progress;

use super::kinds;

const COMPANIES: [&str; 5] = ["gongdian", "yidong", "liantong", "dianxin", "guangdian"];
const MONTH: &str = "from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z";

/// A cable without a tag hangs down in 新华, on Monday at nine: offered by rule for four working hours, until 15:00
/// with the noon break.
async fn cable(town: &TestApp, spot: usize) -> i64 {
    let draft = report().at(town.spot(spot)).category("1201").condition("1201C");
    town.inspector("ana").submits(&draft).await.issue()
}

fn instant(of: &Value) -> Timestamp {
    of.as_str().unwrap().parse().unwrap()
}

async fn claims(who: &Person, issue: i64) -> Answer {
    who.commands(issue, "claim", json!({})).await
}

async fn declines(who: &Person, issue: i64, reason: &str) -> Answer {
    who.commands(issue, "decline-claim", json!({"reason": reason})).await
}

async fn offers(who: &Person, issue: i64, to: &[&str], within: &str) -> Answer {
    let body = json!({"candidates": to, "within": within, "reason": "杆上无标牌，请辨认"});
    who.commands(issue, "offer", body).await
}

/// Derived rows say what the log does.
fn is_sound(town: &TestApp) {
    let what = What { photos: None, backup: None };
    let report = check(&town.place(), &what, town.now(), &Progress::silent()).unwrap();
    assert!(report.is_clean(), "{:#?}", report.lines());
}

async fn allowed(who: &Person, issue: i64) -> Vec<String> {
    let seen = who.sees(issue).await;
    seen["allowed"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().into()).collect()
}

#[tokio::test]
async fn a_cable_is_claimed_its_owner_leads_and_the_others_help_until_all_of_it_is_done() {
    let town = TestApp::start().await;
    let (office, ana) = (town.office(), town.inspector("ana"));
    let issue = cable(&town, 0).await;

    // Offered: seen by the five and by nobody else of the bureaus, on nobody's clock but the office's.
    let seen = office.sees(issue).await;
    assert_eq!((&seen["stage"], &seen["unrouted"]), (&json!("filed"), &json!(false)));
    assert_eq!((&seen["lead"], &seen["due_at"]), (&Value::Null, &Value::Null));
    let offer = &seen["offer"];
    assert_eq!(instant(&offer["until"]), town.now() + SignedDuration::from_hours(6));
    assert_eq!((&offer["otherwise"], &offer["others_help"]), (&json!("xinhua"), &json!(true)));
    assert_eq!(seen["routing"]["because"]["kind"], "offer");
    let told = seen["routing"]["words"]["zh"].as_str().unwrap();
    assert!(
        told.contains("无主线缆") && told.contains("4工作时") && told.contains("新华"),
        "{told}"
    );
    for company in COMPANIES {
        let company = town.bureau(company);
        assert_eq!(company.lists("").await, [issue]);
        assert_eq!(company.pulls_all().await[&issue]["offer"]["until"], offer["until"]);
        assert_eq!(allowed(&company, issue).await, ["claim", "decline-claim"]);
    }
    for other in ["xinhua", "huanwei"] {
        town.bureau(other).sees_nothing_of(issue).await;
        assert!(town.bureau(other).pulls_all().await.is_empty());
    }
    assert_eq!(office.lists("offered=true").await, [issue]);
    assert!(office.lists("unrouted=true").await.is_empty(), "nothing for the desk to do yet");
    let waits = office.gets("/desk-waits?step=dispatch").await.ok();
    assert_eq!(waits["items"][0]["issue"], issue, "its own clock runs");
    is_sound(&town);

    // Broadcast says that it is not theirs, mobile that it is.
    let (yidong, guangdian) = (town.bureau("yidong"), town.bureau("guangdian"));
    town.wait(30);
    declines(&guangdian, issue, " ").await.is_problem(409, "reason-missing");
    declines(&guangdian, issue, "我公司线缆均已挂牌").await.ok();
    assert!(guangdian.lists("offered_to=guangdian").await.is_empty());
    assert_eq!(guangdian.lists("offered=true").await, [issue], "they may look again");
    declines(&guangdian, issue, "说过了").await.is_problem(409, "claim-declined");
    town.wait(30);
    let claimed = claims(&yidong, issue).await.ok();
    assert_eq!((&claimed["stage"], &claimed["lead"]), (&json!("accepted"), &json!("yidong")));
    assert_eq!(claimed["cooperating"], json!(["gongdian", "liantong", "dianxin"]));
    assert_eq!(
        (&claimed["offer"], &claimed["routing"]["rule"]),
        (&Value::Null, &json!("线缆认领"))
    );
    assert_eq!(instant(&claimed["dispatched_at"]), town.now(), "its clock starts with the claim");
    // Five working days on.
    assert_eq!(claimed["due_at"], "2026-11-23T02:00:00Z");
    guangdian.sees_nothing_of(issue).await;
    assert_eq!(guangdian.pulls_all().await.len(), 0, "it is gone from their pull");
    claims(&guangdian, issue).await.is_problem(409, "offer-over");
    claims(&town.bureau("huanwei"), issue).await.is_problem(404, "not-found");
    let log =
        ["reported", "filed", "offered", "claim_declined", "claimed", "dispatched", "accepted"];
    assert_eq!(kinds(&office, issue).await, log);
    is_sound(&town);

    // Each of those who help takes its part and does it; then the lead, and all of it is closed together.
    let early = yidong.announces_fix(issue, &Picture::jpeg()).await;
    early.is_problem(409, "parts-owed");
    for company in ["gongdian", "liantong", "dianxin"].map(|code| town.bureau(code)) {
        town.wait(10);
        company.commands(issue, "accept-part", json!({})).await.ok();
        let picture = Picture::jpeg();
        let line = picture.line_at(town.now(), town.spot(0));
        let body = json!({"note": "杆上无本单位线缆，已挂牌", "photos": [line]});
        company.commands(issue, "finish-part", body).await.ok();
        company.uploads(&picture).await.ok();
    }
    town.wait(60);
    yidong.rectifies(issue).await;
    town.inspector("bo").passes(issue).await.ok();
    assert_eq!(ana.sees(issue).await["stage"], "closed");

    // Figures for both: mobile as lead, three as helping, broadcast and the subdistrict nowhere.
    let rows = async |asked: &str| {
        let read = office.gets(&format!("/figures?{MONTH}&by=bureau{asked}")).await.ok();
        let rows = read["rows"].as_array().unwrap().clone();
        rows.iter()
            .map(|row| (row["code"].as_str().unwrap().to_owned(), row["closed_on_time"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(rows("").await, [("yidong".to_owned(), json!(1))]);
    let helped = ["dianxin", "gongdian", "liantong"].map(|code| (code.to_owned(), json!(1)));
    assert_eq!(rows("&part=cooperating").await, helped);
    let clocks = office.gets(&format!("/desk-clocks?{MONTH}")).await.ok();
    let dispatch =
        clocks["clocks"].as_array().unwrap().iter().find(|one| one["step"] == "dispatch");
    assert_eq!(dispatch.unwrap()["median_minutes"], 60, "how long it was offered");
    is_sound(&town);
}

#[tokio::test]
async fn what_nobody_claims_goes_to_the_subdistrict_once_also_after_downtime() {
    let town = TestApp::start().await;
    let (office, xinhua) = (town.office(), town.bureau("xinhua"));
    let (one, other) = (cable(&town, 0).await, cable(&town, 20).await);
    let until = instant(&office.sees(one).await["offer"]["until"]);
    declines(&town.bureau("yidong"), one, "不是我公司的").await.ok();
    town.wait(359);
    assert_eq!(town.lapses().await, 0, "the time is not over");
    // The server was down for two days, and two processes look at once.
    town.wait(2 * 24 * 60);
    claims(&town.bureau("gongdian"), one).await.is_problem(409, "offer-over");
    assert!(!allowed(&town.bureau("gongdian"), one).await.contains(&"claim".to_owned()));
    let (first, second) = tokio::join!(town.lapses(), town.lapses());
    assert_eq!((first + second, town.lapses().await), (2, 0));
    for issue in [one, other] {
        let seen = xinhua.sees(issue).await;
        assert_eq!((&seen["stage"], &seen["lead"]), (&json!("dispatched"), &json!("xinhua")));
        assert_eq!(instant(&seen["dispatched_at"]), town.now(), "it could not know before");
        let events = office.gets(&format!("/issues/{issue}/events")).await.ok();
        let lapsed: Vec<&Value> = events["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|event| event["kind"] == "offer_lapsed")
            .collect();
        assert_eq!(lapsed.len(), 1);
        assert_eq!(instant(&lapsed[0]["payload"]["over_at"]), until, "dated by its deadline");
    }
    let silent = json!(["gongdian", "liantong", "dianxin", "guangdian"]);
    assert_eq!(xinhua.sees(one).await["cooperating"], silent, "who said nothing helps");
    assert_eq!(xinhua.sees(other).await["cooperating"], json!(COMPANIES));
    town.bureau("yidong").sees_nothing_of(one).await;
    is_sound(&town);

    // Newer reference data does not offer it again, nor take it from whoever has it.
    town.follows().await;
    assert_eq!(xinhua.sees(one).await["lead"], "xinhua");
    xinhua.accepts(one).await.ok();
}

#[tokio::test]
async fn when_all_decline_nobody_waits() {
    let town = TestApp::start().await;
    let issue = cable(&town, 0).await;
    for company in COMPANIES {
        assert_eq!(town.office().sees(issue).await["lead"], Value::Null);
        declines(&town.bureau(company), issue, "杆上没有我公司线缆").await.ok();
    }
    let seen = town.bureau("xinhua").sees(issue).await;
    assert_eq!((&seen["lead"], &seen["cooperating"]), (&json!("xinhua"), &json!([])));
    let log = kinds(&town.office(), issue).await;
    assert_eq!(log[log.len() - 3..], ["claim_declined", "offer_lapsed", "dispatched"]);
    is_sound(&town);
}

#[tokio::test]
async fn of_two_that_claim_at_once_one_leads() {
    let town = TestApp::start().await;
    let issue = cable(&town, 0).await;
    let (power, mobile) = (town.bureau("gongdian"), town.bureau("yidong"));
    let (one, other) = tokio::join!(claims(&power, issue), claims(&mobile, issue));
    let lead = town.office().sees(issue).await["lead"].clone();
    let (won, lost) = if lead == "gongdian" { (one, other) } else { (other, one) };
    won.ok();
    // Those who help still see it: what they decided on is not the current version.
    assert!(
        matches!(lost.said(), (412, "version-stale") | (409, "offer-over")),
        "{:?}",
        lost.said()
    );
    let loser = if lead == "gongdian" { &mobile } else { &power };
    claims(loser, issue).await.is_problem(409, "offer-over");
    assert_eq!(
        kinds(&town.office(), issue).await.iter().filter(|kind| **kind == "claimed").count(),
        1
    );
}

#[tokio::test]
async fn the_office_offers_by_hand_and_takes_it_back_by_dispatching() {
    let town = TestApp::start().await;
    let (office, ana) = (town.office(), town.inspector("ana"));
    let cover = |spot| report().at(town.spot(spot)).category("1102").condition("1102A");
    let issue = ana.submits(&cover(5)).await.issue();
    assert_eq!(office.lists("unrouted=true").await, [issue], "no offer takes manhole covers");
    offers(&office, issue, &[], "4工作时").await.is_problem(409, "candidates-wrong");
    offers(&office, issue, &["nobody"], "4工作时").await.is_problem(422, "bureau-unknown");
    offers(&office, issue, &["gongdian"], "soon").await.is_problem(422, "within-invalid");
    offers(&office, issue, &["gongdian"], "800工作时").await.is_problem(422, "within-invalid");
    for who in [&ana, &town.supervisor(), &town.person("admin")] {
        offers(who, issue, &["gongdian"], "4工作时").await.is_problem(403, "forbidden");
        claims(who, issue).await.is_problem(403, "forbidden");
    }
    let offered = offers(&office, issue, &["gongdian", "yidong"], "1紧急工作时").await.ok();
    assert_eq!(instant(&offered["offer"]["until"]), town.now() + SignedDuration::from_hours(1));
    assert_eq!(offered["routing"]["reason"], "杆上无标牌，请辨认");
    offers(&office, issue, &["liantong"], "4工作时").await.is_problem(409, "offered-already");
    assert!(allowed(&office, issue).await.contains(&"dispatch".to_owned()));

    office.dispatches(issue, "shizheng").await.ok();
    town.bureau("gongdian").sees_nothing_of(issue).await;
    claims(&town.bureau("yidong"), issue).await.is_problem(409, "offer-over");
    town.wait(90);
    assert_eq!(town.lapses().await, 0, "it was withdrawn");

    // What its bureau returned can be offered too; and comes back to the desk when nobody claims it.
    town.bureau("shizheng").returns(issue).await.ok();
    offers(&office, issue, &["gongdian", "yidong"], "1紧急工作时").await.ok();
    town.bureau("shizheng").sees_nothing_of(issue).await;
    town.wait(61);
    assert_eq!(town.lapses().await, 1);
    let back = office.sees(issue).await;
    assert_eq!((&back["unrouted"], &back["offer"]), (&json!(true), &Value::Null));
    assert_eq!(back["routing"]["because"]["kind"], "unclaimed");
    assert_eq!(office.lists("unrouted=true").await, [issue]);
    is_sound(&town);
}

#[tokio::test]
async fn a_blind_finding_is_never_offered() {
    let town = TestApp::start().await;
    let draft = report().at(town.spot(0)).category("1201").condition("1201C").blind();
    let issue = town.supervisor().submits(&draft).await.issue();
    let office = town.office();
    let filed = office.files(issue, "1201C").await.ok();
    assert_eq!((&filed["offer"], &filed["unrouted"]), (&Value::Null, &json!(true)));
    offers(&office, issue, &COMPANIES, "4工作时").await.is_problem(409, "blind-unreleased");
    for company in COMPANIES {
        town.bureau(company).sees_nothing_of(issue).await;
        assert!(town.bureau(company).pulls_all().await.is_empty());
    }
    office.commands(issue, "release", json!({})).await.ok();
    offers(&office, issue, &COMPANIES, "4工作时").await.ok();
    assert_eq!(town.bureau("yidong").lists("offered_to=yidong").await, [issue]);
}

#[tokio::test]
async fn a_draft_of_the_rules_is_tried_with_what_it_offers() {
    let town = TestApp::start().await;
    let (office, issue) = (town.office(), cable(&town, 0).await);
    let rules = office.gets("/routing").await.ok()["text"].as_str().unwrap().to_owned();
    let tries =
        async |text: String| office.posts("/routing:try", &json!({"text": text})).await.ok();
    let same = tries(rules.clone()).await;
    assert_eq!((&same["same"], &same["unrouted"]), (&json!(1), &json!([])));
    assert_eq!(same["offers"], json!([{"offer": "线缆认领", "issues": 1}]));
    let fewer =
        tries(rules.replace("\"dianxin\", \"guangdian\"]\nwithin", "\"dianxin\"]\nwithin")).await;
    assert_eq!(fewer["changed"], 1);
    let example = &fewer["examples"][0];
    assert_eq!((&example["issue"], &example["after"]["lead"]), (&json!(issue), &Value::Null));
    assert_eq!(example["after"]["routing"]["because"]["cooperating"].as_array().unwrap().len(), 4);
    let spoilt = rules.replace("candidates = [", "candidates = [\"nobody\", ");
    let linted = office.posts("/routing:lint", &json!({"text": spoilt})).await.ok();
    assert_eq!(linted["findings"][0]["code"], "unknown-bureau");

    let asked = json!({"category": "1201", "condition": "1201C", "position":
        {"lat": town.spot(0).lat, "lon": town.spot(0).lon, "datum": "wgs84"}});
    let route = office.posts("/routing:suggest", &asked).await.ok()["route"].clone();
    assert_eq!(
        (&route["lead"], &route["routing"]["because"]["kind"]),
        (&Value::Null, &json!("offer"))
    );
}
