//! What its finder fixed 自处置: before and after in one report, closed at once, outside the bureaus' rates,
//! looked at by the desk by sample. And the two positions of a report whose pin a person dragged.

use serde_json::{Value, json};
use support::{Draft, Picture, TestApp, report};
use uuid::Uuid;

/// The lines of a manifest, each telling the part beside it.
fn manifest(pictures: &[(&Picture, &str)]) -> Value {
    let line = |(picture, part): &(&Picture, &str)| {
        let mut line = picture.line(support::START);
        line["part"] = json!(part);
        line
    };
    pictures.iter().map(line).collect()
}

/// Shown before and after.
fn fixed(before: &Picture, after: &Picture) -> Draft {
    let photos = manifest(&[(before, "before"), (after, "after")]);
    report().with("self_handled", true.into()).with("photos", photos)
}

#[tokio::test]
async fn what_its_finder_fixed_is_closed_at_once_and_nobody_s_to_work() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let open = ana.submits(&report().at(town.spot(0))).await.issue();
    let (before, after) = (Picture::jpeg(), Picture::jpeg());
    let draft = fixed(&before, &after).at(town.spot(0));
    let sent = ana.submits(&draft).await;
    assert_eq!(sent.status, 201);
    let receipt = sent.ok();
    assert_eq!((&receipt["stage"], &receipt["joined"]), (&json!("closed"), &json!(false)));
    let id = receipt["issue"].as_i64().unwrap();
    assert_ne!(id, open, "it joins nothing that is still to be done");
    // A later report of the same spot does not join what is fixed.
    assert_eq!(ana.submits(&report().at(town.spot(0))).await.issue(), open);
    assert_eq!(ana.submits(&draft).await.ok()["issue"], id, "sent again");

    for picture in [&before, &after] {
        ana.uploads(picture).await.ok();
    }
    let seen = office.sees(id).await;
    assert_eq!((&seen["self_handled"], &seen["lead"]), (&json!(true), &Value::Null));
    assert_eq!(seen["closed_at"], seen["handled_at"]);
    assert_eq!(seen["due_at"], Value::Null);
    assert_eq!(seen["cover"], before.sha256());
    assert_eq!(seen["photos"], json!({"expected": 1, "stored": 1, "unreadable": 0}));
    let parts: Vec<(&str, &str)> = seen["reports"][0]["photos"]
        .as_array()
        .unwrap()
        .iter()
        .map(|photo| (photo["sha256"].as_str().unwrap(), photo["part"].as_str().unwrap()))
        .collect();
    let (before, after) = (before.sha256(), after.sha256());
    assert!(parts.contains(&(&before, "before")) && parts.contains(&(&after, "after")));
    assert_eq!(office.lists("self_handled=true").await, [id]);
    assert_eq!(office.lists("self_handled=false").await, [open]);
    let own = ana.gets("/me/reports").await.ok();
    let of_it = own["reports"].as_array().unwrap().iter().find(|one| one["issue"]["id"] == id);
    assert_eq!(of_it.unwrap()["report"]["self_handled"], true);
    town.bureau("huanwei").sees_nothing_of(id).await;
}

#[tokio::test]
async fn what_its_finder_fixed_is_counted_apart_and_in_no_rate() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let month = "from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z";
    let figures = async |by: &str| office.gets(&format!("/figures?{month}&by={by}")).await.ok();
    let none = figures("bureau").await;
    ana.submits(&fixed(&Picture::jpeg(), &Picture::jpeg()).at(town.spot(0))).await.ok();
    let one = figures("bureau").await;
    assert_eq!((&one["total"]["self_handled"], &one["total"]["due"]), (&json!(1), &json!(0)));
    assert_eq!(one["total"]["close_rate"], none["total"]["close_rate"]);
    assert_eq!(one["rows"], none["rows"], "no bureau's");
    let communities = figures("community").await;
    assert_eq!(communities["rows"][0]["self_handled"], 1);
    let huanwei = town.bureau("huanwei").gets(&format!("/figures?{month}")).await.ok();
    assert_eq!(huanwei["total"]["self_handled"], 0);
}

