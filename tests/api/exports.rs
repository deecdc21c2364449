//! Lists as files: every issue of the list, nobody else's, and nothing that runs.

use std::io::Read as _;

use support::{Person, TestApp, report};

use super::lists::varied;

async fn exported(who: &Person, path: &str, language: &str) -> reqwest::Response {
    let request = who.request(reqwest::Method::GET, path).header("accept-language", language);
    request.send().await.unwrap()
}

async fn rows(who: &Person, query: &str, language: &str) -> Vec<Vec<String>> {
    let answer = exported(who, &format!("/issues.csv?{query}"), language).await;
    assert_eq!(answer.status(), 200);
    let bytes = answer.bytes().await.unwrap();
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("no byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

/// The numbers in the first column, without the heading.
fn ids(rows: &[Vec<String>]) -> Vec<i64> {
    rows[1..].iter().map(|row| row[0].parse().unwrap()).collect()
}

#[tokio::test]
async fn a_file_holds_what_the_list_holds_in_its_order() {
    let (town, _) = varied().await;
    for reader in [town.office(), town.bureau("huanwei"), town.inspector("ana"), town.admin()] {
        for query in ["", "sort=newest", "open=true", "lead=huanwei&stage=accepted", "text=a_b"] {
            let listed = reader.lists(query).await;
            let rows = rows(&reader, query, "zh").await;
            assert_eq!(ids(&rows), listed, "{query} by {}", reader.member.login);
            assert!(rows.iter().all(|row| row.len() == rows[0].len()));
        }
    }
    town.bureau("huanwei").gets("/issues.csv?stage=lost").await.is_problem(422, "stage-unknown");
    town.office().gets("/issues.xlsx?colour=red").await.is_problem(400, "request-malformed");
    town.nobody
        .send(town.nobody.request(reqwest::Method::GET, "/issues.csv"))
        .await
        .is_problem(401, "token-invalid");
}

#[tokio::test]
async fn a_row_says_what_the_issue_says_in_the_language_asked_for() {
    let town = TestApp::start().await;
    let note = "=HYPERLINK(\"http://evil.invalid\",\"点我\")";
    let issue = town.inspector("ana").submits(&report().at(town.spot(0)).note(note)).await.issue();
    let office = town.office();
    let seen = office.sees(issue).await;
    for (language, stage, heading, lead) in [
        ("zh-CN,zh;q=0.9", "待签收", "牵头单位", seen["lead_name"].as_str().unwrap()),
        ("en", "Dispatched", "Lead", "Sanitation Centre"),
    ] {
        let rows = rows(&office, "", language).await;
        let column = rows[0].iter().position(|name| name == heading).unwrap();
        assert_eq!(
            (rows[1][1].as_str(), rows[1][2].as_str()),
            (stage, if language == "en" { "no" } else { "否" })
        );
        assert!(rows[1][column].contains(lead) || language == "en", "{:?}", rows[1]);
        assert_eq!(rows[1][6], format!("'{note}"));
        // Where the district is, not UTC.
        assert!(rows[1].contains(&"2026-11-16 09:00:00".to_owned()), "{:?}", rows[1]);
    }
    town.wait(60 * 24 * 3);
    assert_eq!(rows(&office, "", "zh").await[1][2], "是", "late by now");
    let answer = exported(&office, "/issues.csv", "en").await;
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-disposition"), "attachment; filename=\"issues-2026-11-19.csv\"");
    assert_eq!(header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(header("content-language"), "en");
}

#[tokio::test]
async fn a_workbook_holds_the_same_and_no_formula() {
    let (town, _) = varied().await;
    let note = "=1+1";
    town.inspector("ana").submits(&report().at(town.spot(70)).note(note)).await.ok();
    let office = town.office();
    let answer = exported(&office, "/issues.xlsx?sort=newest", "zh").await;
    assert_eq!(answer.status(), 200);
    let bytes = answer.bytes().await.unwrap();
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut sheet = String::new();
    book.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
    let listed = office.lists("sort=newest").await;
    assert_eq!(sheet.matches("<row ").count(), listed.len() + 1);
    assert!(!sheet.contains("<f>"), "a formula");
    assert!(sheet.contains("<t>=1+1</t>") && sheet.contains("编号"));
    for id in listed {
        assert!(sheet.contains(&format!("<v>{id}</v>")), "{id} is missing");
    }
}

#[tokio::test]
async fn a_long_list_comes_whole() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    for number in 0..40 {
        ana.submits(&report().at(town.spot_in("429901100000", number))).await.ok();
    }
    let office = town.office();
    assert_eq!(
        ids(&rows(&office, "sort=newest&limit=3", "zh").await),
        (1..=40).rev().collect::<Vec<_>>()
    );
}
