//! Bulletins 通报 as they were issued.

#![allow(missing_docs, clippy::wildcard_imports)]

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Instant, Uuid};
    bulletin (id) {
        id -> BigInt,
        client_id -> Uuid,
        made_by -> BigInt,
        kind -> Text,
        year -> Integer,
        number -> Integer,
        title -> Text,
        from_at -> Instant,
        to_at -> Instant,
        for_all -> Bool,
        position -> BigInt,
        issued_at -> Instant,
        body -> Text,
        sha256 -> Binary,
    }
}
