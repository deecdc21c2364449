//! Whom a talk 约谈 or accountability 问责 is proposed for. A proposal is a line in a list: people decide.

use serde::{Deserialize, Serialize};

/// From when on something is proposed: delivered cards of one bureau that were not withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Days that are looked back.
    pub within_days: u32,
    /// Yellow cards from which on a talk is proposed.
    pub talk_yellow: u32,
    /// Red cards from which on a talk is proposed.
    pub talk_red: u32,
    /// Red cards from which on accountability is proposed.
    pub accountability_red: u32,
}

impl Thresholds {
    /// Whether each can be reached, and none is reached by nothing.
    pub(super) fn are_sound(&self) -> bool {
        let all = [self.within_days, self.talk_yellow, self.talk_red, self.accountability_red];
        all.iter().all(|number| (1..=1_000).contains(number))
    }
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { within_days: 90, talk_yellow: 2, talk_red: 1, accountability_red: 2 }
    }
}

/// What is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 约谈.
    Talk,
    /// 问责.
    Accountability,
}

/// How many cards a bureau had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The bureau's code.
    pub bureau: String,
    /// White ones.
    pub white: u32,
    /// Yellow ones.
    pub yellow: u32,
    /// Red ones.
    pub red: u32,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What is proposed.
    pub measure: Measure,
    /// For whom, and on which count.
    pub tally: Tally,
}

/// What these counts propose, the gravest first.
pub fn proposals(tallies: Vec<Tally>, thresholds: Thresholds) -> Vec<Proposal> {
    let measure = |tally: &Tally| {
        if tally.red >= thresholds.accountability_red {
            Some(Measure::Accountability)
        } else if tally.red >= thresholds.talk_red || tally.yellow >= thresholds.talk_yellow {
            Some(Measure::Talk)
        } else {
            None
        }
    };
    let mut all: Vec<Proposal> = tallies
        .into_iter()
        .filter_map(|tally| Some(Proposal { measure: measure(&tally)?, tally }))
        .collect();
    let order = |one: &Proposal| (one.measure, one.tally.red, one.tally.yellow);
    all.sort_by(|a, b| order(b).cmp(&order(a)).then_with(|| a.tally.bureau.cmp(&b.tally.bureau)));
    all
}
