//! What lies somewhere: its records in any of three formats, its ground, its code.

use domain::position::Position;
use domain::surroundings::Footprint;
use geojson::GeometryValue;
use sha2::{Digest, Sha256};

use super::record::{self, Numbered, Record};
use super::{Ground, Options};
use crate::actions::record::hex;
use crate::gazetteer::ground;

/// The records of a `GeoJSON` file, a JSON array or a CSV file with at least these columns.
pub(super) fn records(
    text: &str,
    columns: &[&str],
    options: &Options,
) -> Result<Vec<Numbered>, String> {
    let called = &options.columns;
    let mut records = match text.trim_start().chars().next() {
        Some('{') => record::from_geojson(text, called),
        Some('[') => record::from_json(text, called),
        _ => record::from_csv(text, columns, called),
    }?;
    if let Some((field, value)) = &options.only {
        // Of what cannot be read nobody knows whether it was wanted: it is told of.
        let wanted = |record: &Record| record.is(field, value);
        records.retain(|(_, record)| record.as_ref().map_or(true, wanted));
    }
    for (_, record) in &mut records {
        if let Ok(record) = record {
            record.call(&["lng"], "lon");
        }
    }
    Ok(records)
}

/// The ground of a record, from its geometry or else its `lon` and `lat`.
pub(super) fn ground(record: &Record, options: &Options) -> Result<Ground, String> {
    let geometry = match record.geometry()? {
        Some(geometry) => geometry,
        None => GeometryValue::new_point([record.parsed("lon")?, record.parsed("lat")?]),
    };
    of(&geometry, options)
}

/// The ground of a geometry.
pub(super) fn of(geometry: &GeometryValue, options: &Options) -> Result<Ground, String> {
    let datum = options.datum;
    let footprint = ground::footprint(geometry, datum).map_err(|error| error.to_string())?;
    Ok(Ground { footprint, datum })
}

/// The code of a record or, where it has none, one derived from its name and its address or, if
/// that is asked for, its position.
pub(super) fn code(
    record: &Record,
    name: &str,
    ground: &Ground,
    options: &Options,
) -> Result<String, String> {
    if let Some(code) = record.optional_code("code")? {
        return Ok(code);
    }
    if let Ok(address) = record.text("address") {
        return Ok(derived('H', &format!("{name}\n{address}")));
    }
    let Footprint::Location(position) = &ground.footprint else {
        return Err("code is missing: name the column that has it, --column code=NAME".to_owned());
    };
    if options.derive_codes {
        return Ok(derived('N', &format!("{name}\n{}", rounded(*position))));
    }
    Err("code is missing, and address to derive one: name the column that has it, --column \
         code=NAME, or have one derived from name and position, --derive-codes"
        .to_owned())
}

/// A letter and twelve hexadecimal digits, the same whenever the text is. Only where the file is
/// known by no other code: a school that is renamed becomes another one.
fn derived(letter: char, from: &str) -> String {
    format!("{letter}{}", hex(&Sha256::digest(from)[..6]))
}

/// To a ten-thousandth of a degree, about 10 m: a position that is surveyed anew should be the same.
fn rounded(position: Position) -> String {
    format!("{:.4} {:.4}", position.lat, position.lon)
}
