//! `/routing`: the division of work as rules: those in force, those that were, drafts.

use actix_web::http::header::{CONTENT_TYPE, ETAG, EntityTag};
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::access::{Action, Subject, may};
use domain::routing::lint::{Finding, Severity};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::actions::record::hex;
use crate::actions::try_rules::try_rules;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::{DraftProblems, ListProblems, ReadProblems};
use crate::http::pages::is_known;
use crate::problem::Error;
use crate::rules::Draft;
use crate::store::rules::{self, Version};
use crate::views::why::Words;

pub mod suggest;
mod trial;
pub use trial::{
    BureauDifference, Difference, ExampleView, OfferUse, OutcomeView, RuleUse, Tried, TryRules,
    UnroutedCount,
};

/// A set of routing rules.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"version": "云汀-2026-1", "imported_at": "2026-11-01T02:00:00Z",
    "reference_version": 7, "in_force": true,
    "text": "# who answers for what\nversion = \"云汀-2026-1\"\n\n[[rule]]\nname = \"暴露垃圾\"\n…"}))]
pub struct RulesView {
    /// Its name.
    pub version: String,
    /// When it was first put in force.
    #[schema(value_type = String, format = DateTime)]
    pub imported_at: Timestamp,
    /// The version of the reference data it first came with.
    pub reference_version: i64,
    /// Whether it is in force now.
    pub in_force: bool,
    /// The file as it was written, TOML with its comments.
    pub text: String,
}

/// A set of routing rules, without its text.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"version": "云汀-2026-1", "imported_at": "2026-11-01T02:00:00Z",
    "reference_version": 7, "in_force": true}))]
pub struct RulesVersion {
    /// Its name.
    pub version: String,
    /// When it was first put in force.
    #[schema(value_type = String, format = DateTime)]
    pub imported_at: Timestamp,
    /// The version of the reference data it first came with.
    pub reference_version: i64,
    /// Whether it is in force now.
    pub in_force: bool,
}

/// Every set that is or was in force.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RulesVersionList {
    /// The newest first.
    pub items: Vec<RulesVersion>,
}

fn whole(version: Version, in_force: &str) -> RulesView {
    RulesView {
        in_force: version.version == in_force,
        version: version.version,
        imported_at: version.imported_at,
        reference_version: version.reference_version,
        text: version.text,
    }
}

/// Answers with a set and the digest of its text as ETag, or that the reader has it already.
fn answer(request: &HttpRequest, view: &RulesView) -> HttpResponse {
    let said = format!("{}\n{}", view.in_force, view.text);
    let etag = EntityTag::new_strong(hex(&Sha256::digest(said)[..16]));
    if is_known(request, &etag) {
        return HttpResponse::NotModified().insert_header((ETAG, etag.to_string())).finish();
    }
    HttpResponse::Ok()
        .insert_header((ETAG, etag.to_string()))
        .insert_header((CONTENT_TYPE, "application/json"))
        .json(view)
}

/// Read the rules in force
///
/// The file as it was written, with its comments.
#[utoipa::path(tag = "routing", operation_id = "get_routing",
    responses((status = 200, description = "The rules.", body = RulesView,
        headers(("ETag" = String, description = "Digest of the text; send it as If-None-Match."))),
        (status = 304, description = "As the reader has them."), ReadProblems))]
#[get("/routing")]
pub async fn get_routing(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::GetRouting, &Subject::None)?;
    let in_force = app.gazetteer().rules().version.clone();
    found(&app, &request, in_force).await
}

/// List the rules that were in force
///
/// Every version that was ever imported: the reasons of issues name them.
#[utoipa::path(tag = "routing", operation_id = "list_rule_versions",
    responses((status = 200, description = "The versions.", body = RulesVersionList), ListProblems))]
#[get("/routing/versions")]
pub async fn list_rule_versions(
    app: Data<App>,
    who: SignedIn,
) -> Result<Json<RulesVersionList>, Error> {
    may(Some(&who.actor(&app)), Action::ListRuleVersions, &Subject::None)?;
    let in_force = app.gazetteer().rules().version.clone();
    let view = |version: Version| RulesVersion {
        in_force: version.version == in_force,
        version: version.version,
        imported_at: version.imported_at,
        reference_version: version.reference_version,
    };
    let versions = app.db.read(rules::list).await?;
    Ok(Json(RulesVersionList { items: versions.into_iter().map(view).collect() }))
}

/// Read rules that were in force
///
/// By their version.
#[utoipa::path(tag = "routing", operation_id = "get_rule_version",
    params(("name" = String, Path, description = "Its name.", example = "云汀-2026-1")),
    responses((status = 200, description = "The rules.", body = RulesView,
        headers(("ETag" = String, description = "Digest of the text; send it as If-None-Match."))),
        (status = 304, description = "As the reader has them."), ReadProblems))]
