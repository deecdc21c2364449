//! Duties 包保 from CSV (by the codes of what they are for) or `GeoJSON` (also by ground).

use jiff::civil::Date;

use super::record::{self, Record};
use super::{Ground, Item, Lines, Need, Options, located};
use crate::gazetteer::items::{Covered, DutyItem};
use crate::gazetteer::{Kind, ground};

/// How far a duty reaches beyond a line or a location unless it says so, metres.
const REACH_M: f64 = 30.0;
/// How far a duty may say it reaches, metres.
const REACHES_M: std::ops::RangeInclusive<f64> = 0.0..=1_000.0;
/// The layers.
const LEVELS: std::ops::RangeInclusive<u8> = 1..=9;
/// Things one duty may be for.
const COVERS: usize = 500;

pub(super) fn read(text: &str, options: &Options) -> Lines {
    let called = &options.columns;
    let records = match text.trim_start().chars().next() {
        Some('{') => record::from_geojson(text, called),
        Some('[') => record::from_json(text, called),
        _ => record::from_csv(text, &["code", "title", "level", "covers"], called),
    }?;
    Ok(record::lines(records, |record| duty(&record, options)))
}

fn duty(record: &Record, options: &Options) -> Result<Item, String> {
    let code = record.code("code")?;
    let ground = record.geometry()?.map(|geometry| located::of(&geometry, options)).transpose()?;
    let covers = covers(record, ground.as_ref())?;
    let item = DutyItem {
        code: code.to_owned(),
        title: record.word("title")?,
        unit: record.optional_code("unit")?,
        person: record.optional_text("person")?,
        from: record.optional("from", |record, _| record.parsed::<Date>("from"))?,
        until: record.optional("until", |record, _| record.parsed::<Date>("until"))?,
        level: record.parsed("level")?,
        reach_m: reach(record)?,
        geometry: ground.as_ref().map(|ground| ground::geometry(&ground.footprint)),
        covers,
    };
    check(&item)?;
    let unit = item.unit.iter().map(|unit| Need::Item(Kind::Bureau, unit.clone()));
    let named = item.covers.iter().map(|covered| Need::Item(covered.kind, covered.code.clone()));
    let needs = unit.chain(named).collect();
    let item = Item::new(Kind::Duty, code, &item, needs)?;
    Ok(match ground {
        Some(ground) => item.on(ground),
        None => item,
    })
}

fn check(duty: &DutyItem) -> Result<(), String> {
    if duty.unit.is_none() && duty.person.is_none() {
        return Err("unit and person are missing: one must be there".to_owned());
    }
    if !LEVELS.contains(&duty.level) {
        return Err(format!("level {} is not between 1 (innermost) and 9", duty.level));
    }
    match (duty.from, duty.until) {
        (Some(from), Some(until)) if until < from => {
            Err(format!("until {until} is before from {from}"))
        }
        _ => Ok(()),
    }
}

fn reach(record: &Record) -> Result<f64, String> {
    let reach_m = record.optional("reach_m", |record, _| record.parsed("reach_m"))?;
    let reach_m: f64 = reach_m.unwrap_or(REACH_M);
    if REACHES_M.contains(&reach_m) {
        return Ok(reach_m);
    }
    Err(format!("reach_m {reach_m} is not between 0 and 1,000"))
}

/// `point:P001 place:B017`; nothing where the record has a ground of its own.
fn covers(record: &Record, ground: Option<&Ground>) -> Result<Vec<Covered>, String> {
    let named = record.codes("covers")?;
    match (named.is_empty(), ground) {
        (true, None) => Err("covers is missing, and there is no geometry".to_owned()),
        (false, Some(_)) => {
            Err("it has covers and a geometry: only one of them can be meant".to_owned())
        }
        _ if named.len() > COVERS => {
            Err(format!("covers names {} things, more than {COVERS}", named.len()))
        }
        _ => named.iter().map(|named| covered(named)).collect(),
    }
}

fn covered(named: &str) -> Result<Covered, String> {
    let kinds = [Kind::Point, Kind::Place, Kind::Site];
    let read = || {
        let (word, code) = named.split_once(':')?;
        let kind = kinds.into_iter().find(|kind| kind.word() == word)?;
        (!code.is_empty()).then(|| Covered { kind, code: code.to_owned() })
    };
    read().ok_or_else(|| {
        format!("covers {named:?} is not written as point:CODE, place:CODE or site:CODE")
    })
}
