//! What stands in the streets: toilets, litter bins, manhole covers, cameras, and where stalls may.

use serde_json::{Value, json};

use super::features::{Site, collection, feature};
use super::plane::Spot;
use super::random::Dice;
use super::sites::{ground, location, lots, shopping_streets};
use super::{Lie, names};

const SEED: u64 = 0xE001_0000;

const PUBLIC_TOILETS: usize = 74;
const OPENED_TOILETS: usize = 41;
const CAMERAS: usize = 60;
const BINS_A_MARKET: usize = 4;

/// Whose covers there are, by how many of a hundred; the others show no name.
const PIPES: [(Option<&str>, usize); 7] = [
    (Some("gongshui"), 22),
    (Some("shizheng"), 20),
    (Some("dianxin"), 12),
    (Some("gongdian"), 10),
    (Some("ranqi"), 6),
    (Some("yidong"), 5),
    (None, 25),
];

/// When a zone permits stalls.
const HOURS: [&str; 3] = [
    "mon-fri 17:00-22:00; sat-sun 15:00-23:00",
    "daily 05:30-08:30",
    "mon-thu 18:00-22:00; fri-sun 18:00-23:30",
];

pub(super) fn facilities(lie: &Lie) -> String {
    let all = public_toilets(lie).into_iter().chain(opened_toilets(lie));
    collection(all.chain(bins(lie)).chain(covers(lie)).collect())
}

/// Spread over the town as evenly as its lanes allow: some gaps of more than 500 m remain.
fn public_toilets(lie: &Lie) -> Vec<Value> {
    let mut dice = Dice::new(SEED);
    let ends =
        lie.town.lanes.iter().flat_map(|lane| [lane.line[0], lane.line[lane.line.len() - 1]]);
    let toilet = |(number, spot): (usize, Spot)| {
        let properties = json!({
            "code": format!("T{number:03}"),
            "kind": "public_toilet",
            "name": format!("{number}号公厕"),
            "owner": "huanwei",
            "categories": "0108 1202",
            "open": if dice.chance(0.3) { "00:00-24:00" } else { "06:00-22:00" },
            "accessible": dice.chance(0.7),
            "sign_posted": dice.chance(0.85),
        });
        feature(&properties, &location(spot))
    };
    (1..).zip(spread(&ends.collect::<Vec<_>>(), PUBLIC_TOILETS)).map(toilet).collect()
}

/// Public bodies and malls that open their own 机关企事业开放厕所.
fn opened_toilets(lie: &Lie) -> Vec<Value> {
    let hosts = ["hospital", "transit", "mall", "school"];
    let hosts = hosts.into_iter().flat_map(|kind| of_kind(lie, kind)).take(OPENED_TOILETS);
    let opened = |(number, host): (usize, &Site)| {
        let owner = match host.kind() {
            "hospital" => "weijian",
            "transit" => "jiaotong",
            "mall" => "shangwu",
            _ => "jiaoti",
        };
        let properties = json!({
            "code": format!("T{:03}", PUBLIC_TOILETS + number),
            "kind": "public_toilet",
            "name": format!("{}开放厕所", host.name),
            "owner": owner,
            "categories": "0108 1202",
            "open": "08:00-18:00",
            "accessible": true,
            "sign_posted": number % 4 != 0,
            "opened_by": host.name,
        });
        feature(&properties, &location(host.lot.plot.shrunk(0.5).corners()[0]))
    };
    (1..).zip(hosts).map(opened).collect()
}

/// A bin at every corner of a market.
fn bins(lie: &Lie) -> Vec<Value> {
    let markets = of_kind(lie, "market").into_iter();
    let corners = markets.flat_map(|market| market.lot.plot.corners()).take(22 * BINS_A_MARKET);
    let bin = |(number, spot): (usize, Spot)| {
        let properties = json!({
            "code": format!("N{number:03}"),
            "kind": "litter_bin",
            "owner": "huanwei",
            "categories": "0102",
        });
        feature(&properties, &location(spot))
    };
    (1..).zip(corners).map(bin).collect()
}

