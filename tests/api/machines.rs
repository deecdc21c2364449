//! Accounts of other systems: their secrets, their tokens, what they may and what they may not.

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, PASSWORD, TestApp, report};
use uuid::Uuid;

/// A machine account and its first secret.
pub(super) struct Machine {
    pub(super) id: i64,
    client: String,
    secret: String,
    secret_id: i64,
}

impl Machine {
    /// Made by the town's admin.
    pub(super) async fn of(town: &TestApp, bureau: Option<&str>, scopes: &[&str]) -> Self {
        let body = json!({"name": "another system", "bureau": bureau, "scopes": scopes});
        Self::read(&town.admin().posts("/machines", &body).await.ok())
    }

    fn read(made: &Value) -> Self {
        Self {
            id: made["machine"]["id"].as_i64().unwrap(),
            client: made["client_id"].as_str().unwrap().to_owned(),
            secret: made["client_secret"].as_str().unwrap().to_owned(),
            secret_id: made["machine"]["secrets"][0]["id"].as_i64().unwrap(),
        }
    }

    async fn asks(&self, town: &TestApp, scope: Option<&str>) -> Answer {
        let mut form = vec![("grant_type", "client_credentials")];
        form.extend(scope.map(|scope| ("scope", scope)));
        let request = town.nobody.request(Method::POST, "/tokens");
        town.nobody.send(request.basic_auth(&self.client, Some(&self.secret)).form(&form)).await
    }

    /// A token for every scope it has.
    pub(super) async fn token(&self, town: &TestApp) -> String {
        self.asks(town, None).await.ok()["access_token"].as_str().unwrap().to_owned()
    }
}

async fn gets(town: &TestApp, token: &str, path: &str) -> Answer {
    town.nobody.send(town.nobody.request(Method::GET, path).bearer_auth(token)).await
}

