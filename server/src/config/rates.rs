//! How much one account and one address may ask.

use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// How much one account and one address may ask. Zero leaves a rate unlimited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RateSettings {
    /// Requests one account may make a second, in the long run.
    pub account_per_second: u32,
    /// Requests one account may make at once after a rest: a phone that comes back with its day.
    pub account_burst: u32,
    /// Attempts to sign in one address may make a minute.
    pub sign_ins_per_minute: u32,
    /// Times one address may exchange refresh tokens a minute: an office full of people shares one.
    pub refreshes_per_minute: u32,
    /// Requests one link 链接 may make a minute, whoever has it.
    pub links_per_minute: u32,
    /// Requests by links one address may make a minute, also with links that are not good.
    pub guests_per_minute: u32,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

impl Default for RateSettings {
    fn default() -> Self {
        Self {
            account_per_second: 20,
            account_burst: 400,
            sign_ins_per_minute: 30,
            refreshes_per_minute: 600,
            links_per_minute: 120,
            guests_per_minute: 300,
            trusted_proxies: Vec::new(),
        }
    }
}

impl RateSettings {
    /// No limits: for measuring, and for tests of other things.
    pub fn unlimited() -> Self {
        Self {
            account_per_second: 0,
            account_burst: 0,
            sign_ins_per_minute: 0,
            refreshes_per_minute: 0,
            links_per_minute: 0,
            guests_per_minute: 0,
            trusted_proxies: Vec::new(),
        }
    }
}
