//! The requests, as the city published them.

use std::path::Path;

use domain::position::{Datum, Position};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::district::ZONE;
use crate::measure::Outcome;

/// A request somebody made.
#[derive(Debug, Clone)]
pub struct Request {
    /// The city's number for it.
    pub key: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it was closed, if it was.
    pub closed: Option<Timestamp>,
    /// Short name of the agency it went to.
    pub agency: String,
    /// Full name of the agency.
    pub agency_name: String,
    /// What it is about.
    pub complaint: String,
    /// In more detail; may be empty.
    pub descriptor: String,
    /// Where; not always known.
    pub position: Option<Position>,
    /// Whether it came by telephone.
    pub by_phone: bool,
}

const FILES: [&str; 2] = ["nyc311_2022-05-01.csv", "nyc311_2025-03-24.csv"];
/// How the files write an instant, in the city's own time.
const INSTANT: &str = "%m/%d/%Y %I:%M:%S %p";

/// Every request, the earliest first.
pub fn read(real: &Path) -> Outcome<Vec<Request>> {
    let mut requests = Vec::new();
    for file in FILES {
        requests.extend(file_of(&real.join("issues_nyc311").join(file))?);
    }
    requests.sort_by(|a, b| (a.created, &a.key).cmp(&(b.created, &b.key)));
    Ok(requests)
}

fn file_of(path: &Path) -> Outcome<Vec<Request>> {
    let mut reader = csv::Reader::from_path(path)?;
    let names = reader.headers()?.clone();
    let zone = TimeZone::get(ZONE)?;
    let request = |line: Result<csv::StringRecord, csv::Error>| {
        let line = line?;
        let field = |name: &str| {
            let column =
                names.iter().position(|known| known.trim_start_matches('\u{feff}') == name);
            column.and_then(|column| line.get(column)).map(str::trim).unwrap_or_default()
        };
        Ok(Request {
            key: field("Unique Key").to_owned(),
            created: instant(field("Created Date"), &zone)?.ok_or("a request made never")?,
            closed: instant(field("Closed Date"), &zone)?,
            agency: field("Agency").to_lowercase(),
            agency_name: field("Agency Name").to_owned(),
            complaint: field("Complaint Type").to_owned(),
            descriptor: field("Descriptor").to_owned(),
            position: position(field("Latitude"), field("Longitude"))?,
            by_phone: field("Open Data Channel Type") == "PHONE",
        })
    };
    reader.records().map(request).collect()
}

fn instant(text: &str, zone: &TimeZone) -> Outcome<Option<Timestamp>> {
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(DateTime::strptime(INSTANT, text)?.to_zoned(zone.clone())?.timestamp()))
}

fn position(lat: &str, lon: &str) -> Outcome<Option<Position>> {
    if lat.is_empty() || lon.is_empty() {
        return Ok(None);
    }
    Ok(Some(Position::from_datum(lat.parse()?, lon.parse()?, Datum::Wgs84)?))
}
