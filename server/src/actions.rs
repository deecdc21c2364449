//! One use case each, one transaction each.

pub mod announce;
pub mod authority;
pub mod command_issue;
pub mod record;
pub mod routing;
pub mod store_photo;
pub mod submit_report;
