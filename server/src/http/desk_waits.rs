//! `/desk-clocks` and `/desk-waits`: how long issues wait for the office.

use std::collections::BTreeMap;

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use domain::access::{Action, Subject, may};
use domain::deadline::Limit;
use domain::desk::{Clock, Counted, Step, Tally};
use domain::figures::Period;
use jiff::{SignedDuration, Timestamp};
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::routing::working_hours;
use crate::app::App;
use crate::config::VerificationSettings;
use crate::figures::Position;
use crate::http::actor::SignedIn;
use crate::http::cursor;
use crate::http::documented::ListProblems;
use crate::http::figures::{PeriodView, RateView};
use crate::http::issues::page_size;
use crate::problem::Error;
use crate::store::desk_waits::{self, Key, Waited};

/// Of which period, as of which position.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClocksQuery {
    /// The period's first instant.
    #[param(value_type = String, format = DateTime, example = "2026-11-01T00:00:00+08:00")]
    from: Timestamp,
    /// The period's end, itself outside.
    #[param(value_type = String, format = DateTime, example = "2026-12-01T00:00:00+08:00")]
    to: Timestamp,
    /// A feed number: the figures as they were there.
    as_of: Option<i64>,
}

/// What of one step was ended by whom, or how.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"of": "desk", "ended": 14, "on_time": {"numerator": 13, "denominator": 14, "percent": 92.86}}))]
pub struct ClockShare {
    /// A role (`office`, `inspector`, `supervisor`, `system` for what followed by rule), or a way of verification
    /// (`on_site`, `desk`, `video`). No person.
    pub of: String,
    /// How many ended.
    pub ended: u64,
    /// Of these, within the limit.
    pub on_time: RateView,
}

/// One clock of the office.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = DeskClock, example = json!({"step": "verification", "limit_hours": 16, "on_time": {"numerator": 40,
    "denominator": 44, "percent": 90.91}, "ended": 43, "median_minutes": 190, "p90_minutes": 700, "waiting": 9,
    "waiting_late": 1, "by_role": [], "by_way": []}))]
pub struct ClockView {
    /// `filing` (from a report to its filing or refusal), `dispatch` (from the filing, or a return, to the dispatch) or
    /// `verification` (from a rectification to the verdict).
    #[schema(value_type = String)]
    pub step: Step,
    /// Its limit, working hours.
    pub limit_hours: u32,
    /// 按时率: ended in the period within the limit, out of what ended in it or was late at its end; `GET /desk-waits`
    /// lists both.
    pub on_time: RateView,
    /// How many ended in the period.
    pub ended: u64,
    /// Half of these took at most so much working time, minutes; null where none ended.
    #[schema(required)]
    pub median_minutes: Option<i64>,
    /// Nine of ten did.
    #[schema(required)]
    pub p90_minutes: Option<i64>,
    /// How many wait now.
    pub waiting: u64,
    /// How many of them longer than the limit.
    pub waiting_late: u64,
    /// Who ended them, by role.
    pub by_role: Vec<ClockShare>,
    /// How they were verified; empty for the other steps.
    pub by_way: Vec<ClockShare>,
}

/// The office's own clocks.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DeskClocks {
    /// The period.
    pub period: PeriodView,
    /// The feed number that they were read at; ask with it again and they come out the same.
    pub as_of: i64,
    /// One each.
    pub clocks: Vec<ClockView>,
    /// Now, by the server's clock: `waiting` is as of it.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// The limits of the office's clocks.
struct Limits(BTreeMap<Step, (u32, Limit)>);

impl Limits {
    fn of(settings: &VerificationSettings) -> Result<Self, Error> {
        let hours = |step| match step {
            Step::Filing => settings.filing_hours,
            Step::Dispatch => settings.dispatch_hours,
            Step::Verification => settings.verification_hours,
        };
        let one = |step: Step| Ok((step, (hours(step), working_hours(hours(step))?)));
        Step::ALL.into_iter().map(one).collect::<Result<_, Error>>().map(Self)
    }

    fn clock<'a>(
        &'a self,
        step: Step,
        calendar: &'a domain::deadline::Calendar,
    ) -> Option<Clock<'a>> {
        self.0.get(&step).map(|(_, limit)| Clock::new(limit, calendar))
    }
}

fn minutes(duration: SignedDuration) -> i64 {
    duration.as_mins()
}

/// What is counted of one step.
#[derive(Default)]
struct Counts {
    all: Tally,
    roles: BTreeMap<String, (u64, u64)>,
    ways: BTreeMap<String, (u64, u64)>,
    waiting: u64,
    late: u64,
}

