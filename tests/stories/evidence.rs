//! What an after-photo must be to close an issue, and what speaks against one is told in numbers.

use image::RgbImage;
use image::imageops::{self, FilterType};
use serde_json::{Value, json};
use support::{Camera, Person, Picture, TestApp, any_seed, report, view};

/// What somebody photographed, seen from where they stood.
fn photographed() -> RgbImage {
    view(640, 480, &any_seed())
}

/// Cut by so much of its width and height on each side, in per cent: left, right, top, bottom.
fn cut(scene: &RgbImage, [left, right, top, bottom]: [u32; 4]) -> RgbImage {
    let (width, height) = scene.dimensions();
    let (across, down) = (width * (100 - left - right) / 100, height * (100 - top - bottom) / 100);
    imageops::crop_imm(scene, width * left / 100, height * top / 100, across, down).to_image()
}

fn half(scene: &RgbImage) -> RgbImage {
    imageops::resize(scene, scene.width() / 2, scene.height() / 2, FilterType::Triangle)
}

/// An issue at this spot that huanwei works on.
async fn accepted(town: &TestApp, spot: usize) -> i64 {
    let issue = town.inspector("ana").submits(&report().at(town.spot(spot))).await.issue();
    town.bureau("huanwei").accepts(issue).await.ok();
    issue
}

/// Rectified with this picture, which has arrived and was looked at.
async fn fixes(town: &TestApp, bureau: &Person, issue: i64, picture: &Picture) {
    bureau.announces_fix(issue, picture).await.ok();
    bureau.uploads(picture).await.ok();
    town.looks_at_photos().await;
}

/// What was found of the last after-photo, as this reader is shown it.
async fn findings(reader: &Person, issue: i64) -> Vec<Value> {
    let seen = reader.sees(issue).await;
    let last = seen["rectifications"].as_array().unwrap().last().unwrap().clone();
    last["photos"][0]["findings"].as_array().unwrap().clone()
}

/// The codes of what blocks, and of what is only told.
async fn codes(reader: &Person, issue: i64) -> (Vec<String>, Vec<String>) {
    let found = findings(reader, issue).await;
    let of = |blocking: bool| {
        let those = found.iter().filter(|one| one["blocking"] == blocking);
        those.map(|one| one["code"].as_str().unwrap().to_owned()).collect()
    };
    (of(true), of(false))
}

#[tokio::test]
async fn a_new_picture_of_the_place_closes_the_issue() {
    let town = TestApp::start().await;
    let (bo, huanwei) = (town.inspector("bo"), town.bureau("huanwei"));
    let issue = accepted(&town, 0).await;
    huanwei.announces_fix(issue, &Picture::of_scene(&photographed(), 85)).await.ok();
    let waiting = codes(&bo, issue).await;
    assert_eq!(waiting, (vec!["not-arrived".into()], vec![]));
    let other = accepted(&town, 30).await;
    fixes(&town, &huanwei, other, &Picture::of_scene(&photographed(), 85)).await;
    assert_eq!(codes(&bo, other).await, (vec![], vec!["time-by-device".into()]));
    bo.passes(other).await.ok();
}

#[tokio::test]
async fn a_copy_of_another_issue_s_picture_closes_nothing_however_it_was_changed() {
    let town = TestApp::start().await;
    let (bo, huanwei) = (town.inspector("bo"), town.bureau("huanwei"));
    let street = photographed();
    let first = accepted(&town, 0).await;
    fixes(&town, &huanwei, first, &Picture::of_scene(&street, 85)).await;
    bo.passes(first).await.ok();

    let changed = [
        ("compressed anew", street.clone(), 45),
        ("half as large", half(&street), 70),
        ("cropped", cut(&street, [8, 4, 6, 10]), 80),
        ("brighter", imageops::brighten(&street, 12), 80),
    ];
    for (at, (how, scene, quality)) in changed.into_iter().enumerate() {
        town.wait(5);
        let issue = accepted(&town, 30 * (at + 1)).await;
        fixes(&town, &huanwei, issue, &Picture::of_scene(&scene, quality)).await;
        bo.passes(issue).await.is_problem(409, "after-photo-copied");
        let found = findings(&town.office(), issue).await;
        let told = (&found[0]["code"], &found[0]["blocking"], &found[0]["same_issue"]);
        assert_eq!(told, (&json!("copied"), &json!(true), &json!(false)), "{how}");
        let issues: Vec<&Value> = found.iter().map(|one| &one["issue"]).collect();
        assert!(issues.contains(&&json!(first)), "{how}: {found:?}");
        assert!(found[0]["percent"].as_f64().unwrap() >= 90.0, "{how}");
    }
    // The bureau sees it as well, and takes a new one.
    let refused = *town.office().lists("stage=rectified").await.first().unwrap();
    assert!(codes(&huanwei, refused).await.0.contains(&"copied".to_owned()));
    bo.fails(refused).await.ok();
    huanwei.accepts(refused).await.ok();
    fixes(&town, &huanwei, refused, &Picture::of_scene(&photographed(), 85)).await;
    bo.passes(refused).await.ok();
}

