//! What is asked to be done with a card, what happened to it, and why something may not be done.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::card::{CardNumber, CardStage, DraftedCard};

/// What somebody asks to be done with a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardCommand {
    /// 签发: a leader stands for it.
    Sign,
    /// 送达: its addressee has it.
    Deliver,
    /// 回复: what its addressee says.
    Reply {
        /// Why it came to that.
        cause: String,
        /// What was done about it.
        measures: String,
        /// Who answers for it.
        person: String,
        /// Ids of its photos.
        photos: Vec<String>,
        /// Ids of the photos of the stamped reply.
        scan: Vec<String>,
        /// The command's id, which announces those photos.
        command: String,
    },
    /// 办结: the reply holds.
    Accept {
        /// In words.
        note: String,
    },
    /// 升级: a graver card takes its place.
    Upgrade {
        /// Why, in words.
        reason: String,
    },
    /// 撤回.
    Withdraw {
        /// Why, in words.
        reason: String,
    },
    /// 批注: on record, and nothing else.
    Comment {
        /// In words.
        text: String,
    },
}

/// What happened to a card, as it is kept in its log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CardEvent {
    /// A rule or a person drafted it.
    Drafted {
        /// As it was drafted.
        card: DraftedCard,
    },
    /// A leader signed it.
    Signed {
        /// The number it got.
        number: CardNumber,
    },
    /// Its addressee has it.
    Delivered {
        /// Until when it is to be replied to.
        reply_due_at: Timestamp,
    },
    /// Its addressee replied.
    Replied {
        /// Why it came to that.
        cause: String,
        /// What was done about it.
        measures: String,
        /// Who answers for it.
        person: String,
        /// Ids of its photos.
        photos: Vec<String>,
        /// Ids of the photos of the stamped reply.
        scan: Vec<String>,
        /// The command that announced those photos.
        command: String,
    },
    /// The reply holds, and every issue on it is closed.
    Accepted {
        /// In words.
        note: String,
    },
    /// A graver card takes its place.
    Upgraded {
        /// That card.
        card: i64,
        /// Why, in words.
        reason: String,
    },
    /// It does not hold.
    Withdrawn {
        /// Why, in words.
        reason: String,
    },
    /// Somebody said something of it.
    Commented {
        /// In words.
        text: String,
    },
}

/// An event with when it happened and who caused it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedCard {
    /// When.
    pub at: Timestamp,
    /// Account that caused it.
    pub by: i64,
    /// Bureau of that account.
    pub bureau: Option<String>,
    /// What happened.
    pub event: CardEvent,
}

/// A command that may not be done, named by the rule that refused it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CardRefusal {
    /// The card stands where this command does not apply.
    #[error("a card that is {0:?} cannot take this step")]
    WrongStage(CardStage),
    /// Whoever drafted a card does not sign it.
    #[error("whoever drafted a card does not sign it")]
    DrafterSigns,
    /// Only the bureau it is addressed to replies.
    #[error("only the bureau that a card is addressed to replies to it")]
    NotAddressee,
    /// A reply has its cause, measures and person in words.
    #[error("a reply has its cause, its measures and the person who answers for it")]
    ReplyIncomplete,
    /// A reply comes with the stamped form.
    #[error("a reply comes with a photo of the stamped form")]
    ScanMissing,
    /// The stamped form has not arrived.
    #[error("the photo of the stamped form has not arrived")]
    ScanNotStored,
    /// An issue on it is not verified.
    #[error("an issue on the card is not closed")]
    IssueOpen,
    /// The time to reply is not over.
    #[error("the time to reply is not over")]
    ReplyNotLate,
    /// Nothing is graver than red.
    #[error("there is nothing graver than a red card")]
    RedIsGravest,
    /// A letter has no colour.
    #[error("a letter has no colour to be raised")]
    LetterHasNoColour,
    /// This step needs its reason in words.
    #[error("this step needs its reason in words")]
    ReasonMissing,
    /// A blind finding stands on no card.
    #[error("a blind finding stands on no card")]
    Blind,
    /// An issue stands on a card of a bureau that it was sent to.
    #[error("an issue stands on cards of its own bureaus only")]
    IssueOfOthers,
    /// A card is about what is still open.
    #[error("an issue that has ended stands on no new card")]
    IssueEnded,
}
