use support::{PASSWORD, TestApp, report};

use super::walk;

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_drafted_signed_replied_to_and_accepted_on_its_pages() {
    let town = TestApp::start().await;
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    town.bureau("huanwei").accepts(issue).await.ok();
    let (number, now) = (issue.to_string(), town.now().as_second().to_string());
    let who = [
        ("PASSWORD", PASSWORD),
        ("BUREAU", "huanwei"),
        ("FIRST", "office"),
        ("SECOND", "watch"),
        ("ISSUE", &number),
        ("NOW", &now),
    ];
    walk(&town, "cards.mjs", &who, async |step| {
        if step.contains("the bureau has replied") {
            town.looks_at_photos().await;
            town.bureau("huanwei").rectifies(issue).await;
            town.inspector("bo").passes(issue).await.ok();
        }
    })
    .await;
    let card = town.office().gets("/cards?stage=accepted").await.ok();
    assert_eq!(card["items"][0]["number"], "督〔2026〕1号");
}
