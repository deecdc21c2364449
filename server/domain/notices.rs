//! Notices 通知: which of what happened is whose news.
//!
//! Nothing is decided here that the log does not say: the same events give the same notices, so that they can be
//! made after the fact, in one pass, however long nobody looked.

use serde::{Deserialize, Serialize};

use crate::cards::CardEvent;
use crate::workflow::{Event, IssueState, Stage};

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// 派遣: an issue is the bureau's to lead.
    Dispatched,
    /// 待认领: an issue is offered to the bureau.
    Offered,
    /// 协办: the bureau is to help with one.
    Helping,
    /// 子任务: what a bureau that helps has to do.
    SubTaskSet,
    /// 协办完成: a bureau that helps says that its part is done.
    PartDone,
    /// 返工: verification failed.
    Failed,
    /// A further report says that what was rectified is not.
    Disputed,
    /// A joining report showed a graver condition.
    Raised,
    /// What the bureau asked for was decided: more time, a deferral, shelving.
    Answered,
    /// The limit was reckoned anew, or runs again.
    LimitChanged,
    /// 草稿: somebody without an account sent one.
    DraftSent,
    /// 临期: the limit, or a stage of it, ends soon.
    DueSoon,
    /// 超期: it is over.
    Overdue,
    /// 督办卡 or 协调函: one was delivered.
    CardDelivered,
    /// A card was accepted, upgraded or withdrawn.
    CardSettled,
    /// 无主: no rule, or two equal ones, found a bureau.
    Unrouted,
    /// 退回: a bureau sent an issue back.
    Returned,
    /// 申请: a bureau asks for more time, a deferral or shelving.
    Asked,
    /// A card waits for a leader to sign it.
    CardDrafted,
    /// A bureau replied to a card.
    CardReplied,
}

impl Topic {
    /// All of them: those of bureaus, then those of the office.
    pub const ALL: &[Self] = &[
        Self::Dispatched,
        Self::Offered,
        Self::Helping,
        Self::SubTaskSet,
        Self::PartDone,
        Self::Failed,
        Self::Disputed,
        Self::Raised,
        Self::Answered,
        Self::LimitChanged,
        Self::DraftSent,
        Self::DueSoon,
        Self::Overdue,
        Self::CardDelivered,
        Self::CardSettled,
        Self::Unrouted,
        Self::Returned,
        Self::Asked,
        Self::CardDrafted,
        Self::CardReplied,
    ];

    /// Its word, as it is kept and sent.
    pub fn word(self) -> &'static str {
        match self {
            Self::Dispatched => "dispatched",
            Self::Offered => "offered",
            Self::Helping => "helping",
            Self::SubTaskSet => "sub_task_set",
            Self::PartDone => "part_done",
            Self::Failed => "failed",
            Self::Disputed => "disputed",
            Self::Raised => "raised",
            Self::Answered => "answered",
            Self::LimitChanged => "limit_changed",
            Self::DraftSent => "draft_sent",
            Self::DueSoon => "due_soon",
            Self::Overdue => "overdue",
            Self::CardDelivered => "card_delivered",
            Self::CardSettled => "card_settled",
            Self::Unrouted => "unrouted",
            Self::Returned => "returned",
            Self::Asked => "asked",
            Self::CardDrafted => "card_drafted",
            Self::CardReplied => "card_replied",
        }
    }

    /// The topic of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|topic| topic.word() == word)
    }
}

/// Whose news it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// A bureau.
    Bureau(String),
    /// The creation office.
    Office,
}

impl Audience {
    /// As it is kept: `office`, or `bureau:` and the code.
    pub fn word(&self) -> String {
        match self {
            Self::Bureau(code) => format!("bureau:{code}"),
            Self::Office => "office".to_owned(),
        }
    }

    /// The audience of a word.
    pub fn of(word: &str) -> Option<Self> {
        match word.strip_prefix("bureau:") {
            Some(code) if !code.is_empty() => Some(Self::Bureau(code.to_owned())),
            None if word == "office" => Some(Self::Office),
            _ => None,
        }
    }
}

/// A notice that is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Whose news it is.
    pub audience: Audience,
    /// What it is about.
    pub topic: Topic,
}

/// Whose news an event of an issue is. `state` is how the issue stands by now: what is blind is nobody's news, since
/// whoever is shown it is on record, and a message is shown to nobody knows whom.
pub fn owed(event: &Event, state: &IssueState) -> Vec<Owed> {
    if state.blind {
        return Vec::new();
    }
    let to = |code: &String, topic| Owed { audience: Audience::Bureau(code.clone()), topic };
    let lead = |topic| state.lead.iter().map(|code| to(code, topic)).collect::<Vec<_>>();
    let office = |topic| vec![Owed { audience: Audience::Office, topic }];
    match event {
        Event::Dispatched { lead, cooperating, .. } => dispatched(lead, cooperating),
        Event::Released => match &state.lead {
            Some(lead) => dispatched(lead, &state.cooperating),
            None if state.stage == Stage::Filed => office(Topic::Unrouted),
            None => Vec::new(),
        },
        Event::Offered { candidates, .. } => {
            candidates.iter().map(|code| to(code, Topic::Offered)).collect()
        }
        Event::SubTaskSet { bureau, .. } => vec![to(bureau, Topic::SubTaskSet)],
        Event::PartDone { .. } => lead(Topic::PartDone),
        Event::Reopened { .. } => lead(Topic::Failed),
        Event::Joined { against_rectification: true, .. } => {
            [lead(Topic::Disputed), office(Topic::Disputed)].concat()
        }
        Event::Raised { .. } => lead(Topic::Raised),
        Event::Extended { .. }
        | Event::Deferred { .. }
        | Event::Shelved { .. }
        | Event::Declined { .. } => lead(Topic::Answered),
        Event::LimitRecomputed { .. } | Event::Resumed { .. } => lead(Topic::LimitChanged),
        Event::DraftSent { bureau, .. } => vec![to(bureau, Topic::DraftSent)],
        Event::Unrouted { .. } => office(Topic::Unrouted),
        Event::Returned { .. } => office(Topic::Returned),
        Event::Asked { .. } => office(Topic::Asked),
        _ => Vec::new(),
    }
}

fn dispatched(lead: &str, cooperating: &[String]) -> Vec<Owed> {
    let to = |code: &str, topic| Owed { audience: Audience::Bureau(code.to_owned()), topic };
    let helping = cooperating.iter().map(|code| to(code, Topic::Helping));
    std::iter::once(to(lead, Topic::Dispatched)).chain(helping).collect()
}

/// Whose news an event of a card is; `addressee` is the code of the bureau it is addressed to. What only the office
/// sees of it is no bureau's news.
pub fn owed_by_card(event: &CardEvent, addressee: &str, is_delivered: bool) -> Option<Owed> {
    let bureau = |topic| Owed { audience: Audience::Bureau(addressee.to_owned()), topic };
    let office = |topic| Owed { audience: Audience::Office, topic };
    match event {
        CardEvent::Drafted { .. } => Some(office(Topic::CardDrafted)),
        CardEvent::Delivered { .. } => Some(bureau(Topic::CardDelivered)),
        CardEvent::Replied { .. } => Some(office(Topic::CardReplied)),
        CardEvent::Accepted { .. } | CardEvent::Upgraded { .. } | CardEvent::Withdrawn { .. } => {
            is_delivered.then(|| bureau(Topic::CardSettled))
        }
        CardEvent::Signed { .. } | CardEvent::Commented { .. } => None,
    }
}

#[cfg(test)]
mod tests;
