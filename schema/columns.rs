//! Column types common to both databases: instants, documents and UUIDs.
//!
//! | here | PostgreSQL | SQLite |
//! |---|---|---|
//! | [`At`] | `timestamptz` | integer, microseconds since 1970 |
//! | [`Doc`] | `jsonb` | text |
//! | [`Uid`] | `uuid` | 16-byte blob |

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The SQL types behind [`At`], [`Doc`] and [`Uid`], for `diesel::table!`.
pub mod sql {
    use diesel::query_builder::QueryId;
    use diesel::sql_types::SqlType;

    /// A UTC instant.
    #[derive(Debug, Clone, Copy, Default, QueryId, SqlType)]
    #[diesel(sqlite_type(name = "Long"))]
    #[diesel(postgres_type(oid = 1184, array_oid = 1185))]
    pub struct Instant;

    /// A JSON document.
    #[derive(Debug, Clone, Copy, Default, QueryId, SqlType)]
    #[diesel(sqlite_type(name = "Text"))]
    #[diesel(postgres_type(oid = 3802, array_oid = 3807))]
    pub struct Document;

    /// A UUID.
    #[derive(Debug, Clone, Copy, Default, QueryId, SqlType)]
    #[diesel(sqlite_type(name = "Binary"))]
    #[diesel(postgres_type(oid = 2950, array_oid = 2951))]
    pub struct Uuid;
}

/// A UTC instant, kept to the microsecond on both databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = sql::Instant)]
pub struct At(pub Timestamp);

impl At {
    /// Later than every real instant: stands where a sort key has no instant, so that both
    /// databases put it last (SQLite sorts NULL first, PostgreSQL last). It is in the year 9999.
    pub const NEVER: Self = Self(Timestamp::constant(253_370_764_800, 0));

    /// The instant, or [`At::NEVER`].
    pub fn or_never(instant: Option<Timestamp>) -> Self {
        instant.map_or(Self::NEVER, Self)
    }
}

impl From<Timestamp> for At {
    fn from(instant: Timestamp) -> Self {
        Self(instant)
    }
}

impl From<At> for Timestamp {
    fn from(at: At) -> Self {
        at.0
    }
}

/// A JSON document as text: written once, before the writer's turn, and read straight into what it
/// is for. The databases may reorder its keys; what is hashed is hashed before.
#[derive(Debug, Clone, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = sql::Document)]
pub struct Doc(String);

impl Doc {
    /// What `value` serialises to.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Self> {
        serde_json::to_string(value).map(Self)
    }

    /// A document from its text.
    pub(crate) fn from_text(text: String) -> Self {
        Self(text)
    }

    /// The document's text.
    #[cfg(feature = "postgres")]
    pub(crate) fn into_text(self) -> String {
        self.0
    }

    /// What the document says.
    pub fn read<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_str(&self.0)
    }
}

/// A UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = sql::Uuid)]
pub struct Uid(pub uuid::Uuid);

#[cfg(feature = "sqlite")]
mod sqlite {
    use super::{At, Doc, FromSql, Output, Timestamp, ToSql, Uid, deserialize, serialize, sql};
    use diesel::serialize::IsNull;
    use diesel::sql_types::{BigInt, Binary, Text};
    use diesel::sqlite::{Sqlite, SqliteValue};

    impl ToSql<sql::Instant, Sqlite> for At {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
            out.set_value(self.0.as_microsecond());
            Ok(IsNull::No)
        }
    }

    impl FromSql<sql::Instant, Sqlite> for At {
        fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
            let micros = <i64 as FromSql<BigInt, Sqlite>>::from_sql(value)?;
            Ok(Self(Timestamp::from_microsecond(micros)?))
        }
    }

    impl ToSql<sql::Document, Sqlite> for Doc {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
            out.set_value(self.0.as_str());
            Ok(IsNull::No)
        }
    }

    impl FromSql<sql::Document, Sqlite> for Doc {
        fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
            Ok(Self(<String as FromSql<Text, Sqlite>>::from_sql(value)?))
        }
    }

    impl ToSql<sql::Uuid, Sqlite> for Uid {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
            out.set_value(&self.0.as_bytes()[..]);
            Ok(IsNull::No)
        }
    }

    impl FromSql<sql::Uuid, Sqlite> for Uid {
        fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
            let bytes = <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?;
            Ok(Self(uuid::Uuid::from_slice(&bytes)?))
        }
    }
}

#[cfg(feature = "postgres")]
mod postgres {
    use super::{At, Doc, FromSql, Output, Timestamp, ToSql, Uid, deserialize, serialize, sql};
    use diesel::pg::{Pg, PgValue};
    use diesel::serialize::IsNull;
    use diesel::sql_types::BigInt;
    use std::io::Write as _;

    /// PostgreSQL counts microseconds from 2000-01-01.
    const EPOCH_MICROS: i64 = 946_684_800_000_000;
    /// The first byte of binary `jsonb`.
    const JSONB_VERSION: u8 = 1;

    impl ToSql<sql::Instant, Pg> for At {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            let micros = self.0.as_microsecond() - EPOCH_MICROS;
            ToSql::<BigInt, Pg>::to_sql(&micros, &mut out.reborrow())
        }
    }

    impl FromSql<sql::Instant, Pg> for At {
        fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
            let micros = <i64 as FromSql<BigInt, Pg>>::from_sql(value)?;
            Ok(Self(Timestamp::from_microsecond(micros.saturating_add(EPOCH_MICROS))?))
        }
    }

    impl ToSql<sql::Document, Pg> for Doc {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            out.write_all(&[JSONB_VERSION])?;
            out.write_all(self.0.as_bytes())?;
            Ok(IsNull::No)
        }
    }

    impl FromSql<sql::Document, Pg> for Doc {
        fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
            match value.as_bytes().split_first() {
                Some((&JSONB_VERSION, json)) => Ok(Self(std::str::from_utf8(json)?.to_owned())),
                _ => Err("jsonb of an unknown version".into()),
            }
        }
    }

    impl ToSql<sql::Uuid, Pg> for Uid {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            out.write_all(self.0.as_bytes())?;
            Ok(IsNull::No)
        }
    }

    impl FromSql<sql::Uuid, Pg> for Uid {
        fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
            Ok(Self(uuid::Uuid::from_slice(value.as_bytes())?))
        }
    }
}
