//! The stage of a limit that is due next.

use domain::workflow::IssueState;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The stage of a limit that is due next 分阶段时限.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StageDue, example = json!({"n": 1, "of": 2, "limit": "2紧急工作时"}))]
pub struct StageDueView {
    /// Which one, from 1.
    pub n: usize,
    /// How many stages the limit has.
    pub of: usize,
    /// What it says.
    pub limit: Option<String>,
}

impl StageDueView {
    /// Of an issue; none where its limit has one stage, or only the last is left.
    pub fn of(state: &IssueState) -> Option<Self> {
        let (n, of) = state.stage_due()?;
        let stint = state.limit.as_ref().and_then(|reckoned| reckoned.limit.stints().get(n - 1));
        Some(Self { n, of, limit: stint.map(ToString::to_string) })
    }
}
