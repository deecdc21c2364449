//! Checklists 检查清单 of the kinds of site, from CSV.

use super::record::{self, Record};
use super::{Item, Lines, Need, Options};
use crate::gazetteer::Kind;
use crate::gazetteer::items::CheckItem;

pub(super) fn read(text: &str, options: &Options) -> Lines {
    let records = record::from_csv(text, &["code", "site_kind", "text"], &options.columns)?;
    Ok(record::lines(records, |record| check(&record)))
}

fn check(record: &Record) -> Result<Item, String> {
    let code = record.code("code")?;
    let item = CheckItem {
        code: code.to_owned(),
        site_kind: record.code("site_kind")?.to_owned(),
        text: record.text("text")?.to_owned(),
        text_en: record.optional_text("text_en")?,
        categories: record.codes("categories")?,
    };
    let meant = item.categories.iter().map(|code| Need::Item(Kind::Category, code.clone()));
    let of = Need::Item(Kind::SiteKind, item.site_kind.clone());
    let needs = std::iter::once(of).chain(meant).collect();
    Item::new(Kind::CheckItem, code, &item, needs)
}
