//! How what is said to be done is looked at again, and how long the office may take.

use serde::{Deserialize, Serialize};

/// How what is said to be done is looked at again, and how long the office may take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VerificationSettings {
    /// What draws are made with; published, and changed once a year at most.
    pub seed: String,
    /// What may take at least so many days is of low gravity 低风险; 0 for nothing.
    pub low_gravity_days: u32,
    /// Conditions that are of low gravity whatever they may take, by code.
    pub low_gravity: Vec<String>,
    /// Share of what is of low gravity that is looked at on site, per cent; the desk looks at the rest.
    pub sample_percent: u32,
    /// Share of what was self-handled that the desk looks at, per cent.
    pub self_handled_percent: u32,
    /// The share of a bureau of which a check failed, per cent.
    pub after_failure_percent: u32,
    /// For how many of its next rectifications.
    pub after_failure_next: u32,
    /// How long a task that was taken is kept for whoever took it, minutes.
    pub hold_minutes: u32,
    /// Offer a task to others than whoever reported the issue.
    pub not_the_finder: bool,
    /// How long the office may take from a report to its filing, working hours.
    pub filing_hours: u32,
    /// From the filing to the dispatch, working hours.
    pub dispatch_hours: u32,
    /// From a rectification to the verdict, working hours.
    pub verification_hours: u32,
}

impl Default for VerificationSettings {
    fn default() -> Self {
        Self {
            seed: "zhoubian".to_owned(),
            low_gravity_days: 5,
            low_gravity: Vec::new(),
            sample_percent: 30,
            self_handled_percent: 20,
            after_failure_percent: 100,
            after_failure_next: 10,
            hold_minutes: 240,
            not_the_finder: false,
            filing_hours: 2,
            dispatch_hours: 2,
            verification_hours: 16,
        }
    }
}
