//! Notices 通知, the channels they leave by, and the messages made of them.

#![allow(missing_docs, clippy::wildcard_imports)]

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Instant;
    notice_head (id) {
        id -> Integer,
        seq -> BigInt,
        told -> BigInt,
        limits_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Instant;
    notice (seq) {
        seq -> BigInt,
        audience -> Text,
        topic -> Text,
        at -> Instant,
        issue_id -> Nullable<BigInt>,
        card_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    notice_mark (account_id) {
        account_id -> BigInt,
        seq -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Instant;
    channel (code) {
        code -> Text,
        name -> Text,
        audience -> Text,
        kind -> Text,
        shown -> Text,
        sealed -> Binary,
        topics -> Text,
        gather_minutes -> Integer,
        language -> Text,
        enabled -> Bool,
        cursor -> BigInt,
        tried_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Instant, Uuid};
    message (id) {
        id -> Uuid,
        channel -> Text,
        after_seq -> BigInt,
        upto_seq -> BigInt,
        notices -> BigInt,
        body -> Text,
        state -> Text,
        attempts -> Integer,
        made_at -> Instant,
        next_at -> Instant,
        sent_at -> Nullable<Instant>,
        failure -> Nullable<Text>,
    }
}
