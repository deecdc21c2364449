//! Categories 小类 and conditions 立案条件 from CSV, one line per condition.

use std::collections::HashMap;

use domain::deadline::Limit;
use domain::matching::MAX_MATCH_RADIUS;
use domain::taxonomy::{Category, Condition};

use super::record::{self, Record};
use super::{Item, Line, Lines, Need, Options};
use crate::gazetteer::Kind;
use crate::gazetteer::items::ConditionItem;

const COLUMNS: [&str; 13] = [
    "code",
    "group",
    "class",
    "name",
    "name_en",
    "family",
    "match_radius_m",
    "auto_file",
    "condition",
    "opens_when",
    "closes_when",
    "gravity",
    "limit",
];

/// Every line says a condition; the first of a category says the category as well, and the others
/// must repeat it.
pub(super) fn read(text: &str, options: &Options) -> Lines {
    let mut first: HashMap<String, (usize, Category)> = HashMap::new();
    let mut lines: Vec<Line> = Vec::new();
    for (line, record) in record::from_csv(text, &COLUMNS, &options.columns)? {
        let category = record.as_ref().map_err(Clone::clone).and_then(category);
        let category = match category {
            Ok(category) => category,
            Err(why) => {
                lines.push((line, Err(why)));
                continue;
            }
        };
        if let Some((at, known)) = first.get(&category.code) {
            if *known != category {
                let why = format!("category {} is described otherwise in line {at}", known.code);
                lines.push((line, Err(why)));
                continue;
            }
        } else {
            lines.push((line, Item::new(Kind::Category, &category.code, &category, Vec::new())));
            first.insert(category.code.clone(), (line, category.clone()));
        }
        lines.push((line, record.and_then(|record| condition(&record, category.code))));
    }
    Ok(lines)
}

fn category(record: &Record) -> Result<Category, String> {
    let code = record.code("code")?.to_owned();
    let family = record.optional("family", |record, _| record.code("family").map(str::to_owned))?;
    let match_radius_m: f64 = record.parsed("match_radius_m")?;
    if !(match_radius_m > 0.0 && match_radius_m <= MAX_MATCH_RADIUS.0) {
        let most = MAX_MATCH_RADIUS.0;
        return Err(format!("match_radius_m {match_radius_m} is not above 0 and at most {most}"));
    }
    Ok(Category {
        group: record.word("group")?,
        name: record.text("name")?.to_owned(),
        name_en: record.optional("name_en", |_, name| Ok(name.to_owned()))?,
        class: record.text("class")?.to_owned(),
        family: family.unwrap_or_else(|| code.clone()),
        match_radius_m,
        auto_file: record.parsed("auto_file")?,
        conditions: Vec::new(),
        code,
    })
}

fn condition(record: &Record, category: String) -> Result<Item, String> {
    let code = record.code("condition")?;
    let gravity: u8 = record.parsed("gravity")?;
    if gravity == 0 {
        return Err("gravity 0: 1 is the gravest".to_owned());
    }
    let limit = record.optional("limit", |_, text| limit(text))?;
    let condition = Condition {
        code: code.to_owned(),
        opens_when: record.text("opens_when")?.to_owned(),
        closes_when: record.text("closes_when")?.to_owned(),
        gravity,
        limit: limit.map_or_else(String::new, |limit| limit.to_string()),
    };
    let needs = vec![Need::Item(Kind::Category, category.clone())];
    Item::new(Kind::Condition, code, &ConditionItem { category, condition }, needs)
}

fn limit(text: &str) -> Result<Limit, String> {
    text.parse().map_err(|error| format!("limit {text:?}: {error}"))
}
