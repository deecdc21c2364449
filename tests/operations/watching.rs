//! What a server tells whoever watches it.

use reqwest::Method;
use support::{PASSWORD, TestApp, report};

async fn is_ready(town: &TestApp) -> (u16, String) {
    let answer = town.nobody.send(town.nobody.request(Method::GET, "/readiness")).await;
    let (status, code) = answer.said();
    (status, code.to_owned())
}

async fn is_alive(town: &TestApp) -> u16 {
    town.nobody.send(town.nobody.request(Method::GET, "/health")).await.status
}

#[tokio::test]
async fn a_server_that_is_about_to_end_says_so_and_serves_on() {
    let town = TestApp::start().await;
    assert_eq!(is_ready(&town).await, (200, String::new()));
    town.app.lifecycle.drain();
    assert_eq!(is_ready(&town).await, (503, "not-ready".to_owned()));
    assert_eq!(is_alive(&town).await, 200);
    town.inspector("ana").submits(&report().at(town.spot(0))).await.ok();
}

#[tokio::test]
async fn a_server_on_tables_of_another_version_is_not_ready() {
    let town = TestApp::start().await;
    let mut conn = schema::Conn::open(&town.place().database.url).unwrap();
    conn.batch("INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')")
        .unwrap();
    assert_eq!(is_ready(&town).await.0, 503);
    assert_eq!(is_alive(&town).await, 200);
}

#[tokio::test]
async fn a_server_that_cannot_write_photos_is_not_ready() {
    let town = TestApp::start().await;
    let (data, away) = (town.place().data, town.place().data.with_extension("away"));
    // Whoever tests may be root, whom no permission keeps out.
    std::fs::rename(&data, &away).unwrap();
    assert_eq!(is_ready(&town).await.0, 503);
    std::fs::rename(&away, &data).unwrap();
    assert_eq!(is_ready(&town).await.0, 200);
}

#[tokio::test]
async fn a_whole_story_is_counted_without_a_word_of_it() {
    let town = TestApp::start().await;
    let (ana, bo, huanwei) = (town.inspector("ana"), town.inspector("bo"), town.bureau("huanwei"));
    let spot = town.spot(0);
    let draft = report().at(spot).condition("0101B").photos(1).note("西门垃圾桶旁");
    let issue = ana.submits(&draft).await.issue();
    ana.uploads(&draft.pictures[0]).await.ok();
    bo.submits(&report().at(spot).condition("0101A")).await.ok();
    huanwei.accepts(issue).await.ok();
    for password in [PASSWORD, "not it"] {
        let body = serde_json::json!({"login": "ana", "password": password, "device": "Redmi 9"});
        town.nobody.send(town.nobody.request(Method::POST, "/sessions").json(&body)).await;
    }
    town.nobody.send(town.nobody.request(Method::GET, "/people/ana/西门")).await;
    let odd = Method::from_bytes(b"FROBNICATE").unwrap();
    town.nobody.send(town.nobody.request(odd, "/health")).await;

    let page = town.app.metrics.page(&town.app).await.unwrap();
    for line in [
        "zhoubian_requests_total{method=\"PUT\",route=\"/api/v1/reports/{id}\",status=\"201\"} 2",
        "zhoubian_reports_total{outcome=\"opened\"} 1",
        "zhoubian_reports_total{outcome=\"joined\"} 1",
        "zhoubian_sign_ins_total{outcome=\"accepted\"} 1",
        "zhoubian_sign_ins_total{outcome=\"refused\"} 1",
        "zhoubian_open_issues 1",
        "zhoubian_build_info{version=",
        "method=\"other\"",
        "zhoubian_request_seconds_bucket{le=\"0.001\",method=\"PUT\"",
    ] {
        assert!(page.contains(line), "{line} is not in\n{page}");
    }
    let has_number = |name: &str| {
        let line = page
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .unwrap_or_else(|| panic!("{name}"));
        assert!(line.trim().parse::<f64>().unwrap() > 0.0, "{name}{line}");
    };
    for name in [
        "zhoubian_process_resident_bytes ",
        "zhoubian_process_cpu_seconds_total ",
        "zhoubian_process_open_files ",
        "zhoubian_commits_total ",
    ] {
        has_number(name);
    }
    let lat = format!("{:.3}", spot.lat);
    for word in ["ana", "Redmi", "西门", "张", lat.as_str(), &draft.id.to_string()] {
        assert!(!page.contains(word), "{word} is in\n{page}");
    }
}
