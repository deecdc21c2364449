//! 通报、简报、调度: stored as issued, and made again from the log byte for byte.

use std::io::Read as _;

use schema::Conn;
use serde_json::{Value, json};
use support::{Answer, Person, TestApp, report};
use uuid::Uuid;
use zhoubian::check::{What, check};
use zhoubian::terminal::Progress;

const HOUR: i64 = 60;
/// Monday to Monday, around the day on which stories take place.
const WEEK: (&str, &str) = ("2026-11-15T16:00:00Z", "2026-11-22T16:00:00Z");

fn weekly(for_all: bool) -> Value {
    json!({"id": Uuid::new_v4(), "kind": "weekly", "from": WEEK.0, "to": WEEK.1, "on_time": "handled",
        "for_all": for_all})
}

async fn issued(office: &Person, for_all: bool) -> i64 {
    let answer: Answer = office.posts("/bulletins", &weekly(for_all)).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.ok()["id"].as_i64().unwrap()
}

async fn reported(town: &TestApp, spot: usize) -> i64 {
    town.inspector("ana").submits(&report().at(town.spot(spot))).await.issue()
}

async fn closed(town: &TestApp, issue: i64) {
    let huanwei = town.bureau("huanwei");
    huanwei.accepts(issue).await.ok();
    huanwei.rectifies(issue).await;
    town.inspector("bo").passes(issue).await.ok();
}

#[tokio::test]
async fn a_bulletin_stays_what_it_was_and_the_log_gives_it_again() {
    let town = TestApp::start().await;
    let office = town.office();
    let (first, second) = (reported(&town, 0).await, reported(&town, 3).await);
    closed(&town, first).await;
    town.wait(8 * HOUR);
    let early = issued(&office, true).await;
    let read = |id: i64| format!("/bulletins/{id}");
    let before = office.gets(&read(early)).await.ok();
    let figures = &before["body"]["figures"];
    assert_eq!(figures["reported"], 2);
    assert_eq!(figures["total"]["tally"]["due"], 2);
    assert_eq!(figures["total"]["tally"]["closed"], 1);
    assert_eq!(figures["overdue"][0]["issue"], json!(second));
    assert_eq!(figures["overdue_count"], 1);
    assert_eq!(before["number"], "调度〔2026〕1号");
    assert_eq!(before["title"], "创建全国文明城市每周调度");

    // What comes later, and what comes late: another report of the week, and a closure.
    closed(&town, second).await;
    reported(&town, 5).await;
    let late = issued(&office, false).await;
    let after = office.gets(&read(late)).await.ok();
    assert_eq!(after["number"], "调度〔2026〕2号");
    assert_eq!(after["body"]["figures"]["total"]["tally"]["closed"], 2);
    assert_eq!(office.gets(&read(early)).await.ok(), before);
    for id in [early, late] {
        let replay = office.gets(&format!("/bulletins/{id}/replay")).await.ok();
        assert_eq!((&replay["same"], &replay["sha256"]), (&json!(true), &replay["made_again"]));
    }
    let place = town.place();
    let found = tokio::task::spawn_blocking(move || {
        let what = What { photos: None, backup: None };
        check(&place, &what, support::START, &Progress::silent()).unwrap()
    });
    assert!(found.await.unwrap().is_clean());
}