#[tokio::test]
async fn the_same_place_with_the_problem_gone_is_no_copy_and_its_own_first_picture_is() {
    let town = TestApp::start().await;
    let (ana, bo, huanwei) = (town.inspector("ana"), town.inspector("bo"), town.bureau("huanwei"));
    let (clean, dirty) = with_and_without();
    let before = Picture::of_scene(&dirty, 85);
    let draft = report().at(town.spot(0)).picture(&before);
    let issue = ana.submits(&draft).await.issue();
    ana.uploads(&before).await.ok();
    huanwei.accepts(issue).await.ok();
    fixes(&town, &huanwei, issue, &Picture::of_scene(&dirty, 50)).await;
    bo.passes(issue).await.is_problem(409, "after-photo-copied");
    let found = findings(&bo, issue).await;
    assert_eq!((&found[0]["same_issue"], &found[0]["issue"]), (&json!(true), &json!(issue)));

    bo.fails(issue).await.ok();
    huanwei.accepts(issue).await.ok();
    fixes(&town, &huanwei, issue, &Picture::of_scene(&clean, 85)).await;
    assert_eq!(codes(&bo, issue).await.0, Vec::<String>::new());
    bo.passes(issue).await.ok();
}

#[tokio::test]
async fn a_picture_that_the_camera_dates_before_the_dispatch_proves_nothing() {
    let town = TestApp::start().await;
    let (bo, huanwei) = (town.inspector("bo"), town.bureau("huanwei"));
    let issue = accepted(&town, 0).await;
    let camera =
        Camera { local: Some("2026:11:16 05:48:00"), offset: Some("+08:00"), ..Camera::default() };
    let old = Picture::of_scene(&photographed(), 85).by(&camera);
    fixes(&town, &huanwei, issue, &old).await;
    bo.passes(issue).await.is_problem(409, "after-photo-too-early");
    let found = findings(&bo, issue).await;
    let early = (&found[0]["code"], &found[0]["by"], &found[0]["seconds"]);
    assert_eq!(early, (&json!("before-dispatch"), &json!("camera"), &json!(192 * 60)));
    assert_eq!(found[1]["code"], "times-disagree");
}

/// Rectified with a picture from this far north, by a position that is this exact.
async fn fixes_from(town: &TestApp, (issue, at): (i64, usize), metres: f64, accuracy_m: f64) {
    let huanwei = town.bureau("huanwei");
    let picture = Picture::of_scene(&photographed(), 85);
    let spot = town.spot(at).north(metres);
    let mut line = picture.line_at(town.now(), spot);
    line["position"]["accuracy_m"] = json!(accuracy_m);
    let fix = json!({"outcome": "rectified", "note": "done", "photos": [line]});
    huanwei.commands(issue, "rectify", fix).await.ok();
    huanwei.uploads(&picture).await.ok();
    town.looks_at_photos().await;
}

#[tokio::test]
async fn a_picture_from_elsewhere_is_told_in_metres() {
    let town = TestApp::start().await;
    let bo = town.inspector("bo");
    let far = accepted(&town, 0).await;
    fixes_from(&town, (far, 0), 640.0, 20.0).await;
    bo.passes(far).await.is_problem(409, "after-photo-too-far");
    let found = findings(&bo, far).await;
    let told = found.iter().find(|one| one["code"] == "too-far").unwrap();
    assert!((told["metres"].as_f64().unwrap() - 640.0).abs() < 3.0, "{told}");
    assert_eq!((&told["accuracy_m"], &told["by"]), (&json!(20.0), &json!("device")));

    let vague = accepted(&town, 30).await;
    fixes_from(&town, (vague, 30), 10.0, 1_500.0).await;
    bo.passes(vague).await.is_problem(409, "after-photo-too-far");
    assert_eq!(codes(&bo, vague).await.0, ["place-inaccurate"]);

    let near = accepted(&town, 60).await;
    fixes_from(&town, (near, 60), 215.0, 20.0).await;
    bo.passes(near).await.ok();
}

/// A street, and the same with something on a ninth of the picture.
fn with_and_without() -> (RgbImage, RgbImage) {
    let clean = photographed();
    let mut dirty = clean.clone();
    imageops::replace(&mut dirty, &view(160, 120, &any_seed()), 200, 220);
    (clean, dirty)
}

