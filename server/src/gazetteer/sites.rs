//! Sites 测评点位 and their kinds.

use std::collections::BTreeMap;

use domain::areas::AreaIndex;
use domain::position::Metres;
use serde_json::json;

use super::ground;
use super::grounded::Grounded;
use super::items::{CheckItem, SiteItem, SiteKindItem};
use super::layer::{Layer, feature};

/// A site, as kept in the gazetteer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its code.
    pub code: String,
    /// Code of its kind.
    pub kind: String,
    /// Its Chinese name.
    pub name: String,
    /// Code of the finest area it lies in, if it lies in any.
    pub area: Option<String>,
}

/// A kind of site with its checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteKind {
    /// The kind.
    pub item: SiteKindItem,
    /// What is looked at, by code.
    pub checklist: Vec<CheckItem>,
}

/// Puts checklists to their kinds. The import lets no check in whose kind is not known.
pub(super) fn kinds(
    kinds: Vec<SiteKindItem>,
    mut checks: Vec<CheckItem>,
) -> BTreeMap<String, SiteKind> {
    checks.sort_by(|a, b| a.code.cmp(&b.code));
    let bare = |item: SiteKindItem| (item.code.clone(), SiteKind { item, checklist: Vec::new() });
    let mut kinds: BTreeMap<String, SiteKind> = kinds.into_iter().map(bare).collect();
    for check in checks {
        if let Some(kind) = kinds.get_mut(&check.site_kind) {
            kind.checklist.push(check);
        }
    }
    kinds
}

/// All sites.
#[derive(Debug)]
pub(super) struct Sites {
    pub(super) kinds: BTreeMap<String, SiteKind>,
    pub(super) sites: Grounded<Site>,
}

impl Sites {
    /// Puts sites into their areas, those within `margin` outside into the nearest. The error says
    /// what does not fit.
    pub(super) fn new(
        kinds: BTreeMap<String, SiteKind>,
        items: Vec<SiteItem>,
        areas: &AreaIndex,
        margin: Metres,
    ) -> Result<(Self, Layer), String> {
        let mut placed = Vec::with_capacity(items.len());
        let mut features = Vec::with_capacity(items.len());
        for SiteItem { code, kind, name, geometry } in items {
            let (ground, bounds) =
                ground::bounded(&geometry).map_err(|e| format!("site {code}: {e}"))?;
            let inside = ground::inside(&ground);
            let located = inside.and_then(|position| areas.locate(position, margin));
            let area = located.map(|located| areas.areas()[located.area].code.clone());
            let properties = json!({"code": code, "kind": kind, "name": name, "area": area});
            features.push((bounds, feature(&properties, &geometry)));
            let site = Site { code: code.clone(), kind, name, area };
            placed.push((site, code, ground, Metres(0.0)));
        }
        Ok((Self { kinds, sites: Grounded::new(placed) }, Layer::new(features)))
    }
}
