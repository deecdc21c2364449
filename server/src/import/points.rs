//! Points 固定点位 from `GeoJSON`, CSV or a JSON array.

use domain::surroundings::{Footprint, PointKind};

use super::record::{self, Record};
use super::{Item, Lines, Options, located};
use crate::gazetteer::items::PointItem;
use crate::gazetteer::{Kind, ground};

/// How far surroundings may reach, metres.
const RADII_M: std::ops::RangeInclusive<f64> = 500.0..=2_000.0;

pub(super) fn read(text: &str, options: &Options) -> Lines {
    let records = located::records(text, &["name", "lat", "lon"], options)?;
    Ok(record::lines(records, |record| point(&record, options)))
}

fn point(record: &Record, options: &Options) -> Result<Item, String> {
    let name = record.text("name")?;
    let kind = record.optional("kind", |record, _| record.word::<PointKind>("kind"))?;
    let radius_m = record.optional("radius_m", |record, _| record.parsed("radius_m"))?;
    let radius_m =
        radius_m.or(options.radius_m).ok_or("radius_m is missing: say it with --radius")?;
    if !RADII_M.contains(&radius_m) {
        return Err(format!("radius_m {radius_m} is not between 500 and 2,000"));
    }
    let ground = located::ground(record, options)?;
    if matches!(ground.footprint, Footprint::Lines(_)) {
        return Err("a point is a point or a polygon, not a line".to_owned());
    }
    let code = located::code(record, name, &ground, options)?;
    let item = PointItem {
        code: code.clone(),
        kind: kind.or(options.kind).ok_or("kind is missing: say it with --kind")?,
        name: name.to_owned(),
        radius_m,
        geometry: ground::geometry(&ground.footprint),
    };
    Ok(Item::new(Kind::Point, &code, &item, Vec::new())?.on(ground))
}
