//! Kinds of site from CSV, and sites 测评点位 themselves.

use domain::surroundings::PointKind;

use super::record::{self, Record};
use super::{Item, Lines, Need, Options, located};
use crate::gazetteer::items::{SiteItem, SiteKindItem};
use crate::gazetteer::{Kind, ground};

pub(super) fn read_kinds(text: &str, options: &Options) -> Lines {
    let records = record::from_csv(text, &["code", "name"], &options.columns)?;
    Ok(record::lines(records, |record| site_kind(&record)))
}

fn site_kind(record: &Record) -> Result<Item, String> {
    let code = record.code("code")?;
    let item = SiteKindItem {
        code: code.to_owned(),
        name: record.text("name")?.to_owned(),
        name_en: record.optional_text("name_en")?,
        is_point: record.optional("is_point", |record, _| record.word::<PointKind>("is_point"))?,
    };
    Item::new(Kind::SiteKind, code, &item, Vec::new())
}

pub(super) fn read(text: &str, options: &Options) -> Lines {
    let records = located::records(text, &["kind", "name", "lat", "lon"], options)?;
    Ok(record::lines(records, |record| site(&record, options)))
}

fn site(record: &Record, options: &Options) -> Result<Item, String> {
    let name = record.text("name")?;
    let kind = record.code("kind")?.to_owned();
    let ground = located::ground(record, options)?;
    let code = located::code(record, name, &ground, options)?;
    let needs = vec![Need::Item(Kind::SiteKind, kind.clone())];
    let geometry = ground::geometry(&ground.footprint);
    let item = SiteItem { code: code.clone(), kind, name: name.to_owned(), geometry };
    Ok(Item::new(Kind::Site, &code, &item, needs)?.on(ground))
}
