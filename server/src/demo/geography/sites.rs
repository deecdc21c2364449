//! Observation sites 测评点位 beside the six kinds of points, and the main roads they lie on.

use serde_json::{Value, json};

use super::allotment::remoteness;
use super::features::{collection, feature, polygon};
use super::outline::Area;
use super::plane::Spot;
use super::streets::{Lot, Town, crossing, is_built_up};
use super::{Lie, names};

const MAIN_ROADS: usize = 28;
const CROSSINGS: usize = 36;
const PARKS: usize = 11;
const BUILDING_SITES: usize = 17;

const SHOPPING_STREETS: [&str; 4] = ["鼓楼步行街", "东门商业街", "站前商业街", "滨河风情街"];

/// Service windows 窗口单位 beside those of the nine subdistricts.
const WINDOWS: [&str; 6] = [
    "云汀区政务服务大厅",
    "云汀区不动产登记中心",
    "云汀区医保服务大厅",
    "云汀区办税服务厅",
    "云汀供电营业厅",
    "云汀公安分局出入境接待大厅",
];

/// Every so many spare lots, one is a park, one a building site, and so on.
pub(super) const ROUND: usize = 8;

/// A main road 主次干道.
pub(super) struct Road {
    pub(super) name: String,
    /// Its crossings with avenues.
    pub(super) line: Vec<Spot>,
    /// Whether it runs in the first of the two directions, and where.
    across: bool,
    at: f64,
}

/// A crossing 交通路口 of two main roads.
pub(super) struct Crossing {
    pub(super) name: String,
    pub(super) spot: Spot,
}

/// The longest avenues.
pub(super) fn roads(areas: &[Area], town: &Town) -> Vec<Road> {
    let [across, along] = &town.avenues;
    let first = across.iter().map(|&u| {
        let line = along.iter().map(|&v| crossing(u, v)).collect();
        Road { name: String::new(), line, across: true, at: u }
    });
    let second = along.iter().map(|&v| {
        let line = across.iter().map(|&u| crossing(u, v)).collect();
        Road { name: String::new(), line, across: false, at: v }
    });
    let built_up = |road: Road| Road { line: longest_run(areas, &road.line), ..road };
    let mut roads: Vec<Road> = first.chain(second).map(built_up).collect();
    roads.sort_by_key(|road| std::cmp::Reverse(road.line.len()));
    roads.truncate(MAIN_ROADS);
    roads
        .into_iter()
        .zip(0..)
        .map(|(road, index)| Road { name: names::road(index), ..road })
        .collect()
}

/// The most spots one after the other that lie in the built-up part.
fn longest_run(areas: &[Area], line: &[Spot]) -> Vec<Spot> {
    let runs = line.split(|spot| !is_built_up(areas, *spot));
    runs.max_by_key(|run| run.len()).unwrap_or_default().to_vec()
}

/// Where main roads cross, the nearest to where people go.
pub(super) fn crossings(roads: &[Road]) -> Vec<Crossing> {
    let pairs = roads.iter().filter(|road| road.across).flat_map(|one| {
        let others = roads.iter().filter(|road| !road.across);
        others.map(move |other| (one, other, crossing(one.at, other.at)))
    });
    let both =
        pairs.filter(|(one, other, spot)| one.line.contains(spot) && other.line.contains(spot));
    let mut crossings: Vec<Crossing> = both
        .map(|(one, other, spot)| Crossing {
            name: format!("{}与{}路口", one.name, other.name),
            spot,
        })
        .collect();
    crossings.sort_by(|a, b| remoteness(a.spot).total_cmp(&remoteness(b.spot)));
    crossings.truncate(CROSSINGS);
    crossings
}

