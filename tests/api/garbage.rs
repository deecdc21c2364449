//! Whatever is sent, the answer says what is wrong with it and never that the server failed.

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Person, TestApp, report};
use uuid::Uuid;

async fn raw(who: &Person, method: Method, path: &str, body: &[u8]) -> Answer {
    let request = who.request(method, path).header("content-type", "application/json");
    Answer::read(request.header("if-match", "\"3\"").body(body.to_vec()).send().await.unwrap())
        .await
}

/// Every operation that takes JSON.
fn with_body(issue: i64, account: i64) -> Vec<(Method, String)> {
    let verbs = [
        "file", "refuse", "void", "release", "dispatch", "override", "accept", "return", "rectify",
        "verify", "merge",
    ];
    let commands = verbs.iter().map(|verb| (Method::POST, format!("/issues/{issue}:{verb}")));
    let others = [
        (Method::PUT, format!("/reports/{}", Uuid::new_v4())),
        (Method::PUT, "/campaign".to_owned()),
        (Method::POST, "/sessions".to_owned()),
        (Method::POST, "/sessions:refresh".to_owned()),
        (Method::POST, "/accounts".to_owned()),
        (Method::PATCH, format!("/accounts/{account}")),
        (Method::POST, "/sessions:handover".to_owned()),
        (Method::POST, "/me/handovers".to_owned()),
        (Method::PUT, "/me/password".to_owned()),
        (Method::POST, "/me/second-factor".to_owned()),
        (Method::POST, "/me/second-factor:confirm".to_owned()),
        (Method::DELETE, "/me/second-factor".to_owned()),
    ];
    commands.chain(others).collect()
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_malformed() {
    let town = TestApp::start().await;
    let admin = town.admin();
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    let unknown = json!({"command_id": Uuid::new_v4(), "colour": "red"}).to_string();
    let deep = "[".repeat(100_000);
    let bodies: [&[u8]; 9] = [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\"x\"",
        b"{\"a\":\xff\xfe}",
        b"{\"command_id\": \"\\ud800\"}",
        unknown.as_bytes(),
        deep.as_bytes(),
    ];
    for (method, path) in with_body(issue, admin.member.account) {
        for body in bodies {
            raw(&admin, method.clone(), &path, body).await.is_problem(400, "request-malformed");
        }
        let large = vec![b' '; 1024 * 1024 + 1];
        raw(&admin, method.clone(), &path, &large).await.is_problem(413, "too-large");
        let form = admin.request(method, &path).header("content-type", "text/plain").body("{}");
        Answer::read(form.send().await.unwrap()).await.is_problem(400, "request-malformed");
    }
}

/// Query strings, and the problem each is.
const QUERIES: [(&str, u16, &str); 32] = [
    ("/issues?limit=0", 422, "limit-invalid"),
    ("/issues?limit=1000", 422, "limit-invalid"),
    ("/issues?limit=-1", 422, "limit-invalid"),
    ("/issues?limit=x", 400, "request-malformed"),
    ("/issues?limit=99999999999999999999", 400, "request-malformed"),
    ("/issues?colour=red", 400, "request-malformed"),
    ("/issues?after=x", 400, "request-malformed"),
    ("/issues?after=e30", 400, "request-malformed"),
    ("/issues?open=maybe", 400, "request-malformed"),
    ("/issues?stage=lost", 422, "stage-unknown"),
    ("/issues?sort=colour", 422, "sort-unknown"),
    ("/issues?area=1", 422, "area-unknown"),
    ("/issues?due_before=tomorrow", 400, "request-malformed"),
    ("/issues?bbox=1,2,3", 422, "bbox-invalid"),
    ("/issues?bbox=a,b,c,d", 422, "bbox-invalid"),
    ("/issues?bbox=NaN,NaN,NaN,NaN", 422, "bbox-invalid"),
    ("/issues?bbox=113,31,112,30", 422, "bbox-invalid"),
    ("/issues?bbox=-181,0,0,0", 422, "bbox-invalid"),
    ("/issues?bbox=0,0,1,1,x", 422, "bbox-invalid"),
    ("/issues?due=tomorrow", 422, "due-unknown"),
    ("/issues?band=core", 422, "band-without-point"),
    ("/issues?point=P001&band=far", 422, "band-unknown"),
    ("/issues?new_since=monday", 400, "request-malformed"),
    ("/issues?returned=perhaps", 400, "request-malformed"),
    ("/issues/abc", 400, "request-malformed"),
    ("/reports/abc", 400, "request-malformed"),
    ("/points/P999/cluster", 404, "not-found"),
    ("/points/P001/cluster?band=far", 422, "band-unknown"),
    ("/points/P001/cluster?stage=lost", 422, "stage-unknown"),
    ("/figures?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z", 422, "period-invalid"),
    ("/figures?from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z&by=colour", 422, "by-unknown"),
    ("/figures?from=2026-11-01T00:00:00Z", 400, "request-malformed"),
];

#[tokio::test]
async fn a_query_that_cannot_be_is_told_so() {
    let town = TestApp::start().await;
    let office = town.office();
    for (path, status, code) in QUERIES {
        let answer = office.gets(path).await;
        assert_eq!(answer.said(), (status, code), "{path}: {}", answer.body);
        answer.is_problem(status, code);
    }
}

/// Values that break things elsewhere.
fn odd_values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(-1),
        json!(1e308),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(""),
        json!("\0"),
        json!("\u{202e}\u{feff}😀"),
        json!("%27%20OR%201=1--"),
        json!("x".repeat(5000)),
        json!([]),
        json!({}),
        json!([[[[]]]]),
        json!(true),
    ]
}

