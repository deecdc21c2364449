//! Reference data as readers get it: maps by role, in boxes, with ETags; and what a permitted zone does to
//! a report.

use reqwest::Method;
use serde_json::{Value, json};
use support::{Person, Spot, TestApp, report};
use zhoubian::gazetteer::Gazetteer;
use zhoubian::import::{self, FileKind, Row, Source};

const MAPS: [&str; 6] =
    ["/sites", "/places", "/facilities", "/permitted-zones", "/cameras", "/duties"];

/// A square of about 40 m around a spot.
fn yard(spot: Spot) -> Value {
    let (south, north) = (spot.north(-20.0).lat, spot.north(20.0).lat);
    let (west, east) = (spot.lon - 0.0002, spot.lon + 0.0002);
    json!({"type": "Polygon", "coordinates":
        [[[west, south], [east, south], [east, north], [west, north], [west, south]]]})
}

fn collection(properties: &Value, geometry: &Value) -> String {
    json!({"type": "FeatureCollection", "features":
        [{"type": "Feature", "properties": properties, "geometry": geometry}]})
    .to_string()
}

pub(super) async fn imported(town: &TestApp, sources: Vec<Source>) {
    let rows: Vec<Row> = sources.iter().flat_map(import::read).collect();
    let written = town.app.db.write(move |conn| {
        let plan = import::plan(conn, rows.clone())?;
        assert_eq!(plan.refused(), 0, "{:#?}", plan.lines(false));
        import::apply(conn, &plan, support::START)
    });
    written.await.unwrap();
    let newer = town.app.db.read(Gazetteer::load).await.unwrap();
    town.app.replace_gazetteer(newer);
}

/// A town where stalls are allowed around the first spot on Monday mornings, with one thing of each kind.
async fn furnished() -> TestApp {
    let town = TestApp::start().await;
    let spot = town.spot(0);
    let at = json!({"type": "Point", "coordinates": [spot.lon, spot.lat]});
    let place = |kind, properties: Value| Source::new(kind, "f", collection(&properties, &at));
    let zone =
        json!({"code": "Z1", "name": "早市", "categories": ["0202"], "hours": ["mon 06:00-09:30"]});
    let sources = vec![
        Source::new(
            FileKind::SiteKinds,
            "k",
            "code,name,name_en,is_point\nroad,主次干道,Main roads,\n",
        ),
        Source::new(
            FileKind::Checklists,
            "c",
            "code,site_kind,text,categories\nroad-2,road,井盖完好,1102\nroad-1,road,线缆无垂落,1201\n",
        ),
        place(FileKind::Sites, json!({"code": "S1", "kind": "road", "name": "人民路"})),
        place(
            FileKind::Facilities,
            json!({"code": "F1", "kind": "manhole", "owner": "huanwei", "categories": ["1102"], "lid": true}),
        ),
        Source::new(FileKind::PermittedZones, "z", collection(&zone, &yard(spot))),
        place(FileKind::Cameras, json!({"code": "V1", "name": "路口"})),
        place(
            FileKind::Duties,
            json!({"code": "D1", "title": "路长", "unit": "xinhua", "person": "张三", "level": 1}),
        ),
    ];
    imported(&town, sources).await;
    town
}

fn codes(map: &Value) -> Vec<&str> {
    let features = map["features"].as_array().unwrap().iter();
    features.map(|feature| feature["properties"]["code"].as_str().unwrap()).collect()
}

fn everybody(town: &TestApp) -> [Person; 5] {
    [town.inspector("ana"), town.bureau("huanwei"), town.office(), town.supervisor(), town.admin()]
}

#[tokio::test]
async fn maps_say_what_was_imported_to_whoever_may_read_them() {
    let town = furnished().await;
    for person in everybody(&town) {
        let sites = person.gets("/sites").await;
        assert_eq!(sites.header("content-type"), "application/geo+json");
        let sites = sites.ok();
        let area = sites["features"][0]["properties"]["area"].as_str().unwrap();
        assert!(area.starts_with("429901005"), "{area}");
        let facilities = person.gets("/facilities").await.ok();
        assert_eq!(facilities["features"][0]["properties"]["attributes"], json!({"lid": true}));
        assert_eq!(codes(&person.gets("/permitted-zones").await.ok()), ["Z1"]);
        assert_eq!(codes(&person.gets("/places").await.ok()).len(), 498);
        let kinds = person.gets("/site-kinds").await.ok();
        assert_eq!(kinds["items"][0]["code"], "road");
        let first = json!({"code": "road-1", "text": "线缆无垂落", "text_en": null, "categories": ["1201"]});
        assert_eq!(kinds["items"][0]["checklist"][0], first);
    }
}

