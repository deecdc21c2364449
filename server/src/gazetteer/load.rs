//! From the database to a snapshot.

use domain::areas::{AreaIndex, AreaShape};
use domain::routing::RuleSet;
use domain::taxonomy::Category;
use schema::Conn;
use serde::de::DeserializeOwned;

use super::areas;
use super::bureaus::{Bureau, Bureaus};
use super::items::{AreaItem, ConditionItem, PlaceItem, PointItem, RulesItem, YearItem};
use super::places::Places;
use super::points::Points;
use super::taxonomy::Taxonomy;
use super::{District, Gazetteer, Kind};
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
    rules: Option<RulesItem>,
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
            let loaded = parts(conn).and_then(|parts| assemble(version, parts));
            // What an import changed halfway through may not fit together: look at it again.
            if installation::find_reference_version(conn)? == version {
                return loaded;
            }
        }
        Err(Error::Overtaken)
    }

    /// What an installation knows before its first import.
    #[expect(clippy::missing_panics_doc, clippy::expect_used, reason = "constant, and tested")]
    pub fn empty() -> Self {
        assemble(0, Parts::default()).expect("nothing always fits together")
    }
}

fn parts(conn: &mut Conn) -> Result<Parts, Error> {
    let mut parts = Parts::default();
    each(conn, Kind::District, |district| keep(&mut parts.district, district))?;
    each(conn, Kind::Calendar, |year| push(&mut parts.years, year))?;
    each(conn, Kind::Area, |area: AreaItem| push(&mut parts.areas, areas::shape(area)?))?;
    each(conn, Kind::Point, |point| push(&mut parts.points, point))?;
    each(conn, Kind::Place, |place| push(&mut parts.places, place))?;
    each(conn, Kind::Bureau, |bureau| push(&mut parts.bureaus, bureau))?;
    each(conn, Kind::Category, |category| push(&mut parts.categories, category))?;
    each(conn, Kind::Condition, |condition| push(&mut parts.conditions, condition))?;
    each(conn, Kind::Rules, |rules| keep(&mut parts.rules, rules))?;
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

/// Hands every item of a kind to `take`, which may say why it does not fit.
fn each<T: DeserializeOwned>(
    conn: &mut Conn,
    kind: Kind,
    mut take: impl FnMut(T) -> Result<(), String>,
) -> Result<(), Error> {
    let mut after = String::new();
    loop {
        let page = reference::list(conn, kind.word(), &after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after.clone_from(&last.code);
        for item in page {
            let code = item.code;
            let taken = item.body.read().map_err(|error| error.to_string());
            taken.and_then(&mut take).map_err(|why| unfit(&format!("{kind} {code}: {why}")))?;
        }
    }
}

fn unfit(why: &str) -> Error {
    Error::Internal(format!("reference data: {why}"))
}

fn assemble(version: i64, parts: Parts) -> Result<Gazetteer, Error> {
    let unfit = |why: String| unfit(&why);
    let district = parts.district.unwrap_or_default();
    let mut calendar = district.calendar().map_err(unfit)?;
    // A year without exceptions was not announced yet: it stays unknown.
    for year in parts.years.into_iter().filter(|year| !year.days.is_empty()) {
        calendar.declare_year(year.year, year.days.iter().map(|day| (day.date, day.is_off_day)));
    }
    let areas = AreaIndex::new(parts.areas).map_err(|error| unfit(error.to_string()))?;
    let nothing = || RuleSet { version: String::new(), rules: Vec::new() };
    Ok(Gazetteer {
        version,
        district,
        calendar,
        areas_geojson: areas::geojson(&areas).into(),
        areas,
        points: Points::new(parts.points).map_err(unfit)?,
        places: Places::new(parts.places).map_err(unfit)?,
        bureaus: Bureaus::new(parts.bureaus),
        taxonomy: Taxonomy::new(parts.categories, parts.conditions).map_err(unfit)?,
        rules: parts.rules.map_or_else(nothing, |rules| rules.set),
    })
}