#[tokio::test]
async fn no_value_of_any_field_makes_the_server_fail() {
    let town = TestApp::start().await;
    let (ana, office, huanwei) = (town.inspector("ana"), town.office(), town.bureau("huanwei"));
    let draft = report().at(town.spot(0)).photos(1);
    let issue = ana.submits(&draft).await.issue();
    let bodies = [
        (&office, "file", json!({"category": "0101", "condition": "0101A"})),
        (&office, "dispatch", json!({"lead": "zhifa", "cooperating": [], "reason": "x"})),
        (&huanwei, "return", json!({"reason": "gone", "note": "x"})),
        (&huanwei, "rectify", json!({"outcome": "rectified", "note": "x", "photos": []})),
        (&office, "verify", json!({"passed": true, "note": "x", "photos": []})),
    ];
    for odd in odd_values() {
        let mut whole = draft.json();
        for field in whole.as_object().unwrap().keys().cloned().collect::<Vec<_>>() {
            let before = std::mem::replace(&mut whole[&field], odd.clone());
            // A position may be absent, and what is kept is kept with flags.
            let answer = ana.puts_report(Uuid::new_v4(), &whole).await;
            assert!([201, 400, 422].contains(&answer.status), "{field} = {odd}: {}", answer.body);
            whole[&field] = before;
        }
        for (who, verb, body) in &bodies {
            for field in body.as_object().unwrap().keys() {
                let mut body = body.clone();
                body[field] = odd.clone();
                let answer = who.commands_at(issue, verb, "\"0\"", Uuid::new_v4(), body).await;
                assert!(
                    [400, 412, 422].contains(&answer.status),
                    "{verb} {field} = {odd}: {}",
                    answer.body
                );
            }
        }
    }
}

#[tokio::test]
async fn no_value_of_an_account_or_of_credentials_makes_the_server_fail() {
    let town = TestApp::start().await;
    let admin = town.admin();
    let account = json!({"login": "new-one", "name": "new", "role": "office", "bureau": null, "duty_areas": [],
        "password": "over the bridge", "temporary": false});
    let credentials =
        json!({"login": "ana", "password": "wrong", "device": "phone", "code": "123456"});
    let own = format!("/accounts/{}", town.inspector("chen").member.account);
    for odd in odd_values() {
        for field in account.as_object().unwrap().keys() {
            let mut body = account.clone();
            body[field] = odd.clone();
            let answer = admin.posts("/accounts", &body).await;
            assert!(
                [201, 400, 409, 422].contains(&answer.status),
                "{field} = {odd}: {}",
                answer.body
            );
            let change = admin.request(Method::PATCH, &own).json(&json!({field: odd}));
            let answer = town.nobody.send(change).await;
            assert!([200, 400, 422].contains(&answer.status), "{field} = {odd}: {}", answer.body);
        }
        for field in ["login", "password", "device", "code"] {
            let mut body = credentials.clone();
            body[field] = odd.clone();
            let answer = admin.posts("/sessions", &body).await;
            assert!(
                [400, 401, 422, 429].contains(&answer.status),
                "{field} = {odd}: {}",
                answer.body
            );
        }
        let own = [
            (Method::POST, "/sessions:handover", json!({"code": odd})),
            (Method::POST, "/sessions:handover", json!({"code": "x", "device": odd})),
            (Method::POST, "/me/handovers", json!({"keep": odd})),
            (Method::PUT, "/me/password", json!({"current": odd, "new": "three herons at dusk"})),
            (Method::PUT, "/me/password", json!({"current": "wrong", "new": odd})),
            (Method::POST, "/me/second-factor", json!({"password": odd})),
            (Method::POST, "/me/second-factor:confirm", json!({"code": odd})),
            (Method::DELETE, "/me/second-factor", json!({"password": odd, "code": odd})),
        ];
        for (method, path, body) in own {
            let answer = admin.sends(admin.request(method, path).json(&body)).await;
            assert!(
                [201, 400, 401, 404, 422, 429].contains(&answer.status),
                "{path} {body}: {}",
                answer.body
            );
        }
        let answer = admin.posts("/sessions:refresh", &json!({"refresh_token": odd})).await;
        assert!([400, 401].contains(&answer.status), "{odd}: {}", answer.body);
    }
}

#[tokio::test]
async fn no_text_of_any_query_makes_the_server_fail() {
    let town = TestApp::start().await;
    let office = town.office();
    let texts = [
        "%00",
        "%FF",
        "%25",
        "_",
        "%5C",
        "'",
        "%22",
        "%F0%9F%98%80",
        "99999999999999999999",
        "-1",
        "%20",
        ",",
    ];
    let fields = [
        "bureau",
        "stage",
        "open",
        "category",
        "point",
        "area",
        "bbox",
        "due_before",
        "due_after",
        "unrouted",
        "text",
        "sort",
        "after",
        "limit",
    ];
    for text in texts {
        for path in fields.map(|field| format!("/issues?{field}={text}")) {
            let answer = office.gets(&path).await;
            assert!(
                [200, 400, 422].contains(&answer.status),
                "{path}: {} {}",
                answer.status,
                answer.body
            );
        }
        for field in ["band", "category", "stage", "after", "limit"] {
            let path = format!("/points/P001/cluster?{field}={text}");
            let answer = office.gets(&path).await;
            assert!(
                [200, 400, 422].contains(&answer.status),
                "{path}: {} {}",
                answer.status,
                answer.body
            );
        }
        for path in [
            format!("/points/{text}/cluster"),
            format!("/photos/{text}"),
            format!("/reports/{text}"),
        ] {
            let answer = office.gets(&path).await;
            assert!(
                [400, 404].contains(&answer.status),
                "{path}: {} {}",
                answer.status,
                answer.body
            );
        }
    }
}
