//! Who may, what is answered, and what is refused.

use reqwest::Method;
use serde_json::Value;
use support::{Answer, Person, TestApp};
use zhoubian::import::FileKind;
use zhoubian::store::installation;

use super::{demo_file, rules_with, sends, swapped_areas};

const KINDS: [&str; 8] =
    ["district", "areas", "points", "places", "bureaus", "taxonomy", "routing", "calendar"];

async fn version(town: &TestApp) -> i64 {
    town.app.db.read(installation::find_reference_version).await.unwrap()
}

/// Every page of the log.
async fn log(who: &Person) -> Vec<Value> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let page = who.gets(&format!("/reference-imports?limit=2{after}")).await.ok();
        all.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next"].as_i64() else { return all };
        after = format!("&after={next}");
    }
}

#[tokio::test]
async fn the_office_tries_and_an_administrator_imports() {
    let town = TestApp::start().await;
    let rules = rules_with("lead = \"huanwei\"", "lead = \"zhifa\"");
    for who in [town.inspector("ana"), town.bureau("huanwei"), town.supervisor()] {
        sends(&who, "kind=routing&dry_run=true", rules.clone()).await.is_problem(403, "forbidden");
        who.gets("/reference-imports").await.is_problem(403, "forbidden");
        who.gets("/reference-imports/1").await.is_problem(403, "forbidden");
    }
    let (office, admin) = (town.office(), town.admin());
    sends(&office, "kind=routing", rules.clone()).await.is_problem(403, "forbidden");
    let before = version(&town).await;
    for who in [&office, &admin] {
        let tried = sends(who, "kind=routing&dry_run=true", rules.clone()).await;
        assert_eq!(tried.header("etag"), format!("\"{before}\""));
        let tried = tried.ok();
        assert_eq!((&tried["dry_run"], &tried["id"]), (&true.into(), &Value::Null));
        assert_eq!(tried["counts"][0]["changed"], 1);
        assert_eq!(tried["rows"][0]["fate"], "changed");
    }
    assert_eq!(version(&town).await, before, "a dry run writes nothing");
    assert_eq!(log(&office).await, Vec::<Value>::new());

    let done = sends(&admin, "kind=routing&name=rules.toml", rules.clone()).await.ok();
    assert_eq!(
        (done["id"].as_i64(), done["reference_version"].as_i64()),
        (Some(1), Some(before + 1))
    );
    assert_eq!(town.app.gazetteer().version, before + 1, "in force when the answer comes");
    let again = sends(&admin, "kind=routing", rules).await.ok();
    assert_eq!(again["counts"][0]["same"], 1);
    assert_eq!(again["reference_version"], before + 1, "nothing changed");
    for _ in 0..3 {
        sends(&admin, "kind=calendar", demo_file(FileKind::Calendar)).await.ok();
    }
    let kept = log(&office).await;
    let ids: Vec<i64> = kept.iter().map(|import| import["id"].as_i64().unwrap()).collect();
    assert_eq!(ids, [5, 4, 3, 2, 1], "the newest first, page by page");
    assert_eq!(kept[4]["reference_version"], before + 1);
    assert_eq!(kept[3]["reference_version"], Value::Null);
    let one = office.gets("/reference-imports/1").await.ok();
    assert_eq!(one["by"], admin.member.account);
    assert_eq!(one["files"][0]["name"], "rules.toml");
    assert_eq!(one["rows"][0]["fate"], "changed");
    office.gets("/reference-imports/99").await.is_problem(404, "not-found");
}

