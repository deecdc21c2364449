//! What tus asks for, point by point.

use support::TestApp;

use super::sender::{announces, large};

#[tokio::test]
async fn a_photo_goes_on_where_it_was() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(150_000)).await;
    let size = ana.picture.bytes.len();
    assert_eq!(ana.offset().await, 0);
    let mut at = 0;
    for until in [1, 70_000, 70_001, 140_000] {
        let sent = ana.sends(at, until).await;
        assert_eq!((sent.status, sent.header("upload-offset")), (204, until.to_string().as_str()));
        let line = ana.line().await;
        assert_eq!((&line["state"], &line["offset"]), (&"announced".into(), &until.into()));
        at = until;
    }
    let last = ana.goes_on().await;
    assert_eq!((last.status, last.header("upload-offset")), (204, size.to_string().as_str()));
    ana.is_here().await;
    let left = std::fs::read_dir(town.app.config.data.join("photos/uploads")).unwrap().count();
    assert_eq!(left, 0, "its own file is gone");
}

#[tokio::test]
async fn a_photo_in_one_part_is_here_at_once() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(150_000)).await;
    assert_eq!(ana.sends(0, ana.picture.bytes.len()).await.status, 204);
    ana.is_here().await;
}