#[tokio::test]
async fn figures_are_those_that_the_figures_give() {
    let town = TestApp::start().await;
    let office = town.office();
    let first = reported(&town, 0).await;
    reported(&town, 3).await;
    closed(&town, first).await;
    town.wait(8 * HOUR);
    let ask = json!({"kind": "notice", "from": WEEK.0, "to": WEEK.1});
    let seen = office.posts("/bulletins/preview", &ask).await.ok();
    let path = format!("/figures?from={}&to={}&by=bureau", WEEK.0, WEEK.1);
    let told = office.gets(&path).await.ok();
    assert_eq!(seen["basis"]["position"], told["as_of"]);
    for field in ["due", "handled", "closed", "handled_on_time", "closed_on_time", "rework"] {
        assert_eq!(seen["figures"]["total"]["tally"][field], told["total"][field], "{field}");
    }
    let rate = &told["total"]["on_time_handle_rate"];
    assert_eq!(&seen["figures"]["total"]["on_time_handle_rate"], rate);
    // A preview leaves nothing.
    assert_eq!(office.gets("/bulletins").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn bureaus_read_what_is_addressed_to_all_and_issue_nothing() {
    let town = TestApp::start().await;
    let (office, huanwei) = (town.office(), town.bureau("huanwei"));
    let (own, all) = (issued(&office, false).await, issued(&office, true).await);
    let listed = huanwei.gets("/bulletins").await.ok()["items"].clone();
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["id"]), (1, &json!(all)));
    huanwei.gets(&format!("/bulletins/{own}")).await.is_problem(404, "not-found");
    huanwei.gets(&format!("/bulletins/{own}/paper.pdf")).await.is_problem(404, "not-found");
    huanwei.gets(&format!("/bulletins/{all}")).await.ok();
    huanwei.posts("/bulletins", &weekly(true)).await.is_problem(403, "forbidden");
    town.inspector("ana").gets("/bulletins").await.is_problem(403, "forbidden");
    town.person("watch").gets(&format!("/bulletins/{own}")).await.ok();
}

#[tokio::test]
async fn the_same_id_is_the_same_bulletin() {
    let town = TestApp::start().await;
    let office = town.office();
    let body = weekly(true);
    let first = office.posts("/bulletins", &body).await;
    let again = office.posts("/bulletins", &body).await;
    assert_eq!((first.status, again.status), (201, 200));
    assert_eq!(first.body, again.body);
    let mut other = body.clone();
    other["kind"] = json!("notice");
    office.posts("/bulletins", &other).await.is_problem(409, "bulletin-id-taken");
    let mut titled = body.clone();
    titled["title"] = json!("迎检周调度");
    office.posts("/bulletins", &titled).await.is_problem(409, "bulletin-id-taken");
    titled["id"] = json!(Uuid::new_v4());
    assert_eq!(office.posts("/bulletins", &titled).await.ok()["title"], "迎检周调度");
    titled["title"] = json!("长".repeat(61));
    office.posts("/bulletins", &titled).await.is_problem(422, "title-too-long");
    let mut backwards = weekly(true);
    backwards["to"] = json!("2026-11-01T00:00:00Z");
    office.posts("/bulletins", &backwards).await.is_problem(422, "period-invalid");
}

#[tokio::test]
async fn a_bulletin_is_printed_the_same_each_time() {
    let town = TestApp::start().await;
    let office = town.office();
    reported(&town, 0).await;
    town.wait(8 * HOUR);
    let id = issued(&office, true).await;
    let path = format!("/bulletins/{id}/paper.pdf");
    let first = office.gets(&path).await;
    if first.status == 503 {
        return first.is_problem(503, "paper-font-missing");
    }
    assert!(first.bytes.starts_with(b"%PDF-"));
    town.wait(HOUR);
    reported(&town, 3).await;
    assert_eq!(town.bureau("huanwei").gets(&path).await.bytes, first.bytes);
    if let Some(folder) = std::env::var_os("PAPERS") {
        std::fs::write(std::path::Path::new(&folder).join("bulletin.pdf"), &first.bytes).unwrap();
    }
}

async fn listed(who: &Person, id: i64, query: &str) -> Value {
    who.gets(&format!("/bulletins/{id}/members{query}")).await.ok()
}

