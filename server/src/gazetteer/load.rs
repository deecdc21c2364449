//! From the database to a snapshot, and to the one that an import would make.

use std::collections::BTreeMap;

use domain::areas::{AreaIndex, AreaShape};
use domain::deadline::Period;
use domain::position::Metres;
use domain::routing::RuleSet;
use domain::taxonomy::Category;
use schema::Conn;
use schema::columns::Doc;
use serde::de::DeserializeOwned;
use serde_json::json;

pub(crate) use super::areas::shape;
use super::bureaus::{Bureau, Bureaus};
use super::duties::Duties;
use super::items::{
    AreaItem, CameraItem, CheckItem, ConditionItem, Covered, DutyItem, FacilityItem,
    PermittedZoneItem, PlaceItem, PointItem, RulesItem, SiteItem, SiteKindItem, YearItem,
};
use super::layer::{Layer, feature};
use super::points::Points;
use super::sites::Sites;
use super::taxonomy::Taxonomy;
use super::{District, Gazetteer, KeptCalendar, Kind, Layers, facilities, ground, places, zones};
use crate::problem::Error;
use crate::store::{installation, reference};

/// Items read at a time: as documents, all areas at once would take far more than they do indexed.
const PAGE: i64 = 100;

/// How often an import may come in between before the load gives up.
const ATTEMPTS: usize = 5;

/// What a snapshot is put together from.
#[derive(Default)]
struct Parts {
    district: Option<District>,
    years: Vec<YearItem>,
    areas: Vec<AreaShape>,
    points: Vec<PointItem>,
    places: Vec<PlaceItem>,
    bureaus: Vec<Bureau>,
    categories: Vec<Category>,
    conditions: Vec<ConditionItem>,
    site_kinds: Vec<SiteKindItem>,
    checks: Vec<CheckItem>,
    sites: Vec<SiteItem>,
    facilities: Vec<FacilityItem>,
    zones: Vec<PermittedZoneItem>,
    cameras: Vec<CameraItem>,
    duties: Vec<DutyItem>,
    rules: Option<RulesItem>,
    periods: Vec<Period>,
}

impl Gazetteer {
    /// Loads the reference data in force.
    ///
    /// # Errors
    /// [`Error::Storage`] when it cannot be read, [`Error::Internal`] when it does not fit together
    /// (an import would have refused it), [`Error::Overtaken`] when imports kept coming in.
    pub fn load(conn: &mut Conn) -> Result<Self, Error> {
        for _ in 0..ATTEMPTS {
            let version = installation::find_reference_version(conn)?;
            let nothing = BTreeMap::new();
            let loaded = parts(&mut Items { conn, over: &nothing });
            let loaded = loaded.and_then(|parts| assemble(version, parts));
            // What an import changed halfway through may not fit together: look at it again.
            if installation::find_reference_version(conn)? == version {
                return loaded;
            }
        }
        Err(Error::Overtaken)
    }

    /// The reference data as it would be with these bodies in place of what the database has, under
    /// this version. Nothing is written.
    ///
    /// # Errors
    /// [`Error::Internal`] when the whole would not fit together, in words.
    pub fn load_with(
        conn: &mut Conn,
        version: i64,
        over: &BTreeMap<(Kind, &str), &Doc>,
    ) -> Result<Self, Error> {
        parts(&mut Items { conn, over }).and_then(|parts| assemble(version, parts))
    }

    /// What an installation knows before its first import.
    #[expect(clippy::missing_panics_doc, clippy::expect_used, reason = "constant, and tested")]
    pub fn empty() -> Self {
        assemble(0, Parts::default()).expect("nothing always fits together")
    }
}

/// Where items are read from: the database, and what lies over it.
struct Items<'a> {
    conn: &'a mut Conn,
    over: &'a BTreeMap<(Kind, &'a str), &'a Doc>,
}

fn parts(items: &mut Items<'_>) -> Result<Parts, Error> {
    let mut parts = Parts::default();
    each(items, Kind::District, |district| keep(&mut parts.district, district))?;
    each(items, Kind::Calendar, |year| push(&mut parts.years, year))?;
    each(items, Kind::Area, |area: AreaItem| push(&mut parts.areas, shape(area)?))?;
    each(items, Kind::Point, |point| push(&mut parts.points, point))?;
    each(items, Kind::Place, |place| push(&mut parts.places, place))?;
    each(items, Kind::Bureau, |bureau| push(&mut parts.bureaus, bureau))?;
    each(items, Kind::Category, |category| push(&mut parts.categories, category))?;
    each(items, Kind::Condition, |condition| push(&mut parts.conditions, condition))?;
    each(items, Kind::SiteKind, |kind| push(&mut parts.site_kinds, kind))?;
    each(items, Kind::CheckItem, |check| push(&mut parts.checks, check))?;
    each(items, Kind::Site, |site| push(&mut parts.sites, site))?;
    each(items, Kind::Facility, |facility| push(&mut parts.facilities, facility))?;
    each(items, Kind::PermittedZone, |zone| push(&mut parts.zones, zone))?;
    each(items, Kind::Camera, |camera| push(&mut parts.cameras, camera))?;
    each(items, Kind::Duty, |duty| push(&mut parts.duties, duty))?;
    each(items, Kind::Rules, |rules| keep(&mut parts.rules, rules))?;
    each(items, Kind::LimitPeriod, |period| push(&mut parts.periods, period))?;
    Ok(parts)
}

