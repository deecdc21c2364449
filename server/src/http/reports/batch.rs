//! `/reports:batch`: a day's backlog at once, a report a line.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpRequest, HttpResponse, post};
use domain::access::{Action, Actor, Subject, may};
use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use tokio::sync::{Semaphore, mpsc};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Receipt, taken};
use crate::actions::submit_report::submit_report;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::BatchProblems;
use crate::intake::Submission;
use crate::problem::{Error, Problem};

mod lines;
use lines::Line;

/// Reports one batch may have.
pub const MAX_REPORTS: usize = 1_000;
/// Bytes one line may have: five times what the longest note and the fullest manifest need.
pub const MAX_LINE: usize = 64 * 1024;
/// Reports of one batch that are worked on at a time: a group that is written together.
const AT_ONCE: usize = 32;
/// Batches a server works on at a time. Each may hold [`AT_ONCE`] lines and an answer to every report.
const BATCHES: usize = 16;
/// How long a batch waits for its turn, and for its sender's next line.
const PATIENCE: Duration = Duration::from_secs(30);
/// Newline-delimited JSON.
const NDJSON: &str = "application/x-ndjson";

/// How many batches are worked on.
#[derive(Debug)]
pub struct Batches(Arc<Semaphore>);

impl Default for Batches {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(BATCHES)))
    }
}

/// One line of a batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchLine {
    /// Its id, made on the device (UUIDv7).
    pub id: Uuid,
    /// The report.
    pub report: Submission,
}

/// What became of one line.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BatchResult {
    /// Which line, from 1; empty lines count.
    pub line: usize,
    /// The report's id, where the line says it.
    pub id: Option<Uuid>,
    /// The status that the report alone would have been answered with.
    pub status: u16,
    /// What became of the report; null with a problem.
    pub receipt: Option<Receipt>,
    /// Why it was not taken; null with a receipt. The report stays with its sender.
    pub problem: Option<Problem>,
    /// Seconds after which to send it again; null where waiting does not help.
    pub retry_after_s: Option<u64>,
}

/// Send reports
///
/// Newline-delimited JSON, a report a line, and an answer a line, in their order, each as soon as it
/// and those before it are durable: what was answered is here, even if the rest breaks off. A report
/// that is refused does not keep the others out. At most 1,000 lines of at most 64 KiB.
#[utoipa::path(
    tag = "reports",
    operation_id = "put_reports",
    request_body(content = BatchLine, content_type = "application/x-ndjson",
        description = "A line each.",
        example = json!({"id": "0198f3a0-0000-7000-8000-00000000000a", "report": {
            "category": "0101", "condition": "0101A", "note": "菜市场西门外散落垃圾", "source": "inspector",
            "captured_at": "2026-11-20T01:12:03Z",
            "position": {"lat": 30.6612, "lon": 113.1644, "datum": "wgs84", "accuracy_m": 12.0}}})),
    responses(
        (status = 200, description = "A line for each line.", body = BatchResult, content_type = "application/x-ndjson",
            example = json!({"line": 1, "id": "0198f3a0-0000-7000-8000-00000000000a", "status": 409,
                "receipt": null, "retry_after_s": null, "problem": {
                    "type": "urn:zhoubian:problem:report-conflict", "title": "Conflict", "status": 409,
                    "code": "report-conflict", "detail": "Another report has this id, with other content.",
                    "hint": "A report never changes once sent. Give the new one an id of its own (UUIDv7)."}})),
        BatchProblems,
    )
)]
#[post("/reports:batch")]
pub async fn put_reports(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
    body: Payload,
) -> Result<HttpResponse, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::PutReports, &Subject::None)?;
    is_ndjson(&request)?;
    let turn = Arc::clone(&app.batches.0).acquire_owned();
    // Only closing it would fail, and nobody does.
    let turn = tokio::time::timeout(PATIENCE, turn).await.map_err(|_late| Error::Busy)?.ok();
    // Room for every answer: a sender that reads none before it has sent all must not come to a halt.
    let (answers, told) = mpsc::unbounded_channel();
    actix_web::rt::spawn(async move {
        let _turn = turn;
        answer(&app, &actor, body, &answers).await;
    });
    let told =
        stream::unfold(told, |mut told| async { told.recv().await.map(|line| (line, told)) });
    Ok(HttpResponse::Ok()
        .content_type(NDJSON)
        // Compressed, answers would wait for each other.
        .insert_header((CONTENT_ENCODING, "identity"))
        .streaming(told.map(Ok::<Bytes, Error>)))
}

fn is_ndjson(request: &HttpRequest) -> Result<(), Error> {
    let said = request.headers().get(CONTENT_TYPE).and_then(|said| said.to_str().ok());
    let kind = said.and_then(|said| said.split(';').next()).unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case(NDJSON) { Ok(()) } else { Err(Error::MediaType { taken: NDJSON }) }
}

/// Answers line by line until all are done or nobody listens any more.
async fn answer(app: &App, actor: &Actor, body: Payload, told: &mpsc::UnboundedSender<Bytes>) {
    let results = lines::of(body).map(|line| result(app, actor, line)).buffered(AT_ONCE);
    let mut results = std::pin::pin!(results);
    while let Some(result) = results.next().await {
        let Ok(mut text) = serde_json::to_vec(&result) else { return };
        text.push(b'\n');
        if told.send(Bytes::from(text)).is_err() {
            return;
        }
    }
}

async fn result(app: &App, actor: &Actor, Line { number, text }: Line) -> BatchResult {
    let (id, received) = match text.map_err(Unread::from).and_then(|text| read(&text)) {
        Ok(BatchLine { id, report }) => {
            let received = submit_report(app, actor.clone(), id, report).await;
            (Some(id), received)
        }
        Err(Unread { id, error }) => (id, Err(error)),
    };
    match received {
        Ok(received) => {
            let (status, receipt) = taken(app, &received);
            let (status, receipt) = (status.as_u16(), Some(receipt));
            BatchResult { line: number, id, status, receipt, problem: None, retry_after_s: None }
        }
        Err(error) => {
            error.log();
            let (problem, retry_after_s) = (error.problem(), error.retry_after_s());
            let status = problem.status;
            BatchResult {
                line: number,
                id,
                status,
                receipt: None,
                problem: Some(problem),
                retry_after_s,
            }
        }
    }
}

/// A line that is no report, and whose it would have been.
struct Unread {
    id: Option<Uuid>,
    error: Error,
}

impl From<Error> for Unread {
    fn from(error: Error) -> Self {
        Self { id: None, error }
    }
}

fn read(text: &str) -> Result<BatchLine, Unread> {
    /// What can be read of a line whose report cannot.
    #[derive(Deserialize)]
    struct Named {
        id: Uuid,
    }
    serde_json::from_str(text).map_err(|error| {
        let named = serde_json::from_str::<Named>(text).ok();
        Unread { id: named.map(|named| named.id), error: Error::Malformed(error.to_string()) }
    })
}
