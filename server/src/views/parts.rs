//! The parts of those who help, as every face sees them.

use domain::access::{Action, Actor, Role};
use domain::workflow::{Command, IssueState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::gazetteer::Gazetteer;

/// What a cooperating bureau has to do and has done 配合.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"bureau": "yidong", "name": "移动公司", "task": "清理本单位飞线、挂箱",
    "due_at": "2026-11-22T10:00:00Z", "accepted_at": "2026-11-20T02:12:00Z", "done_at": null,
    "released_at": null, "owed": true, "rework": 0}))]
pub struct PartView {
    /// The bureau.
    pub bureau: String,
    /// Its name; null when it is no longer in the reference data.
    pub name: Option<String>,
    /// 子任务: what it has to do; null where nothing was asked of it.
    pub task: Option<String>,
    /// By when, never later than the issue; null where neither has a limit.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Timestamp>,
    /// 签收: when it took its part.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub accepted_at: Option<Timestamp>,
    /// When it said that its part is done.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub done_at: Option<Timestamp>,
    /// When the office let it off.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub released_at: Option<Timestamp>,
    /// It has a sub-task that is neither done nor released: the lead cannot rectify yet.
    pub owed: bool,
    /// How often what it had done was sent back to it.
    pub rework: u32,
}

/// The part of each cooperating bureau, in their order.
pub(super) fn parts(state: &IssueState, gazetteer: &Gazetteer) -> Vec<PartView> {
    let parts = state.cooperating.iter().filter_map(|code| state.part(code)).map(|part| PartView {
        name: gazetteer.bureau(&part.bureau).map(|bureau| bureau.name.clone()),
        due_at: part.limit(state),
        owed: part.is_owed(),
        bureau: part.bureau,
        task: part.task,
        accepted_at: part.accepted_at,
        done_at: part.done_at,
        released_at: part.released_at,
        rework: part.rework,
    });
    parts.collect()
}

/// What the reader might do about parts: one of those that are left to whoever asks, and the reader's own.
pub(super) fn attempts(state: &IssueState, actor: &Actor) -> Vec<(Action, &'static str, Command)> {
    let some = || "?".to_owned();
    let helper = |owed: bool| {
        let part = |code: &&String| !owed || state.part(code).is_some_and(|part| part.is_owed());
        state.cooperating.iter().find(part).cloned().unwrap_or_default()
    };
    let mut attempts = vec![
        (Action::AcceptPart, "accept-part", Command::AcceptPart),
        (
            Action::FinishPart,
            "finish-part",
            Command::FinishPart { note: some(), photos: vec![some()] },
        ),
        (
            Action::SetTask,
            "set-task",
            Command::SetTask { bureau: helper(false), task: some(), due_at: None },
        ),
    ];
    if actor.role == Role::Office {
        let command = Command::ReleasePart { bureau: helper(true), reason: some() };
        attempts.push((Action::ReleasePart, "release-part", command));
    }
    attempts
}
