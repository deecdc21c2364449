//! Whom issues are offered to 候选单位.

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Instant;
    issue_offer (bureau, issue_id) {
        bureau -> Text,
        issue_id -> BigInt,
        ends_at -> Instant,
        declined -> Bool,
    }
}
