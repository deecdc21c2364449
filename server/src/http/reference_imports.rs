//! `/reference-imports`: takes reference data in, or says what that would do; and what was taken in.

use actix_web::http::header::{ETAG, IF_MATCH};
use actix_web::web::{Data, Json, Path, Payload, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::access::{Action, Subject, may};
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::import_reference::{Ask, Imported, import_reference};
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::{ImportProblems, ListProblems, ReadProblems};
use crate::http::issues::{etag, page_size};
use crate::import::{FileReport, PlanReport, TOLD};
use crate::problem::Error;
use crate::store::reference_imports::{self, Import};
use crate::store::{accounts, issues};

mod ask;
mod upload;

pub(super) use upload::collected;

pub use ask::ImportQuery;

/// Rows of an answer, at most, where all are asked for.
const ALL: usize = 100_000;

/// What an import did, or would do.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ImportOutcome {
    /// Nothing was written.
    pub dry_run: bool,
    /// Its number in the log; null of a dry run.
    #[schema(required, example = 12)]
    pub id: Option<i64>,
    /// The version of the reference data: now in force, or the one that the dry run looked at. Send it
    /// as If-Match when you import what the dry run showed.
    #[schema(example = 7)]
    pub reference_version: i64,
    /// The files.
    pub files: Vec<FileReport>,
    /// What became of their rows, and of open issues.
    #[serde(flatten)]
    pub plan: PlanReport,
}

/// Try reference data out, or take it in
///
/// The body is one file, or several as multipart/form-data, each in a part named `file`; the mapping
/// of a city's standard goes in a part named `mapping`. With
/// `dry_run=true` nothing is written: the answer says what would become of every row and which open
/// issues would change; for the office and administrators. Without it the data is in force when the
/// answer comes, and a job brings open issues up to it; for administrators. Closed issues keep what
/// the data said before. One import at a time.
#[utoipa::path(
    tag = "reference",
    operation_id = "create_reference_import",
    params(ImportQuery,
        ("If-Match" = Option<String>, Header, description = "The `reference_version` that a dry run showed, \
            quoted; when another is in force the import is refused.", example = "\"7\"")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream",
        description = "The file as it is, whatever its type; or multipart/form-data with parts named `file` and, for a standard, `mapping`."),
    responses((status = 200, description = "What was done, or would be.", body = ImportOutcome), ImportProblems)
)]
#[post("/reference-imports")]
pub async fn create_reference_import(
    app: Data<App>,
    who: SignedIn,
    query: Query<ImportQuery>,
    request: HttpRequest,
    body: Payload,
) -> Result<HttpResponse, Error> {
    let (actor, query) = (who.actor(&app), query.into_inner());
    let dry_run = query.dry_run.unwrap_or(false);
    may(Some(&actor), Action::CreateReferenceImport, &Subject::ReferenceImport { dry_run })?;
    let (mut read, expected) = (query.read()?, expected(&request)?);
    let turn = app.importing.clone().try_acquire_owned();
    let turn = turn.map_err(|_taken| Error::ImportRunning)?;
    let files = upload::files(&request, body, app.config.max_import_bytes, &query).await?;
    read.options.mapping = files.mapping.map(mapping).transpose()?;
    let sources = files.files.into_iter().map(|file| read.source(file)).collect();
    let ask = Ask {
        by: Some(actor),
        kind: read.kind,
        sources,
        dry_run,
        allow_refused: query.allow_refused.unwrap_or(false),
        expected,
    };
    let own = Data::clone(&app);
    // Once begun it goes on, whether or not the asker waits.
    let work = actix_web::rt::spawn(async move {
        let done = import_reference(&own.db, &own.clock, ask).await;
        // What was kept was kept: a reload that fails is made up for by the next look.
        if let Err(error) = own.reload_gazetteer().await {
            tracing::warn!(%error, "reference data could not be read after an import");
        }
        drop(turn);
        done
    });
    let imported = work.await.map_err(|broken| Error::Internal(broken.to_string()))??;
    answer(&imported, read.all_rows)
}

fn mapping(bytes: Vec<u8>) -> Result<String, Error> {
    let unread =
        |error| Error::invalid("option-invalid", format!("`mapping` is not UTF-8: {error}."));
    String::from_utf8(bytes).map_err(unread)
}

fn answer(imported: &Imported, all: bool) -> Result<HttpResponse, Error> {
    let most = if all { ALL } else { TOLD };
    let outcome = ImportOutcome {
        dry_run: imported.dry_run,
        id: imported.id,
        reference_version: imported.reference_version,
        files: imported.files.clone(),
        plan: imported.plan.report(all, most, imported.touches.clone()),
    };
    let version = etag(imported.reference_version)?;
    Ok(HttpResponse::Ok().insert_header((ETAG, version)).json(outcome))
}

