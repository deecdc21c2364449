//! Areas 辖区 from `GeoJSON`.

use domain::areas::Level;
use domain::surroundings::Footprint;

use super::record::{self, Record};
use super::{Item, Lines, Need, Options, located};
use crate::gazetteer::items::AreaItem;
use crate::gazetteer::{Kind, ground};

pub(super) fn read(text: &str, options: &Options) -> Lines {
    Ok(record::lines(record::from_geojson(text, &options.columns)?, |record| area(record, options)))
}

fn area(mut record: Record, options: &Options) -> Result<Item, String> {
    // As published for Beijing: Name, code, parentCode.
    record.call(&["Name"], "name");
    record.call(&["parentCode"], "parent");
    let code = record.code("code")?;
    let parent = record.optional("parent", |record, _| record.code("parent"))?;
    let level = level(&record, options)?;
    let above = parent.map(|parent| Need::AreaAbove(level, parent.to_owned()));
    if above.is_none() && level != Level::District {
        return Err(format!("area {code} is a {level} and names no parent"));
    }
    let geometry = record.geometry()?.ok_or_else(|| format!("area {code} has no geometry"))?;
    let ground = located::of(&geometry, options)?;
    let Footprint::Shape(_) = ground.footprint else {
        return Err(format!("area {code} is a {}, not a polygon", geometry.type_name()));
    };
    let item = AreaItem {
        code: code.to_owned(),
        name: record.text("name")?.to_owned(),
        name_en: record.optional_text("name_en")?,
        level,
        parent: parent.map(str::to_owned),
        geometry: ground::geometry(&ground.footprint),
    };
    Ok(Item::new(Kind::Area, code, &item, above.into_iter().collect())?.on(ground))
}

fn level(record: &Record, options: &Options) -> Result<Level, String> {
    let said = record.optional("level", |record, _| record.parsed("level"))?;
    said.or(options.level).ok_or_else(|| "level is missing: say it with --level".to_owned())
}