#[get("/routing/versions/{name}")]
pub async fn get_rule_version(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
    name: Path<String>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::GetRuleVersion, &Subject::None)?;
    found(&app, &request, name.into_inner()).await
}

async fn found(app: &App, request: &HttpRequest, version: String) -> Result<HttpResponse, Error> {
    crate::intake::check_text("version", &version)?;
    let kept = app.db.read(move |conn| rules::find(conn, &version)).await?;
    let in_force = app.gazetteer().rules().version.clone();
    Ok(answer(request, &whole(kept.ok_or(Error::NotFound)?, &in_force)))
}

/// A draft of the rules to be checked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "version = \"2026-12\"\n\n[[rule]]\nname = \"其他\"\nfallback = true\nlead = \"chengguan\"\n"}))]
pub struct LintRules {
    /// The file, TOML; at most 256 KiB.
    pub text: String,
    /// The first day it is to be good for; today, if not said.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub on: Option<Date>,
}

/// What is wrong with a draft.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Linted {
    /// The draft's version.
    pub version: String,
    /// How many findings must be mended.
    pub errors: usize,
    /// How many may be meant.
    pub warnings: usize,
    /// In the order of the file; what concerns no single rule comes last.
    pub findings: Vec<FindingView>,
}

/// Something found in a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"severity": "error", "code": "tie", "rules": ["甲", "乙"], "lines": [12, 20],
    "words": {"zh": "规则“甲”与“乙”冲突：可能同时适用、同等优先而责任单位不同", "en": "rules “甲” and “乙” tie"}}))]
pub struct FindingView {
    /// `error` or `warning`.
    pub severity: String,
    /// `duplicate-name`, `unknown-bureau`, `unknown-value`, `empty-when`, `empty-criterion`,
    /// `idle-task`, `never-in-force`, `offer-of-all`, `offer-to-nobody`, `claim-helped`, `claim-unoffered`,
    /// `never-holds`, `unreachable`, `tie`, `expired` or `uncovered`.
    pub code: String,
    /// Names of the rules it is about.
    pub rules: Vec<String>,
    /// The lines they begin at.
    pub lines: Vec<usize>,
    /// In words.
    pub words: Words,
}

impl FindingView {
    /// A finding about a draft.
    pub fn new(finding: &Finding, draft: &Draft) -> Self {
        Self {
            severity: finding.fault.severity().word().to_owned(),
            code: finding.fault.code().to_owned(),
            rules: finding.names(&draft.set).into_iter().map(str::to_owned).collect(),
            lines: draft.lines_of(finding),
            words: Words { zh: finding.chinese(&draft.set), en: finding.english(&draft.set) },
        }
    }
}

impl Linted {
    /// What was found about a draft.
    pub fn new(draft: &Draft, findings: &[Finding]) -> Self {
        let count = |severity| {
            findings.iter().filter(|finding| finding.fault.severity() == severity).count()
        };
        Self {
            version: draft.set.version.clone(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            findings: findings.iter().map(|finding| FindingView::new(finding, draft)).collect(),
        }
    }
}

/// Check a draft of the rules
///
/// Rules that never decide, ties, unknown codes, what no rule takes: each with its place in the file.
/// Nothing is kept.
#[utoipa::path(tag = "routing", operation_id = "lint_routing", request_body = LintRules,
    responses((status = 200, description = "What was found.", body = Linted), DraftProblems))]
#[post("/routing:lint")]
pub async fn lint_routing(
    app: Data<App>,
    who: SignedIn,
    body: Json<LintRules>,
) -> Result<Json<Linted>, Error> {
    may(Some(&who.actor(&app)), Action::LintRouting, &Subject::None)?;
    let LintRules { text, on } = body.into_inner();
    let (gazetteer, now) = (app.gazetteer(), app.clock.now());
    let lint = move |_conn: &mut schema::Conn| {
        let draft = Draft::read(&text)?;
        let found = draft.lint(&gazetteer, on.unwrap_or_else(|| gazetteer.calendar.date_of(now)));
        Ok::<_, Error>(Linted::new(&draft, &found))
    };
    Ok(Json(app.db.read(lint).await?))
}

/// Try a draft of the rules
///
/// What it would have done with past issues, and how that differs, by bureau and by example. Nothing
/// is kept. Issues not filed and blind ones are left out.
#[utoipa::path(tag = "routing", operation_id = "try_routing", request_body = TryRules,
    responses((status = 200, description = "The difference.", body = Tried), DraftProblems))]
#[post("/routing:try")]
pub async fn try_routing(
    app: Data<App>,
    who: SignedIn,
    body: Json<TryRules>,
) -> Result<Json<Tried>, Error> {
    may(Some(&who.actor(&app)), Action::TryRouting, &Subject::None)?;
    let trial = body.into_inner().trial(&app.gazetteer())?;
    let version = trial.draft.version.clone();
    let tally = try_rules(&app, trial).await?;
    Ok(Json(Tried::new(version, &tally, &app.gazetteer())))
}
