//! How issues counted, from one feed number to another.

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Instant;
    issue_span (issue_id, from_seq) {
        issue_id -> BigInt,
        from_seq -> BigInt,
        to_seq -> BigInt,
        void -> Bool,
        blind -> Bool,
        lead -> Nullable<Text>,
        area -> Nullable<Text>,
        category -> Nullable<Text>,
        first_due_at -> Nullable<Instant>,
        due_at -> Nullable<Instant>,
        handled_at -> Nullable<Instant>,
        rework -> Integer,
        extended -> Bool,
        self_handled -> Bool,
        suspended_at -> Nullable<Instant>,
        closed_at -> Nullable<Instant>,
        late_at -> Nullable<Instant>,
        node -> Nullable<BigInt>,
    }
}