#[tokio::test]
async fn how_strict_it_is_is_the_installation_s_choice() {
    let strict = TestApp::start_with(|config| {
        config.evidence.within_m = 50;
        config.evidence.alike_percent = 60;
    });
    for (town, is_strict) in [(TestApp::start().await, false), (strict.await, true)] {
        let (bo, huanwei) = (town.inspector("bo"), town.bureau("huanwei"));
        let issue = accepted(&town, 0).await;
        fixes_from(&town, (issue, 0), 120.0, 10.0).await;
        let far = bo.passes(issue).await;
        // Most of another's picture: a copy to some, to others something to look at twice.
        let clean = view(640, 480, &[7; 16]);
        let mut dirty = clean.clone();
        imageops::replace(&mut dirty, &view(160, 120, &[11; 16]), 200, 220);
        for (spot, scene) in [(30, &dirty), (60, &clean)] {
            let issue = accepted(&town, spot).await;
            fixes(&town, &huanwei, issue, &Picture::of_scene(scene, 85)).await;
        }
        let second = *town.office().lists("stage=rectified").await.iter().max().unwrap();
        let (blocking, told) = codes(&bo, second).await;
        if is_strict {
            far.is_problem(409, "after-photo-too-far");
            assert_eq!(blocking, ["copied"], "{:?}", findings(&bo, second).await);
            bo.passes(second).await.is_problem(409, "after-photo-copied");
        } else {
            far.ok();
            let found = findings(&bo, second).await;
            let is_told = told.contains(&"copied".to_owned());
            assert_eq!((blocking, is_told), (vec![], true), "{found:?}");
            bo.passes(second).await.ok();
        }
    }
}

#[tokio::test]
async fn nobody_learns_of_an_issue_that_is_kept_from_them() {
    let town = TestApp::start().await;
    let (bo, huanwei, office) = (town.inspector("bo"), town.bureau("huanwei"), town.office());
    let supervisor = town.supervisor();
    let street = photographed();
    let secret = Picture::of_scene(&street, 85);
    let draft = report().at(town.spot(90)).blind().picture(&secret);
    let hidden = supervisor.submits(&draft).await.issue();
    supervisor.uploads(&secret).await.ok();
    let issue = accepted(&town, 0).await;
    fixes(&town, &huanwei, issue, &Picture::of_scene(&street, 60)).await;
    bo.passes(issue).await.is_problem(409, "after-photo-copied");
    for (reader, told) in [(&huanwei, Value::Null), (&bo, Value::Null), (&office, json!(hidden))] {
        let found = findings(reader, issue).await;
        assert_eq!((&found[0]["code"], &found[0]["issue"]), (&json!("copied"), &told));
    }
}

#[tokio::test]
async fn pictures_that_were_looked_at_earlier_are_compared_once_the_server_can() {
    let town = TestApp::start().await;
    let (bo, huanwei) = (town.inspector("bo"), town.bureau("huanwei"));
    let street = photographed();
    let mut issues = Vec::new();
    for (spot, quality) in [(0, 85), (30, 60)] {
        let issue = accepted(&town, spot).await;
        let picture = Picture::of_scene(&street, quality);
        huanwei.announces_fix(issue, &picture).await.ok();
        huanwei.uploads(&picture).await.ok();
        issues.push(issue);
    }
    // As a server did that knew nothing of comparing.
    zhoubian::jobs::photos::look_at_all_due(&town.app).await.unwrap();
    assert!(codes(&bo, issues[1]).await.1.contains(&"not-compared".to_owned()));
    assert_eq!(zhoubian::jobs::likeness::compare_all(&town.app).await.unwrap(), 2);
    assert_eq!(zhoubian::jobs::likeness::compare_all(&town.app).await.unwrap(), 0);
    let (blocking, told) = codes(&bo, issues[1]).await;
    assert_eq!((blocking, told), (vec!["copied".into()], vec!["time-by-device".into()]));
}

#[tokio::test]
async fn what_its_finder_fixed_is_held_to_one_visit() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let fixed = async |minutes: i64, spot: usize| {
        let (before, after) = (Picture::jpeg(), Picture::jpeg());
        let mut lines = [before.line(town.now()), after.line(town.now())];
        let taken = town.now() + jiff::SignedDuration::from_mins(minutes);
        lines[1]["captured_at"] = json!(taken);
        (lines[0]["part"], lines[1]["part"]) = (json!("before"), json!("after"));
        let draft = report().with("self_handled", true.into()).with("photos", json!(lines));
        let issue = ana.submits(&draft.at(town.spot(spot))).await.issue();
        for picture in [&before, &after] {
            ana.uploads(picture).await.ok();
        }
        town.looks_at_photos().await;
        issue
    };
    let (old, same) = (fixed(-25, 0).await, fixed(15, 30).await);
    office
        .commands(old, "verify", json!({"passed": true}))
        .await
        .is_problem(409, "after-photo-too-early");
    let photos = office.sees(old).await["reports"][0]["photos"].clone();
    let after = photos.as_array().unwrap().iter().find(|one| one["part"] == "after").unwrap();
    let found = &after["findings"][0];
    assert_eq!((&found["code"], &found["seconds"]), (&json!("before-problem"), &json!(25 * 60)));
    office.commands(same, "verify", json!({"passed": true})).await.ok();
}
