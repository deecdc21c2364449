//! A day's reports at once.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use support::{Draft, Person, TestApp, report};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use uuid::Uuid;

fn line(draft: &Draft) -> String {
    json!({"id": draft.id, "report": draft.json()}).to_string()
}

async fn sends(person: &Person, lines: &[String]) -> Vec<Value> {
    let request = person.request(Method::POST, "/reports:batch");
    let request = request.header("content-type", "application/x-ndjson").body(lines.join("\n"));
    let answer = person.sends(request).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "application/x-ndjson");
    let text = String::from_utf8(answer.bytes).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn said(results: &[Value]) -> Vec<(u64, u64, &str)> {
    let number = |value: &Value| value.as_u64().unwrap();
    let told = |result: &'_ Value| (number(&result["line"]), number(&result["status"]));
    let codes = results.iter().map(|result| result["problem"]["code"].as_str().unwrap_or_default());
    results.iter().map(told).zip(codes).map(|((line, status), code)| (line, status, code)).collect()
}

#[tokio::test]
async fn each_report_of_a_batch_has_its_own_answer_in_its_place() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let here = report().at(town.spot(0)).photos(1);
    let elsewhere = report().at(town.spot(5)).category("0201");
    ana.submits(&elsewhere).await.ok();
    let changed = elsewhere.clone().note("another note");
    let unknown = report().at(town.spot(1)).with("colour", "red".into());
    let refused = report().at(town.spot(1)).category("9999");
    let lines = [
        line(&here),
        line(&elsewhere),
        line(&changed),
        String::new(),
        line(&unknown),
        "{not json".to_owned(),
        line(&refused),
        format!("{{\"id\":\"{}\",\"report\":\"{}\"}}", Uuid::new_v4(), "x".repeat(70_000)),
        line(&here),
    ];
    let results = sends(&ana, &lines).await;
    let expected = [
        (1, 201, ""),
        (2, 200, ""),
        (3, 409, "report-conflict"),
        (5, 400, "request-malformed"),
        (6, 400, "request-malformed"),
        (7, 422, "category-unknown"),
        (8, 413, "too-large"),
        (9, 200, ""),
    ];
    assert_eq!(said(&results), expected);
    let ids: Vec<Option<Uuid>> = results
        .iter()
        .map(|result| serde_json::from_value(result["id"].clone()).unwrap())
        .collect();
    let (first, second) = (Some(here.id), Some(elsewhere.id));
    let expected = [first, second, second, Some(unknown.id), None, Some(refused.id), None, first];
    assert_eq!(ids, expected);
    // Each receipt is the one that the report alone has.
    let alone = ana.submits(&here).await.ok();
    for mut receipt in [results[0]["receipt"].clone(), results[7]["receipt"].clone()] {
        receipt["clock"] = alone["clock"].clone();
        assert_eq!(receipt, alone);
    }
    assert_eq!(results[2]["problem"]["type"], "urn:zhoubian:problem:report-conflict");
    assert_eq!(results[2]["receipt"], Value::Null);
    // What was refused left nothing.
    for id in [unknown.id, refused.id] {
        ana.gets(&format!("/reports/{id}")).await.is_problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_batch_too_long_is_taken_up_to_its_limit() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let known = report().at(town.spot(0));
    ana.submits(&known).await.ok();
    let results = sends(&ana, &vec![line(&known); 1_005]).await;
    assert_eq!(results.len(), 1_001);
    assert!(results[..1_000].iter().all(|result| result["status"] == 200));
    assert_eq!(said(&results[1_000..]), [(1_001, 413, "batch-too-long")]);
}

#[tokio::test]
async fn a_batch_is_refused_whole_from_whoever_reports_nothing() {
    let town = TestApp::start().await;
    let post = |person: &Person, kind: &str| {
        let request = person.request(Method::POST, "/reports:batch");
        request.header("content-type", kind).body(line(&report()))
    };
    let huanwei = town.bureau("huanwei");
    let refused = huanwei.sends(post(&huanwei, "application/x-ndjson")).await;
    refused.is_problem(403, "forbidden");
    let ana = town.inspector("ana");
    let refused = ana.sends(post(&ana, "application/json")).await;
    refused.is_problem(415, "media-type-unsupported");
    let nobody = town.nobody.request(Method::POST, "/reports:batch");
    let refused = town.nobody.send(nobody.header("content-type", "application/x-ndjson")).await;
    refused.is_problem(401, "token-invalid");
}

