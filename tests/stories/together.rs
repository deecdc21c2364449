//! Reports that are written together: each has its own end.

use std::sync::mpsc;

use schema::{Conn, dialect};
use support::{Answer, Draft, Person, TestApp, report};
use tokio::sync::mpsc::unbounded_channel;
use tokio::task::JoinHandle;
use zhoubian::problem::Error;
use zhoubian::together::Busy;

fn sends((who, draft): (Person, Draft)) -> JoinHandle<Answer> {
    tokio::spawn(async move { who.submits(&draft).await })
}

/// Waits until so many groups are being written and so many reports wait.
async fn is_as_busy(town: &TestApp, groups: usize, waiting: usize) {
    while town.app.inbox.busy() != (Busy { groups, waiting }) {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
}

/// Sends all of these while writes are held up, so that they are written as one group; two that go
/// before them take up the turns.
async fn together(town: &TestApp, sent: Vec<(Person, Draft)>) -> Vec<Answer> {
    let (holding, mut holds) = unbounded_channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let app = town.app.clone();
    let hold = tokio::spawn(async move {
        let work = move |conn: &mut Conn| {
            dialect::next_feed_numbers(conn, 1).map_err(schema::DbError::from)?;
            holding.send(()).unwrap();
            may_go_on.recv().unwrap_or_default();
            Err::<(), _>(Error::NotFound)
        };
        app.db.write(work).await
    });
    holds.recv().await.unwrap();
    let first = town.inspector("inspector01");
    let mut before = Vec::new();
    for turn in 1..=2_u8 {
        before.push(sends((first.clone(), report().at(town.spot(50 + usize::from(turn))))));
        is_as_busy(town, turn.into(), 0).await;
    }
    let mut answers = Vec::new();
    for (place, one) in sent.into_iter().enumerate() {
        answers.push(sends(one));
        is_as_busy(town, 2, place + 1).await;
    }
    go_on.send(()).unwrap();
    assert!(hold.await.unwrap().is_err());
    for before in before {
        before.await.unwrap().ok();
    }
    let mut all = Vec::new();
    for answer in answers {
        all.push(answer.await.unwrap());
    }
    all
}

#[tokio::test]
async fn each_of_a_group_has_its_own_end() {
    let town = TestApp::start().await;
    let (ana, bo, chen) = (town.inspector("ana"), town.inspector("bo"), town.inspector("chen"));
    let known = report().at(town.spot(0)).photos(2);
    let issue = ana.submits(&known).await.issue();
    let new = report().at(town.spot(9)).condition("0101B");
    let graver = report().at(town.spot(9).north(2.0)).condition("0101A");
    let twice = report().at(town.spot(20)).photos(1);
    let answers = together(
        &town,
        vec![
            (ana.clone(), known.clone()),
            (bo.clone(), known.clone()),
            (bo.clone(), report().at(town.spot(0).north(1.0)).photos(1)),
            (ana.clone(), new.clone()),
            (chen.clone(), graver),
            (bo.clone(), new.clone().id(uuid::Uuid::new_v4())),
            (chen.clone(), twice.clone()),
            (chen.clone(), twice.clone()),
        ],
    )
    .await;
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    // Of the report sent twice, whichever is looked at again was there already.
    assert_eq!(statuses[..7], [200, 409, 201, 201, 201, 201, 201]);
    assert_eq!(statuses[7], 200);
    let issues: Vec<i64> =
        [0, 2, 3, 4, 5, 6, 7].map(|place| answers[place].clone().issue()).to_vec();
    assert_eq!((issues[0], issues[1]), (issue, issue));
    let opened = issues[2];
    assert_eq!(issues[3..5], [opened, opened]);
    assert_eq!(issues[5], issues[6]);

    let office = town.office();
    let kinds = super::kinds(&office, opened).await;
    assert_eq!(kinds, ["reported", "filed", "dispatched", "joined", "raised", "joined"]);
    let detail = office.sees(opened).await;
    assert_eq!((&detail["report_count"], &detail["condition"]), (&3.into(), &"0101A".into()));
    assert_eq!(detail["version"], 6);
    let detail = office.sees(issue).await;
    assert_eq!((&detail["report_count"], &detail["photos"]["expected"]), (&2.into(), &3.into()));
    // Every change is in the feed, each issue at its last version.
    let pulled = office.pulls_all().await;
    assert_eq!(pulled[&opened]["version"], 6);
    assert_eq!(pulled[&issue]["version"], 4);
}

#[tokio::test]
async fn what_fails_in_a_group_fails_alone() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    // The database itself will not have two of these.
    let poison = "CREATE UNIQUE INDEX poison ON issue (note) WHERE note = 'poison'";
    let work =
        move |conn: &mut Conn| Ok::<_, Error>(conn.batch(poison).map_err(schema::DbError::from)?);
    town.app.db.write(work).await.unwrap();
    let at = |place: usize, note: &str| (ana.clone(), report().at(town.spot(place)).note(note));
    let sent = vec![at(0, "well"), at(10, "poison"), at(20, "poison"), at(30, "well")];
    let answers = together(&town, sent.clone()).await;
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [201, 201, 500, 201]);
    // What was acknowledged is there once, and what was refused left no trace.
    assert_eq!(town.office().lists("").await.len(), 3 + 2);
    let again = ana.submits(&sent[3].1).await;
    assert_eq!((again.status, again.clone().issue()), (200, answers[3].clone().issue()));
    assert_eq!(ana.gets(&format!("/reports/{}", sent[2].1.id)).await.status, 404);
}
