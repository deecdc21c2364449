//! A card as lists show it.

use domain::cards::{CardKind, CardStage, Colour};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::gazetteer::Gazetteer;
use crate::store::cards::Card;

/// A supervision card 督办卡, or a letter 协调函.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = Card, example = json!({
    "id": 12, "version": 3, "kind": "card", "colour": "yellow", "stage": "delivered", "number": "督〔2026〕12号",
    "bureau": "huanwei", "bureau_name": "区环境卫生服务中心", "to": "主要负责人",
    "facts": "下列案件超过处置时限 72 小时仍未整改到位。", "issue_count": 1, "reply_days": 2,
    "consequence": "逾期未办结的，升级为红卡，并在全区通报。", "rule": "overdue-3d", "owed_at": "2026-11-20T01:00:00Z",
    "drafted_at": "2026-11-20T01:01:00Z", "signed_at": "2026-11-20T02:00:00Z", "delivered_at": "2026-11-20T02:05:00Z",
    "reply_due_at": "2026-11-24T02:05:00Z", "reply_late": false, "replied_at": null, "ended_at": null,
    "upgrade_of": null, "upgraded_to": null
}))]
pub struct CardView {
    /// Its id.
    pub id: i64,
    /// How many events it has: its ETag, for If-Match.
    pub version: i64,
    /// `card` 督办卡 or `letter` 协调函.
    #[schema(value_type = String)]
    pub kind: CardKind,
    /// `white`, `yellow` or `red`; null for a letter.
    #[schema(required, value_type = Option<String>)]
    pub colour: Option<Colour>,
    /// Where it stands: `draft`, `signed`, `delivered`, `replied`, `accepted`, `upgraded` or `withdrawn`.
    #[schema(value_type = String)]
    pub stage: CardStage,
    /// Its number; null before it is signed.
    #[schema(required)]
    pub number: Option<String>,
    /// Code of the bureau it is addressed to.
    pub bureau: String,
    /// That bureau's name.
    #[schema(required)]
    pub bureau_name: Option<String>,
    /// Who there, or above it, it is addressed to.
    pub to: String,
    /// What it is about, in words.
    pub facts: String,
    /// How many issues stand on it.
    pub issue_count: usize,
    /// Working days it gives for the reply, from its delivery.
    pub reply_days: u32,
    /// What follows where nothing is done; may be empty.
    pub consequence: String,
    /// The rule that drafted it; null by hand.
    #[schema(required)]
    pub rule: Option<String>,
    /// When that rule's condition came true.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub owed_at: Option<Timestamp>,
    /// When it was drafted.
    #[schema(value_type = String, format = DateTime)]
    pub drafted_at: Timestamp,
    /// When it was signed.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub signed_at: Option<Timestamp>,
    /// When its addressee got it.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub delivered_at: Option<Timestamp>,
    /// Until when it is to be replied to.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub reply_due_at: Option<Timestamp>,
    /// Whether the reply is missing although its time is over.
    pub reply_late: bool,
    /// When it was last replied to.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub replied_at: Option<Timestamp>,
    /// When it ended.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Timestamp>,
    /// The milder card whose place it takes.
    #[schema(required)]
    pub upgrade_of: Option<i64>,
    /// The graver card that took its place.
    #[schema(required)]
    pub upgraded_to: Option<i64>,
}

impl CardView {
    /// A card as it is at this instant.
    pub fn new(card: &Card, gazetteer: &Gazetteer, now: Timestamp) -> Self {
        let (state, drafted) = (&card.state, &card.state.drafted);
        Self {
            id: card.id,
            version: card.version,
            kind: drafted.kind,
            colour: drafted.colour,
            stage: state.stage,
            number: state.number.map(|number| number.to_string()),
            bureau: drafted.bureau.clone(),
            bureau_name: gazetteer.bureau(&drafted.bureau).map(|known| known.name.clone()),
            to: drafted.to.clone(),
            facts: drafted.facts.clone(),
            issue_count: drafted.issues.len(),
            reply_days: drafted.reply_days,
            consequence: drafted.consequence.clone(),
            rule: drafted.rule.clone(),
            owed_at: drafted.owed_at,
            drafted_at: state.drafted_at,
            signed_at: state.signed_at,
            delivered_at: state.delivered_at,
            reply_due_at: state.reply_due_at,
            reply_late: state.reply_is_late(now),
            replied_at: state.reply.as_ref().map(|reply| reply.at),
            ended_at: state.ended_at,
            upgrade_of: drafted.upgrade_of,
            upgraded_to: state.upgraded_to,
        }
    }
}
