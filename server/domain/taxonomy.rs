//! What can be wrong: categories (小类) and their conditions (立案条件).

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::routing::Target;

/// The standard of categories that name none: the city's own 数字城管 one.
pub const CITY: &str = "city";

/// Whether a category is about a thing that is damaged or a thing that is going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// 部件: a thing that is damaged.
    Component,
    /// 事件: a thing that is going on.
    Event,
}

/// One small class 小类 of the taxonomy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Category {
    /// Its code in this installation's taxonomy, unique across its standards.
    pub code: String,
    /// The standard it belongs to, for example `city` 数字城管 or `civilized` 创城.
    #[serde(default = "city")]
    pub standard: String,
    /// Component or event.
    pub group: Group,
    /// Its Chinese name.
    pub name: String,
    /// Its English name, where the installation has one.
    #[serde(default)]
    pub name_en: Option<String>,
    /// Other words that people use for it 别名.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Big class 大类, by name.
    pub class: String,
    /// Only reports of one family can be the same problem; the category itself unless said.
    pub family: String,
    /// Within how many metres two reports of this family are taken for one problem.
    pub match_radius_m: f64,
    /// Whether a report of a known condition is filed without the desk.
    pub auto_file: bool,
    /// Whether it can be counted 计数观测 what goes by: of n seen, k were right.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counted: bool,
    /// Its conditions, gravest first.
    pub conditions: Vec<Condition>,
}

/// One gravity 立案条件 of a category, with its own closing condition and limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Its code, unique in the taxonomy.
    pub code: String,
    /// What must be seen to file it.
    pub opens_when: String,
    /// What must be seen to close it 结案条件.
    pub closes_when: String,
    /// 1 is the gravest; a joining report with a lower number raises the issue.
    pub gravity: u8,
    /// The limit, for example `2紧急工作时`; empty where there is none.
    pub limit: String,
    /// The limit as its source wrote it, where that reads otherwise than `limit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_text: Option<String>,
    /// Whether it may be reported and filed by.
    #[serde(default = "published")]
    pub published: bool,
    /// Why it may not, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unpublished_why: Option<String>,
    /// Whom its standard makes responsible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Responsible>,
    /// The evaluation years it counts for; none for every year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts_for: Vec<i16>,
}

/// Whom a standard itself makes responsible 责任主体 for a condition. It names bureaus or symbols, but
/// not `@standard`, which would lead back to it: such a one is not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Responsible {
    /// Who answers for it.
    #[serde(deserialize_with = "not_itself")]
    pub lead: Target,
    /// Who helps.
    #[serde(default, deserialize_with = "none_itself")]
    pub cooperating: Vec<Target>,
}

fn not_itself<'de, D: Deserializer<'de>>(from: D) -> Result<Target, D::Error> {
    match Target::deserialize(from)? {
        Target::Standard => Err(D::Error::custom("a standard cannot name @standard")),
        other => Ok(other),
    }
}

fn none_itself<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Target>, D::Error> {
    let named = Vec::deserialize(from)?;
    if named.contains(&Target::Standard) {
        return Err(D::Error::custom("a standard cannot name @standard"));
    }
    Ok(named)
}

fn city() -> String {
    CITY.to_owned()
}

fn published() -> bool {
    true
}

impl Category {
    /// Its conditions that may be reported and filed by, gravest first.
    pub fn published(&self) -> impl Iterator<Item = &Condition> {
        self.conditions.iter().filter(|condition| condition.published)
    }
}

impl Condition {
    /// Whether it counts in the evaluation of a year.
    pub fn counts_in(&self, year: i16) -> bool {
        self.counts_for.is_empty() || self.counts_for.contains(&year)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn condition(more: &serde_json::Value) -> Condition {
        let mut body = json!({"code": "0101A", "opens_when": "x", "closes_when": "y", "gravity": 1,
            "limit": ""});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(body).unwrap()
    }

    #[test]
    fn what_was_written_before_there_were_standards_is_published_and_of_the_city() {
        let old = condition(&json!({}));
        assert!(old.published && old.responsible.is_none() && old.counts_in(2026));
        let category = json!({"code": "0101", "group": "event", "name": "x", "class": "y",
            "family": "0101", "match_radius_m": 20.0, "auto_file": true, "conditions": []});
        let category: Category = serde_json::from_value(category).unwrap();
        assert_eq!(category.standard, CITY);
    }

    #[test]
    fn a_condition_counts_in_the_years_it_names() {
        let of_2026 = condition(&json!({"counts_for": [2026]}));
        assert!(of_2026.counts_in(2026) && !of_2026.counts_in(2027));
    }

    #[test]
    fn who_is_responsible_is_written_as_rules_write_it() {
        let named = condition(&json!({"responsible": {"lead": "@owner", "cooperating": ["a"]}}));
        let named = named.responsible.unwrap();
        assert_eq!(
            (named.lead, named.cooperating),
            (Target::Owner, vec![Target::Bureau("a".into())])
        );
    }

    #[test]
    fn a_standard_names_bureaus_and_symbols_but_not_itself() {
        let read = |text| serde_json::from_str::<Responsible>(text);
        let named =
            read(r#"{"lead": "@owner", "cooperating": ["@subdistrict", "urban"]}"#).unwrap();
        assert_eq!(named.lead, Target::Owner);
        assert_eq!(named.cooperating.len(), 2);
        for loops in [r#"{"lead": "@standard"}"#, r#"{"lead": "x", "cooperating": ["@standard"]}"#]
        {
            assert!(read(loops).unwrap_err().to_string().contains("@standard"), "{loops}");
        }
    }
}
