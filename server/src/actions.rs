//! One use case each, one transaction each.

pub mod announce;
pub mod authority;
pub mod change_password;
pub mod command_issue;
pub mod create_account;
pub mod create_machine;
pub mod end_session;
pub mod grant_token;
pub mod hand_over;
pub mod import_accounts;
pub mod import_reference;
pub mod look_at_photo;
pub mod reassign;
pub mod record;
pub mod refresh_session;
pub mod routing;
pub mod second_factor;
pub mod sign_in;
pub mod store_photo;
pub mod submit_report;
pub mod try_rules;
pub mod unlock_account;
pub mod update_account;
pub mod update_machine;
pub mod watermark;
