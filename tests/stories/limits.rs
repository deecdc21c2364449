//! 时限: how a limit came about is told stretch by stretch, and it follows the calendar.

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};
use support::{Person, TestApp, report};
use zhoubian::jobs::reassign::{Failed, Progress, reassign, reassign_some};

use super::kinds;

/// 元旦 2027 as it may be announced: off from Friday to Sunday, and worked on the Saturday before.
const YEAR: &str = r#"{"year": 2027, "days": [
    {"name": "元旦", "date": "2026-12-26", "isOffDay": false},
    {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
    {"name": "元旦", "date": "2027-01-02", "isOffDay": true},
    {"name": "元旦", "date": "2027-01-03", "isOffDay": true}]}"#;

async fn imports(who: &Person, query: &str, file: &str) -> Value {
    let request = who.request(Method::POST, &format!("/reference-imports?{query}"));
    who.sends(request.body(file.to_owned())).await.ok()
}

async fn explained(who: &Person, issue: i64) -> Value {
    who.gets(&format!("/issues/{issue}/limit")).await.ok()
}

fn instant(value: &Value) -> Timestamp {
    value.as_str().unwrap().parse().unwrap()
}

/// Reported on Thursday 31 December 2026 at 17:00, and due after eight working hours.
async fn at_new_year(town: &TestApp, spot: usize) -> i64 {
    let until: Timestamp = "2026-12-31T09:00:00Z".parse().unwrap();
    let minutes = until.duration_since(town.now()).as_mins();
    town.wait(minutes);
    let draft = report().at(town.spot(spot)).category("0104").condition("0104A");
    town.inspector("ana").submits(&draft).await.issue()
}

#[tokio::test]
async fn everybody_who_sees_an_issue_reads_how_its_limit_came_about() {
    let town = TestApp::start().await;
    // Monday 16 November, 17:00: one office hour is left, three are on Tuesday.
    town.wait(8 * 60);
    let draft = report().at(town.spot(0)).category("0104").condition("0104A");
    let issue = town.inspector("ana").submits(&draft).await.issue();
    let lead = town.office().sees(issue).await["lead"].as_str().unwrap().to_owned();
    for reader in [town.office(), town.bureau(&lead), town.inspector("ana"), town.supervisor()] {
        let told = explained(&reader, issue).await;
        assert_eq!((&told["limit"], &told["condition"]), (&json!("4工作时"), &json!("0104A")));
        assert_eq!(
            told["words"]["zh"],
            "2026-11-16 周一 17:00 起算；11-16 周一 17:00–18:00 计 1 工作时；\
             11-17 周二 08:00–11:00 计 3 工作时；11-17 周二 11:00 到期"
        );
        let segments = told["stages"][0]["segments"].as_array().unwrap();
        let whys: Vec<_> = segments.iter().map(|one| one["why"].as_str().unwrap()).collect();
        assert_eq!(whys, ["office_hours", "night", "office_hours"]);
        let counted: i64 = segments.iter().filter_map(|one| one["seconds"].as_i64()).sum();
        assert_eq!(counted, 4 * 3_600);
        assert_eq!(segments[0]["from"], told["from"]);
        assert!(segments.windows(2).all(|pair| pair[0]["to"] == pair[1]["from"]));
        assert_eq!((&segments[2]["to"], &told["provisional"]), (&told["due_at"], &json!(false)));
        assert_eq!(told["changes"][0]["kind"], "dispatched");
    }
    let other = town.bureau(if lead == "huanwei" { "xinhua" } else { "huanwei" });
    other.gets(&format!("/issues/{issue}/limit")).await.is_problem(404, "not-found");
}