fn numbers(page: &Value) -> Vec<i64> {
    page["items"].as_array().unwrap().iter().map(|one| one["issue"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn every_figure_is_listed_down_to_its_issues_as_they_stood() {
    let town = TestApp::start().await;
    let (office, huanwei) = (town.office(), town.bureau("huanwei"));
    let first = reported(&town, 0).await;
    let second = reported(&town, 3).await;
    let third = reported(&town, 5).await;
    closed(&town, first).await;
    town.wait(8 * HOUR);
    let id = issued(&office, true).await;
    // What happens now changes no list of it.
    closed(&town, second).await;
    let detail = office.gets(&format!("/bulletins/{id}")).await.ok();
    let total = &detail["body"]["figures"]["total"]["tally"];
    for figure in ["due", "handled", "handled_on_time", "closed", "closed_on_time", "rework"] {
        let page = listed(&office, id, &format!("?figure={figure}")).await;
        assert_eq!(page["count"], total[figure], "{figure}");
        assert_eq!(page["issues"], json!(numbers(&page).len()), "{figure}");
    }
    assert_eq!(numbers(&listed(&office, id, "").await), [first, second, third]);
    assert_eq!(numbers(&listed(&office, id, "?figure=closed").await), [first]);
    assert_eq!(numbers(&listed(&office, id, "?figure=overdue").await), [second, third]);
    let groups = detail["body"]["figures"]["groups"].as_array().unwrap();
    let rows = groups.iter().flat_map(|group| group["rows"].as_array().unwrap());
    for row in rows {
        let query = format!("?table=bureau&figure=due&code={}", row["code"].as_str().unwrap());
        assert_eq!(listed(&office, id, &query).await["count"], row["tally"]["due"]);
    }
    // In pages.
    let page = listed(&office, id, "?limit=2").await;
    assert_eq!((numbers(&page), &page["issues"]), (vec![first, second], &json!(3)));
    let rest = format!("?limit=2&after={}", page["next"].as_str().unwrap());
    let rest = listed(&office, id, &rest).await;
    assert_eq!((numbers(&rest), &rest["next"]), (vec![third], &Value::Null));
    // A bureau lists its own.
    let own = listed(&huanwei, id, "?table=bureau&code=huanwei").await;
    assert!(numbers(&own).contains(&first));
    let others = listed(&town.bureau("chengguan"), id, "").await;
    assert!(!numbers(&others).contains(&first), "{others}");
    for (query, code) in [("?table=lost", "table-unknown"), ("?figure=lost", "figure-unknown")] {
        let path = format!("/bulletins/{id}/members{query}");
        office.gets(&path).await.is_problem(422, code);
    }
}

#[tokio::test]
async fn the_workbook_is_the_same_each_time_and_holds_every_issue() {
    let town = TestApp::start().await;
    let office = town.office();
    let first = reported(&town, 0).await;
    let second = reported(&town, 3).await;
    town.wait(8 * HOUR);
    let id = issued(&office, true).await;
    let path = format!("/bulletins/{id}/workbook.xlsx");
    let before = office.gets(&path).await.bytes;
    town.wait(HOUR);
    closed(&town, first).await;
    assert!(office.gets(&path).await.bytes == before, "another workbook");
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(&before)).unwrap();
    let mut sheet = |number: u8| {
        let mut words = String::new();
        let name = format!("xl/worksheets/sheet{number}.xml");
        book.by_name(&name).unwrap().read_to_string(&mut words).unwrap();
        words
    };
    let (figures, issues) = (sheet(1), sheet(4));
    assert!(figures.contains("每周调度") && figures.contains("按期处置率"), "{figures}");
    // A heading and two issues.
    assert_eq!(issues.matches("<row ").count(), 3);
    for issue in [first, second] {
        assert!(issues.contains(&format!("<v>{issue}</v>")), "{issue} is missing");
    }
    if let Some(folder) = std::env::var_os("PAPERS") {
        std::fs::write(std::path::Path::new(&folder).join("bulletin.xlsx"), &before).unwrap();
    }
}

#[tokio::test]
async fn what_was_tampered_with_is_found() {
    let town = TestApp::start().await;
    let id = issued(&town.office(), true).await;
    let tamper = |conn: &mut Conn| {
        conn.batch("UPDATE bulletin SET body = replace(body, '\"reported\":0', '\"reported\":9')")
    };
    town.app
        .db
        .write(move |conn| tamper(conn).map_err(zhoubian::problem::Error::from))
        .await
        .unwrap();
    let replay = town.office().gets(&format!("/bulletins/{id}/replay")).await.ok();
    assert_eq!(replay["same"], false);
}