#[tokio::test]
async fn the_desk_looks_at_some_and_sends_back_what_is_not_done() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let mut ids = Vec::new();
    for spot in [0, 5] {
        let draft = fixed(&Picture::jpeg(), &Picture::jpeg()).at(town.spot(spot));
        ids.push(ana.submits(&draft).await.issue());
    }
    let (good, bad) = (ids[0], ids[1]);
    let offered = |issue: &Value| issue["allowed"].as_array().unwrap().contains(&json!("verify"));
    assert!(offered(&office.sees(good).await) && !offered(&ana.sees(good).await));
    let listed = async |checked: bool| office.lists(&format!("checked={checked}")).await;
    assert_eq!((listed(false).await, listed(true).await), (ids.clone(), vec![]));
    let pass = json!({"passed": true});
    for who in [&ana, &town.supervisor()] {
        who.commands(good, "verify", pass.clone()).await.is_problem(409, "wrong-stage");
    }
    let checked = office.commands(good, "verify", pass.clone()).await.ok();
    assert_eq!((&checked["stage"], &checked["checked_at"]), (&json!("closed"), &json!(town.now())));
    office.commands(good, "verify", pass).await.is_problem(409, "wrong-stage");
    assert_eq!((listed(false).await, listed(true).await), (vec![bad], vec![good]));

    let fail = |note: &str| json!({"passed": false, "note": note});
    office.commands(bad, "verify", fail(" ")).await.is_problem(409, "reason-missing");
    let back = office.commands(bad, "verify", fail("照片里还有")).await.ok();
    assert_eq!((&back["stage"], &back["self_handled"]), (&json!("reported"), &json!(false)));
    assert!(listed(false).await.is_empty(), "the desk has it to file");
    office.files(bad, "0101B").await.ok();
    let verifications = office.sees(bad).await["verifications"].clone();
    assert_eq!(verifications[0]["passed"], false);
    let month = "from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z";
    assert_eq!(office.gets(&format!("/figures?{month}")).await.ok()["total"]["self_handled"], 1);
}

#[tokio::test]
async fn what_was_fixed_is_shown_before_and_after() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let (one, two) = (Picture::jpeg(), Picture::jpeg());
    let claimed = || report().with("self_handled", true.into());
    ana.submits(&claimed()).await.is_problem(422, "both-sides-missing");
    for parts in [["before", "before"], ["after", "after"], ["scene", "scene"]] {
        let photos = manifest(&[(&one, parts[0]), (&two, parts[1])]);
        let draft = claimed().with("photos", photos);
        ana.submits(&draft).await.is_problem(422, "both-sides-missing");
    }
    let odd = claimed().with("photos", manifest(&[(&one, "before"), (&two, "later")]));
    ana.submits(&odd).await.is_problem(400, "request-malformed");
    // Nothing is lost for a part that a client says where it need not.
    let parted = manifest(&[(&one, "before"), (&two, "after")]);
    let issue = ana.submits(&report().at(town.spot(4)).with("photos", parted)).await.issue();
    assert_eq!(town.office().sees(issue).await["self_handled"], false);
    let huanwei = town.bureau("huanwei");
    huanwei.accepts(issue).await.ok();
    let body = json!({"outcome": "rectified", "photos": manifest(&[(&one, "before")])});
    huanwei.commands(issue, "rectify", body).await.ok();
    let made = &huanwei.sees(issue).await["rectifications"][0];
    assert_eq!(made["photos"][0]["part"], "after", "whatever it says");
}

#[tokio::test]
async fn where_the_device_was_and_where_a_person_put_the_pin_are_both_kept() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let (spot, away) = (town.spot(0), town.spot(3));
    let device = json!({"lat": away.lat, "lon": away.lon, "datum": "wgs84", "accuracy_m": 60.0});
    let draft = report().at(spot).with("device_position", device.clone()).id(Uuid::now_v7());
    let id = ana.submits(&draft).await.issue();
    let seen = office.sees(id).await;
    assert_eq!(seen["reports"][0]["device_position"], device);
    let lat = seen["position"]["lat"].as_f64().unwrap();
    assert!((lat - spot.lat).abs() < 1e-6, "the pin stands for the place");
    let kept = ana.gets(&format!("/reports/{}", draft.id)).await.ok();
    assert_eq!(kept["body"]["device_position"], device);
    let moved = draft.clone().with("device_position", Value::Null);
    ana.submits(&moved).await.is_problem(409, "report-conflict");
}