/// A request for a token that gets none, with RFC 6749's word for it.
#[track_caller]
fn is_refused(answer: &Answer, status: u16, code: &str, error: &str) {
    answer.is_problem(status, code);
    assert_eq!(answer.body["error"], error);
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_bureau_s_system_works_an_issue_and_the_log_names_it() {
    let town = TestApp::start().await;
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    let machine = Machine::of(&town, Some("huanwei"), &["issues:read", "issues:work"]).await;
    let answer = machine.asks(&town, None).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let granted = answer.ok();
    assert_eq!((&granted["token_type"], &granted["expires_in"]), (&json!("Bearer"), &json!(900)));
    assert_eq!(granted["scope"], "issues:read issues:work");
    let token = granted["access_token"].as_str().unwrap();
    let seen = gets(&town, token, &format!("/issues/{issue}")).await;
    let version = seen.header("etag").to_owned();
    seen.ok();
    let accept = town.nobody.request(Method::POST, &format!("/issues/{issue}:accept"));
    let accept = accept.bearer_auth(token).header("if-match", version);
    town.nobody.send(accept.json(&json!({"command_id": Uuid::new_v4()}))).await.ok();
    let events = town.office().gets(&format!("/issues/{issue}/events")).await.ok();
    assert!(events.to_string().contains("another system"), "{events}");
    let listed = town.admin().gets("/machines").await.ok();
    assert!(listed["items"][0]["secrets"][0]["last_used_at"].is_string());
}

#[tokio::test]
async fn a_token_may_be_given_for_less_than_the_machine_has() {
    let town = TestApp::start().await;
    let machine = Machine::of(&town, None, &["figures:read", "reference:read"]).await;
    let less = machine.asks(&town, Some("reference:read")).await.ok();
    assert_eq!(less["scope"], "reference:read");
    let less = less["access_token"].as_str().unwrap();
    gets(&town, less, "/areas").await.ok();
    let figures = "/figures?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z";
    let refused = gets(&town, less, figures).await;
    refused.is_problem(403, "scope-missing");
    assert_eq!(refused.body["scope"], "figures:read");
    let all = machine.token(&town).await;
    gets(&town, &all, figures).await.ok();
    for scope in ["issues:read", "figures:read admin", "*"] {
        let answer = machine.asks(&town, Some(scope)).await;
        is_refused(&answer, 400, "scope-invalid", "invalid_scope");
    }
    // What the account loses, its tokens lose at once.
    let change = town.admin().request(Method::PATCH, &format!("/machines/{}", machine.id));
    town.nobody.send(change.json(&json!({"scopes": ["reference:read"]}))).await.ok();
    gets(&town, &all, figures).await.is_problem(403, "scope-missing");
}

#[tokio::test]
async fn secrets_are_replaced_without_a_pause_and_revoked_at_once() {
    let town = TestApp::start().await;
    let (admin, old) = (town.admin(), Machine::of(&town, None, &["reference:read"]).await);
    let path = format!("/machines/{}/secrets", old.id);
    let until = town.now() + jiff::SignedDuration::from_mins(20);
    let new = Machine::read(&admin.posts(&path, &json!({"expires_at": until})).await.ok());
    assert_ne!(old.secret, new.secret);
    admin.posts(&path, &json!({})).await.is_problem(409, "secrets-too-many");
    let (by_old, by_new) = (old.token(&town).await, new.token(&town).await);
    let revoke = admin.request(Method::DELETE, &format!("{path}/{}", old.secret_id));
    assert_eq!(town.nobody.send(revoke).await.status, 204);
    gets(&town, &by_old, "/areas").await.is_problem(401, "token-invalid");
    gets(&town, &by_new, "/areas").await.ok();
    is_refused(&old.asks(&town, None).await, 401, "client-invalid", "invalid_client");
    town.wait(20);
    is_refused(&new.asks(&town, None).await, 401, "client-invalid", "invalid_client");
    let unknown = admin.request(Method::DELETE, &format!("{path}/999"));
    town.nobody.send(unknown).await.is_problem(404, "not-found");
}

#[tokio::test]
async fn a_closed_machine_is_out_and_so_is_one_whose_end_has_come() {
    let town = TestApp::start().await;
    let machine = Machine::of(&town, None, &["reference:read"]).await;
    let path = format!("/machines/{}", machine.id);
    let change =
        |body: Value| town.nobody.send(town.admin().request(Method::PATCH, &path).json(&body));
    let token = machine.token(&town).await;
    change(json!({"active": false})).await.ok();
    gets(&town, &token, "/areas").await.is_problem(401, "token-invalid");
    is_refused(&machine.asks(&town, None).await, 401, "client-invalid", "invalid_client");
    let ends_at = town.now() + jiff::SignedDuration::from_mins(5);
    change(json!({"active": true, "ends_at": ends_at})).await.ok();
    gets(&town, &token, "/areas").await.is_problem(401, "token-invalid");
    let token = machine.token(&town).await;
    gets(&town, &token, "/areas").await.ok();
    town.wait(5);
    gets(&town, &token, "/areas").await.is_problem(401, "token-invalid");
    assert_eq!(change(json!({"ends_at": null})).await.ok()["ends_at"], Value::Null);
    gets(&town, &token, "/areas").await.ok();
}

#[tokio::test]
async fn a_machine_is_no_person() {
    let town = TestApp::start().await;
    let machine = Machine::of(&town, Some("huanwei"), &["issues:read"]).await;
    let body = json!({"login": machine.client, "password": machine.secret});
    let signed_in = town.nobody.request(Method::POST, "/sessions").json(&body);
    town.nobody.send(signed_in).await.is_problem(401, "credentials-invalid");
    // And a person is no machine.
    let form =
        [("grant_type", "client_credentials"), ("client_id", "ana"), ("client_secret", PASSWORD)];
    let as_machine = town.nobody.request(Method::POST, "/tokens").form(&form);
    is_refused(&town.nobody.send(as_machine).await, 401, "client-invalid", "invalid_client");
    // Accounts list people; what is said of people is not said of machines.
    let accounts = town.admin().gets("/accounts?limit=500").await.ok();
    assert!(!accounts.to_string().contains(&machine.client));
    let as_account = town.admin().request(Method::PATCH, &format!("/accounts/{}", machine.id));
    let as_account = as_account.json(&json!({"role": "admin", "password": "over the river"}));
    town.nobody.send(as_account).await.is_problem(404, "not-found");
    let ana = town.inspector("ana").member.account;
    let as_machine = town.admin().request(Method::PATCH, &format!("/machines/{ana}"));
    let as_machine = as_machine.json(&json!({"active": false}));
    town.nobody.send(as_machine).await.is_problem(404, "not-found");
    let token = machine.token(&town).await;
    for path in ["/me", "/accounts", "/machines"] {
        gets(&town, &token, path).await.is_problem(403, "scope-missing");
    }
}

#[tokio::test]
async fn a_machine_that_may_not_be_is_not_made() {
    let town = TestApp::start().await;
    for (body, code) in [
        (json!({"name": "x", "scopes": []}), "scopes-empty"),
        (json!({"name": "x", "scopes": ["issues:work"]}), "scope-unfit"),
        (json!({"name": "x", "bureau": "nowhere", "scopes": ["issues:read"]}), "bureau-unknown"),
        (json!({"name": " ", "scopes": ["issues:read"]}), "name-invalid"),
        (
            json!({"name": "x", "scopes": ["issues:read"], "ends_at": "2026-01-01T00:00:00Z"}),
            "ends-at-past",
        ),
    ] {
        town.admin().posts("/machines", &body).await.is_problem(422, code);
    }
    let unknown = json!({"name": "x", "scopes": ["everything"]});
    town.admin().posts("/machines", &unknown).await.is_problem(400, "request-malformed");
}

#[tokio::test]
async fn nothing_blind_reaches_a_machine_on_the_office_s_side() {
    let town = TestApp::start().await;
    let supervisor = town.supervisor();
    let open = supervisor.submits(&report().at(town.spot(0)).from_supervision()).await.issue();
    let blind = supervisor.submits(&report().at(town.spot(1)).blind()).await.issue();
    let token = Machine::of(&town, None, &["issues:read"]).await.token(&town).await;
    gets(&town, &token, &format!("/issues/{open}")).await.ok();
    gets(&town, &token, &format!("/issues/{blind}")).await.is_problem(404, "not-found");
    let pulled = gets(&town, &token, "/changes").await.ok();
    let of = |issue: i64| {
        pulled["changes"].as_array().unwrap().iter().find(|change| change["id"] == issue)
    };
    assert_eq!(of(open).unwrap()["op"], "upsert");
    // As for an administrator: that there is such a number, and nothing of it.
    assert!(of(blind).is_none_or(|change| change["issue"].is_null()), "{pulled}");
}

#[tokio::test]
async fn what_is_no_request_for_a_token_is_told_in_the_standard_s_words() {
    let town = TestApp::start().await;
    let machine = Machine::of(&town, None, &["reference:read"]).await;
    let sends = |form: &[(&str, &str)]| {
        town.nobody.send(town.nobody.request(Method::POST, "/tokens").form(form))
    };
    let (id, secret) = (("client_id", &*machine.client), ("client_secret", &*machine.secret));
    let grant = ("grant_type", "client_credentials");
    sends(&[grant, id, secret]).await.ok();
    let request = ("token-request-invalid", "invalid_request");
    for (form, status, (code, error)) in [
        (vec![], 400, request),
        (vec![id, secret], 400, request),
        (vec![grant, id], 400, request),
        (vec![grant, id, secret, secret], 400, request),
        (
            vec![("grant_type", "password"), id, secret],
            400,
            ("grant-type-unsupported", "unsupported_grant_type"),
        ),
        (vec![grant, id, ("client_secret", "zm1.x")], 401, ("client-invalid", "invalid_client")),
        (vec![grant, ("client_id", "no\0body"), secret], 401, ("client-invalid", "invalid_client")),
    ] {
        is_refused(&sends(&form).await, status, code, error);
    }
    let json = town.nobody.request(Method::POST, "/tokens").json(&json!({"grant_type": "x"}));
    is_refused(&town.nobody.send(json).await, 400, request.0, request.1);
    let bad = town.nobody.request(Method::POST, "/tokens").header("authorization", "Basic ?");
    let refused = town.nobody.send(bad.form(&[grant])).await;
    is_refused(&refused, 401, "client-invalid", "invalid_client");
    assert!(refused.header("www-authenticate").starts_with("Basic"));
}