impl Counts {
    fn add(&mut self, one: Waited, counted: Counted) {
        self.all.add(counted);
        if counted.took.is_none() {
            return;
        }
        for (of, share) in [(one.role, &mut self.roles), (one.way, &mut self.ways)] {
            let Some(of) = of else { continue };
            let (ended, on_time) = share.entry(of).or_default();
            *ended += 1;
            *on_time += u64::from(counted.on_time);
        }
    }

    fn view(mut self, step: Step, limit_hours: u32) -> ClockView {
        ClockView {
            step,
            limit_hours,
            on_time: self.all.on_time().into(),
            ended: self.all.ended(),
            median_minutes: self.all.within(50).map(minutes),
            p90_minutes: self.all.within(90).map(minutes),
            waiting: self.waiting,
            waiting_late: self.late,
            by_role: shares(self.roles),
            by_way: shares(self.ways),
        }
    }
}

fn shares(of: BTreeMap<String, (u64, u64)>) -> Vec<ClockShare> {
    let one = |(of, (ended, on_time))| {
        let on_time = domain::figures::Rate::new(on_time, ended).into();
        ClockShare { of, ended, on_time }
    };
    of.into_iter().map(one).collect()
}

/// The waits that can count, as of a position, with its instant.
fn read(
    conn: &mut Conn,
    period: Period,
    as_of: Option<i64>,
    now: Timestamp,
) -> Result<(i64, Timestamp, Vec<Waited>), Error> {
    let Position { as_of, head } = Position::of(conn, as_of)?;
    // What is asked for again later is told as of the last event there, not as of then.
    let instant = if as_of < head {
        desk_waits::find_instant(conn, as_of)?.unwrap_or(Timestamp::MIN)
    } else {
        now
    };
    Ok((as_of, instant, desk_waits::list(conn, period, as_of)?))
}

/// Read the office's own clocks
///
/// How long issues waited to be filed, to be dispatched and for the verdict, in working hours: how many ended within the
/// limit, the median, and by the role of whoever ended them, never by name. Computed as of a position of the log; a
/// wait that goes on after its limit counts as late in every period until it ends.
#[utoipa::path(
    tag = "figures",
    operation_id = "get_desk_clocks",
    params(ClocksQuery),
    responses((status = 200, description = "The clocks.", body = DeskClocks), ListProblems)
)]
#[get("/desk-clocks")]
pub async fn get_desk_clocks(
    app: Data<App>,
    who: SignedIn,
    query: Query<ClocksQuery>,
) -> Result<Json<DeskClocks>, Error> {
    may(Some(&who.actor(&app)), Action::GetDeskClocks, &Subject::None)?;
    let period = Period::new(query.from, query.to)
        .map_err(|error| Error::invalid("period-invalid", error.to_string()))?;
    let (now, asked, gazetteer) = (app.clock.now(), query.as_of, app.gazetteer());
    let find = move |conn: &mut Conn| {
        let read = read(conn, period, asked, now)?;
        Ok::<_, Error>((read, desk_waits::list_begun(conn)?))
    };
    let ((as_of, instant, waits), begun) = app.db.read(find).await?;
    let limits = Limits::of(&app.config.verification)?;
    let mut counts: BTreeMap<Step, Counts> = BTreeMap::new();
    for one in waits {
        let Some(clock) = limits.clock(one.step, &gazetteer.calendar) else { continue };
        if let Some(counted) = clock.counted(&one.wait, period, instant) {
            counts.entry(one.step).or_default().add(one, counted);
        }
    }
    for (step, since) in begun {
        let Some(clock) = limits.clock(step, &gazetteer.calendar) else { continue };
        let of = counts.entry(step).or_default();
        of.waiting += 1;
        of.late += u64::from(clock.read(since, now).0);
    }
    let clocks = limits
        .0
        .iter()
        .map(|(step, (hours, _))| counts.remove(step).unwrap_or_default().view(*step, *hours));
    Ok(Json(DeskClocks {
        period: PeriodView { from: query.from, to: query.to },
        as_of,
        clocks: clocks.collect(),
        at: now,
    }))
}

/// Which waits.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WaitsQuery {
    /// `filing`, `dispatch` or `verification` alone.
    #[param(example = "filing")]
    step: Option<String>,
    /// With `to`: what counts in a period. Without them, what waits now.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// The period's end, itself outside.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<Timestamp>,
    /// A feed number: what counted as it was there.
    as_of: Option<i64>,
    /// Of what counts in a period, what ended within its limit (`true`) or did not.
    on_time: Option<bool>,
    /// `next` of the page before.
    after: Option<String>,
    /// Waits on the page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
}

/// One wait.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = DeskWait, example = json!({"issue": 412, "step": "filing", "began_at": "2026-11-20T01:12:03Z",
    "due_at": "2026-11-20T03:12:03Z", "ended_at": null, "on_time": false, "took_minutes": null, "role": null, "way": null}))]
