//! Accounts, what proves that somebody is whose they are, and what they were shown.

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Document, Instant};
    account (id) {
        id -> BigInt,
        login -> Text,
        name -> Text,
        role -> Text,
        bureau -> Nullable<Text>,
        duty_areas -> Document,
        password_hash -> Text,
        active -> Bool,
        created_at -> Instant,
        version -> BigInt,
        password_changed_at -> Nullable<Instant>,
        must_change_password -> Bool,
        ends_at -> Nullable<Instant>,
        totp_secret -> Nullable<Binary>,
        totp_confirmed_at -> Nullable<Instant>,
        totp_last_step -> Nullable<BigInt>,
        recovery_codes -> Nullable<Document>,
        is_machine -> Bool,
        scopes -> Nullable<Document>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Instant;
    sign_in_failure (login_hash) {
        login_hash -> Binary,
        failures -> BigInt,
        last_at -> Instant,
        locked_until -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Instant;
    machine_secret (id) {
        id -> BigInt,
        account_id -> BigInt,
        digest -> Binary,
        created_at -> Instant,
        expires_at -> Nullable<Instant>,
        revoked_at -> Nullable<Instant>,
        last_used_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Instant, Uuid};
    handover (code_hash) {
        code_hash -> Binary,
        account_id -> BigInt,
        session_id -> Uuid,
        keep_session -> Bool,
        created_at -> Instant,
        expires_at -> Instant,
        used_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::{Instant, Uuid};
    session (id) {
        id -> Uuid,
        account_id -> BigInt,
        device -> Nullable<Text>,
        refresh_hash -> Binary,
        previous_hash -> Nullable<Binary>,
        rotated_at -> Instant,
        created_at -> Instant,
        expires_at -> Instant,
        revoked_at -> Nullable<Instant>,
        last_seen_at -> Nullable<Instant>,
        secret_id -> Nullable<BigInt>,
        unsent -> Nullable<Integer>,
        oldest_unsent_at -> Nullable<Instant>,
        unsent_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Instant;
    viewing (issue_id, account_id, way) {
        issue_id -> BigInt,
        account_id -> BigInt,
        way -> Text,
        first_at -> Instant,
        last_at -> Instant,
    }
}
