//! `/me/reports`: what one reported, and what became of it.

use std::collections::{HashMap, HashSet};

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use domain::access::{Action, Subject, may, sees};
use domain::workflow::Stage;
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::command_issue::facets;
use crate::actions::record::hex;
use crate::actions::submit_report::Noted;
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::http::actor::SignedIn;
use crate::http::cursor;
use crate::http::documented::PagedProblems;
use crate::http::issues::page_size;
use crate::http::photos::{PhotoState, state};
use crate::intake::Submission;
use crate::problem::Error;
use crate::store::issues::Issue;
use crate::store::photo_files::{self, PhotoFile};
use crate::store::photos::Photo;
use crate::store::reports::{Key, Report};
use crate::store::{issues, photos, reports};

/// Which page.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OwnReportQuery {
    /// `next` of the page before.
    after: Option<String>,
    /// Reports on the page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
}

/// A report of one's own, and what became of it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OwnReport {
    /// The report.
    pub report: OwnReportView,
    /// The issue it opened or joined; null where one may no longer see it.
    #[schema(required)]
    pub issue: Option<OwnIssue>,
}

/// A report as its sender finds it again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"id": "0198f3a0-0000-7000-8000-00000000000a", "category": "0101",
    "category_name": "暴露垃圾", "condition": "0101A", "note": "菜市场西门外散落垃圾",
    "captured_at": "2026-11-20T01:12:03Z", "received_at": "2026-11-20T01:12:07Z", "joined": false, "self_handled": false,
    "photos": [{"photo_id": "0198f3a0-0000-7000-8000-000000000001",
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "part": "before", "state": "ready"}]}))]
pub struct OwnReportView {
    /// Its id, made on the device.
    pub id: Uuid,
    /// Category code, if it named one.
    #[schema(required)]
    pub category: Option<String>,
    /// That category's name.
    #[schema(required)]
    pub category_name: Option<String>,
    /// Condition code, if it named one.
    #[schema(required)]
    pub condition: Option<String>,
    /// In words.
    pub note: String,
    /// When the device says it was.
    #[schema(value_type = String, format = DateTime)]
    pub captured_at: Timestamp,
    /// When it arrived.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    /// It joined an issue that was there.
    pub joined: bool,
    /// One had fixed it oneself.
    pub self_handled: bool,
    /// Its photos.
    pub photos: Vec<OwnPhoto>,
}

/// A photo of one's own report.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OwnPhoto {
    /// Its id.
    pub photo_id: Uuid,
    /// SHA-256 of its bytes: its address under `/photos`.
    pub sha256: String,
    /// What it shows: `before` or, of what was fixed on the spot, `after`.
    pub part: String,
    /// How far it is.
    pub state: PhotoState,
}

/// What became of a report.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"id": 412, "stage": "dispatched", "category_name": "暴露垃圾",
    "area_name": "东关街道", "lead_name": "环卫中心", "due_at": "2026-11-20T03:12:07Z", "closed_at": null}))]
pub struct OwnIssue {
    /// Number.
    pub id: i64,
    /// Where it stands, as in `GET /issues`.
    #[schema(value_type = String)]
    pub stage: Stage,
    /// Its category's name.
    #[schema(required)]
    pub category_name: Option<String>,
    /// The name of the finest area it lies in.
    #[schema(required)]
    pub area_name: Option<String>,
    /// The name of the bureau that answers for it.
    #[schema(required)]
    pub lead_name: Option<String>,
    /// The limit now.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Timestamp>,
    /// When it was closed.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub closed_at: Option<Timestamp>,
}

/// A page of one's own reports.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OwnReportPage {
    /// The newest first.
    pub reports: Vec<OwnReport>,
    /// Cursor of the next page; null on the last.
    #[schema(required)]
    pub next: Option<String>,
}

/// Reports and what belongs to them.
struct Found {
    reports: Vec<Report>,
    issues: HashMap<i64, Issue>,
    photos: Vec<Photo>,
    /// What is known of the bytes that are here.
    files: Vec<PhotoFile>,
}