/// A connection on which a batch was begun.
async fn begun(ana: &Person, length: &str) -> TcpStream {
    let address = ana.address();
    let mut socket = TcpStream::connect(&address).await.unwrap();
    let head = format!(
        "POST /api/v1/reports:batch HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/x-ndjson\r\nAccept-Encoding: gzip\r\n{length}\r\n\r\n",
        ana.token()
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    socket
}

fn chunk(text: &str) -> Vec<u8> {
    format!("{:x}\r\n{text}\r\n", text.len()).into_bytes()
}

#[tokio::test]
async fn a_report_is_answered_before_the_next_one_is_sent() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let mut socket = BufReader::new(begun(&ana, "Transfer-Encoding: chunked").await);
    for number in 0..3 {
        let draft = report().at(town.spot(number));
        socket.write_all(&chunk(&format!("{}\n", line(&draft)))).await.unwrap();
        let mut answer = String::new();
        while !answer.contains(&draft.id.to_string()) {
            answer.clear();
            let read = socket.read_line(&mut answer);
            let read = tokio::time::timeout(Duration::from_secs(20), read).await;
            assert_ne!(read.expect("no answer").unwrap(), 0, "it ended");
        }
    }
    socket.write_all(b"0\r\n\r\n").await.unwrap();
}

#[tokio::test]
async fn what_was_sent_before_a_batch_broke_off_is_here() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let (first, second) = (report().at(town.spot(0)), report().at(town.spot(1)));
    let whole = format!("{}\n{}\n", line(&first), line(&second));
    let mut socket = begun(&ana, "Content-Length: 100000").await;
    socket.write_all(whole.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&answer).contains(&second.id.to_string()) {
        let read = socket.read(&mut buffer).await.unwrap();
        assert_ne!(read, 0, "it ended: {}", String::from_utf8_lossy(&answer));
        answer.extend_from_slice(&buffer[..read]);
    }
    drop(socket);
    for draft in [&first, &second] {
        ana.gets(&format!("/reports/{}", draft.id)).await.ok();
    }
}

/// Many clients read nothing before they have sent everything.
#[tokio::test]
async fn who_reads_no_answer_before_the_end_is_not_held_up() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let known = report().at(town.spot(0)).photos(5);
    ana.submits(&known).await.ok();
    let body = vec![line(&known); 1_000].join("\n");
    let mut socket =
        begun(&ana, &format!("Content-Length: {}\r\nConnection: close", body.len())).await;
    let sent = tokio::time::timeout(Duration::from_mins(2), socket.write_all(body.as_bytes()));
    sent.await.expect("the server takes no more").unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    assert!(answer.contains("\"line\":1000,"), "{}", answer.len());
}

/// A body that ends early is no wrong body: whoever sent it sends it again.
#[tokio::test]
async fn a_body_that_broke_off_is_told_apart_from_one_that_is_wrong() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let draft = report().at(town.spot(0)).photos(1);
    let receipt = ana.submits(&draft).await.ok();
    let photo = receipt["photos"][0]["sha256"].as_str().unwrap();
    for (path, media_type) in [
        (format!("reports/{}", draft.id), "application/json"),
        (format!("photos/{photo}"), "image/jpeg"),
    ] {
        let mut socket = TcpStream::connect(ana.address()).await.unwrap();
        let head = format!(
            "PUT /api/v1/{path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\n\
             Content-Type: {media_type}\r\nContent-Length: 200\r\n\r\n{{\"note\"",
            ana.address(),
            ana.token()
        );
        socket.write_all(head.as_bytes()).await.unwrap();
        // The sender says that nothing follows, and still listens, as a proxy does.
        socket.shutdown().await.unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 400"), "{path}: {answer}");
        assert!(answer.contains("\"code\":\"body-broken-off\""), "{path}: {answer}");
        assert!(answer.contains("retry-after: 1"), "{path}: {answer}");
    }
}