pub struct WaitView {
    /// The issue's number.
    pub issue: i64,
    /// For what.
    #[schema(value_type = String)]
    pub step: Step,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub began_at: Timestamp,
    /// When its limit ends; null beyond the range of dates.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    pub due_at: Option<Timestamp>,
    /// Until when; null while it goes on.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    pub ended_at: Option<Timestamp>,
    /// Its limit is not over, or was not when it ended.
    pub on_time: bool,
    /// The working time that it took, minutes; null while it goes on.
    #[schema(required)]
    pub took_minutes: Option<i64>,
    /// What whoever ended it acted as.
    #[schema(required)]
    pub role: Option<String>,
    /// How it was verified.
    #[schema(required)]
    pub way: Option<String>,
}

/// A page of waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WaitPage {
    /// The waits, what began first at the top.
    pub items: Vec<WaitView>,
    /// Now, by the server's clock.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Cursor of the next page; null on the last.
    #[schema(required)]
    pub next: Option<String>,
}

/// List what waits, or waited, for the office
///
/// What waits now, what waits longest first; or, with `from` and `to`, every wait that counts in a period with whether
/// it was on time: the numerators and denominators of `GET /desk-clocks`, down to issue numbers.
#[utoipa::path(
    tag = "figures",
    operation_id = "list_desk_waits",
    params(WaitsQuery),
    responses((status = 200, description = "A page.", body = WaitPage), ListProblems)
)]
#[get("/desk-waits")]
pub async fn list_desk_waits(
    app: Data<App>,
    who: SignedIn,
    query: Query<WaitsQuery>,
) -> Result<Json<WaitPage>, Error> {
    may(Some(&who.actor(&app)), Action::ListDeskWaits, &Subject::None)?;
    let step = match query.step.as_deref() {
        None => None,
        Some(word) => Some(Step::read(word).ok_or_else(|| {
            let detail = format!("`step` {word} is not filing, dispatch or verification.");
            Error::invalid("step-unknown", detail)
        })?),
    };
    let size = page_size(query.limit)?;
    let after: Option<Key> = query.after.as_deref().map(cursor::read).transpose()?;
    let period = match (query.from, query.to) {
        (None, None) => None,
        (Some(from), Some(to)) => Some(
            Period::new(from, to)
                .map_err(|error| Error::invalid("period-invalid", error.to_string()))?,
        ),
        _ => {
            return Err(Error::invalid("period-invalid", "`from` and `to` come together."));
        }
    };
    let (now, asked, gazetteer) = (app.clock.now(), query.as_of, app.gazetteer());
    // What is late is told by the calendar, not by the database.
    let most = if query.on_time.is_some() { i64::MAX } else { size + 1 };
    let find = move |conn: &mut Conn| match period {
        Some(period) => read(conn, period, asked, now).map(|(_, at, waits)| (at, waits)),
        None => Ok((now, desk_waits::list_still(conn, step, after, most)?)),
    };
    let (instant, waits) = app.db.read(find).await?;
    let limits = Limits::of(&app.config.verification)?;
    let beyond = |one: &Waited| {
        let key = Key { began: one.wait.began_at.as_microsecond(), id: one.issue };
        after.is_none_or(|after| (key.began, key.id) > (after.began, after.id))
    };
    let listed = waits.into_iter().filter(|one| step.is_none_or(|step| step == one.step));
    let listed = listed.filter(beyond).filter_map(|one| {
        let clock = limits.clock(one.step, &gazetteer.calendar)?;
        let counted = match period {
            Some(period) => clock.counted(&one.wait, period, instant)?,
            None => Counted { on_time: !clock.read(one.wait.began_at, instant).0, took: None },
        };
        let wanted = query.on_time.is_none_or(|wanted| wanted == counted.on_time);
        wanted.then(|| view(one, counted, &clock))
    });
    let most = usize::try_from(size).unwrap_or(usize::MAX);
    let mut items: Vec<WaitView> = listed.take(most + 1).collect();
    let more = items.len() > most;
    items.truncate(most);
    let key = |one: &WaitView| Key { began: one.began_at.as_microsecond(), id: one.issue };
    let next = items.last().map(key).filter(|_| more).as_ref().map(cursor::write).transpose()?;
    Ok(Json(WaitPage { items, at: now, next }))
}

fn view(one: Waited, counted: Counted, clock: &Clock<'_>) -> WaitView {
    WaitView {
        issue: one.issue,
        step: one.step,
        began_at: one.wait.began_at,
        due_at: clock.due_at(one.wait.began_at),
        ended_at: one.wait.ended_at,
        on_time: counted.on_time,
        took_minutes: counted.took.map(minutes),
        role: one.role,
        way: one.way,
    }
}
