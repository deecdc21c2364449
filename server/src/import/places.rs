//! Back streets and compounds 场所 from `GeoJSON`.

use domain::surroundings::Footprint;

use super::record::{self, Record};
use super::{Item, Lines, Options, located};
use crate::gazetteer::items::PlaceItem;
use crate::gazetteer::{Kind, PlaceKind, ground};

pub(super) fn read(text: &str, options: &Options) -> Lines {
    Ok(record::lines(record::from_geojson(text, &options.columns)?, |record| {
        place(&record, options)
    }))
}

fn place(record: &Record, options: &Options) -> Result<Item, String> {
    let code = record.code("code")?;
    let kind: PlaceKind = record.word("kind")?;
    let geometry = record.geometry()?.ok_or_else(|| format!("place {code} has no geometry"))?;
    let ground = located::of(&geometry, options)?;
    match (kind, &ground.footprint) {
        (PlaceKind::BackStreet, Footprint::Lines(_))
        | (PlaceKind::Compound, Footprint::Shape(_)) => {}
        (PlaceKind::BackStreet, _) => return Err("a back_street must be a line".to_owned()),
        (PlaceKind::Compound, _) => return Err("a compound must be a polygon".to_owned()),
    }
    let item = PlaceItem {
        code: code.to_owned(),
        kind,
        name: record.text("name")?.to_owned(),
        managed: record.optional("managed", |record, _| record.parsed("managed"))?,
        geometry: ground::geometry(&ground.footprint),
    };
    Ok(Item::new(Kind::Place, code, &item, Vec::new())?.on(ground))
}
