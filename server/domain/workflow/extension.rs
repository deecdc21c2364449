//! 延期: a later limit, asked for by the lead bureau and decided on by two persons of the office.

use jiff::{SignedDuration, Timestamp};

use super::{
    event::Event,
    guards::{Facts, in_words},
    refusal::Refusal,
    state::IssueState,
};
use crate::access::Actor;

/// How far away the limit that an extension asks for may lie, days.
pub const EXTENSION_AT_MOST_DAYS: i64 = 366;

/// Whoever is late is late: time is asked for while there is some.
pub(super) fn may_ask(
    state: &IssueState,
    facts: &Facts,
    until: Timestamp,
    form: &[String],
) -> Result<(), Refusal> {
    let due_at = state.due_at.ok_or(Refusal::ExtensionWithoutLimit)?;
    let furthest =
        facts.now.saturating_add(SignedDuration::from_hours(24 * EXTENSION_AT_MOST_DAYS));
    if state.extension_asked.is_some() {
        return Err(Refusal::ExtensionPending);
    }
    if facts.now > due_at {
        return Err(Refusal::ExtensionTooLate);
    }
    if until <= due_at {
        return Err(Refusal::ExtensionNotLater);
    }
    if furthest.is_ok_and(|furthest| until > furthest) {
        return Err(Refusal::ExtensionTooFar);
    }
    if state.extensions > 0 && form.is_empty() {
        return Err(Refusal::ExtensionFormMissing);
    }
    Ok(())
}

/// Two persons are for it, one after the other; one against it is enough.
pub(super) fn decided(
    state: &IssueState,
    actor: &Actor,
    approved: bool,
    note: &str,
) -> Result<Event, Refusal> {
    let asked = state.extension_asked.as_ref().ok_or(Refusal::ExtensionNotAsked)?;
    match asked.endorsed_by {
        _ if !approved => Ok(Event::ExtensionRefused { note: in_words(note)? }),
        None => Ok(Event::ExtensionEndorsed { note: note.to_owned() }),
        Some(first) if first == actor.account => Err(Refusal::ExtensionSamePerson),
        Some(_) => Ok(Event::Extended { due_at: asked.until, note: note.to_owned() }),
    }
}
