//! What an inspector takes along for a day without a network.

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Person, TestApp, report};

use super::reference::imported;

/// What a handheld holds: open issues by number.
type Held = BTreeMap<i64, Value>;

async fn packs(person: &Person, after: Option<&str>) -> Answer {
    let after = after.map(|version| format!("?after={version}")).unwrap_or_default();
    person.gets(&format!("/field-pack{after}")).await
}

fn text<'a>(pack: &'a Value, name: &str) -> &'a str {
    pack[name].as_str().unwrap()
}

/// Takes a pack in as its description says.
fn takes_in(held: &mut Held, pack: &Value) {
    if pack["is_whole"] == true {
        held.clear();
    }
    for number in pack["removed"].as_array().unwrap() {
        held.remove(&number.as_i64().unwrap());
    }
    for issue in pack["issues"].as_array().unwrap() {
        held.insert(issue["id"].as_i64().unwrap(), issue.clone());
    }
}

fn codes(pack: &Value, map: &str) -> Vec<String> {
    let features = pack["reference"][map]["features"].as_array().unwrap().iter();
    features.map(|feature| feature["properties"]["code"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_pack_holds_what_is_open_where_an_inspector_walks() {
    let town = TestApp::start().await;
    let (ana, chen) = (town.inspector("ana"), town.inspector("chen"));
    let near = ana.submits(&report().at(town.spot(0))).await.issue();
    let far = town.spot_in("429901100000", 0);
    let elsewhere = chen.submits(&report().at(far).category("0301")).await.issue();
    let pack = packs(&ana, None).await.ok();
    let numbers: Vec<i64> =
        pack["issues"].as_array().unwrap().iter().map(|i| i["id"].as_i64().unwrap()).collect();
    assert!(numbers.contains(&near) && !numbers.contains(&elsewhere), "{numbers:?}");
    assert_eq!(pack["issues"][0], ana.gets(&format!("/issues?text={near}")).await.ok()["items"][0]);
    let reference = &pack["reference"];
    assert_eq!(reference["categories"], ana.gets("/categories").await.ok()["items"]);
    assert_eq!(reference["site_kinds"], ana.gets("/site-kinds").await.ok()["items"]);
    // Of the duty areas: fewer than the district has, and none of the other end of it.
    let all = ana.gets("/points").await.ok()["items"].as_array().unwrap().len();
    let points = reference["points"].as_array().unwrap().len();
    assert!((1..all).contains(&points), "{points} of {all}");
    let places = codes(&pack, "places").len();
    assert!((1..498).contains(&places), "{places}");
    let areas = codes(&pack, "areas");
    let duty = ana.gets("/me").await.ok()["duty_areas"].as_array().unwrap().clone();
    for area in duty {
        assert!(areas.iter().any(|code| area == **code), "{areas:?} lack {area}");
    }
    assert!(!areas.contains(&"429901100000".to_owned()), "{areas:?}");
}

#[tokio::test]
async fn what_changed_since_a_pack_is_all_that_comes() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let first = ana.submits(&report().at(town.spot(0))).await.issue();
    let mut held = Held::new();
    let whole = packs(&ana, None).await.ok();
    takes_in(&mut held, &whole);
    let nothing = packs(&ana, Some(text(&whole, "version"))).await.ok();
    assert_eq!(nothing["reference"], Value::Null);
    assert_eq!((&nothing["issues"], &nothing["removed"]), (&json!([]), &json!([])));
    assert_eq!(nothing["is_whole"], false);
    // One ends, one comes.
    town.office().voids(first).await.ok();
    let second = ana.submits(&report().at(town.spot(5)).category("0201")).await.issue();
    let changed = packs(&ana, Some(text(&whole, "version"))).await.ok();
    assert_eq!(changed["removed"], json!([first]));
    assert_eq!(changed["reference"], Value::Null);
    takes_in(&mut held, &changed);
    let mut fresh = Held::new();
    takes_in(&mut fresh, &packs(&ana, None).await.ok());
    assert_eq!(held, fresh);
    assert!(held.contains_key(&second) && !held.contains_key(&first));
    // Its other cursor goes on with the changes.
    ana.submits(&report().at(town.spot(9)).category("0301")).await.ok();
    let page = ana.gets(&format!("/changes?after={}", text(&changed, "changes"))).await.ok();
    assert_eq!(page["changes"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn newer_reference_data_comes_whole() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let whole = packs(&ana, None).await.ok();
    let newer = "code,site_kind,text,categories\nx,kind,井盖完好,1102\n";
    for (kind, text) in [("site-kinds", "code,name\nkind,某类\n"), ("checklists", newer)] {
        let request =
            town.admin().request(Method::POST, &format!("/reference-imports?kind={kind}"));
        town.nobody.send(request.body(text)).await.ok();
    }
    let changed = packs(&ana, Some(text(&whole, "version"))).await.ok();
    let kinds = changed["reference"]["site_kinds"].as_array().unwrap();
    assert!(kinds.iter().any(|kind| kind["checklist"][0]["code"] == "x"), "{kinds:?}");
    let again = packs(&ana, Some(text(&changed, "version"))).await.ok();
    assert_eq!(again["reference"], Value::Null);
}

#[tokio::test]
async fn a_pack_of_many_issues_comes_in_parts_and_loses_none() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let lines: Vec<String> = (0..1_100)
        .map(|_| report().unsorted())
        .map(|draft| json!({"id": draft.id, "report": draft.json()}).to_string())
        .collect();
    for lines in lines.chunks(1_000) {
        let request = ana.request(Method::POST, "/reports:batch");
        let request = request.header("content-type", "application/x-ndjson");
        assert_eq!(ana.sends(request.body(lines.join("\n"))).await.status, 200);
    }
    let first = packs(&ana, None).await;
    assert_eq!(first.header("etag"), "", "a part has no tag of the whole");
    let mut pack = first.ok();
    assert_eq!(pack["has_more"], true);
    // Between two parts one ends that is still to come, and one that has come.
    let newest = pack["issues"][0]["id"].as_i64().unwrap();
    let oldest = newest - 1_099;
    let office = town.office();
    office.voids(newest).await.ok();
    office.voids(oldest).await.ok();
    let mut held = Held::new();
    takes_in(&mut held, &pack);
    while pack["has_more"] == true {
        pack = packs(&ana, Some(text(&pack, "version"))).await.ok();
        assert_eq!(pack["reference"], Value::Null, "it is sent once");
        takes_in(&mut held, &pack);
    }
    takes_in(&mut held, &packs(&ana, Some(text(&pack, "version"))).await.ok());
    assert_eq!(held.len(), 1_098);
    assert!(!held.contains_key(&newest) && !held.contains_key(&oldest));
}

#[tokio::test]
async fn a_pack_that_a_client_has_is_not_sent_again_until_something_in_it_changes() {
    let town = TestApp::start().await;
    let (ana, chen) = (town.inspector("ana"), town.inspector("chen"));
    ana.submits(&report().at(town.spot(0))).await.ok();
    let tag = packs(&ana, None).await.header("etag").to_owned();
    let ask = async || {
        let request = ana.request(Method::GET, "/field-pack").header("if-none-match", &tag);
        ana.sends(request).await
    };
    let far = town.spot_in("429901100000", 0);
    chen.submits(&report().at(far).category("0301")).await.ok();
    let again = ask().await;
    assert_eq!((again.status, again.bytes.len()), (304, 0), "another's change is none of hers");
    assert_eq!(again.header("etag"), tag);
    ana.submits(&report().at(town.spot(5)).category("0201")).await.ok();
    assert_eq!(ask().await.status, 200);
}

#[tokio::test]
async fn a_version_that_does_not_fit_is_refused_with_what_to_do() {
    let town = TestApp::start().await;
    let (ana, chen) = (town.inspector("ana"), town.inspector("chen"));
    let whole = packs(&ana, None).await.ok();
    let version = text(&whole, "version");
    packs(&chen, Some(version)).await.is_problem(410, "must-refetch");
    packs(&ana, Some(&version.replacen(|c: char| c != '.', "x", 1)))
        .await
        .is_problem(410, "must-refetch");
    let (cut, high) = (version.rsplit_once('.').unwrap().0, version.replacen('.', ".9999", 1));
    packs(&ana, Some(&high)).await.is_problem(410, "must-refetch");
    for bad in ["", "x", "1.2.3.4.5.6", cut, "%00"] {
        let refused = packs(&ana, Some(bad)).await;
        assert!(
            [(400, "request-malformed"), (410, "must-refetch")].contains(&refused.said()),
            "{bad}: {}",
            refused.body
        );
    }
    packs(&town.bureau("huanwei"), None).await.is_problem(403, "forbidden");
    packs(&town.office(), None).await.is_problem(403, "forbidden");
}

/// For the inspectors of the demonstration district who walk most of it.
#[tokio::test]
async fn a_pack_of_the_demonstration_district_is_small() {
    let town = TestApp::start().await;
    imported(&town, zhoubian::demo::sources()).await;
    let (ana, leader) = (town.inspector("ana"), town.inspector("leader01"));
    let note = "菜市场西门外散落垃圾，味道很大，附近居民多次反映";
    for number in 0..200 {
        ana.submits(&report().at(town.spot(number % 9)).unsorted().note(note)).await.ok();
    }
    for person in [&ana, &leader] {
        let request = person.request(Method::GET, "/field-pack");
        let answer = person.sends(request.header("accept-encoding", "gzip")).await;
        assert_eq!(answer.header("content-encoding"), "gzip");
        assert!(answer.bytes.len() <= 300_000, "{} bytes", answer.bytes.len());
    }
    let pack = packs(&ana, None).await.ok();
    assert_eq!(pack["issues"].as_array().unwrap().len(), 200);
    for (name, path) in [("site_kinds", "/site-kinds"), ("categories", "/categories")] {
        assert_eq!(pack["reference"][name], ana.gets(path).await.ok()["items"], "{name}");
    }
    for map in ["sites", "permitted_zones"] {
        assert!(!codes(&pack, map).is_empty(), "{map}");
    }
}