/// The busiest stretch, from one crossing to the next, of some roads.
pub(super) fn shopping_streets(roads: &[Road]) -> Vec<(&'static str, [Spot; 2])> {
    let away = |stretch: &&[Spot]| remoteness(stretch[0].towards(stretch[1], 0.5, 0.0));
    let stretches = roads
        .iter()
        .filter_map(|road| road.line.windows(2).min_by(|a, b| away(a).total_cmp(&away(b))));
    let mut stretches: Vec<&[Spot]> = stretches.collect();
    stretches.sort_by(|a, b| away(a).total_cmp(&away(b)));
    SHOPPING_STREETS.into_iter().zip(stretches.into_iter().map(|s| [s[0], s[1]])).collect()
}

/// Every `ROUND`-th spare lot, beginning with the `first`.
pub(super) fn lots<'a>(lie: &Lie<'a>, first: usize) -> impl Iterator<Item = &'a Lot> {
    lie.allotment.spare.iter().skip(first).step_by(ROUND).copied()
}

pub(super) fn sites(lie: &Lie) -> String {
    let roads = (1..).zip(lie.roads).map(|(number, road)| {
        site(&format!("R{number:03}"), "main_road", &road.name, &line(&road.line))
    });
    let shopping = (1..).zip(shopping_streets(lie.roads)).map(|(number, (name, stretch))| {
        site(&format!("S{number:03}"), "shopping_street", name, &line(&stretch))
    });
    let crossings = (1..).zip(lie.crossings).map(|(number, crossing)| {
        site(&format!("X{number:03}"), "crossing", &crossing.name, &location(crossing.spot))
    });
    let parks = lots(lie, 0).take(PARKS).enumerate().map(|(index, lot)| {
        site(&format!("K{:03}", index + 1), "park", &names::park(index), &ground(lot, 0.9))
    });
    let building = lots(lie, 3).take(BUILDING_SITES).enumerate().map(|(index, lot)| {
        let name = names::building_site(index);
        site(&format!("G{:03}", index + 1), "building_site", &name, &ground(lot, 0.8))
    });
    let all = roads.chain(shopping).chain(crossings).chain(parks).chain(building);
    collection(all.chain(windows(lie)).chain(stations(lie)).collect())
}

/// Service windows: the district's own, and one in each subdistrict.
fn windows(lie: &Lie) -> Vec<Value> {
    let below = lie.areas.iter().filter(|area| !area.is_district());
    let below = below.filter_map(|area| {
        let name = format!("{}便民服务中心", area.stem);
        Some((name, lots(lie, 5).skip(WINDOWS.len()).find(|lot| lot.area == area.code)?))
    });
    let own = WINDOWS.into_iter().map(str::to_owned).zip(lots(lie, 5));
    let window = |(number, (name, lot)): (usize, (String, &Lot))| {
        site(&format!("W{number:03}"), "service_window", &name, &location(lot.plot.centre()))
    };
    (1..).zip(own.chain(below)).map(window).collect()
}

/// A station 新时代文明实践站 in each of the points that are communities.
fn stations(lie: &Lie) -> Vec<Value> {
    let communities = lie.points.iter().filter(|point| point.kind() == "community");
    let station = |(number, point): (usize, &super::features::Site)| {
        let name = format!("{}新时代文明实践站", point.name);
        let spot = point.lot.plot.shrunk(0.3).corners()[0];
        site(&format!("V{number:03}"), "volunteer_station", &name, &location(spot))
    };
    (1..).zip(communities).map(station).collect()
}

fn site(code: &str, kind: &str, name: &str, geometry: &Value) -> Value {
    feature(&json!({"code": code, "kind": kind, "name": name}), geometry)
}

pub(super) fn ground(lot: &Lot, cover: f64) -> Value {
    polygon(&lot.plot.shrunk(cover).corners())
}

pub(super) fn location(spot: Spot) -> Value {
    json!({"type": "Point", "coordinates": spot.degrees()})
}

fn line(spots: &[Spot]) -> Value {
    let coordinates: Vec<_> = spots.iter().map(|spot| spot.degrees()).collect();
    json!({"type": "LineString", "coordinates": coordinates})
}
