use support::{PASSWORD, TestApp, report};

use super::walk;

#[tokio::test(flavor = "multi_thread")]
async fn a_company_does_its_part_and_the_page_tells_who_has_done_which() {
    let town = TestApp::start().await;
    let cables = report().at(town.spot(0)).category("1201").condition("1201B");
    let issue = town.inspector("ana").submits(&cables).await.issue();
    town.bureau("xinhua").accepts(issue).await.ok();
    let (issue, now) = (issue.to_string(), town.now().as_second().to_string());
    let who = [
        ("PASSWORD", PASSWORD),
        ("LEAD", "xinhua"),
        ("HELPER", "yidong"),
        ("OFFICE", "office"),
        ("ISSUE", &issue),
        ("NOW", &now),
        ("UNTIL", "2026-11-17T12:00"),
    ];
    walk(&town, "parts.mjs", &who, async |_| ()).await;
    let seen = town.office().sees(issue.parse().unwrap()).await;
    assert_eq!(seen["parts_done"].as_array().unwrap().len(), 1);
    assert!(seen["parts"][4]["released_at"].is_string(), "{}", seen["parts"]);
}
