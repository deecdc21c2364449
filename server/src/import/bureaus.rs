//! Bureaus 责任单位 from CSV.

use super::record::{self, Record};
use super::{Item, Lines, Need, Options};
use crate::gazetteer::{Bureau, Kind};

const COLUMNS: [&str; 7] = ["code", "name", "name_en", "kind", "authority", "area", "group"];

pub(super) fn read(text: &str, options: &Options) -> Lines {
    let records = record::from_csv(text, &COLUMNS, &options.columns)?;
    Ok(record::lines(records, |record| bureau(&record)))
}

fn bureau(record: &Record) -> Result<Item, String> {
    let code = record.code("code")?;
    let bureau = Bureau {
        code: code.to_owned(),
        name: record.text("name")?.to_owned(),
        name_en: record.optional_text("name_en")?.unwrap_or_default(),
        kind: record.word("kind")?,
        authority: record.word("authority")?,
        area: record.optional_code("area")?,
        group: record.code("group")?.to_owned(),
    };
    let mut needs: Vec<Need> =
        bureau.area.iter().map(|area| Need::Item(Kind::Area, area.clone())).collect();
    if bureau.kind.serves_an_area() {
        let (kind, area) = (bureau.kind, bureau.area.clone());
        let area =
            area.ok_or_else(|| format!("{code} is of kind {} and names no area", kind.word()))?;
        needs.push(Need::Sole(kind, area));
    }
    Item::new(Kind::Bureau, code, &bureau, needs)
}
