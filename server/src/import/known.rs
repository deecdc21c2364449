//! What can be named: what the database holds, and what the plan accepted so far.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use domain::areas::Level;
use schema::Conn;
use serde_json::Value;

use super::outside::Bounds;
use super::{Item, Need};
use crate::gazetteer::{BureauKind, Kind};
use crate::problem::Error;
use crate::store::reference;

/// All of a small kind at once.
const EVERYTHING: i64 = 100_000;

/// What can be named.
pub(super) struct Known {
    /// Digests in the database.
    stored: HashMap<(Kind, String), String>,
    levels: BTreeMap<String, Option<Level>>,
    /// The bureau of each kind that an area has only one of, by that area.
    sole: BTreeMap<(BureauKind, String), String>,
    /// The class of each category.
    classes: BTreeMap<String, String>,
    /// Digests of what was accepted.
    accepted: HashMap<(Kind, String), String>,
    /// The district's ground.
    pub(super) bounds: Bounds,
}

impl Known {
    /// What the database holds.
    pub(super) fn load(conn: &mut Conn) -> Result<Self, Error> {
        let digests = reference::list_digests(conn)?.into_iter();
        let stored = digests
            .filter_map(|(kind, code, digest)| Some(((Kind::of(&kind)?, code), digest)))
            .collect();
        let mut known = Self {
            stored,
            levels: BTreeMap::new(),
            sole: BTreeMap::new(),
            classes: BTreeMap::new(),
            accepted: HashMap::new(),
            bounds: Bounds::default(),
        };
        for kind in [Kind::Bureau, Kind::Category] {
            for item in reference::list(conn, kind.word(), "", EVERYTHING)? {
                known.note(kind, &item.code, &item.body.read()?);
            }
        }
        Ok(known)
    }

    /// The digest of an item in the database.
    pub(super) fn stored(&self, kind: Kind, code: &str) -> Option<&str> {
        self.stored.get(&(kind, code.to_owned())).map(String::as_str)
    }

    /// The digest of an item accepted from a file.
    pub(super) fn accepted(&self, kind: Kind, code: &str) -> Option<&str> {
        self.accepted.get(&(kind, code.to_owned())).map(String::as_str)
    }

    /// How many items of a kind are in the database and not accepted from a file.
    pub(super) fn left(&self, kind: Kind) -> usize {
        let of_kind = self.stored.keys().filter(|(stored, _)| *stored == kind);
        of_kind.filter(|key| !self.accepted.contains_key(*key)).count()
    }

    /// Accepts an item, so that others may name it. The first of a code counts.
    pub(super) fn accept(&mut self, item: &Item, digest: &str) {
        if let Entry::Vacant(place) = self.accepted.entry((item.kind, item.code.clone())) {
            place.insert(digest.to_owned());
            self.note(item.kind, &item.code, &item.body);
            self.bounds.note(item);
        }
    }

    fn note(&mut self, kind: Kind, code: &str, body: &Value) {
        let word = |name: &str| body[name].as_str().map(str::to_owned);
        match kind {
            Kind::Area => {
                self.levels.insert(code.to_owned(), level(body));
            }
            Kind::Bureau => {
                self.sole.retain(|_, sole| sole != code);
                let kind: Option<BureauKind> = serde_json::from_value(body["kind"].clone()).ok();
                if let (Some(kind), Some(area)) = (kind, word("area"))
                    && kind.serves_an_area()
                {
                    self.sole.insert((kind, area), code.to_owned());
                }
            }
            Kind::Category => {
                self.classes.insert(code.to_owned(), word("class").unwrap_or_default());
            }
            _ => {}
        }
    }

    /// What an item needs and is not known, or that it lies outside the district, in words.
    pub(super) fn missing(&mut self, conn: &mut Conn, item: &Item) -> Result<Vec<String>, Error> {
        let mut missing = Vec::new();
        for need in &item.needs {
            missing.extend(self.lacks(conn, &item.code, need)?);
        }
        missing.extend(self.bounds.refuses(conn, item)?);
        Ok(missing)
    }

    fn lacks(&mut self, conn: &mut Conn, code: &str, need: &Need) -> Result<Option<String>, Error> {
        Ok(match need {
            Need::Item(kind, named) => (!self.has(*kind, named))
                .then(|| format!("it names {kind} {named}, which is not known")),
            Need::AreaAbove(level, parent) => self.lacks_above(conn, *level, parent)?,
            Need::Class(class) => (!self.classes.values().any(|known| known == class))
                .then(|| format!("it names class {class}, and no category is of that class")),
            Need::Sole(kind, area) => {
                self.sole.get(&(*kind, area.clone())).filter(|sole| *sole != code).map(|sole| {
                    format!("area {area} has a bureau of kind {} already: {sole}", kind.word())
                })
            }
        })
    }

    fn lacks_above(
        &mut self,
        conn: &mut Conn,
        level: Level,
        parent: &str,
    ) -> Result<Option<String>, Error> {
        if !self.has(Kind::Area, parent) {
            return Ok(Some(format!("its parent {parent} is not known")));
        }
        let above = self.level(conn, parent)?;
        let coarser = above.is_some_and(|above| above < level);
        Ok((!coarser).then(|| format!("its parent {parent} is no coarser than a {level}")))
    }

    /// Areas are read from the database only when named: they are large.
    fn level(&mut self, conn: &mut Conn, area: &str) -> Result<Option<Level>, Error> {
        if let Some(known) = self.levels.get(area) {
            return Ok(*known);
        }
        let item = reference::find(conn, Kind::Area.word(), area)?;
        let body = item.map(|item| item.body.read()).transpose()?;
        let found = body.and_then(|body: Value| level(&body));
        self.levels.insert(area.to_owned(), found);
        Ok(found)
    }

    fn has(&self, kind: Kind, code: &str) -> bool {
        let key = (kind, code.to_owned());
        self.accepted.contains_key(&key) || self.stored.contains_key(&key)
    }
}

fn level(body: &Value) -> Option<Level> {
    body["level"].as_str()?.parse().ok()
}
