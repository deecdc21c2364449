//! Server-sent events: hints that something changed.

use reqwest::{Method, Response};
use serde_json::{Value, json};
use support::{Person, TestApp, report};

/// Opens a stream with a token.
async fn opens(town: &TestApp, token: &str) -> Response {
    let get = town.nobody.request(Method::GET, "/changes/stream").bearer_auth(token);
    let stream = get.header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!(stream.status(), 200);
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    assert_eq!(stream.headers()["cache-control"], "no-store");
    assert_eq!(stream.headers()["content-encoding"], "identity");
    stream
}

/// The cursor of the next event; none where the stream has ended.
async fn next(stream: &mut Response) -> Option<String> {
    let chunk = stream.chunk().await.unwrap()?;
    let text = String::from_utf8(chunk.to_vec()).unwrap();
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let [kind, id, data] = lines[..] else { panic!("no event: {text:?}") };
    let data: Value = serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap();
    let after = data["after"].as_str().unwrap().to_owned();
    assert_eq!((kind, id), ("event: changed", &*format!("id: {after}")));
    assert_eq!(data, json!({"after": after}), "nothing of an issue");
    Some(after)
}

#[tokio::test]
async fn a_hint_comes_at_once_and_with_each_change() {
    let town = TestApp::start().await;
    let (ana, huanwei) = (town.inspector("ana"), town.bureau("huanwei"));
    let mut stream = opens(&town, &huanwei.token()).await;
    assert_eq!(next(&mut stream).await.unwrap(), huanwei.catches_up().await);
    let reports = (0..5).map(|number| report().at(town.spot(number)));
    for draft in reports {
        ana.submits(&draft).await.ok();
    }
    let end = huanwei.catches_up().await;
    let mut hints = 0;
    while next(&mut stream).await.unwrap() != end {
        hints += 1;
    }
    assert!(hints < 5, "what comes together is one hint");
    // Going away frees the place, and draining ends what is left.
    let mut other = opens(&town, &ana.token()).await;
    next(&mut other).await.unwrap();
    drop(stream);
    while town.app.heard.count() != 1 {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    town.app.lifecycle.drain();
    assert_eq!(next(&mut other).await, None);
}

#[tokio::test]
async fn a_stream_ends_with_what_it_was_opened_with() {
    let town = TestApp::start().await;
    let (ana, bo, admin) = (town.inspector("ana"), town.inspector("bo"), town.admin());
    let mut ending = opens(&town, &bo.token_for(1)).await;
    next(&mut ending).await.unwrap();
    let mut closed = opens(&town, &ana.token()).await;
    next(&mut closed).await.unwrap();
    let close = |who: &Person| {
        let path = format!("/accounts/{}", who.member.account);
        admin.request(Method::PATCH, &path).json(&json!({"active": false}))
    };
    town.nobody.send(close(&ana)).await.ok();
    assert_eq!(next(&mut closed).await, None);
    assert_eq!(next(&mut ending).await, None);
    let refused = town.nobody.request(Method::GET, "/changes/stream").bearer_auth(ana.token());
    town.nobody.send(refused).await.is_problem(401, "token-invalid");
}
