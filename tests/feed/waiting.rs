//! Long polls: held while there is nothing, and no longer.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use support::{Answer, Person, TestApp, report};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinHandle;
use zhoubian::app::App;
use zhoubian::config::{ChangeSettings, RateSettings};

/// Longer than any test runs: a poll that should be answered before is.
const LONG_S: u64 = 60;

/// Begins a poll from the end of the feed, and waits until the server holds it.
async fn begins(reader: &Person, app: &App) -> JoinHandle<Answer> {
    let (held, after) = (app.heard.count(), reader.catches_up().await);
    let reader = reader.clone();
    let poll = tokio::spawn(async move { reader.polls(&after, LONG_S).await });
    are_held(app, held + 1).await;
    poll
}

async fn are_held(app: &App, count: usize) {
    while app.heard.count() != count {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn a_poll_is_answered_by_what_changes_for_its_reader() {
    let town = TestApp::start().await;
    let (ana, bo, office) = (town.inspector("ana"), town.inspector("bo"), town.office());
    let huanwei = town.bureau("huanwei");
    let mut polls = Vec::new();
    for reader in [&ana, &bo, &office, &huanwei] {
        polls.push(begins(reader, &town.app).await);
    }
    let metrics = async || town.app.metrics.page(&town.app).await.unwrap();
    assert!(metrics().await.contains("zhoubian_waiting_polls 4\n"));
    let issue = ana.submits(&report().at(town.spot(0))).await.issue();
    for poll in polls {
        let page = poll.await.unwrap().ok();
        assert_eq!(page["changes"][0]["id"], issue);
        assert_eq!(page["changes"].as_array().unwrap().len(), 1);
    }
    let told = metrics().await;
    assert!(told.contains("zhoubian_waiting_polls 0\n"));
    if support::Back::of_this_run() == support::Back::Sqlite {
        assert!(told.contains("zhoubian_wakes_total 4\n"), "once each: {told}");
    }
}

#[tokio::test]
async fn news_for_others_wakes_nobody() {
    let town = TestApp::start().await;
    let (chen, zhifa, admin) = (town.inspector("chen"), town.bureau("zhifa"), town.admin());
    let polls = [begins(&chen, &town.app).await, begins(&zhifa, &town.app).await];
    let ana = town.inspector("ana");
    ana.submits(&report().at(town.spot(0))).await.ok();
    let of_all = begins(&admin, &town.app).await;
    // Kept from everybody but the office and supervisors.
    town.supervisor().submits(&report().at(town.spot(1)).blind()).await.ok();
    if support::Back::of_this_run() == support::Back::Sqlite {
        assert_eq!(town.app.heard.wakes(), 0, "neither theirs nor for those who see no blind ones");
    }
    assert_eq!(town.app.heard.count(), 3);
    town.app.lifecycle.drain();
    for poll in polls.into_iter().chain([of_all]) {
        let page = poll.await.unwrap().ok();
        assert_eq!((&page["changes"], &page["has_more"]), (&json!([]), &false.into()));
    }
}

#[tokio::test]
async fn whoever_has_something_to_fetch_does_not_wait() {
    let town = TestApp::start().await;
    let huanwei = town.bureau("huanwei");
    let after = huanwei.catches_up().await;
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    assert_eq!(huanwei.polls(&after, LONG_S).await.ok()["changes"][0]["id"], issue);
    huanwei.polls(&after, 61).await.is_problem(422, "wait-invalid");
    town.app.lifecycle.drain();
    let after = huanwei.catches_up().await;
    assert_eq!(
        huanwei.polls(&after, LONG_S).await.ok()["changes"],
        json!([]),
        "nor who is too late"
    );
}

#[tokio::test]
async fn a_poll_that_waited_long_enough_is_answered_empty() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let after = ana.catches_up().await;
    let page = ana.polls(&after, 1).await.ok();
    assert_eq!((&page["changes"], &page["next"]), (&json!([]), &after.into()));
}

#[tokio::test]
async fn a_poll_ends_with_the_token() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let path = format!("/changes?wait={LONG_S}&after={}", ana.catches_up().await);
    let poll = town.nobody.request(Method::GET, &path).bearer_auth(ana.token_for(1));
    assert_eq!(town.nobody.send(poll).await.ok()["changes"], json!([]));
}

