//! 配合: what each bureau that helps has to do, by when, and whether it has. All of it is done before the lead
//! says that the issue is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    command::Command,
    event::{Event, Recorded},
    guards::{Facts, in_words},
    refusal::Refusal,
    state::IssueState,
};
use crate::access::{Actor, Role};

/// 配合任务: the part of one bureau that helps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The bureau that helps.
    pub bureau: String,
    /// 子任务: what it has to do; none where it was only told that it may be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// A limit of its own; none where the issue's is its limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// 签收: when it took its part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<Timestamp>,
    /// When it said that its part is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Timestamp>,
    /// The account that said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_by: Option<i64>,
    /// When the office let it off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released_at: Option<Timestamp>,
    /// 返工: how often what it had done was sent back to it.
    #[serde(default)]
    pub rework: u32,
}

impl Part {
    fn new(bureau: &str) -> Self {
        Self {
            bureau: bureau.to_owned(),
            task: None,
            due_at: None,
            accepted_at: None,
            done_at: None,
            done_by: None,
            released_at: None,
            rework: 0,
        }
    }

    /// Whether work is still owed: it has a sub-task that is neither done nor released.
    pub fn is_owed(&self) -> bool {
        self.is_counted() && self.done_at.is_none()
    }

    /// Whether it is in the figures: something was asked of it, and the office did not let it off.
    pub fn is_counted(&self) -> bool {
        self.task.is_some() && self.released_at.is_none()
    }

    /// When it has to be done: never later than the issue.
    pub fn limit(&self, issue: &IssueState) -> Option<Timestamp> {
        [self.due_at, issue.due_at].into_iter().flatten().min()
    }
}

impl IssueState {
    /// The part of a bureau that helps, also one of which nothing is known but that it does.
    pub fn part(&self, bureau: &str) -> Option<Part> {
        let helps = self.cooperating.iter().any(|code| code == bureau);
        let known = self.parts.iter().find(|part| part.bureau == bureau);
        helps.then(|| known.cloned().unwrap_or_else(|| Part::new(bureau)))
    }
}

/// What one of the commands about parts does.
pub(super) fn decided(
    state: &IssueState,
    actor: &Actor,
    command: &Command,
    facts: &Facts,
) -> Result<Event, Refusal> {
    match command {
        Command::SetTask { bureau, task, due_at } => {
            may_be_set(state, actor, bureau, *due_at, facts)?;
            Ok(Event::SubTaskSet { bureau: bureau.clone(), task: in_words(task)?, due_at: *due_at })
        }
        Command::AcceptPart => {
            let part = own(state, actor)?;
            if part.accepted_at.is_some() {
                return Err(Refusal::PartAccepted);
            }
            Ok(Event::PartAccepted { bureau: part.bureau })
        }
        Command::FinishPart { note, photos } => {
            let part = own(state, actor)?;
            if part.accepted_at.is_none() {
                return Err(Refusal::PartNotAccepted);
            }
            if !part.is_owed() {
                return Err(Refusal::PartNotOwed);
            }
            if photos.is_empty() {
                return Err(Refusal::AfterPhotoMissing);
            }
            Ok(Event::PartDone { bureau: part.bureau, note: note.clone(), photos: photos.clone() })
        }
        Command::ReleasePart { bureau, reason } => {
            if !state.part(bureau).ok_or(Refusal::NotCooperating)?.is_owed() {
                return Err(Refusal::PartNotOwed);
            }
            Ok(Event::PartReleased { bureau: bureau.clone(), reason: in_words(reason)? })
        }
        _ => Err(Refusal::WrongStage(state.stage)),
    }
}

/// 联合办结: the lead says that it is done once every part is.
pub(super) fn all_done(state: &IssueState) -> Result<(), Refusal> {
    if state.parts.iter().any(Part::is_owed) { Err(Refusal::PartsOwed) } else { Ok(()) }
}

/// Whether this account did a part of the work.
pub(super) fn was_done_by(state: &IssueState, account: i64) -> bool {
    state.parts.iter().any(|part| part.done_by == Some(account))
}

fn own(state: &IssueState, actor: &Actor) -> Result<Part, Refusal> {
    let bureau = actor.bureau.as_deref().filter(|_| actor.role == Role::Bureau);
    bureau.and_then(|bureau| state.part(bureau)).ok_or(Refusal::NotCooperating)
}

fn may_be_set(
    state: &IssueState,
    actor: &Actor,
    bureau: &str,
    due_at: Option<Timestamp>,
    facts: &Facts,
) -> Result<(), Refusal> {
    let leads = actor.bureau.is_some() && actor.bureau == state.lead;
    if actor.role != Role::Office && !leads {
        return Err(Refusal::NotLead);
    }
    if state.part(bureau).is_none() {
        return Err(Refusal::NotCooperating);
    }
    if due_at.is_some_and(|due| due <= facts.now) {
        return Err(Refusal::PartDuePast);
    }
    if due_at.zip(state.due_at).is_some_and(|(own, whole)| own > whole) {
        return Err(Refusal::PartDueAfterIssue);
    }
    Ok(())
}

/// Folds an event about one part.
pub(super) fn apply(state: &mut IssueState, recorded: &Recorded) {
    let (Event::SubTaskSet { bureau, .. }
    | Event::PartAccepted { bureau }
    | Event::PartDone { bureau, .. }
    | Event::PartReleased { bureau, .. }) = &recorded.event
    else {
        return;
    };
    let part = known(&mut state.parts, bureau);
    match &recorded.event {
        Event::SubTaskSet { task, due_at, .. } => {
            // What was done and is asked for again was not done well.
            part.rework += u32::from(part.done_at.is_some());
            part.task = Some(task.clone());
            part.due_at = *due_at;
            (part.done_at, part.released_at) = (None, None);
        }
        Event::PartAccepted { .. } => part.accepted_at = Some(recorded.at),
        Event::PartDone { .. } => {
            (part.done_at, part.done_by) = (Some(recorded.at), Some(recorded.by));
        }
        _ => part.released_at = Some(recorded.at),
    }
}

fn known<'p>(parts: &'p mut Vec<Part>, bureau: &str) -> &'p mut Part {
    let at = parts.iter().position(|part| part.bureau == bureau).unwrap_or_else(|| {
        parts.push(Part::new(bureau));
        parts.len() - 1
    });
    &mut parts[at]
}

/// Who helps has changed: whoever still does goes on with what it has, and a rule's sub-task is for those who
/// have none.
pub(super) fn involve(state: &mut IssueState, task: Option<&String>) {
    state.parts.retain(|part| state.cooperating.contains(&part.bureau));
    for bureau in state.cooperating.iter().filter(|_| task.is_some()) {
        let part = known(&mut state.parts, bureau);
        part.task = part.task.take().or_else(|| task.cloned());
    }
}
