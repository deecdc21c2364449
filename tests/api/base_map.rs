//! The base map: the operator's tiles, told to whoever is signed in and allowed by the pages' policy.

use reqwest::Method;
use serde_json::json;
use support::TestApp;
use zhoubian::config::BaseMapSettings;

const TILES: &str = "https://tiles.example.cn/vec/{z}/{x}/{y}.png?key=1";

async fn policy(town: &TestApp) -> String {
    let page = town.nobody.request(Method::GET, "/health").send().await.unwrap();
    page.headers()["content-security-policy"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn without_a_word_of_the_operator_s_there_is_none() {
    let town = TestApp::start().await;
    let base_map = town.inspector("ana").gets("/base-map").await.ok();
    assert_eq!(base_map, json!({"tiles": [], "attribution": ""}));
    assert!(!policy(&town).await.contains("http"));
}

#[tokio::test]
async fn the_operator_s_tiles_are_told_and_allowed() {
    let town = TestApp::start_with(|config| {
        config.base_map = BaseMapSettings {
            tiles: vec![TILES.to_owned(), "/tiles/{z}/{x}/{y}.png".to_owned()],
            attribution: "审图号 GS(2026)0001号".to_owned(),
        };
    })
    .await;
    let base_map = town.inspector("ana").gets("/base-map").await.ok();
    let told =
        json!({"tiles": [TILES, "/tiles/{z}/{x}/{y}.png"], "attribution": "审图号 GS(2026)0001号"});
    assert_eq!(base_map, told);
    let policy = policy(&town).await;
    for part in ["img-src 'self' blob: data:", "connect-src 'self' blob:"] {
        assert!(policy.contains(&format!("{part} https://tiles.example.cn;")), "{policy}");
    }
}
