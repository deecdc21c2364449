//! What can be wrong: categories (小类) and their conditions (立案条件).

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::routing::Target;

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
    /// Its code in this installation's taxonomy.
    pub code: String,
    /// Component or event.
    pub group: Group,
    /// Its Chinese name.
    pub name: String,
    /// Its English name, where the installation has one.
    #[serde(default)]
    pub name_en: Option<String>,
    /// Big class 大类, by name.
    pub class: String,
    /// Only reports of one family can be the same problem; the category itself unless said.
    pub family: String,
    /// Within how many metres two reports of this family are taken for one problem.
    pub match_radius_m: f64,
    /// Whether a report of a known condition is filed without the desk.
    pub auto_file: bool,
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
    /// The limit as published, for example `2紧急工作时`.
    pub limit: String,
    /// Who the standard itself makes responsible, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Responsible>,
}

/// Whom a standard makes responsible for a condition. It names bureaus or symbols, but not
/// `@standard`, which would lead back to it: such a one is not read.
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

#[cfg(test)]
mod tests {
    use super::*;

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
