//! What a card is, and what its events say of it.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::command::{CardEvent, RecordedCard};
use crate::access::{Actor, Role};

/// How grave a card is 白、黄、红.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// 白: a reminder.
    White,
    /// 黄: a warning.
    Yellow,
    /// 红: the gravest.
    Red,
}

impl Colour {
    /// Every colour, the mildest first.
    pub const ALL: [Self; 3] = [Self::White, Self::Yellow, Self::Red];

    /// The word used on the wire and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::White => "white",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }

    /// The next graver one; none above red.
    pub fn next(self) -> Option<Self> {
        match self {
            Self::White => Some(Self::Yellow),
            Self::Yellow => Some(Self::Red),
            Self::Red => None,
        }
    }
}

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    /// 督办卡: to a unit that answers to the district.
    Card,
    /// 协调函: to a vertical unit 垂管 or a company, which the district may ask and not order.
    Letter,
}

impl CardKind {
    /// The word used on the wire and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Letter => "letter",
        }
    }

    /// What its numbers begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Card => "督",
            Self::Letter => "协函",
        }
    }
}

/// Where a card stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardStage {
    /// 拟稿: a rule or a person of the office drafted it.
    Draft,
    /// 签发: a leader signed it; it has its number.
    Signed,
    /// 送达: its addressee has it; the time to reply runs.
    Delivered,
    /// 回复: its addressee replied.
    Replied,
    /// 办结: the reply holds, and every issue on it is closed.
    Accepted,
    /// 升级: a graver card takes its place.
    Upgraded,
    /// 撤回: it does not hold.
    Withdrawn,
}

impl CardStage {
    /// Every stage, in the order of a card's life.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Signed,
        Self::Delivered,
        Self::Replied,
        Self::Accepted,
        Self::Upgraded,
        Self::Withdrawn,
    ];

    /// The word used on the wire and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
            Self::Delivered => "delivered",
            Self::Replied => "replied",
            Self::Accepted => "accepted",
            Self::Upgraded => "upgraded",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether nothing can become of it any more.
    pub fn is_ended(self) -> bool {
        matches!(self, Self::Accepted | Self::Upgraded | Self::Withdrawn)
    }
}

/// The number of a signed card, counted in its year and kind without gaps: 督〔2026〕12号.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CardNumber {
    /// What was signed.
    pub kind: CardKind,
    /// The year it was signed in, where the district is.
    pub year: i16,
    /// The count, from 1.
    pub n: i32,
}

impl fmt::Display for CardNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}〔{}〕{}号", self.kind.prefix(), self.year, self.n)
    }
}

/// A card as it was drafted; none of this changes later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftedCard {
    /// What is sent.
    pub kind: CardKind,
    /// How grave it is; none for a letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<Colour>,
    /// Code of the bureau it is addressed to.
    pub bureau: String,
    /// Who there, or above it, it is addressed to: 主要负责人, 分管区领导.
    pub to: String,
    /// Working days 工作日 that it gives for the reply, from its delivery.
    pub reply_days: u32,
    /// What follows where nothing is done, in words; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub consequence: String,
    /// What it is about, in words 事由.
    pub facts: String,
    /// Numbers of the issues on it; at least one.
    pub issues: Vec<i64>,
    /// Code of the rule that drafted it; none by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// When the rule's condition came true, whenever that was found; none by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed_at: Option<Timestamp>,
    /// The milder card whose place it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upgrade_of: Option<i64>,
}

/// What the addressee replied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// When.
    pub at: Timestamp,
    /// The account that sent it.
    pub by: i64,
    /// Why it came to that 原因.
    pub cause: String,
    /// What was done, and what keeps it from coming again 措施.
    pub measures: String,
    /// Who answers for it 责任人.
    pub person: String,
    /// Ids of its photos.
    pub photos: Vec<String>,
    /// Ids of the photos of the stamped reply 盖章件.
    pub scan: Vec<String>,
    /// The command that announced those photos.
    pub command: String,
}

/// What the events of one card say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardState {
    /// Where it stands.
    pub stage: CardStage,
    /// As it was drafted.
    pub drafted: DraftedCard,
    /// When it was drafted.
    pub drafted_at: Timestamp,
    /// The account that drafted it; [`crate::access::Actor::SYSTEM`] where a rule did.
    pub drafted_by: i64,
    /// Its number, once signed.
    pub number: Option<CardNumber>,
    /// When it was signed.
    pub signed_at: Option<Timestamp>,
    /// Who signed it.
    pub signed_by: Option<i64>,
    /// When its addressee got it.
    pub delivered_at: Option<Timestamp>,
    /// Until when it is to be replied to.
    pub reply_due_at: Option<Timestamp>,
    /// The latest reply.
    pub reply: Option<Reply>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The graver card that took its place.
    pub upgraded_to: Option<i64>,
}

impl CardState {
    /// Whether an actor knows of it: a bureau of what was delivered to it, the office and the supervision team
    /// of every one.
    pub fn is_seen_by(&self, actor: &Actor) -> bool {
        match actor.role {
            Role::Office | Role::Supervisor => true,
            Role::Bureau => {
                self.delivered_at.is_some() && actor.bureau.as_ref() == Some(&self.drafted.bureau)
            }
            Role::Inspector | Role::Admin => false,
        }
    }

    /// Whether its reply is missing at this instant although its time is over.
    pub fn reply_is_late(&self, now: Timestamp) -> bool {
        self.stage == CardStage::Delivered && self.reply_due_at.is_some_and(|due| now > due)
    }
}

/// The card that its first event drafted.
pub fn drafted(card: DraftedCard, at: Timestamp, by: i64) -> CardState {
    CardState {
        stage: CardStage::Draft,
        drafted: card,
        drafted_at: at,
        drafted_by: by,
        number: None,
        signed_at: None,
        signed_by: None,
        delivered_at: None,
        reply_due_at: None,
        reply: None,
        ended_at: None,
        upgraded_to: None,
    }
}

/// Folds one recorded event into the card.
pub fn apply(state: &mut CardState, recorded: &RecordedCard) {
    let at = recorded.at;
    match &recorded.event {
        CardEvent::Drafted { card } => *state = drafted(card.clone(), at, recorded.by),
        CardEvent::Signed { number } => {
            state.stage = CardStage::Signed;
            state.number = Some(*number);
            (state.signed_at, state.signed_by) = (Some(at), Some(recorded.by));
        }
        CardEvent::Delivered { reply_due_at } => {
            state.stage = CardStage::Delivered;
            (state.delivered_at, state.reply_due_at) = (Some(at), Some(*reply_due_at));
        }
        CardEvent::Replied { cause, measures, person, photos, scan, command } => {
            state.stage = CardStage::Replied;
            state.reply = Some(Reply {
                at,
                by: recorded.by,
                cause: cause.clone(),
                measures: measures.clone(),
                person: person.clone(),
                photos: photos.clone(),
                scan: scan.clone(),
                command: command.clone(),
            });
        }
        CardEvent::Accepted { .. } => end(state, CardStage::Accepted, at),
        CardEvent::Withdrawn { .. } => end(state, CardStage::Withdrawn, at),
        CardEvent::Upgraded { card, .. } => {
            end(state, CardStage::Upgraded, at);
            state.upgraded_to = Some(*card);
        }
        // On record, and nothing else: talk moves no clock.
        CardEvent::Commented { .. } => {}
    }
}

fn end(state: &mut CardState, as_what: CardStage, at: Timestamp) {
    state.stage = as_what;
    state.ended_at = Some(at);
}
