//! What a client takes for an answer.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use support::phone::answer::{Weight, read};
use support::phone::upload::Line;
use support::phone::{Miss, State};

use super::device::{Ear, Place, TUS, account, brings_all, seen_at, switched_on};
use super::toy::{Toy, json};

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &'static str)| {
        (HeaderName::from_static(name), HeaderValue::from_static(value))
    };
    pairs.iter().map(pair).collect()
}

const JSON: (&str, &str) = ("content-type", "application/json");
const PROBLEM: (&str, &str) = ("content-type", "application/problem+json");
const TUS_SAID: (&str, &str) = ("tus-resumable", "1.0.0");

#[test]
fn only_the_api_s_own_answer_is_one() {
    let silent = |status, pairs: &[_], body: &str| {
        let answer = read(status, headers(pairs), body.as_bytes());
        assert!(matches!(answer, Err(Miss::Silence { .. })), "{status} {pairs:?}: {answer:?}");
    };
    silent(200, &[("content-type", "text/html")], "<html>");
    silent(200, &[JSON], "<html>");
    silent(200, &[JSON], "{\"id\": ");
    silent(200, &[], "{}");
    silent(302, &[JSON], "{}");
    silent(413, &[("content-type", "text/html")], "<html>");
    silent(404, &[("content-type", "text/html")], "<html>");
    silent(409, &[JSON], "{\"code\": \"x\"}");
    silent(422, &[PROBLEM], "{\"code\": ");
    silent(503, &[], "");
    assert!(read(200, headers(&[JSON]), b"{}").is_ok());
    assert!(read(204, headers(&[TUS_SAID]), b"").is_ok());
    let head = read(410, headers(&[TUS_SAID, PROBLEM]), b"").unwrap_err();
    assert!(head.is(410), "an answer to HEAD has no body: {head:?}");
}

#[test]
fn a_no_stands_only_where_nobody_else_can_have_caused_it() {
    let weight = |status, code: &str| {
        let problem = format!("{{\"code\": \"{code}\"}}");
        read(status, headers(&[PROBLEM]), problem.as_bytes()).unwrap_err().weight()
    };
    assert_eq!(weight(409, "report-conflict"), Weight::Final);
    assert_eq!(weight(422, "category-unknown"), Weight::Final);
    assert_eq!(weight(400, "request-malformed"), Weight::IfRepeated);
    assert_eq!(weight(422, "photo-digest-mismatch"), Weight::IfRepeated);
    for (status, code) in
        [(429, "x"), (503, "x"), (423, "x"), (400, "upload-broken-off"), (400, "body-broken-off")]
    {
        assert_eq!(weight(status, code), Weight::Later);
    }
    let asked = read(503, headers(&[("retry-after", "7")]), b"").unwrap_err();
    assert_eq!(asked.wait().unwrap().as_secs(), 7);
    let absurd = read(503, headers(&[("retry-after", "999999999")]), b"").unwrap_err();
    assert_eq!(absurd.wait().unwrap().as_secs(), 900);
}

const SESSION: &str = r#"{"access_token": "a", "refresh_token": "r", "expires_in": 9, "mood": "new",
    "account": {"id": 7, "login": "ana", "badges": [1]}, "must": ["smile"]}"#;

/// Case 46: a client meets a newer API. What it does not know in answers it leaves alone, and a state of
/// a photo that it does not know is no yes.
#[tokio::test]
async fn an_old_client_leaves_alone_what_it_does_not_know() {
    let toy = Toy::answering(|first| match first.split(' ').nth(1).unwrap() {
        "/api/v1/sessions" => json(SESSION),
        path => {
            let id = path.rsplit('/').next().unwrap();
            json(&format!(
                "{{\"id\": \"{id}\", \"issue\": 1, \"complete\": true, \"photos\": [], \"v\": {{}}}}"
            ))
        }
    })
    .await;
    let (place, ear) = (Place::new(), Ear::default());
    let mut phone = switched_on(&place, &format!("http://{}", toy.address), TUS, &ear);
    phone.sign_in(&account("ana")).await.unwrap();
    phone.take(&seen_at(&serde_json::Value::Null, 0)).unwrap();
    brings_all(&mut phone).await;
    assert_eq!((ear.reports(), phone.queue.items().count()), (1, 0));
    let receipt = serde_json::json!({"photos": [{"state": "stored"}, {"state": "polishing"}]});
    let there: Vec<bool> = Line::all(&receipt).iter().map(Line::is_there).collect();
    assert_eq!(there, [true, false]);
}

/// Case 46: what the server does not know in a request it says, and the report stays with that reason.
#[tokio::test]
async fn what_the_server_does_not_know_is_refused_and_kept_with_its_reason() {
    let town = support::TestApp::start().await;
    let (place, ear) = (Place::new(), Ear::default());
    let base = town.nobody.api.trim_end_matches("/api/v1").to_owned();
    let mut phone = switched_on(&place, &base, TUS, &ear);
    phone.sign_in(&account("ana")).await.unwrap();
    let mut capture = seen_at(&serde_json::Value::Null, 1);
    capture.body["colour"] = "red".into();
    let id = phone.take(&capture).unwrap().unwrap();
    brings_all(&mut phone).await;
    let item = phone.queue.item(id).unwrap();
    assert_eq!(item.state, State::Refused("400 request-malformed".to_owned()));
    assert_eq!(phone.misses["400 request-malformed"], 2, "believed at the third time");
    drop(phone);
    let phone = switched_on(&place, &base, TUS, &ear);
    assert!(matches!(phone.queue.item(id).unwrap().state, State::Refused(_)));
}
