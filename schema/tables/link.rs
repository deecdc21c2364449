//! Links 链接 for people without an account, and the drafts 草稿 that came by them.

#![allow(missing_docs, clippy::wildcard_imports)]

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Instant, Uuid};
    guest_link (id) {
        id -> Uuid,
        issue_id -> BigInt,
        made_by -> BigInt,
        bureau -> Text,
        for_whom -> Text,
        task -> Text,
        made_at -> Instant,
        expires_at -> Instant,
        revoked_at -> Nullable<Instant>,
        revoked_by -> Nullable<BigInt>,
        uses -> BigInt,
        used_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Instant, Uuid};
    guest_draft (id) {
        id -> Uuid,
        link_id -> Uuid,
        issue_id -> BigInt,
        note -> Text,
        content -> Binary,
        sent_at -> Instant,
        adopted_at -> Nullable<Instant>,
        discarded_at -> Nullable<Instant>,
        discarded_by -> Nullable<BigInt>,
    }
}
