//! Facilities 设施 from `GeoJSON`, CSV or a JSON array.

use std::collections::BTreeMap;

use serde_json::Value;

use super::record::{self, Record};
use super::{Item, Lines, Need, Options, located, text};
use crate::gazetteer::items::FacilityItem;
use crate::gazetteer::{Kind, ground};

/// What a facility says of itself by these names; by all others it says attributes.
const FIELDS: [&str; 9] =
    ["code", "kind", "name", "owner", "categories", "lat", "lon", "lng", "address"];
/// The most attributes a facility may have.
const ATTRIBUTES: usize = 50;

pub(super) fn read(text: &str, options: &Options) -> Lines {
    let records = located::records(text, &["kind", "lat", "lon"], options)?;
    Ok(record::lines(records, |record| facility(&record, options)))
}

fn facility(record: &Record, options: &Options) -> Result<Item, String> {
    let kind = record.code("kind")?.to_owned();
    let name = record.optional_text("name")?;
    let ground = located::ground(record, options)?;
    let code = located::code(record, name.as_deref().unwrap_or(&kind), &ground, options)?;
    let owner = record.optional_code("owner")?;
    let categories = record.codes("categories")?;
    let owned = owner.iter().map(|owner| Need::Item(Kind::Bureau, owner.clone()));
    let meant = categories.iter().map(|category| Need::Item(Kind::Category, category.clone()));
    let needs = owned.chain(meant).collect();
    let item = FacilityItem {
        code: code.clone(),
        kind,
        name,
        owner,
        categories,
        attributes: attributes(record)?,
        geometry: ground::geometry(&ground.footprint),
    };
    Ok(Item::new(Kind::Facility, &code, &item, needs)?.on(ground))
}

/// All but truth values stay text, so that a table and a `GeoJSON` file say the same.
fn attributes(record: &Record) -> Result<BTreeMap<String, Value>, String> {
    let attribute = |(name, field): (&str, &str)| {
        let (name, field) =
            (text::said("the name of an attribute", name)?, text::said(name, field)?);
        let value = field.parse::<bool>().map_or_else(|_text| Value::from(field), Value::from);
        Ok((name.to_owned(), value))
    };
    let attributes: BTreeMap<_, _> =
        record.others(&FIELDS).map(attribute).collect::<Result<_, String>>()?;
    if attributes.len() > ATTRIBUTES {
        return Err(format!("{} attributes are more than {ATTRIBUTES}", attributes.len()));
    }
    Ok(attributes)
}
