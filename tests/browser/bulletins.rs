use support::{PASSWORD, TestApp, report};

use super::walk;

#[tokio::test(flavor = "multi_thread")]
async fn a_bulletin_is_previewed_issued_and_looked_into_down_to_its_issues() {
    let town = TestApp::start().await;
    let mut issues = Vec::new();
    for spot in 0..12 {
        let draft = report().at(town.spot(spot * 3));
        issues.push(town.inspector("ana").submits(&draft).await.issue());
    }
    let huanwei = town.bureau("huanwei");
    for issue in &issues[..5] {
        let lead = town.office().gets(&format!("/issues/{issue}")).await.ok()["lead"].clone();
        if lead == "huanwei" {
            huanwei.accepts(*issue).await.ok();
            huanwei.rectifies(*issue).await;
            town.inspector("bo").passes(*issue).await.ok();
        }
    }
    town.wait(26 * 60);
    let now = town.now().as_second().to_string();
    let who = [("PASSWORD", PASSWORD), ("OFFICE", "office"), ("BUREAU", "huanwei"), ("NOW", &now)];
    walk(&town, "bulletins.mjs", &who, async |_step| {}).await;
    let listed = town.office().gets("/bulletins").await.ok();
    assert_eq!(listed["items"][0]["number"], "简报〔2026〕1号");
    assert_eq!(listed["items"][0]["title"], "迎检第一日简报");
}
