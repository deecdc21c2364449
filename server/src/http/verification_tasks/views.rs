//! A task as it is sent: small, for it is pulled on the street.

use domain::position::Position;
use domain::workflow::{CheckBecause, Owed, Way};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::verification_tasks::due_at;
use crate::config::VerificationSettings;
use crate::gazetteer::Gazetteer;
use crate::problem::Error;
use crate::store::accounts::Account;
use crate::store::issues::Issue;
use crate::store::verification_tasks::Task;
use crate::views::{CheckView, PositionView};

/// A look that is owed 核查任务.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = VerificationTask, example = json!({"issue": 412, "version": 6, "check": {"way": "on_site", "because": "every",
    "draw": null}, "owed_at": "2026-11-20T03:12:07Z", "due_at": "2026-11-24T03:12:07Z", "late": false,
    "distance_m": 240.0, "mine": true, "handed": false, "taken_until": "2026-11-20T07:12:07Z", "taken_by_name": null,
    "category_name": "暴露垃圾", "area_name": "东关街道", "lead_name": "环卫中心",
    "position": {"lat": 30.6612, "lon": 113.1644}, "rework": 0, "self_handled": false}))]
#[allow(clippy::struct_excessive_bools)] // fields of the document
pub struct TaskView {
    /// The issue's number.
    pub issue: i64,
    /// The issue's version, for If-Match.
    pub version: i64,
    /// How it has to be looked at, and why so.
    pub check: CheckView,
    /// Since when it is owed.
    #[schema(value_type = String, format = DateTime)]
    pub owed_at: Timestamp,
    /// When the office's own limit for the verdict ends.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Timestamp,
    /// That limit is over.
    pub late: bool,
    /// How far from where the reader said they are, metres.
    #[schema(required)]
    pub distance_m: Option<f64>,
    /// The reader has it.
    pub mine: bool,
    /// Somebody of the office handed it to whoever has it.
    pub handed: bool,
    /// Until when somebody has it; null where nobody does.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    pub taken_until: Option<Timestamp>,
    /// Who has it; for the office and supervisors.
    #[schema(required)]
    pub taken_by_name: Option<String>,
    /// Category name.
    #[schema(required)]
    pub category_name: Option<String>,
    /// Name of the finest area it lies in.
    #[schema(required)]
    pub area_name: Option<String>,
    /// Name of the bureau that answers for it.
    #[schema(required)]
    pub lead_name: Option<String>,
    /// Where it is.
    #[schema(required)]
    pub position: Option<PositionView>,
    /// How often verification failed.
    pub rework: u32,
    /// 自处置: its finder fixed it.
    pub self_handled: bool,
}

/// Who reads a task, when and where; and who has it, where that may be told.
pub(super) struct Seen<'a> {
    pub account: i64,
    pub now: Timestamp,
    pub from: Option<Position>,
    pub holder: Option<&'a Account>,
}

/// How far a task is from somewhere.
pub(super) fn metres(from: Option<Position>, task: &Task) -> Option<f64> {
    let at = Position { lat: task.lat?, lon: task.lon? };
    Some(from?.distance_to(at).0)
}

impl TaskView {
    pub(super) fn new(
        task: &Task,
        issue: &Issue,
        seen: &Seen<'_>,
        settings: &VerificationSettings,
        gazetteer: &Gazetteer,
    ) -> Result<Self, Error> {
        let state = &issue.state;
        let before = || Owed { way: Way::OnSite, because: CheckBecause::Every };
        let check = state.verification.as_deref().cloned().unwrap_or_else(before);
        let due_at = due_at(task, settings, gazetteer)?;
        let category = state.category.as_deref().and_then(|code| gazetteer.category(code));
        let lead = state.lead.as_deref().and_then(|code| gazetteer.bureau(code));
        let area = issue.area().and_then(|code| gazetteer.area_name(code));
        let holder = task.holder(seen.now);
        Ok(Self {
            issue: issue.id,
            version: issue.version,
            check: CheckView::new(&check),
            owed_at: task.owed_at.0,
            due_at,
            late: due_at < seen.now,
            distance_m: metres(seen.from, task).map(f64::round),
            mine: holder == Some(seen.account),
            handed: holder.is_some() && task.handed_by.is_some(),
            taken_until: task.taken_until.map(|at| at.0).filter(|_| holder.is_some()),
            taken_by_name: seen.holder.map(|account| account.name.clone()),
            category_name: category.map(|known| known.name.clone()),
            area_name: area.map(str::to_owned),
            lead_name: lead.map(|bureau| bureau.name.clone()),
            position: issue.detail.position.map(|p| PositionView { lat: p.lat, lon: p.lon }),
            rework: state.rework,
            self_handled: state.self_handled,
        })
    }
}

/// By which rules looks are owed; the operator sets them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = VerificationRules, example = json!({"seed": "zhoubian", "low_gravity_days": 5, "low_gravity": [],
    "sample_percent": 30, "self_handled_percent": 20, "after_failure_percent": 100, "after_failure_next": 10,
    "hold_minutes": 240, "not_the_finder": false, "verification_hours": 16}))]
pub struct Rules {
    /// What draws are made with.
    pub seed: String,
    /// What may take at least so many days is of low gravity; 0: nothing.
    pub low_gravity_days: u32,
    /// Conditions that are, whatever they may take.
    pub low_gravity: Vec<String>,
    /// Share of what is of low gravity that is looked at on site, per cent.
    pub sample_percent: u32,
    /// Share of what was self-handled that the desk looks at, per cent.
    pub self_handled_percent: u32,
    /// The share of a bureau of which a check failed, per cent.
    pub after_failure_percent: u32,
    /// For how many of its next rectifications.
    pub after_failure_next: u32,
    /// How long a task is kept for whoever took it, minutes.
    pub hold_minutes: u32,
    /// Tasks are offered to others than whoever reported the issue.
    pub not_the_finder: bool,
    /// How long the office may take to the verdict, working hours.
    pub verification_hours: u32,
}

impl Rules {
    pub(super) fn new(settings: &VerificationSettings) -> Self {
        let VerificationSettings { seed, low_gravity, .. } = settings.clone();
        Self {
            seed,
            low_gravity_days: settings.low_gravity_days,
            low_gravity,
            sample_percent: settings.sample_percent,
            self_handled_percent: settings.self_handled_percent,
            after_failure_percent: settings.after_failure_percent,
            after_failure_next: settings.after_failure_next,
            hold_minutes: settings.hold_minutes,
            not_the_finder: settings.not_the_finder,
            verification_hours: settings.verification_hours,
        }
    }
}

/// The tasks that somebody is offered, or supervises.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TaskPage {
    /// The tasks.
    pub items: Vec<TaskView>,
    /// How many are owed on site; for the office and supervisors.
    #[schema(required)]
    pub on_site: Option<i64>,
    /// How many wait for the desk; for the office and supervisors.
    #[schema(required)]
    pub desk: Option<i64>,
    /// How many somebody has; for the office and supervisors.
    #[schema(required)]
    pub taken: Option<i64>,
    /// By which rules they are owed; for the office and supervisors.
    #[schema(required)]
    pub rules: Option<Rules>,
    /// Now, by the server's clock.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Cursor of the next page; null on the last, and for inspectors.
    #[schema(required)]
    pub next: Option<String>,
}

/// Somebody whom a task can be handed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = TaskInspector, example = json!({"account": 17, "name": "张敏", "tasks": 2}))]
pub struct InspectorView {
    /// The account.
    pub account: i64,
    /// The name.
    pub name: String,
    /// How many tasks they have in hand.
    pub tasks: i64,
}
