//! The mapping: what a city's standard leaves to be said, in a TOML file that the office writes.

mod check;
mod fields;

use std::collections::BTreeMap;

use domain::taxonomy::Group;
use serde::Deserialize;

pub(super) use fields::{FIELDS, Field};

/// A mapping as it is written.
///
/// Nothing in it is required; what it leaves out takes a default, of which the plan tells. An empty
/// text in `[limits]` or `[units]` is a line that nobody filled in yet, and covers nothing.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Mapping {
    /// The standard its categories belong to.
    pub standard: Option<String>,
    /// Which of the units named leads.
    pub lead: Option<Lead>,
    /// The evaluation years its conditions count for.
    pub counts_for: Option<Vec<i16>>,
    /// Which sheet (of a CSV file: its name) is of which group.
    pub sheets: BTreeMap<String, Group>,
    /// The words of the header row.
    pub columns: BTreeMap<Field, Vec<String>>,
    /// What codes begin with.
    pub codes: Codes,
    /// Which condition of a category is the gravest.
    pub gravity: Gravity,
    /// What holds for categories that are not named.
    pub defaults: Defaults,
    /// What holds for one category, by code.
    pub categories: BTreeMap<String, Override>,
    /// What the texts of limits mean.
    pub limits: Limits,
    /// Whom the texts of units mean.
    pub units: BTreeMap<String, Targets>,
}

/// Which of several units leads; the others cooperate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Lead {
    /// `"first"`: the one that is named first.
    Word(String),
    /// The first of these targets that is named; if none is, the one that is named first.
    Preferred(Vec<String>),
}

/// What the codes of categories begin with, so that those of the groups differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Codes {
    /// Of components 部件; `C` unless said.
    pub component: Option<String>,
    /// Of events 事件; `E` unless said.
    pub event: Option<String>,
}

/// `[gravity]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Gravity {
    /// `appearance` unless said.
    pub by: Option<GravityBy>,
}

/// What orders the conditions of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum GravityBy {
    /// The first in the file is the gravest.
    Appearance,
    /// The one with the shortest limit is; equal limits are equally grave, none comes last.
    Limit,
}

/// `[defaults]`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Defaults {
    /// Metres within which two reports are one problem; 20 unless said.
    pub match_radius_m: Option<f64>,
    /// Whether a report of a known condition is filed without the desk; `false` unless said.
    pub auto_file: Option<bool>,
}

/// `[categories.CODE]`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Override {
    /// Its family 归并类; the category itself unless said.
    pub family: Option<String>,
    /// As in [`Defaults`].
    pub match_radius_m: Option<f64>,
    /// As in [`Defaults`].
    pub auto_file: Option<bool>,
    /// Whether it can be counted 计数观测; `false` unless said.
    pub counted: Option<bool>,
    /// Its English name.
    pub name_en: Option<String>,
    /// Other words that people use for it 别名.
    pub aliases: Vec<String>,
    /// As in [`Mapping`].
    pub counts_for: Option<Vec<i16>>,
}

/// `[limits]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Limits {
    /// A word that follows a number, and the unit it stands for.
    pub units: BTreeMap<String, String>,
    /// A whole text, and the limit it stands for.
    pub texts: BTreeMap<String, String>,
}

/// Whom one text of a unit means: a bureau's code or a symbol such as `@owner`, or several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Targets {
    /// One.
    One(String),
    /// Several, in order.
    Several(Vec<String>),
}

impl Targets {
    /// In order; none where the line is not filled in.
    pub(super) fn named(&self) -> Vec<&str> {
        let all: &[String] = match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Several(several) => several,
        };
        all.iter().map(|target| target.trim()).filter(|target| !target.is_empty()).collect()
    }
}

impl Mapping {
    /// Reads a mapping and refuses what it cannot mean, in words.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mapping: Self =
            toml::from_str(text).map_err(|error| format!("the mapping cannot be read: {error}"))?;
        mapping.check().map_err(|why| format!("the mapping: {why}"))?;
        Ok(mapping)
    }
}
