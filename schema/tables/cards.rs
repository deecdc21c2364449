//! Supervision cards 督办卡 and what happened to them.

#![allow(missing_docs, clippy::wildcard_imports)]

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Document, Instant};
    card (id) {
        id -> BigInt,
        version -> BigInt,
        draft_key -> Text,
        kind -> Text,
        colour -> Nullable<Text>,
        bureau -> Text,
        stage -> Text,
        year -> Nullable<Integer>,
        number -> Nullable<Integer>,
        drafted_at -> Instant,
        owed_at -> Nullable<Instant>,
        delivered_at -> Nullable<Instant>,
        reply_order -> Instant,
        state -> Document,
        hash -> Binary,
    }
}

diesel::table! {
    card_issue (issue_id, card_id) {
        issue_id -> BigInt,
        card_id -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Document, Instant, Uuid};
    card_event (card_id, n) {
        card_id -> BigInt,
        n -> BigInt,
        kind -> Text,
        at -> Instant,
        actor -> BigInt,
        bureau -> Nullable<Text>,
        command -> Nullable<Uuid>,
        payload -> Document,
        hash -> Binary,
    }
}

diesel::table! {
    card_number (kind, year) {
        kind -> Text,
        year -> Integer,
        last -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Document, Instant};
    card_rules (version) {
        version -> BigInt,
        set_at -> Instant,
        set_by -> BigInt,
        body -> Document,
    }
}

diesel::allow_tables_to_appear_in_same_query!(card, card_issue, card_event);
