//! `/limit-periods`: shorter limits for a time 迎检时限.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{get, put};
use domain::access::{Action, Subject, may};
use domain::deadline::{Limit, Period, Shorter};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::import_reference::{Ask, Imported, import_reference};
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::{ImportProblems, ListProblems};
use crate::import::{FileKind, Source, Touched};
use crate::intake::check_text;
use crate::problem::Error;

/// The longest code, characters.
const CODE_MAX: usize = 40;

/// A time with shorter limits 迎检时限.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "code": "yj-2026-12", "name": "省级测评迎检", "from": "2026-12-01T00:00:00Z", "until": "2026-12-20T00:00:00Z",
    "categories": ["0101"], "bureaus": [], "limit": null, "percent": 50, "open_too": true, "withdrawn": false
}))]
pub struct LimitPeriod {
    /// Its code.
    pub code: String,
    /// What it is and how long.
    #[serde(flatten)]
    pub set: SetLimitPeriod,
}

/// What a time with shorter limits says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "name": "省级测评迎检", "from": "2026-12-01T00:00:00Z", "until": "2026-12-20T00:00:00Z",
    "categories": ["0101"], "bureaus": [], "limit": null, "percent": 50, "open_too": true, "withdrawn": false
}))]
pub struct SetLimitPeriod {
    /// What people call it; explanations name it.
    pub name: String,
    /// Its first instant.
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    /// The instant after its last.
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
    /// Codes of the categories it is for; all where there is none.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Codes of the lead bureaus it is for; all where there is none.
    #[serde(default)]
    pub bureaus: Vec<String>,
    /// The limit then, whatever the condition's own is; else `percent` is given.
    pub limit: Option<String>,
    /// So many hundredths of each stage of the condition's own limit, 1 to 99, rounded up to whole units.
    pub percent: Option<u32>,
    /// What is open when it is set follows too, from then on or from its first instant.
    #[serde(default)]
    pub open_too: bool,
    /// It holds no more. What was dispatched by it keeps its limit.
    #[serde(default)]
    pub withdrawn: bool,
}

/// Every time with shorter limits.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct LimitPeriodList {
    /// The latest first.
    pub items: Vec<LimitPeriod>,
}

/// What became of open issues, or would.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct LimitPeriodOutcome {
    /// Nothing was written.
    pub dry_run: bool,
    /// The version of the reference data: now in force, or the one that the dry run looked at.
    pub reference_version: i64,
    /// Open issues that were looked at.
    pub looked_at: usize,
    /// Those whose limit moves; a job moves them within seconds.
    pub moved: usize,
    /// The first 50 issues that change and are not blind.
    pub examples: Vec<Touched>,
}

/// How it is set.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SetQuery {
    /// Says what would become of open issues, and writes nothing.
    #[param(example = true)]
    dry_run: Option<bool>,
}

impl LimitPeriod {
    fn of(period: &Period) -> Self {
        let (limit, percent) = match &period.shorter {
            Shorter::Limit(limit) => (Some(limit.to_string()), None),
            Shorter::Percent(percent) => (None, Some(*percent)),
        };
        let Period { code, name, from, until, categories, bureaus, open_too, withdrawn, .. } =
            period.clone();
        Self {
            code,
            set: SetLimitPeriod {
                name,
                from,
                until,
                categories,
                bureaus,
                limit,
                percent,
                open_too,
                withdrawn,
            },
        }
    }
}

/// Read the times with shorter limits
///
/// Every one that was set, the latest first, also what is over or withdrawn.
#[utoipa::path(tag = "reference", operation_id = "list_limit_periods",
    responses((status = 200, description = "All of them.", body = LimitPeriodList), ListProblems))]
#[get("/limit-periods")]
pub async fn list_limit_periods(
    app: Data<App>,
    who: SignedIn,
) -> Result<Json<LimitPeriodList>, Error> {
    may(Some(&who.actor(&app)), Action::ListLimitPeriods, &Subject::None)?;
    let mut items: Vec<LimitPeriod> =
        app.gazetteer().periods().iter().map(LimitPeriod::of).collect();
    items.sort_by_key(|period| (std::cmp::Reverse(period.set.from), period.code.clone()));
    Ok(Json(LimitPeriodList { items }))
}

/// Set a time with shorter limits
///
/// What is dispatched within it has the shorter limit, where that ends earlier; what is open when it is set follows if
/// asked to, and nobody is overdue by it at once. Under the same code again it is changed. A dry run says what would
/// become of open issues.
#[utoipa::path(tag = "reference", operation_id = "set_limit_period", request_body = SetLimitPeriod,
    params(("code" = String, Path, description = "Its code.", example = "yj-2026-12"), SetQuery),
    responses((status = 200, description = "What became of open issues, or would.", body = LimitPeriodOutcome),
        ImportProblems))]
#[put("/limit-periods/{code}")]
pub async fn set_limit_period(
    app: Data<App>,
    who: SignedIn,
    code: Path<String>,
    query: Query<SetQuery>,
    body: Json<SetLimitPeriod>,
) -> Result<Json<LimitPeriodOutcome>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::SetLimitPeriod, &Subject::None)?;
    let (period, dry_run) = (read(code.into_inner(), body.into_inner())?, query.dry_run);
    let turn = app.importing.clone().try_acquire_owned();
    let turn = turn.map_err(|_taken| Error::ImportRunning)?;
    let bytes = serde_json::to_vec(&period)?;
    let ask = Ask {
        by: Some(actor),
        kind: FileKind::LimitPeriod,
        sources: vec![Source::new(FileKind::LimitPeriod, &period.name, bytes)],
        dry_run: dry_run.unwrap_or(false),
        allow_refused: false,
        expected: None,
    };
    let own = Data::clone(&app);
    // Once begun it goes on, whether or not the asker waits.
    let work = actix_web::rt::spawn(async move {
        let done = import_reference(&own.db, &own.clock, ask).await;
        if let Err(error) = own.reload_gazetteer().await {
            tracing::warn!(%error, "reference data could not be read after limits were set");
        }
        drop(turn);
        done
    });
    let imported = work.await.map_err(|broken| Error::Internal(broken.to_string()))??;
    Ok(Json(outcome(imported)))
}

fn outcome(imported: Imported) -> LimitPeriodOutcome {
    let touches = imported.touches;
    LimitPeriodOutcome {
        dry_run: imported.dry_run,
        reference_version: imported.reference_version,
        looked_at: touches.looked_at,
        moved: touches.limit,
        examples: touches.examples,
    }
}

fn read(code: String, set: SetLimitPeriod) -> Result<Period, Error> {
    let invalid = |why: String| Error::invalid("limit-period-invalid", why);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if code.is_empty() || code.chars().count() > CODE_MAX || !code.chars().all(plain) {
        let why = format!("the code is not 1 to {CODE_MAX} letters, digits, `-` and `_`.");
        return Err(invalid(why));
    }
    check_text("name", &set.name)?;
    let shorter = match (set.limit, set.percent) {
        (Some(text), None) => {
            let limit: Result<Limit, _> = text.parse();
            Shorter::Limit(limit.map_err(|error| invalid(format!("`limit`: {error}.")))?)
        }
        (None, Some(percent)) => Shorter::Percent(percent),
        _ => return Err(invalid("give either `limit` or `percent`.".to_owned())),
    };
    let SetLimitPeriod { name, from, until, categories, bureaus, open_too, withdrawn, .. } = set;
    let period =
        Period { code, name, from, until, categories, bureaus, shorter, open_too, withdrawn };
    period.check().map_err(|error| invalid(format!("{error}.")))?;
    Ok(period)
}