/// The version in If-Match, if it is there.
fn expected(request: &HttpRequest) -> Result<Option<i64>, Error> {
    let Some(header) = request.headers().get(IF_MATCH) else { return Ok(None) };
    let version = header.to_str().ok().map(|text| text.trim().trim_matches('"').parse());
    match version {
        Some(Ok(version)) => Ok(Some(version)),
        _ => Err(Error::Malformed("If-Match is not a quoted reference version.".to_owned())),
    }
}

/// An import that was done.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ImportView {
    /// Number, counted up from 1.
    #[schema(example = 12)]
    pub id: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The account it was done by; null from the command line.
    #[schema(required, example = 1)]
    pub by: Option<i64>,
    /// What the files held.
    #[schema(example = "areas")]
    pub kind: String,
    /// The version of the reference data it made; null when it changed nothing.
    #[schema(required, example = 7)]
    pub reference_version: Option<i64>,
    /// The files.
    pub files: Vec<FileReport>,
    /// What became of their rows, and what it was to change in open issues.
    #[serde(flatten)]
    pub plan: PlanReport,
}

/// How far open issues have followed an import.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"looked_at": 412, "changed": 17, "left": 0}))]
pub struct ReassignmentView {
    /// Open issues looked at for this import. One that came soon after may have taken over.
    pub looked_at: i64,
    /// Those of them that changed.
    pub changed: i64,
    /// Open issues that are still as older reference data had them.
    pub left: i64,
}

/// An import that was done, and how far open issues have followed it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ImportDetail {
    /// The import.
    #[serde(flatten)]
    pub import: ImportView,
    /// Name of whoever did it.
    #[schema(required)]
    pub by_name: Option<String>,
    /// The job that follows it.
    pub reassignment: ReassignmentView,
}

/// A page of imports.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ImportPage {
    /// The newest first; rows are left out.
    pub items: Vec<ImportView>,
    /// Send it as `after` for the next page; null on the last.
    #[schema(required, example = 12)]
    pub next: Option<i64>,
}

/// Which page.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportListQuery {
    /// `next` of the page before.
    #[param(example = 12)]
    after: Option<i64>,
    /// Imports on the page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
}

fn view(import: Import) -> Result<ImportView, Error> {
    Ok(ImportView {
        id: import.id,
        at: import.at.0,
        by: import.account_id,
        kind: import.kind,
        reference_version: import.reference_version,
        files: import.sources.read()?,
        plan: import.plan.read()?,
    })
}

/// List what was imported
///
/// From the API and from the command line, the newest first. For the office and administrators.
#[utoipa::path(
    tag = "reference",
    operation_id = "list_reference_imports",
    params(ImportListQuery),
    responses((status = 200, description = "A page.", body = ImportPage), ListProblems)
)]
#[get("/reference-imports")]
pub async fn list_reference_imports(
    app: Data<App>,
    who: SignedIn,
    query: Query<ImportListQuery>,
) -> Result<Json<ImportPage>, Error> {
    may(Some(&who.actor(&app)), Action::ListReferenceImports, &Subject::None)?;
    let (before, size) = (query.after.unwrap_or(i64::MAX), page_size(query.limit)?);
    // One more than asked for tells whether there is a next page.
    let list = move |conn: &mut Conn| reference_imports::list(conn, before, size + 1);
    let mut found = app.db.read(list).await?;
    let more = found.len() > usize::try_from(size).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    let next = found.last().filter(|_| more).map(|last| last.id);
    let mut items = found.into_iter().map(view).collect::<Result<Vec<_>, _>>()?;
    for item in &mut items {
        let plan = &mut item.plan;
        plan.rows_omitted += plan.rows.len();
        plan.rows.clear();
        plan.touches.examples.clear();
    }
    Ok(Json(ImportPage { items, next }))
}

/// Read what an import did
///
/// What became of its rows, the open issues it was to change, and how far the job that changes them is.
/// For the office and administrators.
#[utoipa::path(
    tag = "reference",
    operation_id = "get_reference_import",
    params(("id" = i64, Path, description = "Its number.", example = 12)),
    responses((status = 200, description = "The import.", body = ImportDetail), ReadProblems)
)]
#[get("/reference-imports/{id}")]
pub async fn get_reference_import(
    app: Data<App>,
    who: SignedIn,
    id: Path<i64>,
) -> Result<Json<ImportDetail>, Error> {
    let (actor, id) = (who.actor(&app), id.into_inner());
    may(Some(&actor), Action::GetReferenceImport, &Subject::None)?;
    Ok(Json(app.db.read(move |conn| detail(conn, id)).await?))
}

fn detail(conn: &mut Conn, id: i64) -> Result<ImportDetail, Error> {
    let import = reference_imports::find(conn, id)?.ok_or(Error::NotFound)?;
    let account = import.account_id.map(|id| accounts::find(conn, id)).transpose()?.flatten();
    let left = import.reference_version.map(|version| issues::count_outdated(conn, version));
    let reassignment = ReassignmentView {
        looked_at: import.looked_at,
        changed: import.changed,
        left: left.transpose()?.unwrap_or(0),
    };
    let by_name = account.map(|account| account.name);
    Ok(ImportDetail { import: view(import)?, by_name, reassignment })
}
