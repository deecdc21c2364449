use support::{PASSWORD, TestApp};

use super::walk;

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_a_chat_group_is_put_right_and_closed() {
    let town = TestApp::start().await;
    let who = [
        ("PASSWORD", PASSWORD),
        ("DESK", "office"),
        ("VERIFIER", "supervisor01"),
        ("PLACE", "ybx"),
    ];
    walk(&town, "story.mjs", &who, async |_| ()).await;
    assert_eq!(town.office().lists("stage=closed").await.len(), 1);
}
