//! Rows whose ground lies outside the district, which a wrong datum or a wrong file shows by.

use std::collections::BTreeMap;

use domain::areas::{AreaIndex, AreaShape, Misfit};
use domain::position::{Datum, Metres, Position};
use domain::surroundings::Footprint;
use geo::{CoordsIter, Intersects};
use schema::Conn;

use super::{Ground, Item};
use crate::gazetteer::items::AreaItem;
use crate::gazetteer::{District, Kind, load};
use crate::problem::Error;
use crate::store::reference;

/// Corners of a ground that are measured to say how far away it is.
const MEASURED: usize = 50;

/// The district's ground, as it will be after the import: put together when it is first asked for,
/// by which time every area of the files has been accepted or refused.
#[derive(Default)]
pub(super) struct Bounds {
    accepted: BTreeMap<String, AreaShape>,
    margin_m: Option<f64>,
    index: Option<AreaIndex>,
}

impl Bounds {
    /// Takes note of what an accepted item says of the district's ground.
    pub(super) fn note(&mut self, item: &Item) {
        match (item.kind, &item.ground) {
            (Kind::Area, Some(Ground { footprint: Footprint::Shape(shape), .. })) => {
                let text = |field: &str| item.body[field].as_str().map(str::to_owned);
                let level = item.body["level"].as_str().and_then(|word| word.parse().ok());
                let (Some(name), Some(level)) = (text("name"), level) else { return };
                let (code, parent) = (item.code.clone(), text("parent"));
                let area = AreaShape { code, name, level, parent, shape: shape.clone() };
                self.accepted.insert(item.code.clone(), area);
            }
            (Kind::District, _) => self.margin_m = item.body["margin_m"].as_f64(),
            _ => {}
        }
    }

    /// Why an item lies outside every area, in words; none when it does not, lies nowhere, or no
    /// areas are known.
    pub(super) fn refuses(
        &mut self,
        conn: &mut Conn,
        item: &Item,
    ) -> Result<Option<String>, Error> {
        let Some(ground) = item.ground.as_ref().filter(|_| item.kind != Kind::Area) else {
            return Ok(None);
        };
        let margin = self.margin(conn)?;
        let index = self.index(conn)?;
        if index.areas().is_empty() || reaches(index, &ground.footprint, margin) {
            return Ok(None);
        }
        Ok(Some(refusal(index, ground, margin)))
    }

    /// Whether no area is known, not even from the files.
    pub(super) fn is_unknown(&mut self, conn: &mut Conn) -> Result<bool, Error> {
        Ok(self.index(conn)?.areas().is_empty())
    }

    /// The areas of the files that lie where they should not, by code, in words.
    pub(super) fn misfits(&mut self, conn: &mut Conn) -> Result<Vec<(String, String)>, Error> {
        if self.accepted.is_empty() {
            return Ok(Vec::new());
        }
        let index = self.index(conn)?;
        let told: Vec<(String, String)> =
            index.misfits().iter().map(|misfit| told(index, misfit)).collect();
        Ok(told.into_iter().filter(|(code, _)| self.accepted.contains_key(code)).collect())
    }

    fn margin(&mut self, conn: &mut Conn) -> Result<Metres, Error> {
        if self.margin_m.is_none() {
            let stored = reference::find(conn, Kind::District.word(), Kind::THE_ONE)?;
            let stored: Option<District> = stored.map(|item| item.body.read()).transpose()?;
            self.margin_m = Some(stored.unwrap_or_default().margin_m);
        }
        Ok(Metres(self.margin_m.unwrap_or_default()))
    }

    fn index(&mut self, conn: &mut Conn) -> Result<&AreaIndex, Error> {
        let index = match self.index.take() {
            Some(index) => index,
            None => self.assemble(conn)?,
        };
        Ok(self.index.insert(index))
    }

