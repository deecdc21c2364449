//! From what rows say to categories and conditions.

use std::collections::BTreeMap;

use domain::deadline::Limit;
use domain::taxonomy::{CITY, Category, Condition, Group};

use super::codes::letter;
use super::limits::about_hours;
use super::mapping::{GravityBy, Mapping};
use super::notes::Notes;
use super::said::{Classes, Said, Texts, said};
use super::table::Entry;
use crate::gazetteer::Kind;
use crate::gazetteer::items::ConditionItem;
use crate::import::taxonomy::units;
use crate::import::{Item, Line, Need};

/// Metres within which two reports are one problem, unless the mapping says.
pub(super) const RADIUS_M: f64 = 20.0;

/// A category as its rows say it.
struct Small {
    /// The row that named it first.
    first: usize,
    name: String,
    class: String,
    /// Its conditions, none twice.
    conditions: Vec<(Texts, Option<Limit>)>,
}

/// The categories of a sheet, by code.
type Smalls = BTreeMap<String, Small>;

/// Every row's condition, and before the first of a category the category.
pub(super) fn lines(
    entries: &[Entry],
    group: Group,
    mapping: &Mapping,
    notes: &mut Notes,
) -> Vec<Line> {
    let classes = Classes::of(entries);
    let mut smalls = Smalls::new();
    let mut rows = Vec::new();
    for entry in entries {
        let said = said(entry, &classes, notes);
        let placed = said.and_then(|said| placed(&mut smalls, said, group, mapping, notes));
        rows.push((entry.number, placed));
    }
    let mut lines = Vec::new();
    for (number, placed) in rows {
        match placed.map(|(code, place)| (&smalls[&code], code, place)) {
            Err(why) => lines.push((number, Err(why))),
            Ok((small, code, place)) => {
                if small.first == number {
                    lines.push((number, category(&code, small, group, mapping, notes)));
                }
                lines.push((number, condition(&code, small, place, mapping, notes)));
            }
        }
    }
    lines
}

/// Puts a row's condition into its category; the answer is the category's code and the condition's
/// place in it.
fn placed(
    smalls: &mut Smalls,
    said: Said,
    group: Group,
    mapping: &Mapping,
    notes: &mut Notes,
) -> Result<(String, usize), String> {
    let code = mapping.category_code(group, &said.class_code, &said.code);
    let small = smalls.entry(code.clone()).or_insert_with(|| Small {
        first: said.number,
        name: said.name.clone(),
        class: said.class,
        conditions: Vec::new(),
    });
    if small.name != said.name {
        return Err(format!("category {code} is {} in row {}", small.name, small.first));
    }
    let known = small.conditions.iter().position(|(texts, _)| *texts == said.condition);
    if known.is_some() {
        notes.repeated(said.number);
    }
    let place = known.unwrap_or_else(|| {
        let limit = mapping.limit(&said.condition.limit);
        small.conditions.push((said.condition, limit));
        small.conditions.len() - 1
    });
    Ok((code, place))
}

fn category(
    code: &str,
    small: &Small,
    group: Group,
    mapping: &Mapping,
    notes: &mut Notes,
) -> Result<Item, String> {
    let said = mapping.categories.get(code);
    let match_radius_m = said.and_then(|said| said.match_radius_m);
    let auto_file = said.and_then(|said| said.auto_file);
    let family = said.and_then(|said| said.family.clone());
    notes.category(code, [match_radius_m.is_none(), auto_file.is_none(), family.is_none()]);
    let category = Category {
        code: code.to_owned(),
        standard: mapping.standard.clone().unwrap_or_else(|| CITY.to_owned()),
        group,
        name: small.name.clone(),
        name_en: said.and_then(|said| said.name_en.clone()),
        aliases: said.map(|said| said.aliases.clone()).unwrap_or_default(),
        class: small.class.clone(),
        family: family.unwrap_or_else(|| code.to_owned()),
        match_radius_m: match_radius_m.or(mapping.defaults.match_radius_m).unwrap_or(RADIUS_M),
        auto_file: auto_file.or(mapping.defaults.auto_file).unwrap_or(false),
        counted: said.and_then(|said| said.counted).unwrap_or(false),
        conditions: Vec::new(),
    };
    let needs = vec![Need::Standard(category.standard.clone())];
    Item::new(Kind::Category, code, &category, needs)
}

fn condition(
    category: &str,
    small: &Small,
    place: usize,
    mapping: &Mapping,
    notes: &mut Notes,
) -> Result<Item, String> {
    let (texts, limit) = &small.conditions[place];
    let code = format!("{category}{}", letter(place));
    let named = mapping.named(&texts.units);
    let why = notes.condition(&code, texts, limit.is_some(), &named.unknown);
    let known = if named.unknown.is_empty() { named.targets.as_slice() } else { &[] };
    let said = mapping.categories.get(category);
    let years = said.and_then(|said| said.counts_for.as_ref()).or(mapping.counts_for.as_ref());
    let limit = limit.as_ref().map_or_else(String::new, ToString::to_string);
    let condition = Condition {
        code: code.clone(),
        opens_when: texts.opens_when.clone(),
        closes_when: texts.closes_when.clone(),
        gravity: gravity(small, place, mapping)?,
        limit_text: (limit != texts.limit).then(|| texts.limit.clone()),
        limit,
        published: why.is_none(),
        unpublished_why: why,
        responsible: mapping.responsible(known),
        counts_for: years.cloned().unwrap_or_default(),
    };
    let mut needs = vec![
        Need::Item(Kind::Category, category.to_owned()),
        Need::Standard(mapping.standard.clone().unwrap_or_else(|| CITY.to_owned())),
    ];
    needs.extend(condition.responsible.as_ref().map_or_else(Vec::new, units));
    let item = ConditionItem { category: category.to_owned(), condition };
    Item::new(Kind::Condition, &code, &item, needs)
}

/// 1 is the gravest.
fn gravity(small: &Small, place: usize, mapping: &Mapping) -> Result<u8, String> {
    let hours = |place: usize| small.conditions[place].1.as_ref().map_or(u32::MAX, about_hours);
    let before = match mapping.gravity.by {
        Some(GravityBy::Limit) => {
            let mut shorter: Vec<u32> = (0..small.conditions.len()).map(hours).collect();
            shorter.retain(|other| *other < hours(place));
            shorter.sort_unstable();
            shorter.dedup();
            shorter.len()
        }
        Some(GravityBy::Appearance) | None => place,
    };
    u8::try_from(before + 1).map_err(|_| "the category has more than 255 conditions".to_owned())
}
