//! Issues that are deferred 缓办 or shelved 挂账 now.

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Instant;
    suspension (issue_id) {
        issue_id -> BigInt,
        kind -> Text,
        next_at -> Instant,
        cost_yuan -> Nullable<BigInt>,
    }
}