/// A cover at every bend of the back streets and at every crossing.
fn covers(lie: &Lie) -> Vec<Value> {
    let mut dice = Dice::new(SEED + 1);
    let lanes = lie.allotment.back_streets.iter().enumerate();
    let bends = lanes
        .flat_map(|(index, lane)| [1, 2].map(|bend| (names::back_street(index), lane.line[bend])));
    let spots = bends.chain(lie.crossings.iter().map(|at| (at.name.clone(), at.spot)));
    let cover = |(number, (name, spot)): (usize, (String, Spot))| {
        let mut left = dice.below(100);
        let pipe = PIPES.iter().find(|(_, share)| {
            let found = left < *share;
            left = left.saturating_sub(*share);
            found
        });
        let properties = json!({
            "code": format!("M{number:03}"),
            "kind": "manhole_cover",
            "name": format!("{name}井盖"),
            "owner": pipe.and_then(|(owner, _)| *owner),
            "categories": "1102",
        });
        feature(&properties, &location(spot))
    };
    (1..).zip(spots).map(cover).collect()
}

/// One zone near a market of each subdistrict.
pub(super) fn permitted_zones(lie: &Lie) -> String {
    let below = lie.areas.iter().filter(|area| !area.is_district());
    let zones = below.enumerate().filter_map(|(index, area)| {
        let market = of_kind(lie, "market").into_iter().find(|site| site.lot.area == area.code)?;
        let away = |lot: &super::streets::Lot| market.lot.plot.centre().distance(lot.plot.centre());
        let within = lots(lie, 6).chain(lots(lie, 7)).filter(|lot| lot.area == area.code);
        let lot = within.min_by(|a, b| away(a).total_cmp(&away(b)))?;
        let properties = json!({
            "code": format!("Z{:02}", index + 1),
            "name": format!("{}疏导点", area.stem),
            "categories": "0201 0202",
            "hours": HOURS[index % HOURS.len()],
        });
        Some(feature(&properties, &ground(lot, 0.4)))
    });
    collection(zones.collect())
}

/// At crossings the traffic police's, elsewhere the police's.
pub(super) fn cameras(lie: &Lie) -> String {
    let crossings = lie.crossings.iter().map(|at| (at.name.clone(), at.spot, "jiaojing"));
    let sites = ["transit", "hospital"].into_iter().flat_map(|kind| of_kind(lie, kind));
    let sites = sites.map(|site| (site.name.clone(), site.lot.plot.corners()[0], "gongan"));
    let streets = shopping_streets(lie.roads);
    let streets = streets
        .into_iter()
        .map(|(name, line)| (name.to_owned(), line[0].towards(line[1], 0.5, 0.0), "gongan"));
    let all = crossings.chain(sites).chain(streets).take(CAMERAS);
    let camera = |(number, (name, spot, bureau)): (usize, (String, Spot, &str))| {
        let (code, name) = (format!("CAM{number:02}"), format!("{name}监控"));
        feature(&json!({"code": code, "name": name, "bureau": bureau}), &location(spot))
    };
    collection((1..).zip(all).map(camera).collect())
}

fn of_kind<'a>(lie: &Lie<'a>, kind: &str) -> Vec<&'a Site<'a>> {
    lie.points.iter().filter(|site| site.kind() == kind).collect()
}

/// So many of these spots, each as far as can be from those before it.
fn spread(spots: &[Spot], count: usize) -> Vec<Spot> {
    let mut chosen: Vec<Spot> = spots.first().copied().into_iter().collect();
    let mut gaps: Vec<f64> = vec![f64::INFINITY; spots.len()];
    while let Some(&last) = chosen.last().filter(|_| chosen.len() < count.min(spots.len())) {
        for (gap, spot) in gaps.iter_mut().zip(spots) {
            *gap = gap.min(last.distance(*spot));
        }
        let farthest = gaps.iter().zip(spots).max_by(|a, b| a.0.total_cmp(b.0));
        chosen.extend(farthest.map(|(_, spot)| *spot));
    }
    chosen
}
