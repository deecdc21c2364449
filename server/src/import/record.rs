//! One line of a CSV file, one feature of a `GeoJSON` file or one object of a JSON array, told
//! apart no further: fields by name, and perhaps a geometry.

use std::collections::{BTreeMap, BTreeSet};
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
pub(super) type Numbered = (usize, Result<Record, String>);

/// Our names of fields and, for each, the name a file has for it.
pub(super) type Columns = [(String, String)];

/// Names that a refusal lists.
const NAMES_TOLD: usize = 40;

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
        text.parse().map_err(|_malformed| format!("{name} {:?} cannot be read", text::start(text)))
    }

    /// A word that serde knows, such as the variant of an enum.
    pub(super) fn word<T: for<'de> Deserialize<'de>>(&self, name: &str) -> Result<T, String> {
        let word = text::start(self.text(name)?);
        let known = serde_json::from_value(Value::from(word));
        known.map_err(|error| format!("{name}: {error}"))
    }

    /// A text that may be missing.
    pub(super) fn optional_text(&self, name: &str) -> Result<Option<String>, String> {
        self.optional(name, |record, _| record.text(name).map(str::to_owned))
    }

    /// A code that may be missing.
    pub(super) fn optional_code(&self, name: &str) -> Result<Option<String>, String> {
        self.optional(name, |record, _| record.code(name).map(str::to_owned))
    }

    /// The codes of a list, separated by blanks or semicolons, sorted and none twice; none when
    /// there is no list.
    pub(super) fn codes(&self, name: &str) -> Result<Vec<String>, String> {
        let list = self.fields.get(name).map_or("", String::as_str);
        let words = list.split(|c: char| c.is_whitespace() || matches!(c, ';' | '；' | ',' | '，'));
        let codes = words.filter(|word| !word.is_empty()).map(|word| text::code(name, word));
        Ok(codes.collect::<Result<BTreeSet<_>, _>>()?.into_iter().map(str::to_owned).collect())
    }

    /// The entries of a list, separated by semicolons.
    pub(super) fn entries(&self, name: &str) -> impl Iterator<Item = &str> {
        let list = self.fields.get(name).map_or("", String::as_str);
        list.split([';', '；']).map(str::trim).filter(|entry| !entry.is_empty())
    }

    /// Every field that says something and has none of these names.
    pub(super) fn others<'r>(
        &'r self,
        names: &'r [&str],
    ) -> impl Iterator<Item = (&'r str, &'r str)> {
        let other = |name: &str| !names.contains(&name);
        let fields = self.fields.iter().map(|(name, text)| (name.as_str(), text.trim()));
        fields.filter(move |(name, text)| other(name) && !text.is_empty())
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

    /// The same with the names that `columns` gives its fields.
    fn called(mut self, columns: &Columns) -> Self {
        let found: Vec<(&String, Option<String>)> =
            columns.iter().map(|(our, their)| (our, self.fields.get(their).cloned())).collect();
        for (_, their) in columns {
            self.fields.remove(their);
        }
        for (our, field) in found {
            match field {
                Some(field) => self.fields.insert(our.clone(), field),
                None => self.fields.remove(our),
            };
        }
        self
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
                Value::Array(entries) => {
                    let texts: Option<Vec<&str>> = entries.iter().map(Value::as_str).collect();
                    // Of other arrays, such as where to put a label, nothing is asked for.
                    let Some(texts) = texts else { continue };
                    texts.join(";")
                }
                Value::Null => continue,
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

/// The lines of a CSV file that has these columns, by these names or by those that `called` gives
/// them, and others as it likes.
pub(super) fn from_csv(
    text: &str,
    columns: &[&str],
    called: &Columns,
) -> Result<Vec<Numbered>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let names = reader.headers().map_err(|error| error.to_string())?.clone();
    let mut headers = BTreeSet::new();
    if let Some(twice) = names.iter().find(|name| !name.is_empty() && !headers.insert(*name)) {
        return Err(format!("the first line names column {} twice", text::start(twice)));
    }
    check(called, &headers)?;
    let there =
        |column: &&str| headers.contains(column) || called.iter().any(|(our, _)| our == column);
    let missing: Vec<&str> = columns.iter().copied().filter(|column| !there(column)).collect();
    if !missing.is_empty() {
        return Err(format!(
            "the first line names no column {}; if it has another name, say --column {}=NAME",
            missing.join(", "),
            missing[0],
        ));
    }
    let record = |fields: &csv::StringRecord| Record {
        fields: names.iter().zip(fields).map(|(n, f)| (n.to_owned(), f.to_owned())).collect(),
        geometry: Value::Null,
    };
    let numbered = |line: Result<csv::StringRecord, csv::Error>| match line {
        Ok(fields) => (line_of(text, fields.position()), Ok(record(&fields).called(called))),
        Err(error) => (line_of(text, error.position()), Err(error.to_string())),
    };
    Ok(reader.records().map(numbered).collect())
}

/// Refuses a name that no column or property has.
fn check(called: &Columns, headers: &BTreeSet<&str>) -> Result<(), String> {
    let Some((our, their)) = called.iter().find(|(_, their)| !headers.contains(their.as_str()))
    else {
        return Ok(());
    };
    let mut known: Vec<String> = headers.iter().take(NAMES_TOLD).map(|n| text::start(n)).collect();
    known.extend((headers.len() > NAMES_TOLD).then(|| "…".to_owned()));
    Err(format!("--column {our}={their}: there is no {their}; there are: {}", known.join(", ")))
}

/// The same for properties: a name is known when any object has it.
fn called(records: Vec<Numbered>, columns: &Columns) -> Result<Vec<Numbered>, String> {
    if columns.is_empty() {
        return Ok(records);
    }
    let read = records.iter().filter_map(|(_, record)| record.as_ref().ok());
    check(columns, &read.flat_map(|record| record.fields.keys().map(String::as_str)).collect())?;
    let rename = |(line, record): Numbered| (line, record.map(|record| record.called(columns)));
    Ok(records.into_iter().map(rename).collect())
}

/// The line a record begins on. The reader's own count stands before the line ends that precede the
/// record: the second half of `\r\n`, and blank lines.
pub(super) fn line_of(text: &str, position: Option<&csv::Position>) -> usize {
    let number = |wide: u64| usize::try_from(wide).unwrap_or(0);
    let (at, line) = position.map_or((0, 0), |at| (number(at.byte()), number(at.line())));
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    line + ends.filter(|byte| **byte == b'\n').count()
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
pub(super) fn from_geojson(text: &str, columns: &Columns) -> Result<Vec<Numbered>, String> {
    let unread = |error| format!("the file is no GeoJSON FeatureCollection: {error}");
    let collection: Collection = serde_json::from_str(text).map_err(unread)?;
    if collection.r#type != "FeatureCollection" {
        return Err(format!("the file is a {}, not a FeatureCollection", collection.r#type));
    }
    let record = |feature| {
        let feature: Feature = serde_json::from_value(feature).map_err(|e| e.to_string())?;
        Ok(Record::of(feature.properties.unwrap_or_default(), feature.geometry))
    };
    called((1..).zip(collection.features.into_iter().map(record)).collect(), columns)
}

/// The objects of a JSON array, numbered from 1.
pub(super) fn from_json(text: &str, columns: &Columns) -> Result<Vec<Numbered>, String> {
    let unread = |error| format!("the file is no JSON array of objects: {error}");
    let objects: Vec<Map<String, Value>> = serde_json::from_str(text).map_err(unread)?;
    let record = |object| Ok(Record::of(object, Value::Null));
    called((1..).zip(objects.into_iter().map(record)).collect(), columns)
}
