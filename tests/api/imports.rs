//! Reference data is tried out and taken in, and open issues follow it.

mod asked;
mod reassigned;
mod settled;

use geojson_of_the_demo::swapped;
use reqwest::Method;
use serde_json::Value;
use support::{Answer, Person};
use zhoubian::demo;
use zhoubian::import::FileKind;

/// Where 新华 and 柳林 are.
const XINHUA: &str = "429901005000";
const LIULIN: &str = "429901100000";

/// Sends a file.
async fn sends(who: &Person, query: &str, bytes: impl Into<Vec<u8>>) -> Answer {
    let request = who.request(Method::POST, &format!("/reference-imports?{query}"));
    who.sends(request.body(bytes.into())).await
}

/// The demo's own file of a kind.
fn demo_file(kind: FileKind) -> Vec<u8> {
    let mut of_kind = demo::sources().into_iter().filter(|source| source.kind == kind);
    of_kind.next().unwrap().bytes
}

/// The demo's areas, 新华 lying where 柳林 lay and the other way round.
fn swapped_areas() -> String {
    swapped(&demo_file(FileKind::Areas), XINHUA, LIULIN)
}

/// The demo's rules with one text in place of another.
fn rules_with(text: &str, instead: &str) -> String {
    let rules = String::from_utf8(demo_file(FileKind::Routing)).unwrap();
    assert!(rules.contains(text), "{text}");
    // Manhole covers are whoever's these stories say.
    let covers = "[[rule]]\nname = \"井盖\"\nwhen = { category = [\"1102\"] }\nlead = \"@owner\"\n";
    assert!(rules.contains(covers));
    rules.replacen(covers, "", 1).replacen(text, instead, 1)
}

mod geojson_of_the_demo {
    use serde_json::Value;

    /// The same features, the geometries of two exchanged.
    pub(super) fn swapped(bytes: &[u8], one: &str, other: &str) -> String {
        let mut all: Value = serde_json::from_slice(bytes).unwrap();
        let features = all["features"].as_array_mut().unwrap();
        let place = |code: &str| {
            features.iter().position(|feature| feature["properties"]["code"] == code).unwrap()
        };
        let (one, other) = (place(one), place(other));
        let first = features[one]["geometry"].take();
        let second = features[other]["geometry"].take();
        features[one]["geometry"] = second;
        features[other]["geometry"] = first;
        all.to_string()
    }
}

/// The kinds of an issue's events, in order, each with who caused it.
async fn events(reader: &Person, issue: i64) -> Vec<Value> {
    let page = reader.gets(&format!("/issues/{issue}/events")).await.ok();
    page["items"].as_array().unwrap().clone()
}

async fn kinds(reader: &Person, issue: i64) -> Vec<String> {
    let kind = |event: &Value| event["kind"].as_str().unwrap().to_owned();
    events(reader, issue).await.iter().map(kind).collect()
}
