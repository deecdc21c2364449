//! What the installation has to know, made from the requests themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use geo::{Centroid, ConvexHull, MultiPoint, Point, Scale};
use serde_json::json;
use zhoubian::import::{FileKind, Source};

use super::requests::Request;
use crate::measure::Outcome;

/// The city's time zone.
pub const ZONE: &str = "America/New_York";
/// How long an agency has, hours round the clock: made up for the trial.
pub const LIMIT_HOURS: i64 = 24;
/// How far the ground reaches beyond the outermost requests.
const GROWN: f64 = 1.05;

/// Everything to import, in its order.
pub fn sources(requests: &[Request]) -> Outcome<Vec<Source>> {
    Ok(vec![
        Source::new(FileKind::District, "newyork.toml", district()),
        Source::new(FileKind::Areas, "newyork-areas.geojson", area(requests)?),
        Source::new(FileKind::Bureaus, "newyork-agencies.csv", agencies(requests)?),
        Source::new(FileKind::Taxonomy, "newyork-complaints.csv", complaints(requests)?),
        Source::new(FileKind::Routing, "newyork-rules.toml", rules(requests)),
    ])
}

/// Code of the category that a request is of, and of its condition.
pub fn codes(requests: &[Request]) -> BTreeMap<(String, String), (String, String)> {
    let mut codes = BTreeMap::new();
    for (number, (complaint, descriptors)) in (1..).zip(by_complaint(requests)) {
        for (letter, descriptor) in (1..).zip(descriptors) {
            let category = format!("N{number:03}");
            let condition = format!("{category}-{letter:02}");
            codes.insert((complaint.clone(), descriptor), (category, condition));
        }
    }
    codes
}

fn by_complaint(requests: &[Request]) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for request in requests {
        found.entry(request.complaint.clone()).or_default().insert(request.descriptor.clone());
    }
    found
}

fn district() -> String {
    format!(
        "name = \"纽约市\"\nname_en = \"New York City\"\ntime_zone = \"{ZONE}\"\n\
         office_hours = [\"09:00-17:00\"]\nmargin_m = 300\nmax_accuracy_m = 100\nreturn_window_hours = 4\n"
    )
}

/// The hull of all positions, a little wider.
fn area(requests: &[Request]) -> Outcome<String> {
    let at = requests.iter().filter_map(|request| request.position);
    let points: MultiPoint<f64> = at.map(|at| Point::new(at.lon, at.lat)).collect();
    let hull = points.convex_hull();
    let centre = hull.centroid().ok_or("no positions")?;
    let hull = hull.scale_around_point(GROWN, GROWN, centre);
    let ring: Vec<[f64; 2]> = hull.exterior().coords().map(|at| [at.x, at.y]).collect();
    let ground = json!({"type": "Polygon", "coordinates": [ring]});
    let what = json!({"code": "NYC", "name": "纽约市", "level": "district", "parent": null});
    let feature = json!({"type": "Feature", "properties": what, "geometry": ground});
    Ok(json!({"type": "FeatureCollection", "features": [feature]}).to_string())
}

fn agencies(requests: &[Request]) -> Outcome<String> {
    let named: BTreeMap<&str, &str> = requests
        .iter()
        .map(|request| (request.agency.as_str(), request.agency_name.as_str()))
        .collect();
    let head = ["code", "name", "name_en", "kind", "authority", "area", "group"];
    table(
        &head,
        named.into_iter().map(|(code, name)| [code, name, name, "bureau", "D", "", "agencies"]),
    )
}

fn complaints(requests: &[Request]) -> Outcome<String> {
    let head = [
        "code",
        "group",
        "class",
        "name",
        "name_en",
        "family",
        "match_radius_m",
        "auto_file",
        "condition",
        "opens_when",
        "closes_when",
        "gravity",
        "limit",
    ];
    let limit = format!("{LIMIT_HOURS}紧急工作时");
    let codes = codes(requests);
    let lines = codes.iter().map(|((complaint, descriptor), (category, condition))| {
        let opens = if descriptor.is_empty() { complaint } else { descriptor };
        [
            category,
            "event",
            "311",
            complaint,
            complaint,
            category,
            "20",
            "false",
            condition,
            opens,
            "the agency closed it",
            "1",
            &limit,
        ]
        .map(String::from)
    });
    table(&head, lines)
}

fn table<const N: usize>(
    head: &[&str; N],
    lines: impl Iterator<Item = [impl AsRef<[u8]>; N]>,
) -> Outcome<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(head)?;
    for line in lines {
        writer.write_record(line)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// A rule for each kind of complaint and agency. Where a kind went to two agencies, two equal rules say
/// so, and nobody is guessed.
fn rules(requests: &[Request]) -> String {
    let codes = codes(requests);
    let category = |request: &Request| {
        codes
            .get(&(request.complaint.clone(), request.descriptor.clone()))
            .map(|(code, _)| code.clone())
    };
    let ways: BTreeSet<(String, String, String)> = requests
        .iter()
        .filter_map(|request| {
            Some((category(request)?, request.agency.clone(), request.complaint.clone()))
        })
        .collect();
    let mut text = "version = \"311\"\n".to_owned();
    for (category, agency, complaint) in ways {
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "\n[[rule]]\nname = {:?}\nwhen = {{ category = [{category:?}] }}\nlead = {agency:?}\n",
            format!("{complaint} ({agency})")
        );
    }
    text
}
