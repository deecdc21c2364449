//! 水印.

use reqwest::Method;
use serde_json::json;
use support::{Picture, TestApp, report};
use uuid::Uuid;

#[tokio::test]
async fn a_watermark_is_drawn_for_reports_and_for_commands() {
    let town = TestApp::start().await;
    let (ana, huanwei) = (town.inspector("ana"), town.bureau("huanwei"));
    let scene = support::encoded(&support::scene(640, 480), image::ImageFormat::Jpeg);
    let picture = Picture::of(scene, "image/jpeg");
    let draft = report().at(town.spot(0)).picture(&picture);
    let issue = ana.submits(&draft).await.issue();
    let path = format!("/reports/{}/photos/{}/watermarked", draft.id, picture.id);
    huanwei.gets(&path).await.is_problem(404, "not-found");
    ana.uploads(&picture).await.ok();
    huanwei.gets(&path).await.is_problem(404, "rendition-pending");
    town.looks_at_photos().await;
    let got = huanwei.gets(&path).await;
    if got.status == 503 {
        // This machine has no Chinese type; what is said then is what counts.
        return got.is_problem(503, "watermark-font-missing");
    }
    assert_eq!((got.status, got.header("content-type")), (200, "image/jpeg"));
    assert_eq!(got.header("cache-control"), "private, no-cache");
    let large = huanwei.gets(&format!("/photos/{}/large", picture.sha256())).await;
    let drawn = image::load_from_memory(&got.bytes).unwrap().to_rgb8();
    let bare = image::load_from_memory(&large.bytes).unwrap().to_rgb8();
    assert_eq!(drawn.dimensions(), bare.dimensions());
    let differ = drawn.pixels().zip(bare.pixels());
    let differ = differ.filter(|(a, b)| a.0[1].abs_diff(b.0[1]) > 40).count();
    assert!(differ > 2_000, "{differ}");
    let asked = huanwei.request(Method::GET, &path).header("if-none-match", got.header("etag"));
    assert_eq!(huanwei.sends(asked).await.status, 304);

    huanwei.accepts(issue).await.ok();
    let after = huanwei.rectifies(issue).await;
    town.looks_at_photos().await;
    let seen = huanwei.sees(issue).await;
    let command = seen["rectifications"][0]["command_id"].as_str().unwrap().to_owned();
    let after = format!("/reports/{command}/photos/{}/watermarked", after.id);
    let marked = huanwei.gets(&after).await;
    assert_eq!(marked.status, 200);
    assert_ne!(marked.header("etag"), got.header("etag"));
    for outsider in [&town.bureau("zhifa"), &town.inspector("chen")] {
        outsider.gets(&path).await.is_problem(404, "not-found");
        outsider.gets(&after).await.is_problem(404, "not-found");
    }
    let nobodys = format!("/reports/{}/photos/{}/watermarked", draft.id, Uuid::new_v4());
    huanwei.gets(&nobodys).await.is_problem(404, "not-found");
    let unknown = format!("/reports/{}/photos/{}/watermarked", Uuid::new_v4(), picture.id);
    huanwei.gets(&unknown).await.is_problem(404, "not-found");
}

#[tokio::test]
async fn the_lines_say_when_where_by_whom_and_for_which_issue() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let (spot, picture) = (town.spot(0), Picture::jpeg());
    let line = picture.line_at(support::START, spot);
    let draft = report().at(town.spot(3)).with("photos", json!([line]));
    let issue = ana.submits(&draft).await.issue();
    ana.uploads(&picture).await.ok();
    let find = zhoubian::actions::watermark::find;
    let office = town.office().actor();
    let marked = find(&town.app, office, draft.id, picture.id).await.unwrap();
    let lines = marked.lines;
    assert_eq!(lines[0], "时间 2026-11-16 09:00:00");
    assert!(lines[1].starts_with("地点 ") && lines[1].contains("新华"), "{}", lines[1]);
    assert_eq!(lines[2], format!("坐标 {:.6}, {:.6} (WGS-84)", spot.lat, spot.lon));
    assert_eq!(lines[3], "采集员 ana");
    assert_eq!(lines[4], format!("编号 {issue} / {}", draft.id));
}
