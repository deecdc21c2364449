//! The rules that draft cards, as the office writes them: data, never code.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::card::{CardKind, Colour};
use super::proposals::Thresholds;

/// What has to come true for a rule to draft a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// 超期: an issue's limit has been over for so many hours, and its bureau still owes work.
    OverdueHours,
    /// 未签收: an issue was sent to its bureau so many hours ago, and nobody there accepted it.
    UnacknowledgedHours,
    /// 返工: an issue failed verification so many times.
    ReworkTimes,
    /// 一周超期件数: so many open issues of one bureau ran over their limits in one week (Monday to Sunday).
    OverdueInWeek,
}

impl Trigger {
    /// Every trigger.
    pub const ALL: [Self; 4] =
        [Self::OverdueHours, Self::UnacknowledgedHours, Self::ReworkTimes, Self::OverdueInWeek];

    /// Whether it looks at a bureau's issues together, and not at one of them.
    pub fn is_of_bureau(self) -> bool {
        self == Self::OverdueInWeek
    }
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardRule {
    /// Its name; what it has drafted is known by it. Another name drafts anew.
    pub code: String,
    /// What has to come true.
    pub trigger: Trigger,
    /// How many hours, times or issues; at least 1.
    pub amount: u32,
    /// The card it drafts; a vertical unit or company gets a letter.
    pub colour: Colour,
}

/// What goes with a colour, or with a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Whom it is addressed to: 分管负责人, 主要负责人, 分管区领导.
    pub to: String,
    /// Working days 工作日 for the reply, from its delivery.
    pub reply_days: u32,
    /// What follows where nothing is done, in words; may be empty.
    pub consequence: String,
}

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardRules {
    /// 白.
    pub white: Level,
    /// 黄.
    pub yellow: Level,
    /// 红.
    pub red: Level,
    /// 协调函.
    pub letter: Level,
    /// What drafts.
    pub rules: Vec<CardRule>,
    /// From when on a talk 约谈 or accountability 问责 is proposed.
    pub proposals: Thresholds,
}

/// Why rules cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesRefusal {
    /// More rules than anybody can oversee.
    #[error("there are more than {RULES_MAX} rules")]
    TooMany,
    /// Two rules have one name, or one has none.
    #[error("`{0}` is not a name of its own: 1 to 40 letters, digits and hyphens")]
    Code(String),
    /// An amount that never or always comes true.
    #[error("`amount` of rule {0} is not 1 to {AMOUNT_MAX}")]
    Amount(String),
    /// Nobody it could be addressed to.
    #[error("`{0}.to` says nobody, or more than 40 characters")]
    To(&'static str),
    /// No time to reply, or no end of it.
    #[error("`{0}.reply_days` is not 1 to {REPLY_DAYS_MAX}")]
    ReplyDays(&'static str),
    /// More than fits on a card.
    #[error("`{0}.consequence` has more than {CONSEQUENCE_MAX} characters")]
    Consequence(&'static str),
    /// Thresholds that nobody or everybody reaches.
    #[error("`proposals` has a number that is not 1 to 1000")]
    Proposals,
}

const RULES_MAX: usize = 50;
const AMOUNT_MAX: u32 = 10_000;
const REPLY_DAYS_MAX: u32 = 60;
const CONSEQUENCE_MAX: usize = 200;

impl CardRules {
    /// What goes with a card of this kind and colour.
    pub fn level(&self, kind: CardKind, colour: Option<Colour>) -> &Level {
        match (kind, colour) {
            (CardKind::Letter, _) | (CardKind::Card, None) => &self.letter,
            (CardKind::Card, Some(Colour::White)) => &self.white,
            (CardKind::Card, Some(Colour::Yellow)) => &self.yellow,
            (CardKind::Card, Some(Colour::Red)) => &self.red,
        }
    }

    /// Refuses rules that could not be gone by.
    pub fn check(&self) -> Result<(), RulesRefusal> {
        if self.rules.len() > RULES_MAX {
            return Err(RulesRefusal::TooMany);
        }
        let mut codes = BTreeSet::new();
        for rule in &self.rules {
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
            let is_name = (1..=40).contains(&rule.code.len()) && rule.code.chars().all(plain);
            if !is_name || !codes.insert(&rule.code) {
                return Err(RulesRefusal::Code(rule.code.clone()));
            }
            if !(1..=AMOUNT_MAX).contains(&rule.amount) {
                return Err(RulesRefusal::Amount(rule.code.clone()));
            }
        }
        let levels = [
            ("white", &self.white),
            ("yellow", &self.yellow),
            ("red", &self.red),
            ("letter", &self.letter),
        ];
        for (name, level) in levels {
            level.check(name)?;
        }
        if self.proposals.are_sound() { Ok(()) } else { Err(RulesRefusal::Proposals) }
    }
}

impl Level {
    fn check(&self, name: &'static str) -> Result<(), RulesRefusal> {
        if self.to.trim().is_empty() || self.to.chars().count() > 40 {
            return Err(RulesRefusal::To(name));
        }
        if !(1..=REPLY_DAYS_MAX).contains(&self.reply_days) {
            return Err(RulesRefusal::ReplyDays(name));
        }
        if self.consequence.chars().count() > CONSEQUENCE_MAX {
            return Err(RulesRefusal::Consequence(name));
        }
        Ok(())
    }
}

impl Default for CardRules {
    /// What holds until the office writes its own.
    fn default() -> Self {
        let level = |to: &str, reply_days, consequence: &str| Level {
            to: to.to_owned(),
            reply_days,
            consequence: consequence.to_owned(),
        };
        let rule = |code: &str, trigger, amount, colour| CardRule {
            code: code.to_owned(),
            trigger,
            amount,
            colour,
        };
        Self {
            white: level("分管负责人", 3, "逾期未办结的，升级为黄卡。"),
            yellow: level("主要负责人", 2, "逾期未办结的，升级为红卡，并在全区通报。"),
            red: level("主要负责人并报分管区领导", 1, "逾期未办结的，提请约谈，并按规定问责。"),
            letter: level("主要负责人", 5, ""),
            rules: vec![
                rule("overdue-1d", Trigger::OverdueHours, 24, Colour::White),
                rule("overdue-3d", Trigger::OverdueHours, 72, Colour::Yellow),
                rule("overdue-7d", Trigger::OverdueHours, 168, Colour::Red),
                rule("unacknowledged-1d", Trigger::UnacknowledgedHours, 24, Colour::White),
                rule("rework-2", Trigger::ReworkTimes, 2, Colour::Yellow),
                rule("week-10", Trigger::OverdueInWeek, 10, Colour::Yellow),
            ],
            proposals: Thresholds::default(),
        }
    }
}
