//! How the parts of bureaus that help counted.

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Instant;
    part_span (bureau, issue_id, from_seq) {
        bureau -> Text,
        issue_id -> BigInt,
        from_seq -> BigInt,
        to_seq -> BigInt,
        owed -> Bool,
        area -> Nullable<Text>,
        first_due_at -> Nullable<Instant>,
        due_at -> Nullable<Instant>,
        handled_at -> Nullable<Instant>,
        closed_order -> Instant,
        rework -> Integer,
        extended -> Bool,
        suspended_at -> Nullable<Instant>,
    }
}
