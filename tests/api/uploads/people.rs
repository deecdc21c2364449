//! Who sends, from the first byte to the last.

use reqwest::Method;
use serde_json::json;
use support::TestApp;
use zhoubian::config::RateSettings;

use super::raw::{Raw, until_under_way};
use super::sender::{announces, large, says_version};

/// Case 20: the token expires during a PATCH.
#[tokio::test]
async fn a_request_goes_on_when_its_token_expires_and_a_new_one_goes_on_after_it() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(100_000)).await;
    let size = ana.picture.bytes.len();
    let old = ana.who.token();
    let mut phone = Raw::begin_with(&ana, &old, 0, Some(60_000)).await;
    phone.sends(&ana.picture.bytes[..10_000]).await;
    until_under_way(&town, 1).await;
    town.wait(16);
    phone.sends(&ana.picture.bytes[10_000..60_000]).await;
    assert!(phone.hears().await.starts_with("http/1.1 204"));
    let mut late = Raw::begin_with(&ana, &old, 60_000, Some(size - 60_000)).await;
    let said = late.hears().await;
    assert!(said.starts_with("http/1.1 401") && said.contains("tus-resumable"), "{said}");
    assert_eq!(ana.goes_on().await.status, 204);
    ana.is_here().await;
}

/// Case 21: the account is closed, or moved to another role, before the last byte.
#[tokio::test]
async fn whoever_may_no_longer_send_completes_nothing_and_loses_nothing() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(100_000)).await;
    let size = ana.picture.bytes.len();
    let account = format!("/accounts/{}", ana.who.member.account);
    let admin = town.admin();
    let set = async |active: bool| {
        let request = admin.request(Method::PATCH, &account).json(&json!({"active": active}));
        admin.sends(request).await.ok();
    };
    let mut phone = Raw::begin(&ana, 0, Some(size)).await;
    phone.sends(&ana.picture.bytes[..50_000]).await;
    until_under_way(&town, 1).await;
    set(false).await;
    phone.sends(&ana.picture.bytes[50_000..]).await;
    let said = phone.hears().await;
    assert!(said.starts_with("http/1.1 403"), "{said}");
    let closed = ana.looks().await;
    assert_eq!(closed.status, 401);
    assert_eq!(town.office().sees(ana.issue).await["photos"]["stored"], 0);
    // Opened again, nothing needs to be sent twice: the first look completes it.
    let found = std::fs::read_dir(town.app.config.data.join("photos/uploads")).unwrap().count();
    assert_eq!(found, 1, "the bytes stay");
    set(true).await;
    let signed_in = sign_in(&town).await;
    let path = ana.url.split_once("/api/v1").unwrap().1.to_owned();
    let look = town.nobody.request(Method::HEAD, &path).bearer_auth(signed_in);
    let look = says_version(town.nobody.send(look.header("tus-resumable", "1.0.0")).await);
    assert_eq!((look.status, look.header("upload-offset")), (200, size.to_string().as_str()));
    assert_eq!(town.office().sees(ana.issue).await["photos"]["stored"], 1);
}

async fn sign_in(town: &TestApp) -> String {
    let credentials = json!({"login": "ana", "password": support::PASSWORD});
    let request = town.nobody.request(Method::POST, "/sessions").json(&credentials);
    town.nobody.send(request).await.ok()["access_token"].as_str().unwrap().to_owned()
}

/// Case 22: HEAD is answered 401, 404, 429.
#[tokio::test]
async fn every_refusal_says_which_version_is_spoken() {
    let town = TestApp::start_with(|config| {
        config.rates =
            RateSettings { account_per_second: 1, account_burst: 5, ..RateSettings::unlimited() };
    })
    .await;
    let ana = announces(&town, "ana", large(10_000)).await;
    let path = ana.url.split_once("/api/v1").unwrap().1.to_owned();
    let nobody = town.nobody.request(Method::HEAD, &path).header("tus-resumable", "1.0.0");
    assert_eq!(says_version(town.nobody.send(nobody).await).status, 401);
    let bo = town.inspector("bo");
    let others = bo.request(Method::HEAD, &path).header("tus-resumable", "1.0.0");
    assert_eq!(says_version(bo.sends(others).await).status, 404, "another's is not there");
    for _ in 0..4 {
        assert_eq!(ana.looks().await.status, 200);
    }
    let refused = ana.looks().await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "1"));
    town.wait(1);
    assert_eq!(ana.goes_on().await.status, 204);
}

#[tokio::test]
async fn a_bureau_sends_its_after_photo_in_parts() {
    let town = TestApp::start().await;
    let huanwei = town.bureau("huanwei");
    let mut ana = announces(&town, "ana", large(10_000)).await;
    assert_eq!(ana.goes_on().await.status, 204);
    huanwei.accepts(ana.issue).await.ok();
    let after = large(40_000);
    huanwei.announces_fix(ana.issue, &after).await.ok();
    ana.who = Box::leak(Box::new(huanwei));
    ana.picture = after;
    let made = ana.asks(ana.creation(&ana.metadata())).await;
    assert_eq!(made.status, 201, "{}", made.body);
    ana.url = made.header("location").to_owned();
    assert_eq!(ana.goes_on().await.status, 204);
    assert_eq!(ana.offset().await, ana.picture.bytes.len());
    town.looks_at_photos().await;
    town.inspector("bo").passes(ana.issue).await.ok();
}