#[tokio::test]
async fn a_limit_over_new_year_waits_for_the_announcement_and_follows_it() {
    let town = TestApp::start().await;
    let (office, admin) = (town.office(), town.admin());
    let (open, ended) = (at_new_year(&town, 0).await, at_new_year(&town, 1).await);
    office.voids(ended).await.ok();
    let (before, kept) = (office.sees(open).await, office.sees(ended).await);
    assert_eq!(
        (&before["due_at"], &before["due_provisional"]),
        (&json!("2027-01-01T03:00:00Z"), &json!(true))
    );
    let told = explained(&office, open).await;
    assert_eq!((&told["waits_for"], &told["provisional"]), (&json!(2027), &json!(true)));
    assert!(told["words"]["zh"].as_str().unwrap().contains("2027 年放假安排尚未公布"));
    let period = "from=2026-12-31T16:00:00Z&to=2027-01-02T16:00:00Z";
    let figures = office.gets(&format!("/figures?{period}")).await.ok();
    assert_eq!(figures["total"]["due"], 1);

    let tried = imports(&admin, "kind=calendar&dry_run=true", YEAR).await;
    assert_eq!((&tried["touches"]["limit"], &tried["touches"]["changed"]), (&json!(1), &json!(1)));
    assert_eq!(tried["touches"]["examples"][0]["after"]["due_at"], "2027-01-04T03:00:00Z");
    assert_eq!(office.sees(open).await, before, "a dry run touches nothing");
    let version = imports(&admin, "kind=calendar", YEAR).await["reference_version"].clone();
    town.wait(5);
    assert_eq!(reassign(&town.app).await.unwrap(), Progress { looked_at: 1, changed: 1 });
    assert_eq!(reassign(&town.app).await.unwrap(), Progress::default(), "once is enough");

    let after = office.sees(open).await;
    assert_eq!(
        (&after["due_at"], &after["first_due_at"]),
        (&json!("2027-01-04T03:00:00Z"), &json!("2027-01-04T03:00:00Z"))
    );
    assert_eq!(after["due_provisional"], false);
    assert_eq!(kinds(&office, open).await.last().unwrap(), "limit_recomputed");
    let told = explained(&office, open).await;
    assert_eq!((&told["reference_version"], &told["waits_for"]), (&version, &Value::Null));
    assert_eq!(
        told["words"]["zh"],
        "2026-12-31 周四 17:00 起算；12-31 周四 17:00–18:00 计 1 工作时；\
         01-01 周五 至 01-03 周日 元旦放假不计；01-04 周一 08:00–11:00 计 3 工作时；01-04 周一 11:00 到期"
    );
    assert_eq!(told["changes"][1]["kind"], "limit_recomputed");
    let told = explained(&office, ended).await;
    assert_eq!(office.sees(ended).await, kept, "what has ended keeps its limit");
    assert_eq!(
        told["stages"][0]["ends_at"], kept["due_at"],
        "and is told with the calendar it had"
    );

    let as_of = figures["as_of"].clone();
    let then = office.gets(&format!("/figures?{period}&as_of={as_of}")).await.ok();
    assert_eq!(then["total"], figures["total"], "the figures of before are what they were");
    let now = office.gets(&format!("/figures?{period}")).await.ok();
    assert_eq!(now["total"]["due"], 0);
}

#[tokio::test]
async fn an_extension_stays_as_agreed_and_the_first_limit_moves() {
    let town = TestApp::start().await;
    let (office, watch) = (town.office(), town.person("watch"));
    let issue = at_new_year(&town, 0).await;
    let lead = office.sees(issue).await["lead"].as_str().unwrap().to_owned();
    let bureau = town.bureau(&lead);
    bureau.accepts(issue).await.ok();
    let until = instant(&office.sees(issue).await["due_at"]) + SignedDuration::from_hours(24 * 9);
    let asked = json!({"until": until, "reason": "等配件", "photos": []});
    bureau.commands(issue, "extend", asked).await.ok();
    for officer in [&office, &watch] {
        officer.commands(issue, "decide", json!({"approved": true, "note": ""})).await.ok();
    }
    imports(&town.admin(), "kind=calendar", YEAR).await;
    town.follows().await;
    let seen = office.sees(issue).await;
    assert_eq!(
        (&seen["due_at"], &seen["first_due_at"]),
        (&json!(until), &json!("2027-01-04T03:00:00Z"))
    );
    let told = explained(&bureau, issue).await;
    assert!(
        told["words"]["zh"].as_str().unwrap().ends_with("此后经批准改为 01-10 周日 11:00 到期")
    );
    let kinds: Vec<_> =
        told["changes"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect();
    assert_eq!(kinds, ["dispatched", "extended", "limit_recomputed"]);
}

#[tokio::test]
async fn two_processes_reckon_each_limit_anew_once() {
    let town = TestApp::start().await;
    let mut issues = Vec::new();
    for spot in 0..4 {
        issues.push(at_new_year(&town, spot).await);
    }
    imports(&town.admin(), "kind=calendar", YEAR).await;
    let other = town.another().await;
    let (mut here, mut there) = (Failed::default(), Failed::default());
    let (a, b) =
        tokio::join!(reassign_some(&town.app, &mut here), reassign_some(&other.app, &mut there));
    let changed = |done: Option<Progress>| done.unwrap_or_default().changed;
    assert_eq!(changed(a.unwrap()) + changed(b.unwrap()), 4);
    for issue in issues {
        let kinds = kinds(&town.office(), issue).await;
        assert_eq!(kinds.iter().filter(|kind| *kind == "limit_recomputed").count(), 1);
    }
}
