//! Looks that are owed, and how long issues wait for the office.

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Instant;
    verification_task (issue_id) {
        issue_id -> BigInt,
        way -> Text,
        owed_at -> Instant,
        area -> Nullable<Text>,
        lat -> Nullable<Double>,
        lon -> Nullable<Double>,
        taken_by -> Nullable<BigInt>,
        taken_until -> Nullable<Instant>,
        handed_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Instant;
    sample_raise (bureau) {
        bureau -> Text,
        issue_id -> BigInt,
        still -> Integer,
        raised_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Instant;
    desk_wait (issue_id, from_seq) {
        issue_id -> BigInt,
        from_seq -> BigInt,
        to_seq -> BigInt,
        step -> Text,
        began_at -> Instant,
        ended_order -> Instant,
        dropped -> Bool,
        role -> Nullable<Text>,
        way -> Nullable<Text>,
    }
}
