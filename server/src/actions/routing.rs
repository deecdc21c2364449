//! What follows when an issue is filed: a rule finds its bureaus and the clock starts, or nobody is
//! found and the desk is told why.

use domain::access::Actor;
use domain::deadline::{Limit, Stint, Unit, due, resumed};
use domain::evidence::{AfterPhoto, Thresholds};
use domain::routing::{Subject, Unrouted};
use domain::taxonomy::Responsible;
use domain::workflow::{
    Checking, Command, Event, Facts, For, IssueState, Reckoned, Recorded, apply, decide,
};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::actions::claims;
use crate::actions::record::Act;
use crate::gazetteer::Gazetteer;
use crate::problem::Error;
use crate::store::issues::Issue;

/// What the guards need to know beside the issue.
pub fn facts(
    state: &IssueState,
    gazetteer: &Gazetteer,
    now: Timestamp,
    after_photos: Vec<AfterPhoto>,
) -> Result<Facts, Error> {
    let window = working_hours(gazetteer.district.return_window_hours)?;
    let return_until = ends(now, &window, gazetteer)?;
    let limit = state.condition.as_deref().map(|code| reckoned(code, now, state, gazetteer));
    let limit = limit.transpose()?.flatten();
    let offer_until = return_until;
    let resumed_due_at = resumed_due_at(state, gazetteer, now)?;
    let resumed_stages = resumed_stages(state, gazetteer, now)?;
    let review_by = a_month_after(now, gazetteer)?;
    let thresholds = Thresholds::default();
    let checking = Checking::default();
    Ok(Facts {
        now,
        limit,
        return_until,
        offer_until,
        resumed_due_at,
        resumed_stages,
        review_by,
        after_photos,
        thresholds,
        checking,
    })
}

/// A limit of so many working hours.
pub fn working_hours(amount: u32) -> Result<Limit, Error> {
    let stint = Stint { amount, unit: Unit::WorkingHours };
    Limit::new(vec![stint]).map_err(|error| Error::Internal(error.to_string()))
}

/// The limit of a condition, were the clock of this issue to start at `from`; none where it has none.
pub fn reckoned(
    condition: &str,
    from: Timestamp,
    state: &IssueState,
    gazetteer: &Gazetteer,
) -> Result<Option<Box<Reckoned>>, Error> {
    let Some(limit) = gazetteer.limit(condition) else { return Ok(None) };
    let whose = For { category: state.category.as_deref(), lead: state.lead.as_deref() };
    let reckoned = Reckoned::dispatched(condition, limit, from, whose, gazetteer.basis());
    reckoned.map(|limit| Some(Box::new(limit))).map_err(|error| Error::Internal(error.to_string()))
}

/// The limit of what is deferred or shelved, were its clock to run again now.
fn resumed_due_at(
    state: &IssueState,
    gazetteer: &Gazetteer,
    now: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    let Some(due_at) = state.due_at.filter(|_| state.suspension.is_some()) else { return Ok(None) };
    let reckoned = state.limit.as_ref().map(|reckoned| &reckoned.limit);
    let known = state.condition.as_deref().and_then(|code| gazetteer.limit(code));
    runs_again(due_at, state, reckoned.or(known), gazetteer, now).map(Some)
}

/// The ends of its open stages, each by its own unit.
fn resumed_stages(
    state: &IssueState,
    gazetteer: &Gazetteer,
    now: Timestamp,
) -> Result<Vec<Timestamp>, Error> {
    let Some(reckoned) = state.limit.as_ref().filter(|_| state.suspension.is_some()) else {
        return Ok(Vec::new());
    };
    let stints = reckoned.limit.stints().iter().skip(state.secured.len());
    let ends = state.limit_stages.iter().zip(stints).map(|(end, stint)| {
        let own = Limit::new(vec![*stint]).map_err(|error| Error::Internal(error.to_string()))?;
        runs_again(*end, state, Some(&own), gazetteer, now)
    });
    ends.collect()
}

/// When a clock ends that stood still and runs again now; that of a deferral that is over runs again since its date,
/// however late that is noticed.
fn runs_again(
    end: Timestamp,
    state: &IssueState,
    limit: Option<&Limit>,
    gazetteer: &Gazetteer,
    now: Timestamp,
) -> Result<Timestamp, Error> {
    let Some(stood) = &state.suspension else { return Ok(end) };
    let again = stood.until.map_or(now, |until| until.min(now));
    let due = resumed(end, (stood.stopped_at, again), limit, &gazetteer.calendar);
    due.map_err(|error| Error::Internal(error.to_string()))
}

