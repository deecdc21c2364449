//! A write that takes long: what comes after it is not seen before it.

use std::sync::mpsc;

use domain::workflow::Event;
use support::{TestApp, report};
use tokio::sync::mpsc::unbounded_channel;
use zhoubian::actions::record::{Act, Ledger};
use zhoubian::problem::Error;
use zhoubian::store::issues;

/// Pulls while a write is held up: enough for a report that need not wait to be there.
const PULLS: usize = 60;

/// Holds a write up between its feed number and its commit, or its end without one, while another is
/// sent and a reader pulls; then compares what the reader holds with a fresh pull.
async fn held_up(ends_well: bool) {
    let town = TestApp::start().await;
    let (ana, huanwei) = (town.inspector("ana"), town.bureau("huanwei"));
    let slow = ana.submits(&report().at(town.spot(0))).await.issue();
    let page = huanwei.pulls(None, 50).await.ok();
    let mut after = page["next"].as_str().unwrap().to_owned();

    let (written, mut is_written) = unbounded_channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let (app, now, actor) = (town.app.clone(), town.now(), huanwei.actor());
    let write = tokio::spawn(async move {
        let work = move |conn: &mut schema::Conn| {
            let mut issue = issues::find_locked(conn, slow)?.ok_or(Error::NotFound)?;
            let act = Act { actor: &actor, at: now, command: None };
            let mut ledger = Ledger::default();
            ledger.append(conn, &mut issue, vec![Event::Accepted], act)?;
            ledger.close(conn)?;
            written.send(()).unwrap();
            // An error only if the test is over.
            may_go_on.recv().unwrap_or_default();
            if ends_well { Ok(()) } else { Err(Error::NotFound) }
        };
        app.db.write(work).await
    });
    is_written.recv().await.unwrap();
    let (later, draft) = (ana.clone(), report().at(town.spot(1)));
    let later = tokio::spawn(async move { later.submits(&draft).await });
    let mut held: Vec<(i64, i64)> = Vec::new();
    for pull in 0..=PULLS {
        if pull == PULLS {
            go_on.send(()).unwrap();
        }
        let page = huanwei.pulls(Some(&after), 50).await.ok();
        page["next"].as_str().unwrap().clone_into(&mut after);
        held.extend(changes(&page));
    }
    assert_eq!(write.await.unwrap().is_ok(), ends_well);
    let fast = later.await.unwrap().issue();
    held.extend(changes(&huanwei.pulls(Some(&after), 50).await.ok()));
    let fresh = huanwei.pulls_all().await;
    assert_eq!(fresh[&slow]["version"], if ends_well { 4 } else { 3 });
    assert!(held.contains(&(fast, 3)), "{held:?}");
    assert_eq!(held.contains(&(slow, 4)), ends_well, "{held:?}");
}

fn changes(page: &serde_json::Value) -> Vec<(i64, i64)> {
    let change = |change: &serde_json::Value| {
        (change["id"].as_i64().unwrap(), change["version"].as_i64().unwrap())
    };
    page["changes"].as_array().unwrap().iter().map(change).collect()
}

/// Case 30: feed numbers out of order under a long transaction.
#[tokio::test]
async fn a_slow_write_is_not_overtaken() {
    held_up(true).await;
}

/// Case 31: rollback after allocation.
#[tokio::test]
async fn a_slow_write_that_is_undone_leaves_no_trace() {
    held_up(false).await;
}
