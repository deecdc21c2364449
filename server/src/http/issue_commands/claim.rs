//! What is sent with the steps of an issue that is offered to those who may own it.

use domain::deadline::{Limit, LimitError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::problem::Error;

/// The longest an offer may run, days of whatever sort.
const WITHIN_AT_MOST_DAYS: u32 = 30;

/// Offer an issue to those who may own it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000e1",
    "candidates": ["gongdian", "yidong", "liantong", "dianxin", "guangdian"], "within": "4工作时",
    "others_help": false, "reason": "杆上线缆无标牌，请五家单位辨认"}))]
pub struct OfferCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// 候选单位: the bureaus that may own it, 1 to 20; the first that claims it leads.
    pub candidates: Vec<String>,
    /// How long they are asked, as limits are written: `4工作时`, `2紧急工作时`, `1工作日`; at most 30 days.
    pub within: String,
    /// Whether the others help whoever claims it; otherwise they drop out.
    #[serde(default)]
    pub others_help: bool,
    /// Why these, in words; needed.
    pub reason: String,
}

impl OfferCommand {
    /// How long they are asked.
    ///
    /// # Errors
    /// `within-invalid` for what is no limit, or longer than an offer may run.
    pub fn limit(&self) -> Result<Limit, Error> {
        let invalid = |why: String| Error::invalid("within-invalid", format!("`within`: {why}."));
        let limit: Limit =
            self.within.parse().map_err(|why: LimitError| invalid(why.to_string()))?;
        let amounts: u32 = limit.stints().iter().map(|stint| stint.amount).sum();
        let days = limit.days();
        if days > WITHIN_AT_MOST_DAYS || amounts - days > WITHIN_AT_MOST_DAYS * 24 {
            return Err(invalid(format!("{limit} is more than {WITHIN_AT_MOST_DAYS} days")));
        }
        Ok(limit)
    }
}

/// Say why, in words.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000e2", "reason": "本单位线缆均已挂牌，此缆无牌"}))]
pub struct DeclineClaimCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// Why it is not the bureau's, in words; needed.
    pub reason: String,
}
