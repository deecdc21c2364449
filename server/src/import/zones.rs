//! Permitted zones 疏导点 from `GeoJSON`.

use domain::surroundings::Footprint;
use domain::weekly::WeeklyRange;

use super::record::{self, Record};
use super::{Item, Lines, Need, Options, located};
use crate::gazetteer::items::PermittedZoneItem;
use crate::gazetteer::{Kind, ground};

pub(super) fn read(text: &str, options: &Options) -> Lines {
    let records = record::from_geojson(text, &options.columns)?;
    Ok(record::lines(records, |record| zone(&record, options)))
}

fn zone(record: &Record, options: &Options) -> Result<Item, String> {
    let code = record.code("code")?;
    let geometry = record.geometry()?.ok_or_else(|| format!("zone {code} has no geometry"))?;
    let ground = located::of(&geometry, options)?;
    let Footprint::Shape(_) = ground.footprint else {
        return Err(format!("zone {code} is a {}, not a polygon", geometry.type_name()));
    };
    let categories = record.codes("categories")?;
    if categories.is_empty() {
        return Err(format!("categories is missing: zone {code} permits nothing"));
    }
    let hours = record.entries("hours").map(|entry| entry.parse::<WeeklyRange>());
    let hours: Vec<_> = hours.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    if hours.is_empty() {
        return Err(
            "hours is missing: daily 00:00-24:00 where stalls are always allowed".to_owned()
        );
    }
    let needs = categories.iter().map(|category| Need::Item(Kind::Category, category.clone()));
    let needs = needs.collect();
    let item = PermittedZoneItem {
        code: code.to_owned(),
        name: record.text("name")?.to_owned(),
        categories,
        hours,
        geometry: ground::geometry(&ground.footprint),
    };
    Ok(Item::new(Kind::PermittedZone, code, &item, needs)?.on(ground))
}
