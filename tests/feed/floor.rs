//! A feed of bounded length.

use diesel::prelude::*;
use jiff::SignedDuration;
use schema::on;
use schema::tables::{event, feed};
use support::{TestApp, report};
use zhoubian::jobs::compact_feed::compact_feed;
use zhoubian::problem::Error;

async fn rows(town: &TestApp) -> (i64, i64) {
    let count = |conn: &mut schema::Conn| {
        let entries: i64 = on!(conn, |c| feed::table.count().get_result(c))?;
        let events: i64 = on!(conn, |c| event::table.count().get_result(c))?;
        Ok::<_, Error>((entries, events))
    };
    town.app.db.read(count).await.unwrap()
}

/// Case 33: a cursor below the floor.
#[tokio::test]
async fn whoever_pulls_from_too_far_back_starts_from_a_snapshot() {
    let town = TestApp::start().await;
    let (ana, huanwei, office) = (town.inspector("ana"), town.bureau("huanwei"), town.office());
    let start = [huanwei.catches_up().await, office.catches_up().await];
    let old = ana.submits(&report().at(town.spot(0))).await.issue();
    let between = [huanwei.catches_up().await, office.catches_up().await];
    town.wait(24 * 60);
    let young = ana.submits(&report().at(town.spot(1))).await.issue();
    let (entries, events) = rows(&town).await;
    assert_eq!(compact_feed(&town.app).await.unwrap(), 0, "nothing is old enough");

    town.app.clock.advance(SignedDuration::from_hours(24 * 90 - 1));
    let removed = compact_feed(&town.app).await.unwrap();
    assert!(removed > 0 && i64::try_from(removed).unwrap() < entries);
    assert_eq!(rows(&town).await.1, events, "what happened stays in the log");
    assert_eq!(compact_feed(&town.app).await.unwrap(), 0, "once");
    for (reader, (start, between)) in
        [&huanwei, &office].into_iter().zip(start.iter().zip(&between))
    {
        let refused = reader.pulls(Some(start), 50).await;
        refused.is_problem(410, "must-refetch");
        assert_eq!(refused.body["snapshot"], "/api/v1/changes/snapshot");
        reader.polls(start, 60).await.is_problem(410, "must-refetch");
        reader.pulls(None, 50).await.is_problem(410, "must-refetch");
        // At the floor nothing is missed.
        let page = reader.pulls(Some(between), 50).await.ok();
        assert_eq!(page["changes"].as_array().unwrap().len(), 1);
        assert_eq!(page["changes"][0]["id"], young);
        let held = reader.starts_again(1).await;
        assert_eq!(held.keys().copied().collect::<Vec<_>>(), [old, young]);
    }
    // What happens to an old issue is news like any other.
    let after = huanwei.catches_up().await;
    huanwei.accepts(old).await.ok();
    assert_eq!(huanwei.pulls(Some(&after), 50).await.ok()["changes"][0]["id"], old);
}

#[tokio::test]
async fn a_feed_that_is_kept_for_good_is_not_shortened() {
    let town = TestApp::start_with(|config| config.changes.keep_days = 0).await;
    town.inspector("ana").submits(&report().at(town.spot(0))).await.ok();
    town.app.clock.advance(SignedDuration::from_hours(24 * 300));
    assert_eq!(compact_feed(&town.app).await.unwrap(), 0);
    assert_eq!(town.bureau("huanwei").pulls_all().await.len(), 1);
}
