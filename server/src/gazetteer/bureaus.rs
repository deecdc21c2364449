//! Responsible units 责任单位.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

/// What a bureau is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BureauKind {
    /// A bureau of the district.
    Bureau,
    /// A subdistrict office 街道办事处 or town government; it serves one area.
    SubdistrictOffice,
    /// The enforcement team 属地行政执法部门 of one area.
    EnforcementTeam,
    /// A company.
    Company,
    /// The owner of an asset 产权单位.
    Owner,
}

impl BureauKind {
    /// Whether there is one for each area, so that the area finds it.
    pub const fn serves_an_area(self) -> bool {
        matches!(self, Self::SubdistrictOffice | Self::EnforcementTeam)
    }

    /// The word for it in JSON and in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Bureau => "bureau",
            Self::SubdistrictOffice => "subdistrict_office",
            Self::EnforcementTeam => "enforcement_team",
            Self::Company => "company",
            Self::Owner => "owner",
        }
    }
}

/// Whom a bureau answers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Authority {
    /// The district.
    D,
    /// Its own superior, outside the district 垂管.
    V,
    /// Nobody in government: companies and owners.
    X,
}

/// Whoever can be made responsible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bureau {
    /// Its code.
    pub code: String,
    /// Its Chinese name.
    pub name: String,
    /// Its English name; may be empty.
    pub name_en: String,
    /// What it is.
    pub kind: BureauKind,
    /// Whom it answers to.
    pub authority: Authority,
    /// The area it serves; set for a subdistrict office and an enforcement team.
    pub area: Option<String>,
    /// The group it is ranked in, for example `departments`.
    pub group: String,
}

/// All bureaus, by code and by the area they serve.
#[derive(Debug, Default)]
pub(super) struct Bureaus {
    pub(super) by_code: BTreeMap<String, Bureau>,
    offices: HashMap<String, String>,
    teams: HashMap<String, String>,
}

impl Bureaus {
    pub(super) fn new(bureaus: Vec<Bureau>) -> Self {
        let serving = |kind| {
            let of_kind = bureaus.iter().filter(|bureau| bureau.kind == kind);
            of_kind.filter_map(|bureau| Some((bureau.area.clone()?, bureau.code.clone()))).collect()
        };
        Self {
            offices: serving(BureauKind::SubdistrictOffice),
            teams: serving(BureauKind::EnforcementTeam),
            by_code: bureaus.into_iter().map(|bureau| (bureau.code.clone(), bureau)).collect(),
        }
    }

    /// The office of the first of these areas that has one.
    pub(super) fn office(&self, areas: &[String]) -> Option<&str> {
        areas.iter().find_map(|area| self.offices.get(area)).map(String::as_str)
    }

    /// The enforcement team of the first of these areas that has one.
    pub(super) fn enforcement(&self, areas: &[String]) -> Option<&str> {
        areas.iter().find_map(|area| self.teams.get(area)).map(String::as_str)
    }
}
