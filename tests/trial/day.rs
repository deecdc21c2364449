//! What the inspectors will find, made up beforehand so that every run is the same.

use domain::position::{Datum, Position};
use domain::surroundings::Footprint;
use geo::BoundingRect;
use serde_json::{Value, json};
use zhoubian::gazetteer::Gazetteer;

use crate::corpus::Corpus;
use crate::measure::Outcome;
use crate::measure::database::Own;
use crate::measure::random::Random;

/// How a phone sends a report again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// It does not.
    No,
    /// After the answer, as if it had been lost.
    After,
    /// While the first is still on its way.
    Meanwhile,
}

/// A report to be.
#[derive(Debug, Clone)]
pub struct Planned {
    /// WGS-84; none where the phone had no fix.
    pub position: Option<Position>,
    /// In which datum the phone states it.
    pub datum: Datum,
    /// Category and condition.
    pub category: Option<(String, String)>,
    /// Indices of [`Corpus::fit`].
    pub photos: Vec<usize>,
    /// Whether it is sent twice.
    pub again: Again,
}

/// Share of reports of something that was reported before.
const NEAR_EARLIER: f64 = 0.3;
/// Share of reports without a fix, far outside, or without a category, each.
const ODD: f64 = 0.03;

/// Plans so many reports.
pub fn plan(own: &Own, corpus: &Corpus, count: usize) -> Outcome<Vec<Planned>> {
    let gazetteer = Gazetteer::load(&mut own.open()?)?;
    let mut random = Random::new(20_261_122);
    let mut planned: Vec<Planned> = Vec::with_capacity(count);
    for number in 0..count {
        let earlier = random
            .one_of(&planned)
            .filter(|one| one.position.is_some() && one.category.is_some())
            .cloned();
        let mut report = match earlier {
            Some(earlier) if random.share() < NEAR_EARLIER => near(&earlier, &mut random)?,
            _ => somewhere(&gazetteer, &mut random)?,
        };
        report.datum = [Datum::Gcj02, Datum::Bd09, Datum::Wgs84][number % 3];
        report.photos = (0..random.below(3)).map(|_| random.below(corpus.fit.len())).collect();
        report.again = match number % 20 {
            0 => Again::After,
            10 => Again::Meanwhile,
            _ => Again::No,
        };
        planned.push(report);
    }
    Ok(planned)
}

/// The same problem, seen by somebody a few steps away.
fn near(earlier: &Planned, random: &mut Random) -> Outcome<Planned> {
    let step = |random: &mut Random| random.between(-0.000_03, 0.000_03);
    let there = earlier.position.ok_or("no position")?;
    let position =
        Position::from_datum(there.lat + step(random), there.lon + step(random), Datum::Wgs84)?;
    Ok(Planned { position: Some(position), ..earlier.clone() })
}

fn somewhere(gazetteer: &Gazetteer, random: &mut Random) -> Outcome<Planned> {
    let position = match random.share() {
        odd if odd < ODD => None,
        odd if odd < 2.0 * ODD => Some(Position::from_datum(31.23, 121.47, Datum::Wgs84)?),
        campus if campus < 0.55 => Some(around_a_campus(gazetteer, random)?),
        _ => Some(inside_a_subdistrict(gazetteer, random)?),
    };
    let conditions: Vec<_> = gazetteer
        .categories()
        .flat_map(|category| category.published().map(move |condition| (category, condition)))
        .collect();
    let (category, condition) = random.one_of(&conditions).ok_or("no conditions")?;
    let known = (random.share() >= ODD).then(|| (category.code.clone(), condition.code.clone()));
    Ok(Planned {
        position,
        datum: Datum::Wgs84,
        category: known,
        photos: Vec::new(),
        again: Again::No,
    })
}

/// Within about 1.2 km of one of the campuses.
fn around_a_campus(gazetteer: &Gazetteer, random: &mut Random) -> Outcome<Position> {
    let anchors = gazetteer.surroundings().anchors();
    let anchor = random.one_of(anchors).ok_or("no campuses")?;
    let Footprint::Location(campus) = &anchor.footprint else {
        return Err("a campus with an extent".into());
    };
    let (lat, lon) =
        (campus.lat + random.between(-0.011, 0.011), campus.lon + random.between(-0.014, 0.014));
    Ok(Position::from_datum(lat, lon, Datum::Wgs84)?)
}

fn inside_a_subdistrict(gazetteer: &Gazetteer, random: &mut Random) -> Outcome<Position> {
    loop {
        let area = random.one_of(gazetteer.areas().areas()).ok_or("no areas")?;
        let bounds = area.shape.bounding_rect().ok_or("an area without ground")?;
        let lat = random.between(bounds.min().y, bounds.max().y);
        let lon = random.between(bounds.min().x, bounds.max().x);
        let position = Position::from_datum(lat, lon, Datum::Wgs84)?;
        if gazetteer.locate(position).is_some() {
            return Ok(position);
        }
    }
}

/// A position as a phone states it.
pub fn stated(position: Position, datum: Datum) -> Value {
    let (lat, lon) = position.to_datum(datum);
    json!({"lat": lat, "lon": lon, "datum": datum, "accuracy_m": 9.5})
}
