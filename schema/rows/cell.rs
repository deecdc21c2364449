//! One value of a row.

use diesel::deserialize::{self, FromSql, QueryableByName};
use diesel::row::{Field, NamedRow, Row};
use diesel::sql_types::{BigInt, Binary, Double, Text};
use serde_json::Value;
use uuid::Uuid;

use crate::listed::Kind;

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number, a flag as 0 or 1, an instant as microseconds since 1970.
    Whole(i64),
    /// Another number.
    Real(f64),
    /// Text or a JSON document.
    Text(String),
    /// Bytes or a UUID.
    Bytes(Vec<u8>),
}

/// A row.
pub(super) struct Cells(pub(super) Vec<Cell>);

impl Cell {
    /// The whole number.
    pub fn whole(&self) -> Option<i64> {
        if let Self::Whole(number) = self { Some(*number) } else { None }
    }

    /// The number, whole or not.
    pub fn real(&self) -> Option<f64> {
        match self {
            Self::Real(number) => Some(*number),
            Self::Whole(number) => Some(*number as f64),
            _ => None,
        }
    }

    /// The text.
    pub fn text(self) -> Option<String> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The bytes.
    pub fn bytes(self) -> Option<Vec<u8>> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    /// The UUID.
    pub fn uuid(&self) -> Option<Uuid> {
        if let Self::Bytes(bytes) = self { Uuid::from_slice(bytes).ok() } else { None }
    }

    pub(super) fn json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Whole(number) => (*number).into(),
            Self::Real(number) => (*number).into(),
            Self::Text(text) => text.as_str().into(),
            Self::Bytes(bytes) => hex(bytes).into(),
        }
    }

    /// What a JSON value is in a column that holds this; none when it is something else.
    pub(super) fn read(value: Value, kind: Kind) -> Option<Self> {
        Some(match (kind, value) {
            (_, Value::Null) => Self::Null,
            (Kind::Whole | Kind::Instant, Value::Number(n)) => Self::Whole(n.as_i64()?),
            (Kind::Small, Value::Number(n)) => Self::Whole(i32::try_from(n.as_i64()?).ok()?.into()),
            (Kind::Flag, Value::Number(n)) => {
                Self::Whole(n.as_i64().filter(|n| *n == 0 || *n == 1)?)
            }
            (Kind::Real, Value::Number(n)) => Self::Real(n.as_f64()?),
            (Kind::Text | Kind::Document, Value::String(text)) => Self::Text(text),
            (Kind::Bytes, Value::String(digits)) => Self::Bytes(bytes(&digits)?),
            (Kind::Uuid, Value::String(digits)) => {
                Self::Bytes(bytes(&digits).filter(|bytes| bytes.len() == 16)?)
            }
            _ => return None,
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    let byte = |pair: &[u8]| {
        let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?;
        u8::from_str_radix(pair, 16).ok()
    };
    pairs.map(byte).collect()
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use super::{
        BigInt, Binary, Cell, Cells, Double, Field, FromSql, NamedRow, QueryableByName, Row, Text,
        deserialize,
    };
    use diesel::sqlite::{Sqlite, SqliteType};

    impl QueryableByName<Sqlite> for Cells {
        fn build<'a>(row: &impl NamedRow<'a, Sqlite>) -> deserialize::Result<Self> {
            let cell = |index: usize| {
                let field = Row::get(row, index).ok_or("a column is missing")?;
                let Some(value) = field.value() else { return Ok(Cell::Null) };
                match value.value_type() {
                    None => Ok(Cell::Null),
                    Some(SqliteType::Binary) => {
                        <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value).map(Cell::Bytes)
                    }
                    Some(SqliteType::Text) => {
                        <String as FromSql<Text, Sqlite>>::from_sql(value).map(Cell::Text)
                    }
                    Some(SqliteType::Float | SqliteType::Double) => {
                        <f64 as FromSql<Double, Sqlite>>::from_sql(value).map(Cell::Real)
                    }
                    Some(_) => <i64 as FromSql<BigInt, Sqlite>>::from_sql(value).map(Cell::Whole),
                }
            };
            (0..row.field_count()).map(cell).collect::<deserialize::Result<_>>().map(Self)
        }
    }
}

#[cfg(feature = "postgres")]
mod postgres {
    use super::{
        BigInt, Binary, Cell, Cells, Double, Field, FromSql, NamedRow, QueryableByName, Row, Text,
        deserialize,
    };
    use crate::columns::{At, Doc, Uid, sql};
    use diesel::pg::{Pg, PgValue};
    use diesel::sql_types::{Bool, Integer};

    /// By the number that PostgreSQL gives each type (`pg_type.dat`).
    fn read(value: PgValue<'_>) -> deserialize::Result<Cell> {
        Ok(match value.get_oid().get() {
            16 => Cell::Whole(<bool as FromSql<Bool, Pg>>::from_sql(value)?.into()),
            17 => Cell::Bytes(<Vec<u8> as FromSql<Binary, Pg>>::from_sql(value)?),
            20 => Cell::Whole(<i64 as FromSql<BigInt, Pg>>::from_sql(value)?),
            23 => Cell::Whole(<i32 as FromSql<Integer, Pg>>::from_sql(value)?.into()),
            25 => Cell::Text(<String as FromSql<Text, Pg>>::from_sql(value)?),
            701 => Cell::Real(<f64 as FromSql<Double, Pg>>::from_sql(value)?),
            1184 => {
                let At(at) = FromSql::<sql::Instant, Pg>::from_sql(value)?;
                Cell::Whole(at.as_microsecond())
            }
            2950 => {
                let Uid(uuid) = FromSql::<sql::Uuid, Pg>::from_sql(value)?;
                Cell::Bytes(uuid.as_bytes().to_vec())
            }
            3802 => Cell::Text(<Doc as FromSql<sql::Document, Pg>>::from_sql(value)?.into_text()),
            oid => return Err(format!("a column of an unknown type, {oid}").into()),
        })
    }

    impl QueryableByName<Pg> for Cells {
        fn build<'a>(row: &impl NamedRow<'a, Pg>) -> deserialize::Result<Self> {
            let cell = |index: usize| {
                let field = Row::get(row, index).ok_or("a column is missing")?;
                field.value().map_or(Ok(Cell::Null), read)
            };
            (0..row.field_count()).map(cell).collect::<deserialize::Result<_>>().map(Self)
        }
    }
}