/// The same time of day in the district a month later, or on that month's last day.
fn a_month_after(at: Timestamp, gazetteer: &Gazetteer) -> Result<Timestamp, Error> {
    let calendar = &gazetteer.calendar;
    let later = calendar.civil(at).checked_add(1.month()).ok();
    let later = later.and_then(|civil| calendar.moment(civil));
    later.ok_or_else(|| Error::Internal("a month later is out of range".to_owned()))
}

/// When a limit that starts at `from` ends.
pub fn ends(from: Timestamp, limit: &Limit, gazetteer: &Gazetteer) -> Result<Timestamp, Error> {
    let due = due(from, limit, &gazetteer.calendar);
    due.map(|due| due.at).map_err(|error| Error::Internal(error.to_string()))
}

/// The event that follows a filing: dispatched by rule, offered to whoever may own it, or unrouted with the reason.
///
/// The issue is filed by the events `before` this one, if not already; it then has a category and a
/// condition.
pub fn by_rule(
    issue: &Issue,
    before: &[Event],
    act: Act<'_>,
    gazetteer: &Gazetteer,
) -> Result<Event, Error> {
    let Act { actor, at, .. } = act;
    let mut state = issue.state.clone();
    for event in before {
        let event = event.clone();
        apply(&mut state, &Recorded { at, by: actor.account, bureau: None, event });
    }
    if state.blind {
        let version = gazetteer.rules().version.clone();
        return Ok(Event::Unrouted { version, because: Unrouted::Blind });
    }
    // Rules hold by the day of the first dispatch, not by that of a later import.
    let on = gazetteer.calendar.date_of(state.dispatched_at.unwrap_or(at));
    let ground = Ground::of(issue, &state, gazetteer, on);
    let subject = ground.subject(issue, &state);
    let because = match gazetteer.route(&subject) {
        Ok(because) => because,
        Err(nobody) => return claims::nobody_found(&state, &subject, nobody, at, gazetteer),
    };
    let command = Command::Dispatch {
        lead: because.lead.bureau.clone(),
        cooperating: because.helpers(),
        because: Some(Box::new(because)),
        reason: String::new(),
    };
    let facts = facts(&led(&state, actor, &command), gazetteer, at, Vec::new())?;
    let mut events = decide(&state, actor, &command, &facts)?;
    events.pop().ok_or_else(|| Error::Internal("a dispatch without an event".to_owned()))
}

/// The issue as its limit is reckoned: a dispatch starts the clock of whom it sends it to.
pub fn led(state: &IssueState, actor: &Actor, command: &Command) -> IssueState {
    let lead = match command {
        Command::Dispatch { lead, .. } => Some(lead.clone()),
        _ => state.led_after(actor, command),
    };
    IssueState { lead: lead.or_else(|| state.lead.clone()), ..state.clone() }
}

/// What reference data says of an issue, to be routed by.
pub struct Ground<'a> {
    class: &'a str,
    places: Vec<&'a str>,
    owners: Vec<String>,
    duties: Vec<String>,
    standard: Option<&'a Responsible>,
    on: Date,
}

impl<'a> Ground<'a> {
    /// What is known, on a day of the district, of the issue as `state` has it.
    pub fn of(issue: &'a Issue, state: &IssueState, gazetteer: &'a Gazetteer, on: Date) -> Self {
        let category = state.category.as_deref().unwrap_or_default();
        let condition = state.condition.as_deref().and_then(|code| gazetteer.condition(code));
        let class = gazetteer.category(category).map(|known| known.class.as_str());
        Self {
            class: class.unwrap_or_default(),
            places: issue.detail.places.iter().map(String::as_str).collect(),
            owners: gazetteer.owners(issue.detail.position, category),
            duties: gazetteer.duty_holders(issue.detail.position, on),
            standard: condition.and_then(|(_, condition)| condition.responsible.as_ref()),
            on,
        }
    }

    /// The subject that the rules of the day are asked about.
    pub fn subject<'s>(&'s self, issue: &'s Issue, state: &'s IssueState) -> Subject<'s> {
        Subject {
            category: state.category.as_deref().unwrap_or_default(),
            condition: state.condition.as_deref().unwrap_or_default(),
            class: self.class,
            areas: &issue.detail.areas,
            places: &self.places,
            source: &issue.source,
            owners: &self.owners,
            duties: &self.duties,
            standard: self.standard,
            on: self.on,
        }
    }
}
