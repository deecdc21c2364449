//! Two standards side by side, one of them not covered by its mapping in full.

use serde_json::{Value, json};
use support::{Person, TestApp, report};
use zhoubian::import::{self, FileKind, Options, Source};

const STANDARD: &str = "大类代码,大类名称,小类代码,小类名称,立案条件,处置时限,结案条件,责任主体\n\
    01,文明行为,01,不文明养犬,遛狗不牵绳,2紧急工作时,制止,公安\n\
    ,,,,未清理粪便,4小时,清理,\n\
    ,,02,室内吸烟,场所内吸烟,1天,制止,\n";
const MAPPING: &str = "standard = \"evaluation\"\ncounts_for = [2026]\ncodes = { event = \"W\" }\n\
    sheets = { \"standard.csv\" = \"event\" }\nunits = { \"公安\" = \"gongan\" }\n";

/// A town that has the city's standard and, in part, a 创城 one.
async fn town() -> TestApp {
    let town = TestApp::start().await;
    let source = Source {
        kind: FileKind::Standard,
        name: "standard.csv".to_owned(),
        bytes: STANDARD.as_bytes().to_vec(),
        options: Options { mapping: Some(MAPPING.to_owned()), ..Options::default() },
    };
    let rows = import::read(&source);
    let imported = town.app.db.write(move |conn| {
        let plan = import::plan(conn, rows.clone())?;
        import::apply(conn, &plan, support::START)?;
        Ok::<usize, zhoubian::problem::Error>(plan.refused())
    });
    assert_eq!(imported.await.unwrap(), 0);
    town.app.reload_gazetteer().await.unwrap();
    town
}

async fn listed(person: &Person, query: &str) -> Vec<Value> {
    let list = person.gets(&format!("/categories{query}")).await.ok();
    list["items"].as_array().unwrap().clone()
}

fn codes(categories: &[Value]) -> Vec<&str> {
    let conditions = categories.iter().flat_map(|found| found["conditions"].as_array().unwrap());
    conditions.map(|condition| condition["code"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_is_not_published_is_shown_to_the_office_alone() {
    let town = town().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let offered = listed(&ana, "?standard=evaluation").await;
    assert_eq!(codes(&offered), ["W0101A"]);
    assert_eq!(offered[0]["conditions"][0]["responsible"]["lead"], "gongan");
    assert_eq!(offered[0]["standard"], "evaluation");
    let all = listed(&ana, "").await;
    assert!(codes(&all).contains(&"0101A") && !codes(&all).contains(&"W0102A"));
    let forbidden = ana.gets("/categories?unpublished=true").await;
    forbidden.is_problem(403, "forbidden");
    let kept = listed(&office, "?standard=evaluation&unpublished=true").await;
    assert_eq!(codes(&kept), ["W0101A", "W0101B", "W0102A"]);
    let why = &kept[0]["conditions"][1];
    assert_eq!((&why["limit"], &why["limit_text"]), (&"".into(), &"4小时".into()));
    assert!(why["unpublished_why"].as_str().unwrap().contains("4小时"));
    assert_eq!(codes(&listed(&office, "?standard=evaluation&counts_for=2027").await), [""; 0]);
    assert_eq!(codes(&listed(&office, "?standard=evaluation&counts_for=2026").await), ["W0101A"]);
    ana.gets("/categories?counts_for=soon").await.is_problem(400, "request-malformed");
}

#[tokio::test]
async fn nothing_is_reported_or_filed_by_what_is_not_published() {
    let town = town().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let at = |number: usize| report().at(town.spot(number)).category("W0101");
    ana.submits(&at(0).condition("W0101B")).await.is_problem(422, "condition-unknown");
    let by_the_published = ana.submits(&at(1).condition("W0101A")).await;
    assert_eq!(by_the_published.status, 201);

    // Named by its category alone, a report is kept and waits for the desk.
    let unsorted = report().at(town.spot(2)).category("W0102");
    let waiting = ana.submits(&unsorted.with("condition", Value::Null)).await;
    assert_eq!(waiting.body["stage"], "reported");
    let issue = waiting.issue();
    let body = json!({"category": "W0102", "condition": "W0102A"});
    let refused = office.commands(issue, "file", body).await;
    refused.is_problem(422, "condition-unpublished");
    let detail = refused.body["detail"].as_str().unwrap();
    assert!(detail.contains("1天") && detail.contains("mapping"), "{detail}");
    office.files(issue, "0101B").await.ok();
}
