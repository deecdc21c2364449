//! The pictures made of photos, for whoever may see the issue.

use reqwest::Method;
use support::{Picture, TestApp, report};

use super::looking::{events, shown};

#[tokio::test]
async fn renditions_are_there_after_a_look_and_are_sent_once() {
    let town = TestApp::start().await;
    let (ana, chen, huanwei) =
        (town.inspector("ana"), town.inspector("chen"), town.bureau("huanwei"));
    let picture = Picture::jpeg();
    ana.submits(&report().at(town.spot(0)).picture(&picture)).await.ok();
    ana.uploads(&picture).await.ok();
    let path = format!("/photos/{}/thumbnail", picture.sha256());
    let early = huanwei.gets(&path).await;
    early.is_problem(404, "rendition-pending");
    assert_eq!(early.header("retry-after"), "2");
    chen.gets(&path).await.is_problem(404, "not-found");
    town.looks_at_photos().await;

    let got = huanwei.gets(&path).await;
    assert_eq!((got.status, got.header("content-type")), (200, "image/jpeg"));
    assert_eq!(got.header("cache-control"), "private, max-age=31536000, immutable");
    assert_eq!(got.header("x-content-type-options"), "nosniff");
    let etag = got.header("etag").to_owned();
    assert_eq!(etag, format!("\"{}-thumbnail\"", picture.sha256()));
    for path in [path.clone(), format!("/photos/{}", picture.sha256())] {
        let whole = huanwei.gets(&path).await;
        let held = whole.header("etag").to_owned();
        let asked = huanwei.request(Method::GET, &path);
        let known = huanwei.sends(asked.header("if-none-match", format!("\"x\", {held}"))).await;
        assert_eq!((known.status, known.bytes.len()), (304, 0));
        assert_eq!(known.header("etag"), held);
        let other = huanwei.request(Method::GET, &path).header("if-none-match", "\"other\"");
        assert_eq!(huanwei.sends(other).await.status, 200);
        let part = huanwei.request(Method::GET, &path).header("range", "bytes=2-9");
        let part = huanwei.sends(part).await;
        assert_eq!((part.status, part.bytes.as_slice()), (206, &whole.bytes[2..10]));
        let beyond = huanwei.request(Method::GET, &path).header("range", "bytes=9999999-");
        huanwei.sends(beyond).await.is_problem(416, "range-unsatisfiable");
    }
    for outsider in [&chen, &town.bureau("zhifa")] {
        for size in ["large", "thumbnail"] {
            let path = format!("/photos/{}/{size}", picture.sha256());
            outsider.gets(&path).await.is_problem(404, "not-found");
        }
    }
    town.nobody
        .send(town.nobody.request(Method::GET, &path))
        .await
        .is_problem(401, "token-invalid");
    huanwei.gets("/photos/abc/large").await.is_problem(404, "not-found");
    huanwei.gets(&format!("/photos/{}/huge", picture.sha256())).await.is_problem(404, "not-found");
}

#[tokio::test]
async fn a_blind_findings_pictures_are_hidden_until_it_is_released() {
    let town = TestApp::start().await;
    let (supervisor, huanwei) = (town.supervisor(), town.bureau("huanwei"));
    let draft = report().at(town.spot(0)).blind().photos(1);
    let issue = supervisor.submits(&draft).await.issue();
    let picture = &draft.pictures[0];
    supervisor.uploads(picture).await.ok();
    town.looks_at_photos().await;
    let paths = [
        format!("/photos/{}", picture.sha256()),
        format!("/photos/{}/large", picture.sha256()),
        format!("/photos/{}/thumbnail", picture.sha256()),
        format!("/reports/{}/photos/{}/watermarked", draft.id, picture.id),
    ];
    for path in &paths {
        huanwei.gets(path).await.is_problem(404, "not-found");
        assert_eq!(supervisor.gets(path).await.status, 200, "{path}");
    }
    let office = town.office();
    office.files(issue, "0101B").await.ok();
    office.commands(issue, "release", serde_json::json!({})).await.ok();
    office.dispatches(issue, "huanwei").await.ok();
    for path in &paths {
        assert_eq!(huanwei.gets(path).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn renditions_that_were_lost_are_made_again() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let elsewhere =
        support::Camera { position: Some(town.spot(0).north(900.0)), ..support::Camera::default() };
    let picture = Picture::jpeg().by(&elsewhere);
    let issue = ana.submits(&report().at(town.spot(0)).picture(&picture)).await.issue();
    ana.uploads(&picture).await.ok();
    town.looks_at_photos().await;
    std::fs::remove_dir_all(town.app.config.data.join("photos/renditions")).unwrap();
    let path = format!("/photos/{}/large", picture.sha256());
    ana.gets(&path).await.is_problem(404, "rendition-pending");
    assert_eq!(town.looks_at_photos().await, 1);
    assert_eq!(ana.gets(&path).await.status, 200);
    assert_eq!(shown(&ana, issue).await["state"], "ready");
    assert_eq!(events(&ana, issue, "photo_flagged").await.len(), 1, "said once");
}
