//! One line of a CSV file, one feature of a `GeoJSON` file or one object of a JSON array, told
//! apart no further: fields by name, and perhaps a geometry.

use std::collections::BTreeMap;
use std::str::FromStr;

use geojson::GeometryValue;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Line, text};

/// Fields by name, and perhaps a geometry.
#[derive(Debug, Default)]
pub(super) struct Record {
    fields: BTreeMap<String, String>,
    geometry: Value,
}

/// A record's line and the record, or why there is none.
type Numbered = (usize, Result<Record, String>);

impl Record {
    /// A field that must be there.
    pub(super) fn text(&self, name: &str) -> Result<&str, String> {
        text::said(name, self.fields.get(name).map_or("", String::as_str))
    }

    /// A code that must be there.
    pub(super) fn code(&self, name: &str) -> Result<&str, String> {
        text::code(name, self.fields.get(name).map_or("", String::as_str))
    }

    /// A field that may be missing or empty; `read` reads it when it is there.
    pub(super) fn optional<'r, T>(
        &'r self,
        name: &str,
        read: impl Fn(&'r Self, &'r str) -> Result<T, String>,
    ) -> Result<Option<T>, String> {
        let field = self.fields.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
        field.map(|text| read(self, text)).transpose()
    }

    /// A field that must be there and be a `T`.
    pub(super) fn parsed<T: FromStr>(&self, name: &str) -> Result<T, String> {
        let text = self.text(name)?;
        text.parse().map_err(|_malformed| format!("{name} {text:?} cannot be read"))
    }

    /// A word that serde knows, such as the variant of an enum.
    pub(super) fn word<T: for<'de> Deserialize<'de>>(&self, name: &str) -> Result<T, String> {
        let word = self.text(name)?;
        let known = serde_json::from_value(Value::from(word));
        known.map_err(|error| format!("{name}: {error}"))
    }

    /// Its geometry, whatever its datum.
    pub(super) fn geometry(&self) -> Result<Option<GeometryValue>, String> {
        if self.geometry.is_null() {
            return Ok(None);
        }
        let geometry = GeometryValue::deserialize(&self.geometry);
        geometry.map(Some).map_err(|error| format!("the geometry cannot be read: {error}"))
    }

    /// The first of these names that has a field gives it the last name too.
    pub(super) fn call(&mut self, names: &[&str], name: &str) {
        let found = names.iter().find_map(|name| self.fields.get(*name)).cloned();
        if let Some(found) = found {
            self.fields.entry(name.to_owned()).or_insert(found);
        }
    }

    /// Whether a field has this value.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.fields.get(name).is_some_and(|field| field.trim() == value)
    }

    fn of(properties: Map<String, Value>, geometry: Value) -> Self {
        let mut record = Self { fields: BTreeMap::new(), geometry };
        record.take(properties);
        record
    }

    /// Objects within are laid open: `{"location": {"lat": 1}}` has the field `lat`.
    fn take(&mut self, properties: Map<String, Value>) {
        for (name, value) in properties {
            let text = match value {
                Value::Object(inner) => {
                    self.take(inner);
                    continue;
                }
                Value::String(text) => text,
                Value::Number(number) => whole(&number),
                Value::Bool(flag) => flag.to_string(),
                Value::Null | Value::Array(_) => continue,
            };
            self.fields.insert(name, text);
        }
    }
}

/// A number as text; codes that a program wrote as `110101000000.0` lose the fraction.
fn whole(number: &serde_json::Number) -> String {
    let text = number.to_string();
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// Reads every record with `item`.
pub(super) fn lines(
    records: Vec<Numbered>,
    mut item: impl FnMut(Record) -> Result<super::Item, String>,
) -> Vec<Line> {
    let line = |(line, record): Numbered| (line, record.and_then(&mut item));
    records.into_iter().map(line).collect()
}

/// The lines of a CSV file that has these columns, and others as it likes.
pub(super) fn from_csv(text: &str, columns: &[&str]) -> Result<Vec<Numbered>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let names = reader.headers().map_err(|error| error.to_string())?.clone();
    let missing = columns.iter().filter(|column| !names.iter().any(|name| name == **column));
    let missing: Vec<&str> = missing.copied().collect();
    if !missing.is_empty() {
        return Err(format!("the first line names no column {}", missing.join(", ")));
    }
    let record = |fields: &csv::StringRecord| Record {
        fields: names.iter().zip(fields).map(|(n, f)| (n.to_owned(), f.to_owned())).collect(),
        geometry: Value::Null,
    };
    let numbered = |line: Result<csv::StringRecord, csv::Error>| match line {
        Ok(fields) => (line_of(fields.position()), Ok(record(&fields))),
        Err(error) => (line_of(error.position()), Err(error.to_string())),
    };
    Ok(reader.records().map(numbered).collect())
}

fn line_of(position: Option<&csv::Position>) -> usize {
    position.map_or(0, |position| usize::try_from(position.line()).unwrap_or(0))
}

#[derive(Deserialize)]
struct Collection {
    r#type: String,
    features: Vec<Value>,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    properties: Option<Map<String, Value>>,
    #[serde(default)]
    geometry: Value,
}

/// The features of a `GeoJSON` `FeatureCollection`, numbered from 1.
pub(super) fn from_geojson(text: &str) -> Result<Vec<Numbered>, String> {
    let unread = |error| format!("the file is no GeoJSON FeatureCollection: {error}");
    let collection: Collection = serde_json::from_str(text).map_err(unread)?;
    if collection.r#type != "FeatureCollection" {
        return Err(format!("the file is a {}, not a FeatureCollection", collection.r#type));
    }
    let record = |feature| {
        let feature: Feature = serde_json::from_value(feature).map_err(|e| e.to_string())?;
        Ok(Record::of(feature.properties.unwrap_or_default(), feature.geometry))
    };
    Ok((1..).zip(collection.features.into_iter().map(record)).collect())
}

/// The objects of a JSON array, numbered from 1.
pub(super) fn from_json(text: &str) -> Result<Vec<Numbered>, String> {
    let unread = |error| format!("the file is no JSON array of objects: {error}");
    let objects: Vec<Map<String, Value>> = serde_json::from_str(text).map_err(unread)?;
    let record = |object| Ok(Record::of(object, Value::Null));
    Ok((1..).zip(objects.into_iter().map(record)).collect())
}