#[tokio::test]
async fn refused_rows_keep_the_import_out_unless_that_is_meant() {
    let town = TestApp::start().await;
    let admin = town.admin();
    let bureaus = "code,name,name_en,kind,authority,area,group\n\
        cable,电缆公司,,company,X,,companies\nnowhere,无处街道,,subdistrict_office,D,1,subdistricts\n";
    let refused = sends(&admin, "kind=bureaus", bureaus).await;
    refused.is_problem(422, "import-refused");
    let rows = refused.body["plan"]["rows"].as_array().unwrap().clone();
    assert_eq!(rows.len(), 1);
    assert!(rows[0]["why"].as_str().unwrap().contains("area 1"), "{}", rows[0]);
    assert_eq!(refused.body["plan"]["counts"][0]["added"], 1);
    assert_eq!(version(&town).await, 1);
    assert!(log(&admin).await.is_empty());
    let done = sends(&admin, "kind=bureaus&allow_refused=true&rows=all", bureaus).await.ok();
    assert_eq!(done["rows"].as_array().unwrap().len(), 2);
    assert!(town.app.gazetteer().bureau("cable").is_some());
    assert!(town.app.gazetteer().bureau("nowhere").is_none());
}

#[tokio::test]
async fn an_import_of_what_a_dry_run_showed_is_refused_when_data_changed_meanwhile() {
    let town = TestApp::start().await;
    let admin = town.admin();
    let tried = sends(&admin, "kind=areas&dry_run=true", swapped_areas()).await;
    let etag = tried.header("etag").to_owned();
    sends(&admin, "kind=routing", rules_with("lead = \"huanwei\"", "lead = \"zhifa\"")).await.ok();
    let import = |etag: &str| {
        let request = admin.request(Method::POST, "/reference-imports?kind=areas");
        admin.sends(request.header("if-match", etag.to_owned()).body(swapped_areas()))
    };
    let stale = import(&etag).await;
    stale.is_problem(412, "reference-stale");
    assert_eq!(stale.body["reference_version"], 2);
    import("\"x\"").await.is_problem(400, "request-malformed");
    import("\"2\"").await.ok();
}

#[tokio::test]
async fn one_import_at_a_time() {
    let town = TestApp::start().await;
    let admin = town.admin();
    let (now, later) = (town.now(), town.now() + jiff::SignedDuration::from_mins(10));
    let another = move |conn: &mut schema::Conn| installation::save_importing(conn, now, later);
    assert!(town.app.db.write(another).await.unwrap(), "another process has the turn");
    let rules = demo_file(FileKind::Routing);
    sends(&admin, "kind=routing", rules.clone()).await.is_problem(409, "import-running");
    sends(&admin, "kind=routing&dry_run=true", rules.clone()).await.ok();
    town.wait(11);
    sends(&admin, "kind=routing", rules.clone()).await.ok();
    sends(&admin, "kind=routing", "no rules at all").await.is_problem(422, "import-refused");
    sends(&admin, "kind=routing", rules.clone()).await.ok();
    let held = town.app.importing.clone().acquire_owned().await.unwrap();
    sends(&admin, "kind=routing&dry_run=true", rules.clone())
        .await
        .is_problem(409, "import-running");
    drop(held);
    sends(&admin, "kind=routing&dry_run=true", rules).await.ok();
}

