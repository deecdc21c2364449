//! Who answers for what 包保: a table with a line each.

use std::iter;

use super::Lie;
use super::outline::{Area, subdistrict_at};
use super::plane::Spot;
use crate::demo::people;

/// From this day on.
const FROM: &str = "2026-01-01";

/// Layers, the innermost first.
const PLACE: u8 = 1;
const POINT: u8 = 2;
const ROAD: u8 = 3;

/// Bureaus that take communities under their wing in turn.
const WINGS: [&str; 12] = [
    "xuanchuan",
    "minzheng",
    "wenlv",
    "shuiwu",
    "fagai",
    "caizheng",
    "jiguan",
    "zhengwu",
    "shegong",
    "wangxin",
    "rongmei",
    "zhujian",
];

/// One line of the table, without code and person.
struct Duty {
    title: &'static str,
    unit: String,
    level: u8,
    covers: String,
    /// Whether a person is named.
    named: bool,
}

/// The duties as CSV: points, main roads and shopping streets, back streets, compounds.
pub(super) fn duties(lie: &Lie) -> String {
    let all = points(lie).into_iter().chain(roads(lie)).chain(back_streets(lie));
    let mut namesakes = people::DUTY_HOLDERS..;
    let write = |(number, duty): (usize, Duty)| {
        let Duty { title, unit, level, covers, named } = duty;
        let person = if named { namesakes.next().map(people::name) } else { None };
        let person = person.unwrap_or_default();
        format!("BB{number:03},{title},{unit},{person},{FROM},,{level},{covers}")
    };
    let header = "code,title,unit,person,from,until,level,covers".to_owned();
    let lines = (1..).zip(all.chain(compounds(lie))).map(write);
    iter::once(header).chain(lines).collect::<Vec<_>>().join("\n")
}

/// A head for each point; communities have a bureau behind them as a whole.
fn points(lie: &Lie) -> Vec<Duty> {
    let mut wings = WINGS.into_iter().cycle();
    let duty = |(number, point): (usize, &super::features::Site)| {
        let unit = match point.kind() {
            "market" => "chengguan",
            "mall" => "shangwu",
            "school" => "jiaoti",
            "hospital" => "weijian",
            "transit" => "jiaotong",
            _ => wings.next().unwrap_or_default(),
        };
        let title = if point.kind() == "community" { "包保单位" } else { "点位长" };
        let covers = format!("point:P{number:03}");
        Duty { title, unit: unit.to_owned(), level: POINT, covers, named: title == "点位长" }
    };
    (1..).zip(lie.points).map(duty).collect()
}

fn roads(lie: &Lie) -> Vec<Duty> {
    let streets = super::sites::shopping_streets(lie.roads);
    let streets = (1..).zip(streets).map(|(number, (_, line))| ("街长", 'S', number, line[0]));
    let roads = (1..).zip(lie.roads);
    let roads = roads.map(|(number, road)| ("路长", 'R', number, road.line[road.line.len() / 2]));
    let duty = |(title, letter, number, spot): (&'static str, char, usize, Spot)| Duty {
        title,
        unit: office_at(lie, spot),
        level: ROAD,
        covers: format!("site:{letter}{number:03}"),
        named: true,
    };
    roads.chain(streets).map(duty).collect()
}

fn back_streets(lie: &Lie) -> Vec<Duty> {
    let lanes = (1..).zip(&lie.allotment.back_streets);
    let duty = |(number, lane): (usize, &&super::streets::Lane)| Duty {
        title: "巷长",
        unit: office_at(lie, lane.line[1]),
        level: PLACE,
        covers: format!("place:B{number:03}"),
        named: true,
    };
    lanes.map(duty).collect()
}

/// A property manager where there is one, else the grid worker of the community.
fn compounds(lie: &Lie) -> Vec<Duty> {
    let mut turn = 0;
    let duty = |(number, (lot, managed)): (usize, &(&super::streets::Lot, bool))| {
        let covers = format!("place:C{number:03}");
        let managers: Vec<&str> = people::property_managers(lot.area).collect();
        turn += 1;
        let manager = managers.get(turn % managers.len().max(1)).filter(|_| *managed);
        let unit = manager
            .map_or_else(|| office_at(lie, lot.plot.centre()), |manager| (*manager).to_owned());
        let named = manager.is_none();
        let title = if named { "网格员" } else { "包保单位" };
        Duty { title, unit, level: PLACE, covers, named }
    };
    (1..).zip(&lie.allotment.compounds).map(duty).collect()
}

/// The code of the subdistrict office there.
fn office_at(lie: &Lie, spot: Spot) -> String {
    subdistrict_at(lie.areas, spot).map(office).unwrap_or_default()
}

fn office(area: &Area) -> String {
    area.stem_en.to_lowercase()
}
