//! Campuses whose stated district is the one their converted position lies in.

use std::path::Path;

use domain::position::{Datum, Position};
use serde_json::Value;
use zhoubian::gazetteer::Gazetteer;

use crate::measure::database::Own;
use crate::measure::{Outcome, beijing};

/// A campus as the file has it.
pub struct Campus {
    /// Its name.
    pub name: String,
    /// The district the file states.
    pub stated: String,
    /// WGS-84, converted from BD-09.
    pub position: Position,
}

/// Every campus in Beijing.
pub fn read(real: &Path) -> Outcome<Vec<Campus>> {
    let all: Vec<Value> = serde_json::from_slice(&std::fs::read(real.join(beijing::CAMPUSES))?)?;
    let here = all.iter().filter(|campus| campus["city"] == "北京市");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let campus = |campus: &Value| {
        let number =
            |field: &str| campus["location"][field].as_f64().ok_or("a campus without a position");
        Ok(Campus {
            name: text(&campus["name"]),
            stated: text(&campus["area"]),
            position: Position::from_datum(number("lat")?, number("lng")?, Datum::Bd09)?,
        })
    };
    here.map(campus).collect()
}

/// Says how many lie where they are stated to lie.
pub fn compare(own: &Own, real: &Path) -> Outcome<()> {
    let gazetteer = Gazetteer::load(&mut own.open()?)?;
    let campuses = read(real)?;
    let mut agree = 0;
    for campus in &campuses {
        let located = gazetteer.locate(campus.position);
        let codes = located.map(|located| gazetteer.area_codes(&located)).unwrap_or_default();
        let district = codes.last().and_then(|code| gazetteer.area_name(code)).unwrap_or("nowhere");
        if district == campus.stated {
            agree += 1;
        } else {
            println!("  {} is stated in {} and lies in {district}", campus.name, campus.stated);
        }
    }
    let percent = f64::from(agree) * 100.0 / campuses.len().max(1) as f64;
    println!(
        "campuses in the district they are stated in: {agree} of {} ({percent:.1} %, goal ≥ 99)",
        campuses.len()
    );
    Ok(())
}
