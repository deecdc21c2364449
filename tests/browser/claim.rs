use support::{PASSWORD, TestApp, report};

use super::walk;

#[tokio::test(flavor = "multi_thread")]
async fn a_company_claims_a_cable_another_declines_and_the_office_offers_by_hand() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let cable = |spot| report().at(town.spot(spot)).category("1201").condition("1201C");
    let issue = ana.submits(&cable(0).note("线缆垂落，杆上无标牌")).await.issue();
    let other = ana.submits(&cable(30).note("弱电箱门脱落")).await.issue();
    let cover = report().at(town.spot(5)).category("1102").condition("1102A");
    let unrouted = ana.submits(&cover.note("井盖移位露口")).await.issue();
    let [issue, other, unrouted] = [issue, other, unrouted].map(|number| number.to_string());
    let now = town.now().as_second().to_string();
    let who = [
        ("PASSWORD", PASSWORD),
        ("CLAIMS", "yidong"),
        ("DECLINES", "guangdian"),
        ("OFFICE", "office"),
        ("ISSUE", &issue),
        ("OTHER", &other),
        ("UNROUTED", &unrouted),
        ("NOW", &now),
    ];
    walk(&town, "claim.mjs", &who, async |_| ()).await;
    let office = town.office();
    let seen = office.sees(issue.parse().unwrap()).await;
    assert_eq!((seen["lead"].as_str(), seen["stage"].as_str()), (Some("yidong"), Some("accepted")));
    let declined = seen["cooperating"].to_string();
    assert!(!declined.contains("guangdian"), "{declined}");
    let offered = office.sees(unrouted.parse().unwrap()).await;
    assert_eq!(offered["offer"]["candidates"].as_array().unwrap().len(), 2);
}