/// A form of files, as a browser sends it.
async fn form(who: &Person, query: &str, part: &str, files: &[(&str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    let request = who.request(Method::POST, &format!("/reference-imports?{query}"));
    who.sends(request.header("content-type", "multipart/form-data; boundary=edge").body(body)).await
}

#[tokio::test]
async fn several_files_come_as_a_form() {
    let town = TestApp::start().await;
    let admin = town.admin();
    let year = |year: i32| format!("{{\"year\": {year}, \"days\": []}}");
    let files = [("2031.json", year(2031)), ("2032.json", year(2032))];
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let done = form(&admin, "kind=calendar&rows=all", "file", &files).await.ok();
    assert_eq!(done["counts"][0]["added"], 2);
    assert_eq!(done["files"][1]["name"], "2032.json");
    assert_eq!(done["rows"][1]["source"], "2032.json");
    form(&admin, "kind=calendar", "photo", &files).await.is_problem(422, "part-unknown");
    form(&admin, "kind=calendar", "file", &[]).await.is_problem(400, "request-malformed");
    let large = vec![b' '; 3 * 1024 * 1024];
    let twice: [(&str, &[u8]); 2] = [("a", &large), ("b", &large)];
    form(&admin, "kind=calendar", "file", &twice).await.is_problem(413, "too-large");
    let broken = admin.request(Method::POST, "/reference-imports?kind=calendar");
    let broken = broken.header("content-type", "multipart/form-data; boundary=edge").body("--ed");
    admin.sends(broken).await.is_problem(400, "request-malformed");
}

#[tokio::test]
async fn what_cannot_be_asked_is_named() {
    let town = TestApp::start().await;
    let admin = town.admin();
    for (query, status, code) in [
        ("dry_run=true", 400, "request-malformed"),
        ("kind=areas&colour=red", 400, "request-malformed"),
        ("kind=areas&dry_run=perhaps", 400, "request-malformed"),
        ("kind=colours", 422, "kind-unknown"),
        ("kind=areas&datum=mars", 422, "option-invalid"),
        ("kind=areas&level=street", 422, "option-invalid"),
        ("kind=points&point_kind=pub", 422, "option-invalid"),
        ("kind=points&only=city", 422, "option-invalid"),
        ("kind=points&rows=some", 422, "option-invalid"),
        ("kind=points&radius_m=far", 400, "request-malformed"),
    ] {
        sends(&admin, query, "x").await.is_problem(status, code);
    }
    let large = vec![b'x'; 4 * 1024 * 1024 + 1];
    sends(&admin, "kind=areas&dry_run=true", large).await.is_problem(413, "too-large");
    admin.gets("/reference-imports?limit=0").await.is_problem(422, "limit-invalid");
    admin.gets("/reference-imports?after=x").await.is_problem(400, "request-malformed");
}

#[tokio::test]
async fn garbage_of_every_kind_is_refused_and_nothing_breaks() {
    let town = TestApp::start().await;
    let admin = town.admin();
    let deep = "[".repeat(50_000);
    let bodies: [&[u8]; 9] = [
        b"",
        b"\0\0\0",
        b"\xff\xfe\x00\xd8",
        b"PK\x03\x04not really",
        b"{\"type\":\"FeatureCollection\",\"features\":[{}, null, 7]}",
        b"{\"year\": 99999999999, \"days\": 3}",
        b"code,name\n\"x",
        b"[{\"name\": \"\\u0000\"}]",
        deep.as_bytes(),
    ];
    for kind in KINDS {
        for body in bodies {
            let tried = sends(&admin, &format!("kind={kind}&dry_run=true"), body).await.ok();
            let added = tried["counts"].as_array().unwrap().iter();
            let added: i64 = added.map(|count| count["added"].as_i64().unwrap()).sum();
            assert_eq!(added, 0, "{kind} {body:?}: {tried}");
            let answer = sends(&admin, &format!("kind={kind}"), body).await;
            assert!([200, 422].contains(&answer.status), "{kind}: {}", answer.body);
        }
    }
    assert_eq!(version(&town).await, 1);
}

#[tokio::test]
async fn a_refusal_that_quotes_any_character_is_kept() {
    let town = TestApp::start().await;
    let admin = town.admin();
    let feature = r#"{"type": "FeatureCollection", "features": [{"type": "Feature",
        "properties": {"code": "P9", "name": "云汀", "kind": "school", "radius_m": 500},
        "geometry": {"type": "Poi\u0000nt", "coordinates": [113.16, 30.66]}}]}"#;
    let done = sends(&admin, "kind=points&allow_refused=true", feature).await.ok();
    let why = done["rows"][0]["why"].as_str().unwrap();
    assert!(why.contains("Poi\u{fffd}nt"), "{why}");
    let kept = admin.gets("/reference-imports/1").await.ok();
    assert_eq!(kept["rows"], done["rows"]);
}
