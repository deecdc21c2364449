use support::{PASSWORD, TestApp, report};

use super::walk;

#[tokio::test(flavor = "multi_thread")]
async fn the_office_files_decides_and_leads_the_morning() {
    let town = TestApp::start().await;
    let (ana, huanwei) = (town.inspector("ana"), town.bureau("huanwei"));
    let overdue = report().at(town.spot(0)).photos(1);
    ana.submits(&overdue).await.ok();
    ana.uploads(&overdue.pictures[0]).await.ok();
    let returned = ana.submits(&report().at(town.spot(1))).await.issue();
    huanwei.returns(returned).await.ok();
    let unrouted = report().at(town.spot(2)).category("1102").condition("1102A");
    ana.submits(&unrouted).await.ok();
    town.wait(180);
    ana.submits(&report().at(town.spot(3)).unsorted().note("路边垃圾成堆")).await.ok();
    town.looks_at_photos().await;

    let who = [("LOGIN", "office"), ("PASSWORD", PASSWORD), ("PLACE", "ybx")];
    walk(&town, "office.mjs", &who, async |_| ()).await;
    // What was pasted twice at one place is one problem; the desk dispatched the other two.
    let office = town.office();
    assert_eq!(office.lists("unrouted=true").await, Vec::<i64>::new());
    assert_eq!(office.lists("stage=returned,reported").await, Vec::<i64>::new());
}
