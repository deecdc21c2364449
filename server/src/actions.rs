//! One use case each, one transaction each.

pub mod command_issue;
pub mod record;
pub mod store_photo;
pub mod submit_report;
