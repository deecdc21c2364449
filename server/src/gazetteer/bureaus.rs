//! Responsible units 责任单位.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

/// What a bureau is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BureauKind {
    /// A bureau of the district.
    Bureau,
    /// A subdistrict office 街道办事处 or town government; it serves one area.
    SubdistrictOffice,
    /// A company.
    Company,
    /// The owner of an asset 产权单位.
    Owner,
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
    /// The area it serves; set for a subdistrict office.
    pub area: Option<String>,
    /// The group it is ranked in, for example `departments`.
    pub group: String,
}

/// All bureaus, by code and by the area they serve.
#[derive(Debug, Default)]
pub(super) struct Bureaus {
    pub(super) by_code: BTreeMap<String, Bureau>,
    offices: HashMap<String, String>,
}

impl Bureaus {
    pub(super) fn new(bureaus: Vec<Bureau>) -> Self {
        let offices = bureaus.iter().filter(|bureau| bureau.kind == BureauKind::SubdistrictOffice);
        let offices =
            offices.filter_map(|office| Some((office.area.clone()?, office.code.clone())));
        Self {
            offices: offices.collect(),
            by_code: bureaus.into_iter().map(|bureau| (bureau.code.clone(), bureau)).collect(),
        }
    }

    /// The office of the first of these areas that has one.
    pub(super) fn office(&self, areas: &[String]) -> Option<&str> {
        areas.iter().find_map(|area| self.offices.get(area)).map(String::as_str)
    }
}
