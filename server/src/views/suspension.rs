//! What was asked for of an issue, and what is known of one whose clock stands still.

use domain::workflow::{Request, Suspension};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What was asked for 申请 and is not decided on: a later limit, a deferral or shelving.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Request, example = json!({"kind": "deferral", "until": "2027-03-15T01:00:00Z", "cost_yuan": null,
    "at": "2026-11-20T02:12:00Z", "reason": "冬季不能摊铺沥青，三月中旬开工", "endorsed": false}))]
pub struct RequestView {
    /// `extension`, `deferral` or `shelving`.
    pub kind: String,
    /// The limit or the date asked for; null for shelving.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    pub until: Option<Timestamp>,
    /// The money that solving it needs, whole yuan; null unless it is to be shelved.
    #[schema(required)]
    pub cost_yuan: Option<u64>,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Why, in words.
    pub reason: String,
    /// The first of the two levels is for it.
    pub endorsed: bool,
}

impl RequestView {
    pub(super) fn new(request: &Request) -> Self {
        Self {
            kind: request.wish.word().to_owned(),
            until: request.wish.until(),
            cost_yuan: request.wish.cost_yuan(),
            at: request.at,
            reason: request.reason.clone(),
            endorsed: request.endorsed_by.is_some(),
        }
    }
}

/// What is known of an issue that is deferred 缓办 or shelved 挂账; which of the two, its stage says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Suspension, example = json!({"stopped_at": "2026-11-20T02:12:00Z", "since": "2026-11-20T03:05:00Z",
    "until": null, "cost_yuan": 380_000, "review_by": "2026-12-20T03:05:00Z", "reviews": 0}))]
pub struct SuspensionView {
    /// Since when its clock stands still: when it was asked for.
    #[schema(value_type = String, format = DateTime)]
    pub stopped_at: Timestamp,
    /// When it was decided.
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    /// When it comes back by itself; null where it is shelved.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    pub until: Option<Timestamp>,
    /// The money that solving it needs, whole yuan; null where it is deferred.
    #[schema(required)]
    pub cost_yuan: Option<u64>,
    /// Until when it has to be reviewed next; null where it is deferred.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    pub review_by: Option<Timestamp>,
    /// How often it was reviewed.
    pub reviews: u32,
}

impl SuspensionView {
    pub(super) fn new(of: &Suspension) -> Self {
        Self {
            stopped_at: of.stopped_at,
            since: of.since,
            until: of.until,
            cost_yuan: of.cost_yuan,
            review_by: of.review_by,
            reviews: of.reviews,
        }
    }
}
