//! The calendars that limits were reckoned with.

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::sql::Document;
    calendar_version (version) {
        version -> BigInt,
        body -> Document,
    }
}