/// List one's own reports
///
/// The newest first, each with what became of it. Nobody reads anybody else's here.
#[utoipa::path(
    tag = "reports",
    operation_id = "list_my_reports",
    params(OwnReportQuery),
    responses((status = 200, description = "A page.", body = OwnReportPage), PagedProblems)
)]
#[get("/me/reports")]
pub async fn list_my_reports(
    app: Data<App>,
    who: SignedIn,
    query: Query<OwnReportQuery>,
) -> Result<Json<OwnReportPage>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::ListMyReports, &Subject::None)?;
    let size = page_size(query.limit)?;
    let after: Option<Key> = query.after.as_deref().map(cursor::read).transpose()?;
    let account = actor.account;
    let list = move |conn: &mut Conn| find(conn, account, after, size);
    let Found { reports: mut found, issues, photos, files } = app.db.read(list).await?;
    let page = usize::try_from(size).unwrap_or(usize::MAX);
    let more = found.len() > page;
    found.truncate(page);
    let next =
        found.last().filter(|_| more).map(|last| cursor::write(&Key::of(last))).transpose()?;
    let gazetteer = app.gazetteer();
    let mut own = Vec::with_capacity(found.len());
    for report in &found {
        let issue = issues.get(&report.issue).filter(|issue| sees(&actor, &facets(issue)));
        own.push(OwnReport {
            report: view(report, (&photos, &files), &gazetteer)?,
            issue: issue.map(|issue| became(issue, &gazetteer)),
        });
    }
    Ok(Json(OwnReportPage { reports: own, next }))
}

/// Four queries, whatever the page's size; one report more than that tells whether there are more.
fn find(conn: &mut Conn, account: i64, after: Option<Key>, size: i64) -> Result<Found, Error> {
    let found = reports::list_own(conn, account, after, size + 1)?;
    let of: HashSet<i64> = found.iter().map(|report| report.issue).collect();
    let of: Vec<i64> = of.into_iter().collect();
    let ids: Vec<Uuid> = found.iter().map(|report| report.id).collect();
    let photos = photos::list_of_reports(conn, &of, &ids)?;
    let issues = issues::list(conn, &of)?.into_iter().map(|issue| (issue.id, issue)).collect();
    let digests: Vec<Vec<u8>> = photos.iter().map(|photo| photo.sha256.clone()).collect();
    let files = photo_files::list(conn, &digests)?;
    Ok(Found { reports: found, issues, photos, files })
}

fn view(
    report: &Report,
    (photos, files): (&[Photo], &[PhotoFile]),
    gazetteer: &Gazetteer,
) -> Result<OwnReportView, Error> {
    let said: Submission = report.body.read()?;
    let noted: Noted = report.receipt.read()?;
    let category = said.category.as_deref().and_then(|code| gazetteer.category(code));
    let own = photos.iter().filter(|photo| photo.subject.0 == report.id);
    Ok(OwnReportView {
        id: report.id,
        category_name: category.map(|known| known.name.clone()),
        category: said.category,
        condition: said.condition,
        note: said.note,
        captured_at: said.captured_at,
        received_at: report.received_at,
        joined: noted.joined,
        self_handled: said.self_handled,
        photos: own
            .map(|photo| OwnPhoto {
                photo_id: photo.photo_id.0,
                sha256: hex(&photo.sha256),
                part: photo.part.clone(),
                state: state(photo, files.iter().find(|file| file.sha256 == photo.sha256)).0,
            })
            .collect(),
    })
}

fn became(issue: &Issue, gazetteer: &Gazetteer) -> OwnIssue {
    let state = &issue.state;
    let category = state.category.as_deref().and_then(|code| gazetteer.category(code));
    let lead = state.lead.as_deref().and_then(|code| gazetteer.bureau(code));
    OwnIssue {
        id: issue.id,
        stage: state.stage,
        category_name: category.map(|known| known.name.clone()),
        area_name: issue.area().and_then(|code| gazetteer.area_name(code)).map(str::to_owned),
        lead_name: lead.map(|bureau| bureau.name.clone()),
        due_at: state.due_at,
        closed_at: state.closed_at,
    }
}
