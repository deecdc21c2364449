use support::{PASSWORD, TestApp, report};

use super::walk;

#[tokio::test(flavor = "multi_thread")]
async fn a_bureau_works_its_list_on_a_telephone_and_at_a_desk() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let mut issues = Vec::new();
    for spot in 0..4 {
        issues.push(ana.submits(&report().at(town.spot(spot)).photos(2)).await.issue());
    }
    let who = [("LOGIN", "huanwei"), ("PASSWORD", PASSWORD)];
    let said = walk(&town, "issue-list.mjs", &who, async |_| ()).await;
    // One on each screen: what was clicked has happened.
    let huanwei = town.bureau("huanwei");
    assert_eq!(huanwei.lists("stage=accepted").await.len(), 2, "{said}");
    assert_eq!(huanwei.lists("stage=dispatched").await.len(), issues.len() - 2);
}
