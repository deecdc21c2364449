//! Points 固定点位 from `GeoJSON`, CSV or a JSON array.

use domain::surroundings::{Footprint, PointKind};
use geojson::GeometryValue;
use sha2::{Digest, Sha256};

use super::record::{self, Record};
use super::{Item, Lines, Options};
use crate::actions::record::hex;
use crate::gazetteer::items::PointItem;
use crate::gazetteer::{Kind, ground};

/// How far surroundings may reach, metres.
const RADII_M: std::ops::RangeInclusive<f64> = 500.0..=2_000.0;

pub(super) fn read(text: &str, options: &Options) -> Lines {
    let mut records = match text.trim_start().chars().next() {
        Some('{') => record::from_geojson(text),
        Some('[') => record::from_json(text),
        _ => record::from_csv(text, &["name", "lat", "lon"]),
    }?;
    if let Some((field, value)) = &options.only {
        records.retain(|(_, record)| record.as_ref().is_ok_and(|record| record.is(field, value)));
    }
    Ok(record::lines(records, |record| point(record, options)))
}

fn point(mut record: Record, options: &Options) -> Result<Item, String> {
    record.call(&["lng"], "lon");
    let name = record.text("name")?;
    let code = match record.optional("code", |record, _| record.code("code"))? {
        Some(code) => code.to_owned(),
        None => derived_code(&record, name)?,
    };
    let kind = record.optional("kind", |record, _| record.word::<PointKind>("kind"))?;
    let radius_m = record.optional("radius_m", |record, _| record.parsed("radius_m"))?;
    let radius_m =
        radius_m.or(options.radius_m).ok_or("radius_m is missing: say it with --radius")?;
    if !RADII_M.contains(&radius_m) {
        return Err(format!("radius_m {radius_m} is not between 500 and 2,000"));
    }
    let ground =
        ground::footprint(&geometry(&record)?, options.datum).map_err(|e| e.to_string())?;
    if matches!(ground, Footprint::Lines(_)) {
        return Err("a point is a point or a polygon, not a line".to_owned());
    }
    let item = PointItem {
        code: code.clone(),
        kind: kind.or(options.kind).ok_or("kind is missing: say it with --kind")?,
        name: name.to_owned(),
        radius_m,
        geometry: ground::geometry(&ground),
    };
    Item::new(Kind::Point, &code, &item, Vec::new())
}

/// `H` and twelve hexadecimal digits, the same whenever name and address are. Only where the file
/// is known by no other code: a school that is renamed becomes another one.
fn derived_code(record: &Record, name: &str) -> Result<String, String> {
    let address = record.text("address");
    let address = address.map_err(|_| "code is missing, and address to derive one".to_owned())?;
    let digest = Sha256::digest(format!("{name}\n{address}"));
    Ok(format!("H{}", hex(&digest[..6])))
}

fn geometry(record: &Record) -> Result<GeometryValue, String> {
    match record.geometry()? {
        Some(geometry) => Ok(geometry),
        None => Ok(GeometryValue::new_point([record.parsed("lon")?, record.parsed("lat")?])),
    }
}
