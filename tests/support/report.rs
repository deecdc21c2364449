//! A report, as a phone would write it.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Picture, START, Spot};

/// A report that is being written.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Made on the phone.
    pub id: Uuid,
    /// Its photos.
    pub pictures: Vec<Picture>,
    /// The body, photos apart.
    pub body: Value,
    captured_at: Timestamp,
}

/// A report of exposed rubbish, seen just now, nowhere yet.
pub fn report() -> Draft {
    let body = json!({"category": "0101", "condition": "0101B", "note": "", "source": "inspector"});
    Draft { id: Uuid::new_v4(), pictures: Vec::new(), body, captured_at: START }
}

impl Draft {
    /// Seen here (WGS-84).
    #[must_use]
    pub fn at(self, spot: Spot) -> Self {
        self.with(
            "position",
            json!({"lat": spot.lat, "lon": spot.lon, "datum": "wgs84", "accuracy_m": 8.0}),
        )
    }

    /// Of this category, its condition left open.
    #[must_use]
    pub fn category(self, code: &str) -> Self {
        self.with("category", code.into()).with("condition", Value::Null)
    }

    /// Under this condition.
    #[must_use]
    pub fn condition(self, code: &str) -> Self {
        self.with("condition", code.into())
    }

    /// Whose category the desk shall find.
    #[must_use]
    pub fn unsorted(self) -> Self {
        self.with("category", Value::Null).with("condition", Value::Null)
    }

    /// With these words.
    #[must_use]
    pub fn note(self, words: &str) -> Self {
        self.with("note", words.into())
    }

    /// From a supervisor.
    #[must_use]
    pub fn from_supervision(self) -> Self {
        self.with("source", "supervisor".into())
    }

    /// From a supervisor, and kept from bureaus.
    #[must_use]
    pub fn blind(self) -> Self {
        self.from_supervision().with("blind", true.into())
    }

    /// With so many JPEGs.
    #[must_use]
    pub fn photos(mut self, count: usize) -> Self {
        self.pictures.extend((0..count).map(|_| Picture::jpeg()));
        self
    }

    /// With this picture.
    #[must_use]
    pub fn picture(mut self, picture: &Picture) -> Self {
        self.pictures.push(picture.clone());
        self
    }

    /// Seen at this instant, by the phone's clock.
    #[must_use]
    pub fn captured(mut self, at: Timestamp) -> Self {
        self.captured_at = at;
        self
    }

    /// Seen so long ago, by the phone's monotonic clock.
    #[must_use]
    pub fn aged(self, age: SignedDuration) -> Self {
        let ms = age.as_millis();
        self.with("captured_age_ms", i64::try_from(ms).unwrap().into())
    }

    /// With this field set so.
    #[must_use]
    pub fn with(mut self, field: &str, value: Value) -> Self {
        self.body[field] = value;
        self
    }

    /// With this id.
    #[must_use]
    pub fn id(mut self, id: Uuid) -> Self {
        self.id = id;
        self
    }

    /// The whole body.
    pub fn json(&self) -> Value {
        let mut body = self.body.clone();
        body["captured_at"] = json!(self.captured_at);
        let lines: Vec<Value> =
            self.pictures.iter().map(|picture| picture.line(self.captured_at)).collect();
        // A test of bad manifests writes its own.
        if body.get("photos").is_none() {
            body["photos"] = lines.into();
        }
        body
    }
}
