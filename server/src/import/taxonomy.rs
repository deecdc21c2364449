//! Categories 小类 and conditions 立案条件 from CSV, one line per condition. The columns `standard`,
//! `counts_for`, `aliases`, `lead` and `cooperating` need not be there.

use std::collections::HashMap;

use domain::deadline::Limit;
use domain::matching::MAX_MATCH_RADIUS;
use domain::routing::Target;
use domain::taxonomy::{CITY, Category, Condition, Responsible};

use super::record::{self, Record};
use super::{Item, Line, Lines, Need, Options, text};
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
            let needs = vec![Need::Standard(category.standard.clone())];
            lines.push((line, Item::new(Kind::Category, &category.code, &category, needs)));
            first.insert(category.code.clone(), (line, category.clone()));
        }
        lines.push((line, record.and_then(|record| condition(&record, &category))));
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
    let standard =
        record.optional("standard", |record, _| record.code("standard").map(str::to_owned))?;
    Ok(Category {
        standard: standard.unwrap_or_else(|| CITY.to_owned()),
        group: record.word("group")?,
        name: record.text("name")?.to_owned(),
        name_en: record.optional("name_en", |_, name| Ok(name.to_owned()))?,
        class: record.text("class")?.to_owned(),
        aliases: aliases(record)?,
        family: family.unwrap_or_else(|| code.clone()),
        match_radius_m,
        auto_file: record.parsed("auto_file")?,
        counted: record.optional("counted", |record, _| record.parsed("counted"))?.unwrap_or(false),
        conditions: Vec::new(),
        code,
    })
}

fn condition(record: &Record, category: &Category) -> Result<Item, String> {
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
        limit_text: None,
        published: true,
        unpublished_why: None,
        responsible: responsible(record)?,
        counts_for: record.optional("counts_for", |_, text| years(text))?.unwrap_or_default(),
    };
    let mut needs = vec![
        Need::Item(Kind::Category, category.code.clone()),
        Need::Standard(category.standard.clone()),
    ];
    needs.extend(condition.responsible.as_ref().map_or_else(Vec::new, units));
    let item = ConditionItem { category: category.code.clone(), condition };
    Item::new(Kind::Condition, code, &item, needs)
}

/// `lead` is one target, `cooperating` any number with blanks between.
fn responsible(record: &Record) -> Result<Option<Responsible>, String> {
    let lead = record.optional("lead", |_, text| target(text))?;
    let cooperating = record.optional("cooperating", |_, text| {
        text.split_whitespace().map(target).collect::<Result<Vec<_>, _>>()
    })?;
    match (lead, cooperating) {
        (Some(lead), cooperating) => {
            Ok(Some(Responsible { lead, cooperating: cooperating.unwrap_or_default() }))
        }
        (None, Some(_)) => Err("cooperating is said, and lead is not".to_owned()),
        (None, None) => Ok(None),
    }
}

/// Whom a text means. Only a rule can leave it to the standard: here it would mean itself.
pub(super) fn target(text: &str) -> Result<Target, String> {
    if text == "@standard" {
        return Err("@standard cannot stand in the standard itself".to_owned());
    }
    let target = Target::try_from(text.to_owned()).map_err(|error| error.to_string())?;
    if let Target::Bureau(code) = &target {
        text::code("unit", code)?;
    }
    Ok(target)
}

/// The bureaus that must be known.
pub(super) fn units(responsible: &Responsible) -> Vec<Need> {
    let all = std::iter::once(&responsible.lead).chain(&responsible.cooperating);
    let bureau = |target: &Target| match target {
        Target::Bureau(code) => Some(Need::Item(Kind::Bureau, code.clone())),
        _ => None,
    };
    all.filter_map(bureau).collect()
}

/// Other words for a category, with blanks between.
fn aliases(record: &Record) -> Result<Vec<String>, String> {
    let words = record.optional("aliases", |_, text| {
        Ok(text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    })?;
    let words = words.unwrap_or_default();
    // One sign stands in too many notes.
    match words.iter().find(|word| word.chars().count() < 2) {
        Some(short) => Err(format!("aliases: {short} is one sign")),
        None => Ok(words),
    }
}

/// Years with blanks between.
fn years(text: &str) -> Result<Vec<i16>, String> {
    let year = |word: &str| match word.parse() {
        Ok(year @ 2000..=2999) => Ok(year),
        _ => Err(format!("counts_for {word:?} is no year")),
    };
    text.split_whitespace().map(year).collect()
}

fn limit(text: &str) -> Result<Limit, String> {
    text.parse().map_err(|error| format!("limit {text:?}: {error}"))
}