#[tokio::test]
async fn cameras_and_persons_are_shown_to_few() {
    let town = furnished().await;
    let [ana, huanwei, few @ ..] = everybody(&town);
    for person in [ana, huanwei] {
        person.gets("/cameras").await.is_problem(403, "forbidden");
        let duties = person.gets("/duties").await;
        assert!(!String::from_utf8_lossy(&duties.bytes).contains("张三"));
        assert_eq!(duties.ok()["features"][0]["properties"]["person"], Value::Null);
    }
    for person in few {
        assert_eq!(codes(&person.gets("/cameras").await.ok()), ["V1"]);
        let duties = person.gets("/duties").await.ok();
        assert_eq!(duties["features"][0]["properties"]["person"], "张三");
        assert_eq!(duties["features"][0]["properties"]["title"], "road_head");
    }
    town.nobody
        .send(town.nobody.request(Method::GET, "/duties"))
        .await
        .is_problem(401, "token-invalid");
}

#[tokio::test]
async fn what_a_client_has_is_not_sent_again_until_it_changes() {
    let town = furnished().await;
    let office = town.office();
    let ask = async |person: &Person, path: &str, tag: &str| {
        let request = person.request(Method::GET, path).header("if-none-match", tag);
        town.nobody.send(request).await
    };
    for path in MAPS.iter().chain(&["/areas"]) {
        let tag = office.gets(path).await.header("etag").to_owned();
        let again = ask(&office, path, &tag).await;
        assert_eq!((again.status, again.bytes.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), tag);
        assert_eq!(ask(&office, path, "\"other\"").await.status, 200, "{path}");
    }
    let tag = office.gets("/duties").await.header("etag").to_owned();
    let ana = town.inspector("ana");
    assert_eq!(ask(&ana, "/duties", &tag).await.status, 200, "what she may read is another thing");
    let newer = Source::new(FileKind::SiteKinds, "k", "code,name\npark,公园\n");
    imported(&town, vec![newer]).await;
    assert_eq!(ask(&office, "/duties", &tag).await.status, 200);
}

#[tokio::test]
async fn maps_are_cut_to_a_box() {
    let town = furnished().await;
    let (office, spot) = (town.office(), town.spot(0));
    let inside = format!(
        "?bbox={},{},{},{}",
        spot.lon - 0.001,
        spot.lat - 0.001,
        spot.lon + 0.001,
        spot.lat + 0.001
    );
    for path in MAPS.iter().filter(|path| **path != "/places") {
        let there = office.gets(&format!("{path}{inside}")).await.ok();
        assert_eq!(codes(&there).len(), 1, "{path}");
        let elsewhere = office.gets(&format!("{path}?bbox=113,20,114,21")).await.ok();
        assert_eq!(elsewhere, json!({"type": "FeatureCollection", "features": []}), "{path}");
    }
    let places = office.gets(&format!("/places{inside}")).await.ok();
    assert!(codes(&places).len() < 100);
    for wrong in
        ["", "1,2,3", "x,1,2,3", "2,1,1,2", "1,2,2,1", "NaN,0,1,1", "0,0,1,1e9", "0,0,181,1"]
    {
        office.gets(&format!("/sites?bbox={wrong}")).await.is_problem(422, "bbox-invalid");
    }
    office.gets("/sites?box=1,1,2,2").await.is_problem(400, "request-malformed");
}

#[tokio::test]
async fn a_stall_that_is_permitted_warns_and_waits_for_the_desk() {
    let town = furnished().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    // Monday, 09:00.
    let stall = report().at(town.spot(0)).category("0202").condition("0202A");
    let receipt = ana.submits(&stall).await;
    assert_eq!(receipt.status, 201, "a warning refuses nothing");
    assert_eq!(receipt.body["flags"][0]["code"], "permitted-zone");
    let hint = receipt.body["flags"][0]["hint"].as_str().unwrap();
    assert!(hint.contains("一刀切"), "{hint}");
    let issue = office.sees(receipt.issue()).await;
    assert_eq!(
        (&issue["flags"], &issue["stage"]),
        (&json!(["permitted-zone"]), &json!("reported"))
    );

    let flags = async |draft| ana.submits(&draft).await.ok()["flags"].clone();
    let rubbish = report().at(town.spot(0));
    assert_eq!(flags(rubbish).await, json!([]), "another category");
    let outside = report().at(town.spot(1)).category("0202").condition("0202A");
    assert_eq!(flags(outside).await, json!([]), "another place");
    town.wait(31);
    let later = report().at(town.spot(0)).category("0202").condition("0202A").captured(town.now());
    assert_eq!(flags(later).await, json!([]), "another hour");
}
