//! How strictly after-photos are looked at.

use domain::evidence::Thresholds;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// How strictly after-photos are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EvidenceSettings {
    /// How near to the issue an after-photo must be taken, metres.
    pub within_m: u32,
    /// A position that may be off by more is none, metres.
    pub accuracy_at_most_m: u32,
    /// How far a camera's clock may be off, minutes.
    pub camera_clock_minutes: u32,
    /// How long whoever fixes what they found may take, from the picture before to the one after, minutes.
    pub visit_minutes: u32,
    /// Share of a picture that must be the same for it to count as a copy of one from elsewhere, per cent.
    pub alike_percent: u32,
    /// The same for the verifier to be told.
    pub alike_notice_percent: u32,
    /// Share of a picture that must be the same as in one of the same issue for it to count as a copy.
    pub own_alike_percent: u32,
}

impl Default for EvidenceSettings {
    fn default() -> Self {
        Self {
            within_m: 200,
            accuracy_at_most_m: 500,
            camera_clock_minutes: 10,
            visit_minutes: 240,
            alike_percent: 90,
            alike_notice_percent: 75,
            own_alike_percent: 97,
        }
    }
}

impl EvidenceSettings {
    /// The same as the rules ask for it.
    pub fn thresholds(&self) -> Thresholds {
        let minutes = |minutes: u32| SignedDuration::from_mins(i64::from(minutes));
        Thresholds {
            within_m: f64::from(self.within_m),
            accuracy_at_most_m: f64::from(self.accuracy_at_most_m),
            camera_clock: minutes(self.camera_clock_minutes),
            visit: minutes(self.visit_minutes),
            alike: f64::from(self.alike_percent),
            alike_notice: f64::from(self.alike_notice_percent),
            own_alike: f64::from(self.own_alike_percent),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_settings_the_rules_are_what_they_say_themselves() {
        assert_eq!(EvidenceSettings::default().thresholds(), Thresholds::default());
    }
}
