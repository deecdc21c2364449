//! Every table, with types common to both databases. What each is for stands in the migrations.

#![allow(missing_docs, clippy::wildcard_imports)]

mod accounts;
mod bulletins;
mod calendar;
mod cards;
mod likeness;
mod link;
mod notices;
mod offer;
mod part;
mod spans;
mod suspended;
mod verification;

pub use accounts::{account, handover, machine_secret, session, sign_in_failure, viewing};
pub use bulletins::bulletin;
pub use calendar::*;
pub use cards::{card, card_event, card_issue, card_number, card_rules};
pub use likeness::{photo_alike, photo_mark};
pub use link::{guest_draft, guest_link};
pub use notices::{channel, message, notice, notice_head, notice_mark};
pub use offer::issue_offer;
pub use part::part_span;
pub use spans::issue_span;
pub use suspended::suspension;
pub use verification::{desk_wait, sample_raise, verification_task};

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Instant, Uuid};
    installation (id) {
        id -> Integer,
        epoch -> Text,
        reference_version -> BigInt,
        importing_until -> Nullable<Instant>,
        created_at -> Instant,
    }
}

diesel::table! {
    feed_head (id) {
        id -> Integer,
        seq -> BigInt,
        floor -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Document;
    reference_item (kind, code) {
        kind -> Text,
        code -> Text,
        body -> Document,
        digest -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Instant;
    rules_version (version) {
        version -> Text,
        text -> Text,
        imported_at -> Instant,
        reference_version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Instant;
    campaign (id) {
        id -> Integer,
        evaluation_on -> Nullable<Text>,
        changed_at -> Instant,
        changed_by -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Document, Instant};
    reference_import (id) {
        id -> BigInt,
        at -> Instant,
        account_id -> Nullable<BigInt>,
        kind -> Text,
        reference_version -> Nullable<BigInt>,
        sources -> Document,
        plan -> Document,
        looked_at -> BigInt,
        changed -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Document, Instant};
    issue (id) {
        id -> BigInt,
        version -> BigInt,
        stage -> Text,
        is_open -> Bool,
        unrouted -> Bool,
        blind -> Bool,
        self_handled -> Bool,
        checked -> Bool,
        asked -> Bool,
        category -> Nullable<Text>,
        lead -> Nullable<Text>,
        area -> Nullable<Text>,
        lat -> Nullable<Double>,
        lon -> Nullable<Double>,
        due_order -> Instant,
        reported_at -> Instant,
        match_key -> Nullable<BigInt>,
        source -> Text,
        note -> Text,
        photos_expected -> Integer,
        photos_stored -> Integer,
        state -> Document,
        detail -> Document,
        hash -> Binary,
        reference_version -> BigInt,
    }
}

diesel::table! {
    issue_bureau (bureau, issue_id) {
        bureau -> Text,
        issue_id -> BigInt,
    }
}

diesel::table! {
    issue_point (point, issue_id, from_seq) {
        point -> Text,
        issue_id -> BigInt,
        band -> Text,
        distance_m -> Double,
        from_seq -> BigInt,
        to_seq -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Document, Instant, Uuid};
    report (id) {
        id -> Uuid,
        issue_id -> BigInt,
        reporter -> BigInt,
        received_at -> Instant,
        content_hash -> Binary,
        body -> Document,
        receipt -> Document,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Document, Instant, Uuid};
    photo (issue_id, subject, photo_id) {
        issue_id -> BigInt,
        subject -> Uuid,
        photo_id -> Uuid,
        part -> Text,
        owner -> BigInt,
        sha256 -> Binary,
        bytes -> BigInt,
        media_type -> Text,
        captured_at -> Instant,
        distance_m -> Nullable<Double>,
        stored_at -> Nullable<Instant>,
        stated_lat -> Nullable<Double>,
        stated_lon -> Nullable<Double>,
        stated_accuracy_m -> Nullable<Double>,
        flags -> Nullable<Document>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Document, Instant};
    photo_file (sha256) {
        sha256 -> Binary,
        bytes -> BigInt,
        media_type -> Text,
        state -> Text,
        problem -> Nullable<Text>,
        width -> Nullable<Integer>,
        height -> Nullable<Integer>,
        fingerprint -> Nullable<BigInt>,
        exif -> Nullable<Document>,
        attempts -> Integer,
        next_at -> Instant,
        stored_at -> Instant,
        compared_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Document, Instant, Uuid};
    event (seq) {
        seq -> BigInt,
        issue_id -> BigInt,
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
    feed (audience, seq) {
        audience -> Text,
        seq -> BigInt,
        issue_id -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Document, Instant, Uuid};
    command (account_id, id) {
        account_id -> BigInt,
        id -> Uuid,
        issue_id -> BigInt,
        at -> Instant,
        content_hash -> Binary,
        result -> Document,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Instant, Uuid};
    upload (owner, subject, photo_id, attempt) {
        owner -> BigInt,
        subject -> Uuid,
        photo_id -> Uuid,
        attempt -> Integer,
        sha256 -> Binary,
        bytes -> BigInt,
        metadata -> Nullable<Text>,
        kept -> BigInt,
        generation -> BigInt,
        state -> Text,
        problem -> Nullable<Text>,
        created_at -> Instant,
        expires_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Instant, Uuid};
    suggestion (id) {
        id -> Uuid,
        account_id -> BigInt,
        received_at -> Instant,
        text -> Text,
        answer_command -> Nullable<Uuid>,
        answered_by -> Nullable<BigInt>,
        answered_at -> Nullable<Instant>,
        answer -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Document, Instant, Uuid};
    observed_count (id) {
        id -> Uuid,
        account_id -> BigInt,
        received_at -> Instant,
        content_hash -> Binary,
        category -> Text,
        condition -> Nullable<Text>,
        place -> Nullable<Text>,
        area -> Nullable<Text>,
        lat -> Nullable<Double>,
        lon -> Nullable<Double>,
        seen -> Integer,
        right_count -> Integer,
        began_at -> Instant,
        ended_at -> Instant,
        body -> Document,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    account,
    guest_link,
    campaign,
    command,
    event,
    feed,
    feed_head,
    installation,
    issue,
    issue_bureau,
    issue_offer,
    issue_point,
    issue_span,
    handover,
    machine_secret,
    observed_count,
    part_span,
    photo,
    photo_alike,
    photo_file,
    photo_mark,
    reference_import,
    reference_item,
    report,
    rules_version,
    session,
    sign_in_failure,
    suggestion,
    suspension,
    upload,
    verification_task,
    viewing,
    desk_wait,
);
