//! `/reports`: what inspectors send.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, put};
use domain::access::{Action, Subject, may};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::command_issue::facets;
use crate::actions::record::hex;
use crate::actions::submit_report::{self, Received};
use crate::actions::upload_photo::Standing;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::{ReadProblems, ReportProblems};
use crate::http::photos::{PhotoState, state};
use crate::intake::Submission;
use crate::placing::{ClockReading, Flag};
use crate::problem::Error;
use crate::store::photo_files::PhotoFile;
use crate::store::photos::Photo;
use crate::store::reports;
use crate::store::uploads::Upload;
use crate::uploads::UploadId;
use crate::viewings::{Way, shown};

mod batch;

pub use batch::{__path_put_reports, Batches, MAX_REPORTS, put_reports};

/// What became of a report, and of each of its photos.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "0198f3a0-0000-7000-8000-00000000000a", "issue": 412, "joined": false, "stage": "dispatched",
    "complete": false,
    "photos": [{"photo_id": "0198f3a0-0000-7000-8000-000000000001",
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "state": "announced", "problem": null, "offset": 0, "bytes": 183_422,
        "upload_url": "http://127.0.0.1:8080/api/v1/uploads/0198f3a0-0000-7000-8000-00000000000a.0198f3a0-0000-7000-8000-000000000001.1"}],
    "flags": [],
    "clock": {"claimed": "2026-11-20T01:12:03Z", "received": "2026-11-20T01:12:07.5Z",
        "used": "2026-11-20T01:12:03.3Z", "basis": "device_age", "skew_s": 0}
}))]
pub struct Receipt {
    /// The report.
    pub id: Uuid,
    /// The issue it opened or joined.
    pub issue: i64,
    /// It joined an issue that was there.
    pub joined: bool,
    /// Where that issue stands.
    pub stage: String,
    /// Every photo is here and verified. One of which no picture can be made is here all the same.
    pub complete: bool,
    /// Each photo's own truth.
    pub photos: Vec<PhotoReceipt>,
    /// What is odd about it; it is kept all the same.
    pub flags: Vec<FlagView>,
    /// Which times it states and which was used.
    pub clock: ClockReading,
}

/// One photo's own truth.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PhotoReceipt {
    /// Its id.
    pub photo_id: Uuid,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// How far it is: anything but `announced` says that its bytes are here, `unreadable` as well.
    pub state: PhotoState,
    /// Why no picture can be made of it, by code; null unless it is `unreadable`.
    pub problem: Option<String>,
    /// Bytes that are durable.
    pub offset: i64,
    /// Its length.
    pub bytes: i64,
    /// Where to send them, in parts (tus 1.0). All at once, they go to `/photos/{sha256}`.
    pub upload_url: String,
}

/// Something odd about a report, and what its sender can do.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FlagView {
    /// Its code.
    pub code: Flag,
    /// What it means and what to do.
    pub hint: String,
}

/// A report as it was received.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReportView {
    /// The account that sent it.
    pub reporter: i64,
    /// When it arrived.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    /// As it was sent.
    pub body: Submission,
    /// What became of it.
    pub receipt: Receipt,
}

/// Renders a photo as its sender sees it. `uploads` are all attempts at sending photos of its report.
fn photo_receipt(
    photo: &Photo,
    file: Option<&PhotoFile>,
    uploads: &[Upload],
    app: &App,
) -> PhotoReceipt {
    let (state, problem) = state(photo, file);
    let found = Standing::current(photo, uploads, app.clock.now());
    PhotoReceipt {
        photo_id: photo.photo_id.0,
        upload_url: UploadId::from(found.upload.key).url(&app.config.public_url),
        sha256: hex(&photo.sha256),
        state,
        problem,
        offset: found.offset(),
        bytes: photo.bytes,
    }
}

fn receipt(received: &Received, app: &App) -> Receipt {
    let flag = |flag: &Flag| FlagView { code: *flag, hint: flag.hint().to_owned() };
    Receipt {
        id: received.id,
        issue: received.issue.id,
        joined: received.noted.joined,
        stage: received.issue.state.stage.word().to_owned(),
        complete: received.photos.iter().all(|photo| photo.stored_at.is_some()),
        photos: received
            .photos
            .iter()
            .map(|photo| {
                let file = received.files.iter().find(|file| file.sha256 == photo.sha256);
                photo_receipt(photo, file, &received.uploads, app)
            })
            .collect(),
        flags: received.noted.flags.iter().map(flag).collect(),
        clock: received.noted.clock.clone(),
    }
}

/// Send a report
///
/// The id is made on the device (UUIDv7). The same report again is answered with what became of it
/// the first time; a retry can never double it. Photos follow by their digest, in any order.
#[utoipa::path(
    tag = "reports",
    operation_id = "put_report",
    params(("id" = Uuid, Path, description = "Made on the device.", example = "0198f3a0-0000-7000-8000-00000000000a")),
    request_body = Submission,
    responses(
        (status = 201, description = "It is here, durable, and has its issue.", body = Receipt),
        (status = 200, description = "It was here already.", body = Receipt),
        ReportProblems,
    )
)]
#[put("/reports/{id}")]
pub async fn put_report(
    app: Data<App>,
    who: SignedIn,
    id: Path<Uuid>,
    body: Json<Submission>,
) -> Result<HttpResponse, Error> {
    let actor = who.actor(&app);
    let received =
        submit_report::submit_report(&app, actor, id.into_inner(), body.into_inner()).await?;
    let (status, receipt) = taken(&app, &received);
    Ok(HttpResponse::build(status).json(receipt))
}

/// Counts a report that was taken, and says what became of it.
fn taken(app: &App, received: &Received) -> (StatusCode, Receipt) {
    if received.is_new {
        app.metrics.reported(received.noted.joined);
    }
    let status = if received.is_new { StatusCode::CREATED } else { StatusCode::OK };
    (status, receipt(received, app))
}

/// Read a report
///
/// As it was sent, with what became of it and which of its photos are here.
#[utoipa::path(
    tag = "reports",
    operation_id = "get_report",
    params(("id" = Uuid, Path, description = "Its id.", example = "0198f3a0-0000-7000-8000-00000000000a")),
    responses((status = 200, description = "The report.", body = ReportView), ReadProblems)
)]
#[get("/reports/{id}")]
pub async fn get_report(
    app: Data<App>,
    who: SignedIn,
    id: Path<Uuid>,
) -> Result<Json<ReportView>, Error> {
    let id = id.into_inner();
    let (report, received) = app
        .db
        .read(move |conn| {
            let report = reports::find(conn, id)?.ok_or(Error::NotFound)?;
            let received = submit_report::received(conn, &report)?;
            Ok::<_, Error>((report, received))
        })
        .await?;
    let subject = Subject::Report { reporter: report.reporter, issue: facets(&received.issue) };
    let actor = who.actor(&app);
    may(Some(&actor), Action::GetReport, &subject)?;
    shown(&app, actor.account, Way::Opened, [&received.issue]).await?;
    Ok(Json(ReportView {
        reporter: report.reporter,
        received_at: report.received_at,
        body: report.body.read()?,
        receipt: receipt(&received, &app),
    }))
}