#[tokio::test]
async fn a_poll_ends_with_the_account_and_with_the_session() {
    let town = TestApp::start().await;
    let (ana, bo, admin) = (town.inspector("ana"), town.inspector("bo"), town.admin());
    let polls = [begins(&ana, &town.app).await, begins(&bo, &town.app).await];
    let path = format!("/accounts/{}", ana.member.account);
    let close = admin.request(Method::PATCH, &path).json(&json!({"active": false}));
    town.nobody.send(close).await.ok();
    let leave = bo.request(Method::DELETE, "/sessions/current");
    assert_eq!(town.nobody.send(leave).await.status, 204);
    for poll in polls {
        poll.await.unwrap().is_problem(401, "token-invalid");
    }
}

#[tokio::test]
async fn a_poll_ends_when_its_reader_sees_something_else() {
    let town = TestApp::start().await;
    let (ana, admin) = (town.inspector("ana"), town.admin());
    let poll = begins(&ana, &town.app).await;
    let path = format!("/accounts/{}", ana.member.account);
    let rename = admin.request(Method::PATCH, &path).json(&json!({"name": "安娜"}));
    town.nobody.send(rename).await.ok();
    let moved = json!({"duty_areas": ["429901100000"]});
    town.nobody.send(admin.request(Method::PATCH, &path).json(&moved)).await.ok();
    poll.await.unwrap().is_problem(410, "must-refetch");
}

#[tokio::test]
async fn only_so_many_wait() {
    let town = TestApp::start_with(|config| {
        config.changes =
            ChangeSettings { max_waiting: 2, max_waiting_per_account: 1, ..Default::default() };
    })
    .await;
    let (ana, bo) = (town.inspector("ana"), town.inspector("bo"));
    let first = begins(&ana, &town.app).await;
    let after = ana.catches_up().await;
    let refused = ana.polls(&after, LONG_S).await;
    refused.is_problem(429, "waiting-too-many");
    assert_eq!(refused.header("retry-after"), "10");
    assert_eq!(ana.polls(&after, 0).await.status, 200, "whoever does not wait needs no place");
    let second = begins(&bo, &town.app).await;
    let office = town.office();
    let refused = office.polls(&office.catches_up().await, LONG_S).await;
    refused.is_problem(503, "waiting-full");
    assert_eq!(refused.header("retry-after"), "2");
    office.gets("/changes/stream").await.is_problem(503, "waiting-full");
    // Whoever hangs up makes room at once.
    first.abort();
    are_held(&town.app, 1).await;
    let third = begins(&office, &town.app).await;
    town.app.lifecycle.drain();
    assert!(second.await.unwrap().status == 200 && third.await.unwrap().status == 200);
}

/// Every byte of an answer, from a connection that is closed after it.
async fn bytes_of(person: &Person, town: &TestApp, path: &str) -> Vec<u8> {
    let (_, rest) = town.nobody.api.split_once("://").unwrap();
    let (host, api) = rest.split_once('/').unwrap();
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let request = format!(
        "GET /{api}{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\r\n",
        person.token()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    bytes
}

#[tokio::test]
async fn a_poll_with_nothing_new_is_small() {
    let town = TestApp::start_with(|config| config.rates = RateSettings::default()).await;
    let ana = town.inspector("ana");
    ana.submits(&report().at(town.spot(0))).await.ok();
    let after = ana.catches_up().await;
    let bytes = bytes_of(&ana, &town, &format!("/changes?wait=1&after={after}")).await;
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with("HTTP/1.1 200") && text.contains("\"changes\":[]"), "{text}");
    assert!(text.len() <= 1_024, "{} bytes: {text}", text.len());
}

#[tokio::test]
async fn on_postgresql_the_other_processes_hear_as_well() {
    if support::Back::of_this_run() == support::Back::Sqlite {
        return;
    }
    let town = TestApp::start().await;
    let other = town.another().await;
    let huanwei = other.asked_by(&town.bureau("huanwei"));
    let poll = begins(&huanwei, &other.app).await;
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    assert_eq!(poll.await.unwrap().ok()["changes"][0]["id"], issue);
    // Also after the listener's connection was lost.
    let poll = begins(&huanwei, &other.app).await;
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
               WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    let work = move |conn: &mut schema::Conn| conn.batch(cut).map_err(schema::DbError::from);
    town.app.db.read(work).await.unwrap();
    town.bureau("huanwei").accepts(issue).await.ok();
    assert_eq!(poll.await.unwrap().ok()["changes"][0]["version"], 4);
}
