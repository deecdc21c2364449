//! What is promised to those who write clients.

use std::fmt::Write as _;

use serde_json::Value;
use zhoubian::routes::document;

const CHECKED_IN: &str = include_str!("../../api-spec/openapi.json");

/// Every operation: method, path, id.
pub(super) fn operations() -> Vec<(String, String, String)> {
    let document: Value = serde_json::from_str(&document::text().unwrap()).unwrap();
    let paths = document["paths"].as_object().unwrap().clone();
    let of_path = |(path, methods): (String, Value)| {
        let methods = methods.as_object().unwrap().clone();
        methods.into_iter().filter(|(_, operation)| operation["operationId"].is_string()).map(
            move |(method, operation)| {
                let id = operation["operationId"].as_str().unwrap().to_owned();
                (method.to_uppercase(), path.clone(), id)
            },
        )
    };
    paths.into_iter().flat_map(of_path).collect()
}

#[test]
fn the_document_is_the_one_checked_in() {
    assert!(
        document::text().unwrap() == CHECKED_IN,
        "the code and api-spec/openapi.json differ: look at the difference that `make bless` makes, and commit it"
    );
}

#[test]
fn the_table_of_urls() {
    let mut operations = operations();
    operations.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    let mut table = String::new();
    for (method, path, id) in &operations {
        writeln!(table, "{method:<8}{path:<25} {id}").unwrap();
    }
    insta::assert_snapshot!("urls", table);
}

#[tokio::test]
async fn the_server_hands_the_document_out() {
    let town = support::TestApp::start().await;
    let got = town.nobody.send(town.nobody.request(reqwest::Method::GET, "/openapi.json")).await;
    let checked_in: Value = serde_json::from_str(CHECKED_IN).unwrap();
    assert!(got.ok() == checked_in);
    let docs = town.nobody.send(town.nobody.request(reqwest::Method::GET, "/docs/")).await;
    assert_eq!(docs.status, 200);
    let nowhere = town.nobody.send(town.nobody.request(reqwest::Method::GET, "/nowhere")).await;
    nowhere.is_problem(404, "not-found");
}
