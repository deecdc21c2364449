//! To whom an issue is offered, until when, and what follows.

use domain::workflow::IssueState;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::gazetteer::Gazetteer;

/// 待认领: an issue that has no bureau is offered to those who may own it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Offer, example = json!({"made_at": "2026-11-20T01:12:07Z", "until": "2026-11-20T03:12:07Z",
    "candidates": [{"bureau": "yidong", "name": "中国移动云汀分公司", "declined_at": null, "reason": null}],
    "others_help": true, "otherwise": "xinhua", "otherwise_name": "新华街道办事处"}))]
pub struct OfferView {
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// Until when it can be claimed.
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
    /// 候选单位: whom it is offered to.
    pub candidates: Vec<CandidateView>,
    /// The others help whoever claims it; otherwise they drop out.
    pub others_help: bool,
    /// The bureau that answers for it when nobody claims it; null where the office decides.
    #[schema(required)]
    pub otherwise: Option<String>,
    /// That bureau's name.
    #[schema(required)]
    pub otherwise_name: Option<String>,
}

/// One whom it is offered to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Candidate, example = json!({"bureau": "yidong", "name": "中国移动云汀分公司",
    "declined_at": "2026-11-20T02:02:00Z", "reason": "本单位线缆均已挂牌，此缆无牌"}))]
pub struct CandidateView {
    /// The bureau.
    pub bureau: String,
    /// Its name.
    pub name: Option<String>,
    /// When it declined; null where it has not.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    pub declined_at: Option<Timestamp>,
    /// Why it declined, in words.
    #[schema(required)]
    pub reason: Option<String>,
}

impl OfferView {
    pub(super) fn of(state: &IssueState, gazetteer: &Gazetteer) -> Option<Self> {
        let offer = state.offer.as_ref()?;
        let name = |code: &str| gazetteer.bureau(code).map(|bureau| bureau.name.clone());
        let candidates = offer.candidates.iter().map(|candidate| CandidateView {
            bureau: candidate.bureau.clone(),
            name: name(&candidate.bureau),
            declined_at: candidate.declined.as_ref().map(|declined| declined.at),
            reason: candidate.declined.as_ref().map(|declined| declined.reason.clone()),
        });
        Some(Self {
            made_at: offer.made_at,
            until: offer.until,
            candidates: candidates.collect(),
            others_help: offer.others_help,
            otherwise_name: offer.otherwise.as_deref().and_then(name),
            otherwise: offer.otherwise.clone(),
        })
    }
}
