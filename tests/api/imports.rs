//! Reference data is tried out and taken in, and open issues follow it.

mod asked;
mod reassigned;
mod settled;

use std::hash::{DefaultHasher, Hash, Hasher};

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
    let rules = rules.replacen(covers, "", 1).replacen(text, instead, 1);
    // Other rules need another version.
    let mut hasher = DefaultHasher::new();
    rules.hash(&mut hasher);
    rules.replacen("云汀-2026-1", &format!("云汀-{}", hasher.finish()), 1)
}

mod geojson_of_the_demo {
    use serde_json::{Value, json};

    /// The same features, the ground of two subdistricts exchanged, and that of their communities.
    pub(super) fn swapped(bytes: &[u8], one: &str, other: &str) -> String {
        let mut all: Value = serde_json::from_slice(bytes).unwrap();
        let features = all["features"].as_array_mut().unwrap();
        let (of_one, of_other) = (below(features, one), below(features, other));
        let (here, there) = (grounds(features, &of_one), grounds(features, &of_other));
        spread(features, &of_one, &there);
        spread(features, &of_other, &here);
        all.to_string()
    }

    /// Where a subdistrict stands among the features, then where its communities do.
    fn below(features: &[Value], code: &str) -> Vec<usize> {
        let is = |place: &usize, name: &str| features[*place]["properties"][name] == code;
        let itself = (0..features.len()).filter(|place| is(place, "code"));
        itself.chain((0..features.len()).filter(|place| is(place, "parent"))).collect()
    }

    fn grounds(features: &[Value], places: &[usize]) -> Vec<Value> {
        places.iter().map(|place| features[*place]["geometry"].clone()).collect()
    }

    /// Gives a subdistrict's ground to another, and its communities' to the other's, however many.
    fn spread(features: &mut [Value], places: &[usize], grounds: &[Value]) {
        features[places[0]]["geometry"] = grounds[0].clone();
        let (communities, grounds) = (&places[1..], &grounds[1..]);
        for (number, place) in communities.iter().enumerate() {
            let mine = grounds.iter().skip(number).step_by(communities.len());
            let mut polygons: Vec<&Value> = mine.map(|ground| &ground["coordinates"]).collect();
            if polygons.is_empty() {
                polygons.push(&grounds[number % grounds.len()]["coordinates"]);
            }
            features[*place]["geometry"] = json!({"type": "MultiPolygon", "coordinates": polygons});
        }
    }
}

/// The subdistrict of an issue's community, by its code.
fn subdistrict(issue: &Value) -> String {
    format!("{}000", &issue["area"].as_str().unwrap()[..9])
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