    fn assemble(&self, conn: &mut Conn) -> Result<AreaIndex, Error> {
        let mut areas = self.accepted.clone();
        load::each(conn, Kind::Area, |item: AreaItem| {
            if !areas.contains_key(&item.code) {
                let area = load::shape(item)?;
                areas.insert(area.code.clone(), area);
            }
            Ok(())
        })?;
        let mut areas: Vec<AreaShape> = areas.into_values().collect();
        let index = AreaIndex::new(areas.clone());
        // An import whose areas go round in circles is undone when it is applied; where its rows
        // lie can be said all the same.
        index.or_else(|_circle| {
            areas.iter_mut().for_each(|area| area.parent = None);
            AreaIndex::new(areas).map_err(|error| Error::Internal(error.to_string()))
        })
    }
}

/// Whether any of a ground lies in an area or within `margin` of one.
fn reaches(index: &AreaIndex, footprint: &Footprint, margin: Metres) -> bool {
    let near = |position| index.locate(position, margin).is_some();
    if corners(footprint).any(near) {
        return true;
    }
    // Larger than an area, or right across one.
    index.areas().iter().any(|area| match footprint {
        Footprint::Location(_) => false,
        Footprint::Shape(shape) => shape.intersects(&area.shape),
        Footprint::Lines(lines) => lines.intersects(&area.shape),
    })
}

fn corners(footprint: &Footprint) -> Box<dyn Iterator<Item = Position> + '_> {
    let position = |corner: geo::Coord<f64>| Position { lat: corner.y, lon: corner.x };
    match footprint {
        Footprint::Location(position) => Box::new(std::iter::once(*position)),
        Footprint::Shape(shape) => Box::new(shape.coords_iter().map(position)),
        Footprint::Lines(lines) => Box::new(lines.coords_iter().map(position)),
    }
}

fn refusal(index: &AreaIndex, ground: &Ground, margin: Metres) -> String {
    let measured = corners(&ground.footprint).take(MEASURED).filter_map(|corner| {
        let (area, distance) = index.nearest_to(corner)?;
        Some((distance.0, area))
    });
    let nearest = measured.min_by(|a, b| a.0.total_cmp(&b.0));
    let Some((distance, area)) = nearest else { return "it lies outside every area".to_owned() };
    let area = &index.areas()[area];
    let hint = corners(&ground.footprint).next().and_then(|corner| {
        let others = [Datum::Wgs84, Datum::Gcj02, Datum::Bd09].into_iter();
        let mut others = others.filter(|datum| *datum != ground.datum);
        others.find_map(|datum| read_as(index, corner, ground.datum, datum))
    });
    format!(
        "it lies {} outside every area, the nearest being {} {}, and the margin is {} m{}",
        length(distance),
        area.code,
        area.name,
        margin.0,
        hint.unwrap_or_default()
    )
}

/// That a position would be inside an area if its numbers were of another datum.
fn read_as(index: &AreaIndex, position: Position, read: Datum, other: Datum) -> Option<String> {
    let (lat, lon) = position.to_datum(read);
    let there = Position::from_datum(lat, lon, other).ok()?;
    let located = index.locate(there, Metres(0.0))?;
    let word = serde_json::to_value(other).ok()?;
    let area = &index.areas()[located.area];
    let (word, name) = (word.as_str().unwrap_or_default(), &area.name);
    Some(format!("; is the datum right? Read as {word} it would lie in {name}"))
}

fn length(metres: f64) -> String {
    if metres < 10_000.0 { format!("{metres:.0} m") } else { format!("{:.0} km", metres / 1_000.0) }
}

fn told(index: &AreaIndex, misfit: &Misfit) -> (String, String) {
    let name = |area: usize| {
        let area = &index.areas()[area];
        format!("{} {}", area.code, area.name)
    };
    let (area, words, other, share) = match *misfit {
        Misfit::OutsideParent { area, parent, share } => {
            (area, "lies outside its parent", parent, share)
        }
        Misfit::Overlap { area, other, share } => (area, "lies also in", other, share),
    };
    let percent = share * 100.0;
    let text = format!("about {percent:.0} % of area {} {words} {}", name(area), name(other));
    (index.areas()[area].code.clone(), text)
}
