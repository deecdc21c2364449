//! Bureaus 责任单位 from CSV.

use super::record::{self, Record};
use super::{Item, Lines, Need};
use crate::gazetteer::{Bureau, BureauKind, Kind};

const COLUMNS: [&str; 7] = ["code", "name", "name_en", "kind", "authority", "area", "group"];

pub(super) fn read(text: &str) -> Lines {
    Ok(record::lines(record::from_csv(text, &COLUMNS)?, |record| bureau(&record)))
}

fn bureau(record: &Record) -> Result<Item, String> {
    let code = record.code("code")?;
    let bureau = Bureau {
        code: code.to_owned(),
        name: record.text("name")?.to_owned(),
        name_en: record.optional("name_en", |_, name| Ok(name.to_owned()))?.unwrap_or_default(),
        kind: record.word("kind")?,
        authority: record.word("authority")?,
        area: record.optional("area", |record, _| record.code("area").map(str::to_owned))?,
        group: record.code("group")?.to_owned(),
    };
    let needs = match (&bureau.area, bureau.kind) {
        (None, BureauKind::SubdistrictOffice) => {
            return Err(format!("{code} is a subdistrict_office and names no area"));
        }
        (Some(area), BureauKind::SubdistrictOffice) => {
            vec![Need::Item(Kind::Area, area.clone()), Need::SoleOffice(area.clone())]
        }
        (Some(area), _) => vec![Need::Item(Kind::Area, area.clone())],
        (None, _) => Vec::new(),
    };
    Item::new(Kind::Bureau, code, &bureau, needs)
}
