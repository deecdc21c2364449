//! 分阶段时限: a limit of several stages, such as fencing off in two urgent hours and repairing in five working days.
//! What its lead owes next is the first stage that is not done; the limit itself stays the end of the last.

use jiff::Timestamp;

use super::{
    event::{Event, Recorded},
    limit::Reckoned,
    refusal::Refusal,
    state::IssueState,
};

impl IssueState {
    /// By when something is owed next: the end of the limit's first stage that is not done, or the limit. What
    /// nobody works on now has its limit alone.
    pub fn next_due_at(&self) -> Option<Timestamp> {
        let stage = self.limit_stages.first().filter(|_| self.stage.owes_work());
        [stage.copied(), self.due_at].into_iter().flatten().min()
    }

    /// Of the limit's stages the one that is due next, counted from 1, and how many there are; none where it has one
    /// stage, or only its last is left.
    pub fn stage_due(&self) -> Option<(usize, usize)> {
        let left = self.limit_stages.len();
        let of = self.secured.len() + left + 1;
        (left > 0 && self.stage.owes_work()).then_some((of - left, of))
    }
}

/// A stage before the last is done: the next one runs on from where it was set to begin.
pub(super) fn secured(state: &IssueState, note: &str, photos: &[String]) -> Result<Event, Refusal> {
    if state.limit_stages.is_empty() {
        return Err(Refusal::NoStageOpen);
    }
    if photos.is_empty() {
        return Err(Refusal::AfterPhotoMissing);
    }
    Ok(Event::Secured { note: note.to_owned(), photos: photos.to_vec() })
}

/// Folds a stage that was done.
pub(super) fn apply(state: &mut IssueState, recorded: &Recorded) {
    if !state.limit_stages.is_empty() {
        state.limit_stages.remove(0);
    }
    state.secured.push(recorded.at);
}

/// Takes over the stages of a limit that was set: what was done stays done.
pub(super) fn begin(state: &mut IssueState, limit: Option<&Reckoned>) {
    let Some(limit) = limit else { return };
    let before_last = limit.stages.len().saturating_sub(1);
    let open = limit.stages.iter().take(before_last).skip(state.secured.len());
    state.limit_stages = open.copied().collect();
}

/// The clock stood still: each open stage ends later.
pub(super) fn resume(state: &mut IssueState, ends: &[Timestamp]) {
    if ends.len() == state.limit_stages.len() {
        state.limit_stages = ends.to_vec();
    }
}
