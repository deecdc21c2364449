//! What follows when an issue is filed: a rule finds its bureaus and the clock starts, or nobody is
//! found and the desk is told why.

use domain::deadline::{Limit, Stint, Unit, due, resumed};
use domain::evidence::{AfterPhoto, Thresholds};
use domain::routing::{Subject, Unrouted};
use domain::taxonomy::Responsible;
use domain::workflow::{
    Checking, Command, Event, Facts, IssueState, Reckoned, Recorded, apply, decide,
};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

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
    let limit =
        state.condition.as_deref().map(|code| reckoned(code, now, gazetteer)).transpose()?;
    let known = state.condition.as_deref().and_then(|code| gazetteer.limit(code));
    let resumed_due_at = resumed_due_at(state, known, gazetteer, now)?;
    let review_by = a_month_after(now, gazetteer)?;
    let limit = limit.flatten();
    let thresholds = Thresholds::default();
    let checking = Checking::default();
    Ok(Facts {
        now,
        limit,
        return_until,
        resumed_due_at,
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

/// The limit of a condition, were the clock to start at `from`; none where it has none.
pub fn reckoned(
    condition: &str,
    from: Timestamp,
    gazetteer: &Gazetteer,
) -> Result<Option<Box<Reckoned>>, Error> {
    let Some(limit) = gazetteer.limit(condition) else { return Ok(None) };
    let reckoned = Reckoned::new(condition, limit, from, gazetteer.basis());
    reckoned.map(|limit| Some(Box::new(limit))).map_err(|error| Error::Internal(error.to_string()))
}

/// The limit of what is deferred or shelved, were its clock to run again now; a deferral that is over runs again since
/// its date, however late that is noticed.
fn resumed_due_at(
    state: &IssueState,
    limit: Option<&Limit>,
    gazetteer: &Gazetteer,
    now: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    let Some((due_at, stood)) = state.due_at.zip(state.suspension.as_ref()) else {
        return Ok(None);
    };
    let again = stood.until.map_or(now, |until| until.min(now));
    let due = resumed(due_at, (stood.stopped_at, again), limit, &gazetteer.calendar);
    due.map(Some).map_err(|error| Error::Internal(error.to_string()))
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

/// The event that follows a filing: dispatched by rule, or unrouted with the reason.
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
    let nobody = |because| {
        let version = gazetteer.rules().version.clone();
        Ok(Event::Unrouted { version, because })
    };
    if state.blind {
        return nobody(Unrouted::Blind);
    }
    // Rules hold by the day of the first dispatch, not by that of a later import.
    let on = gazetteer.calendar.date_of(state.dispatched_at.unwrap_or(at));
    let ground = Ground::of(issue, &state, gazetteer, on);
    let because = match gazetteer.route(&ground.subject(issue, &state)) {
        Ok(because) => because,
        Err(unrouted) => return nobody(unrouted),
    };
    let command = Command::Dispatch {
        lead: because.lead.bureau.clone(),
        cooperating: because.helpers(),
        because: Some(Box::new(because)),
        reason: String::new(),
    };
    let facts = facts(&state, gazetteer, at, Vec::new())?;
    let mut events = decide(&state, actor, &command, &facts)?;
    events.pop().ok_or_else(|| Error::Internal("a dispatch without an event".to_owned()))
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
