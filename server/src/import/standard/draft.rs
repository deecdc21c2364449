//! A mapping to be filled in.

use std::collections::BTreeMap;
use std::fmt::Write;

use domain::deadline::Unit;
use domain::taxonomy::{CITY, Group};
use toml::Value;

use super::codes;
use super::limits::amount_and_word;
use super::mapping::{FIELDS, GravityBy, Lead, Mapping, Targets};
use super::notes::{Notes, Uncovered, by_count};
use super::rows::RADIUS_M;
use super::squeezed;

/// The text of a mapping that says what this one says, and has an empty line for all it does not
/// cover.
pub(super) fn draft(file: &str, mapping: &Mapping, notes: &Notes) -> String {
    let mut text = format!("# What the words of {} mean.\n", one_line(file));
    settings(&mut text, mapping);
    sheets_and_columns(&mut text, mapping, notes);
    categories(&mut text, mapping);
    limits(&mut text, mapping, notes);
    units(&mut text, mapping, notes);
    text
}

/// Comments end with the line.
fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// A line `key = value`, written as TOML writes it.
fn line(text: &mut String, key: &str, value: impl Into<Value>, comment: &str) {
    let bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let key = if bare { key.to_owned() } else { Value::from(key).to_string() };
    let comment = if comment.is_empty() { String::new() } else { format!("  # {comment}") };
    // Writing to a text cannot fail.
    let _ = writeln!(text, "{key} = {}{comment}", value.into());
}

fn settings(text: &mut String, mapping: &Mapping) {
    text.push_str("\n# The standard its categories belong to; two standards share no code.\n");
    line(text, "standard", mapping.standard.as_deref().unwrap_or(CITY), "");
    text.push_str(
        "# \"first\": of several units the one named first leads. Or a list of units and\n",
    );
    text.push_str("# symbols: the first of them that is named leads.\n");
    match &mapping.lead {
        Some(Lead::Preferred(targets)) => line(text, "lead", targets.clone(), ""),
        _ => line(text, "lead", "first", ""),
    }
    text.push_str("# Evaluation years the conditions count for; [] for every year.\n");
    let years = mapping.counts_for.clone().unwrap_or_default();
    line(text, "counts_for", years.into_iter().map(i64::from).collect::<Vec<_>>(), "");
    text.push_str(
        "\n# A code is this, big class, small class and, for a condition, a letter.\n[codes]\n",
    );
    line(text, "component", mapping.codes.component.as_deref().unwrap_or(codes::COMPONENT), "部件");
    line(text, "event", mapping.codes.event.as_deref().unwrap_or(codes::EVENT), "事件");
    text.push_str(
        "\n# The gravest condition of a category: \"appearance\", the first; \"limit\", the\n",
    );
    text.push_str("# one with the shortest limit.\n[gravity]\n");
    let by = match mapping.gravity.by {
        Some(GravityBy::Limit) => "limit",
        Some(GravityBy::Appearance) | None => "appearance",
    };
    line(text, "by", by, "");
    text.push_str("\n# For categories that [categories] does not name.\n[defaults]\n");
    let defaults = &mapping.defaults;
    let radius = defaults.match_radius_m.unwrap_or(RADIUS_M);
    line(text, "match_radius_m", radius, "reports nearer to one another are one problem");
    line(text, "auto_file", defaults.auto_file.unwrap_or(false), "filed without the desk");
}

fn sheets_and_columns(text: &mut String, mapping: &Mapping, notes: &Notes) {
    text.push_str("\n# Which sheet is of which group; for a CSV file, its name.\n[sheets]\n");
    for (sheet, group) in mapping.sheets.iter().chain(&notes.groups) {
        let group = match group {
            Group::Component => "component",
            Group::Event => "event",
        };
        line(text, sheet, group, "");
    }
    text.push_str(
        "\n# Headers other than the usual ones, for example limit = [\"完成时间\"].\n[columns]\n",
    );
    for field in FIELDS {
        if let Some(words) = mapping.columns.get(&field) {
            line(text, field.key(), words.clone(), "");
        }
    }
}

