//! What is asked to be done with an issue, and the reasons that may be given.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::request::Wish;
use super::verification::Way;
use crate::deadline::Limit;
use crate::routing::Because;

/// Why a bureau sends an issue back 退回.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnReason {
    /// 非职责: not our duty.
    NotOurDuty,
    /// 权属不清: ownership unclear.
    OwnershipUnclear,
    /// 位置错: the place is wrong.
    WrongPlace,
    /// 重复: the same problem is known already.
    Duplicate,
    /// 已无: nothing there any more.
    Gone,
}

/// Why the desk does not take a report up, or takes an issue out of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DismissReason {
    /// Nothing is wrong there.
    FalseAlarm,
    /// The same problem is known already.
    Duplicate,
    /// Not in the district.
    OutsideDistrict,
    /// Below every condition of its category.
    BelowCondition,
}

/// What a bureau says it found or did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 已整改: repaired, cleared, moved.
    Rectified,
    /// 现场已无: no longer there when the bureau came.
    NoLongerThere,
}

/// What somebody asks to be done with an issue.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// 立案: take it up, with a category and condition.
    File {
        /// Category code.
        category: String,
        /// Condition code.
        condition: String,
    },
    /// 不予立案.
    Refuse {
        /// Why.
        reason: DismissReason,
        /// In words.
        note: String,
    },
    /// 作废.
    Void {
        /// Why.
        reason: DismissReason,
        /// In words.
        note: String,
    },
    /// 合并: the same problem is known as another issue, which takes its reports.
    Merge {
        /// Number of that issue.
        into: i64,
    },
    /// Let bureaus see a blind finding.
    Release,
    /// 派遣: send it to a lead and cooperating bureaus.
    Dispatch {
        /// The one bureau that answers for it.
        lead: String,
        /// Bureaus that help.
        cooperating: Vec<String>,
        /// The routing rule that chose them, and why; none when the desk did.
        because: Option<Box<Because>>,
        /// Why these, in the desk's words; may be empty only when a rule chose.
        reason: String,
    },
    /// 挂出认领: offer it to those who may own it; the desk chooses them.
    Offer {
        /// Whom.
        candidates: Vec<String>,
        /// For how long; until when that is, is in the facts.
        within: Limit,
        /// Whether the others help whoever claims it.
        others_help: bool,
        /// Why these, in words.
        reason: String,
    },
    /// 认领: one whom it is offered to takes it.
    Claim,
    /// 不认领: one whom it is offered to says that it is not theirs.
    DeclineClaim {
        /// Why, in words.
        reason: String,
    },
    /// 签收.
    Accept,
    /// 退回.
    Return {
        /// Why.
        reason: ReturnReason,
        /// In words.
        note: String,
    },
    /// 阶段完成: say that a stage before the limit's last is done, such as fencing it off.
    Secure {
        /// In words.
        note: String,
        /// Ids of the photos that show it.
        photos: Vec<String>,
    },
    /// 整改.
    Rectify {
        /// Done, or found gone.
        outcome: Outcome,
        /// In words.
        note: String,
        /// Ids of the after-photos.
        photos: Vec<String>,
    },
    /// 申请: the lead bureau asks for a later limit, a deferral or shelving; the last two the office may order.
    Ask {
        /// What for.
        wish: Wish,
        /// Why, in words.
        reason: String,
        /// Ids of the photos of the stamped form; needed for shelving, and from the second extension on.
        photos: Vec<String>,
    },
    /// 审批: one of the two levels that decide on what was asked for.
    Decide {
        /// Whether this level is for it.
        approved: bool,
        /// In words; needed when it is not.
        note: String,
    },
    /// 子任务: what one cooperating bureau has to do, said by the lead or the office; said again once it was
    /// done, it is sent back.
    SetTask {
        /// The cooperating bureau.
        bureau: String,
        /// What it has to do, in words.
        task: String,
        /// A limit of its own; none where the is its limit.
        due_at: Option<Timestamp>,
    },
    /// 协办签收: a cooperating bureau takes its part.
    AcceptPart,
    /// 协办完成: a cooperating bureau says that its part is done.
    FinishPart {
        /// In words.
        note: String,
        /// Ids of the photos that show it.
        photos: Vec<String>,
    },
    /// The office lets a cooperating bureau off its part.
    ReleasePart {
        /// The cooperating bureau.
        bureau: String,
        /// Why, in words.
        reason: String,
    },
    /// 恢复: a deferred or shelved issue is worked on again, before its time.
    Resume {
        /// Why, in words.
        note: String,
    },
    /// 挂账复核: looked at, and still not solvable.
    Review {
        /// In words.
        note: String,
    },
    /// 核查 by somebody else.
    Verify {
        /// Whether the closing condition holds.
        passed: bool,
        /// In words.
        note: String,
        /// Ids of the verifier's photos.
        photos: Vec<String>,
        /// How they looked; none for the way that was owed.
        way: Option<Way>,
    },
    /// The office closes without a passed verification; on record.
    Override {
        /// Why, in words.
        reason: String,
    },
}
