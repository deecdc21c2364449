//! The pages, in a real browser: the walk itself is `tests/browser/issue-list.mjs`.

use std::path::Path;

use support::{PASSWORD, TestApp, report};
use tokio::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn a_bureau_works_its_list_on_a_telephone_and_at_a_desk() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let mut issues = Vec::new();
    for spot in 0..4 {
        issues.push(ana.submits(&report().at(town.spot(spot)).photos(2)).await.issue());
    }
    let walk = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser/issue-list.mjs");
    let page = town.app.config.public_url.clone();
    let ended = Command::new("node")
        .arg(walk)
        .env("BASE_URL", page)
        .env("LOGIN", "huanwei")
        .env("PASSWORD", PASSWORD)
        .kill_on_drop(true)
        .output()
        .await
        .expect("node runs: `make setup` installs what the browser tests need");
    let said = String::from_utf8_lossy(&ended.stdout);
    let complained = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{said}{complained}");
    // One on each screen: what was clicked has happened.
    let huanwei = town.bureau("huanwei");
    assert_eq!(huanwei.lists("stage=accepted").await.len(), 2, "{said}");
    assert_eq!(huanwei.lists("stage=dispatched").await.len(), issues.len() - 2);
}
