use support::{PASSWORD, Receiver, TestApp, report};
use zhoubian::jobs::deliver::deliver;
use zhoubian::jobs::gather::gather;
use zhoubian::jobs::tell::tell;
use zhoubian::notices::Postman;

use super::walk;

/// Something happens that is the office's news, and nobody takes the message of it.
async fn is_refused(town: &TestApp, receiver: &Receiver, issue: i64) {
    let postman = Postman::new(&town.app.config.notices).unwrap();
    town.bureau("huanwei").returns(issue).await.ok();
    tell(&town.app).await.unwrap();
    gather(&town.app).await.unwrap();
    for _ in 0..town.app.config.notices.attempts {
        receiver.says(503, "");
        deliver(&town.app, &postman).await.unwrap();
        // Not so long that whoever is signed in would have to ask for a new token.
        town.wait(1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn notices_are_read_and_a_channel_that_fails_is_seen() {
    let receiver = Receiver::start();
    let origin = receiver.origin.clone();
    let allowed = origin.clone();
    let town = TestApp::start_with(move |config| {
        (config.notices.origins, config.notices.attempts) = (vec![allowed], 2);
    });
    let town = town.await;
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    tell(&town.app).await.unwrap();
    let (number, now) = (issue.to_string(), town.now().as_second().to_string());
    let who = [
        ("PASSWORD", PASSWORD),
        ("BUREAU", "huanwei"),
        ("OFFICE", "office"),
        ("ADMIN", "admin"),
        ("ISSUE", &number),
        ("ORIGIN", &origin),
        ("NOW", &now),
    ];
    walk(&town, "notices.mjs", &who, async |step| {
        if step.ends_with("a message is refused until it is given up") {
            is_refused(&town, &receiver, issue).await;
        }
    })
    .await;
    assert_eq!(receiver.takes().len(), 3, "a test, and two tries");
}