#[expect(clippy::unnecessary_wraps, reason = "what `each` takes may fail")]
fn push<T>(all: &mut Vec<T>, one: T) -> Result<(), String> {
    all.push(one);
    Ok(())
}

#[expect(clippy::unnecessary_wraps, reason = "what `each` takes may fail")]
fn keep<T>(place: &mut Option<T>, one: T) -> Result<(), String> {
    *place = Some(one);
    Ok(())
}

/// Hands every item of a kind in the database to `take`, which may say why it does not fit.
pub(crate) fn each_stored<T: DeserializeOwned>(
    conn: &mut Conn,
    kind: Kind,
    take: impl FnMut(T) -> Result<(), String>,
) -> Result<(), Error> {
    each(&mut Items { conn, over: &BTreeMap::new() }, kind, take)
}

/// Hands every item of a kind to `take`, which may say why it does not fit.
fn each<T: DeserializeOwned>(
    items: &mut Items<'_>,
    kind: Kind,
    mut take: impl FnMut(T) -> Result<(), String>,
) -> Result<(), Error> {
    let mut hand = |code: &str, body: &Doc| {
        let taken = body.read().map_err(|error| error.to_string());
        taken.and_then(&mut take).map_err(|why| unfit(&format!("{kind} {code}: {why}")))
    };
    let over = items.over.range((kind, "")..).take_while(|((of, _), _)| *of == kind);
    for ((_, code), body) in over {
        hand(code, body)?;
    }
    let mut after = String::new();
    loop {
        let page = reference::list(items.conn, kind.word(), &after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after.clone_from(&last.code);
        for item in page.iter().filter(|item| !items.over.contains_key(&(kind, &item.code))) {
            hand(&item.code, &item.body)?;
        }
    }
}

fn unfit(why: &str) -> Error {
    Error::Internal(format!("reference data: {why}"))
}

fn assemble(version: i64, mut parts: Parts) -> Result<Gazetteer, Error> {
    let unfit = |why: String| unfit(&why);
    let district = parts.district.unwrap_or_default();
    let kept = KeptCalendar { district, years: parts.years };
    let calendar = kept.calendar().map_err(unfit)?;
    let district = kept.district;
    // What lies over the database comes first: the order must not tell, nor a database's own.
    parts.areas.sort_by(|a, b| a.code.cmp(&b.code));
    parts.places.sort_by(|a, b| a.code.cmp(&b.code));
    let areas = AreaIndex::new(parts.areas).map_err(|error| unfit(error.to_string()))?;
    let margin = Metres(district.margin_m);
    let points = Points::new(parts.points).map_err(unfit)?;
    let (places, places_layer) = places::places(parts.places).map_err(unfit)?;
    let kinds = super::sites::kinds(parts.site_kinds, parts.checks);
    let (sites, sites_layer) = Sites::new(kinds, parts.sites, &areas, margin).map_err(unfit)?;
    let (facilities, facilities_layer) = facilities::facilities(parts.facilities).map_err(unfit)?;
    let (zones, zones_layer) = zones::zones(parts.zones).map_err(unfit)?;
    let ground = |covered: &Covered| match covered.kind {
        Kind::Point => points.find(&covered.code).map(|point| point.footprint.clone()),
        Kind::Place => places.find(&covered.code).map(|(_, ground)| ground.clone()),
        Kind::Site => sites.sites.find(&covered.code).map(|(_, ground)| ground.clone()),
        _ => None,
    };
    let (duties, duties_layers) = Duties::new(parts.duties, ground).map_err(unfit)?;
    Ok(Gazetteer {
        version,
        district,
        calendar,
        areas_geojson: super::areas::collection(areas.areas().iter()).into(),
        areas,
        points,
        places,
        sites,
        facilities,
        zones,
        duties,
        layers: Layers {
            sites: sites_layer,
            places: places_layer,
            facilities: facilities_layer,
            zones: zones_layer,
            cameras: cameras(parts.cameras).map_err(unfit)?,
            duties: duties_layers,
        },
        bureaus: Bureaus::new(parts.bureaus),
        taxonomy: Taxonomy::new(parts.categories, parts.conditions).map_err(unfit)?,
        rules: parts.rules.map_or_else(RuleSet::default, |rules| rules.set),
        periods: parts.periods,
    })
}

/// Cameras are looked at on a map only.
fn cameras(items: Vec<CameraItem>) -> Result<Layer, String> {
    let drawn = |CameraItem { code, name, bureau, geometry }: CameraItem| {
        let (_, bounds) = ground::bounded(&geometry).map_err(|e| format!("camera {code}: {e}"))?;
        let properties = json!({"code": code, "name": name, "bureau": bureau});
        Ok((bounds, feature(&properties, &geometry)))
    };
    Ok(Layer::new(items.into_iter().map(drawn).collect::<Result<Vec<_>, String>>()?))
}