fn categories(text: &mut String, mapping: &Mapping) {
    text.push_str("\n# What holds for one category, for example\n# [categories.C0101]\n");
    text.push_str("# family = \"manhole\"\n# match_radius_m = 5.0\n# auto_file = true\n");
    for (code, said) in &mapping.categories {
        let _ = writeln!(text, "[categories.{}]", Value::from(code.as_str()));
        let mut say = |key, value: Option<Value>| {
            if let Some(value) = value {
                line(text, key, value, "");
            }
        };
        say("family", said.family.as_deref().map(Value::from));
        say("match_radius_m", said.match_radius_m.map(Value::from));
        say("auto_file", said.auto_file.map(Value::from));
        say("counted", said.counted.map(Value::from));
        say("name_en", said.name_en.as_deref().map(Value::from));
        say("aliases", (!said.aliases.is_empty()).then(|| Value::from(said.aliases.clone())));
        let years = said.counts_for.as_ref();
        let years =
            years.map(|years| years.iter().map(|year| i64::from(*year)).collect::<Vec<_>>());
        say("counts_for", years.map(Value::from));
    }
}

fn limits(text: &mut String, mapping: &Mapping, notes: &Notes) {
    let (mut words, mut texts) = (BTreeMap::new(), Uncovered::new());
    for (limit, codes) in notes.limits.iter().filter(|(limit, _)| !limit.is_empty()) {
        let squeezed = squeezed(limit);
        let (amount, word) = amount_and_word(&squeezed);
        if !amount.is_empty() && is_unit(word) && !mapping.limits.texts.contains_key(limit) {
            *words.entry(word.to_owned()).or_insert(0) += codes.len();
        } else {
            texts.insert(limit.clone(), codes.clone());
        }
    }
    text.push_str("\n# Words after a number, and the unit they stand for:\n");
    text.push_str(
        "# 紧急工作时, 紧急工作日 (round the clock), 工作时, 工作日 (office hours), 自然日.\n",
    );
    text.push_str("[limits.units]\n");
    covered(text, &mapping.limits.units, |word| !words.contains_key(word));
    for (word, count) in words {
        line(text, &word, "", &format!("{count} conditions"));
    }
    text.push_str("\n# Whole texts, and the limit they stand for, for example \"15工作日\".\n[limits.texts]\n");
    covered(text, &mapping.limits.texts, |known| !texts.contains_key(known));
    empty(text, &texts);
}

/// Whether a word may be a unit: whatever holds one of the units, or more stages, is a text.
fn is_unit(word: &str) -> bool {
    let known = Unit::ALL.iter().any(|unit| word.contains(unit.word()));
    !word.is_empty() && !known && !word.contains(['+', '＋'])
}

fn covered(text: &mut String, lines: &BTreeMap<String, String>, is_it: impl Fn(&str) -> bool) {
    for (key, value) in lines.iter().filter(|(key, _)| is_it(key)) {
        line(text, key, value.as_str(), "");
    }
}

fn empty(text: &mut String, uncovered: &Uncovered) {
    for (key, codes) in by_count(uncovered) {
        line(text, key, "", &format!("{} conditions", codes.len()));
    }
}

fn units(text: &mut String, mapping: &Mapping, notes: &Notes) {
    text.push_str("\n# Whom the texts of units mean: the code of a bureau, a list of codes, or\n");
    text.push_str(
        "# @subdistrict 所属街办, @enforcement 属地行政执法部门, @owner 产权单位.\n[units]\n",
    );
    for (unit, targets) in &mapping.units {
        match targets {
            _ if notes.units.contains_key(unit) => {}
            Targets::One(one) => line(text, unit, one.as_str(), ""),
            Targets::Several(several) => line(text, unit, several.clone(), ""),
        }
    }
    empty(text, &notes.units);
}
